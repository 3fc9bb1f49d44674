/** Files: shown under the message they came with, and dropped where one writes. */
import { el } from "./dom.js";
import { icon } from "./icons.js";

const UNITS = ["bytes", "kB", "MB", "GB"];

/** @param {number} bytes @returns {string} as people read it, "12 kB" */
export function sized(bytes) {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  if (bytes === 1) return "1 byte";
  const count = bytes / 1000 ** step;
  return `${count >= 10 || step === 0 ? Math.round(count) : count.toFixed(1)} ${UNITS[step]}`;
}

/** @param {Array<Object>} files of one message @param {string} as who looks */
export function fileCards(files, as) {
  return files.map((file) => (file.deleted
    ? el("div", { class: "file file-gone" }, icon("file"), el("span", {}, "This file was deleted."))
    : el("a", { class: "file", href: `/page/file?${new URLSearchParams({ as, id: file.id })}`, download: file.name },
      icon("file"), el("span", { class: "file-name" }, file.name), el("small", {}, sized(file.size)))));
}

/** Let files be dropped anywhere on a part of the page, which says so while one hovers over it. */
export function dropZone(root, dropped) {
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0; // every child that is entered and left says so as well
  const over = (change) => {
    depth = Math.max(0, change === 0 ? 0 : depth + change);
    root.classList.toggle("dropping", depth > 0);
  };
  root.addEventListener("dragenter", (event) => carries(event) && over(1));
  root.addEventListener("dragleave", (event) => carries(event) && over(-1));
  root.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  root.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over(0);
    dropped([...event.dataTransfer.files]);
  });
}
