/** A person's initials on their colour: what a face is here, with nothing fetched. */
import { el } from "./dom.js";

const SLACKS_OWN = new Set(["USLACKBOT"]); // it has no picture of ours
const COLOURS = ["#4a6fa5", "#8a5a83", "#3f7d6e", "#b0623a", "#6b6fb3", "#9a4f5c", "#5b7f3b", "#2f7c94"];

/** @param {"large"|"small"|"tiny"} size */
export function avatar(person, size = "large") {
  const name = person?.real_name ?? "?";
  const colour = /^#?[0-9a-f]{6}$/i.test(person?.color ?? "") ? `#${person.color.replace("#", "")}` : chosen(person?.id ?? name);
  const initials = person?.initials || name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  if (person?.is_bot && !SLACKS_OWN.has(person.id)) {
    return el("img", { class: `avatar avatar-${size}`, src: "/page/static/icon.svg", alt: "", "aria-hidden": "true" });
  }
  return el("span", {
    class: `avatar avatar-${size}`, style: `background:${colour}`, "aria-hidden": "true",
  }, initials);
}

function chosen(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return COLOURS[sum % COLOURS.length];
}
