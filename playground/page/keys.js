/** The page by keyboard alone: one key each, the sheet that lists them, and how to switch single keys off. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { keep, kept } from "./kept.js";

/** key, what it does, the act's name */
const KEYS = [
  ["p", "Choose whom to act as", "person"], ["j", "Next conversation", "next"], ["k", "Previous conversation", "previous"],
  ["h", "Home of the app", "home"], ["m", "Messages of the app", "messages"], ["c", "Write a message", "write"], ["/", "Begin a command", "command"],
  ["1", "Clock to 16:30", "jump 0"], ["2", "Clock to tomorrow 9:00", "jump 1"], ["3", "Clock to Monday 9:00", "jump 2"], ["4", "Clock one hour on", "jump 3"],
  ["t", "Type a time for the clock", "time"], ["w", "Play a week, or stop it", "week"], ["s", "What was said", "said"], ["i", "Traffic between Slack and the app", "traffic"],
  ["b", "Problems", "problems"], ["f", "Phone frame", "phone"], ["g", "Guided tour", "tour"], ["d", "Dark or light", "theme"], ["?", "This sheet", "keys"],
];
const OFF = "off";

const inField = (node) => Boolean(node?.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]"));

/** The key that was meant: with Alt held the letter is read from the keyboard's place for it, as Alt writes other signs. */
function meant(event) {
  const code = /^(?:Key([A-Z])|Digit([1-4]))$/.exec(event.code);
  return event.altKey && code ? (code[1] ?? code[2]).toLowerCase() : event.key.toLowerCase();
}

/**
 * @param {(act: string) => void} run
 * @returns {{sheet: () => void}}
 */
export function keyboard(run) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing || document.querySelector("dialog[open], .popover:popover-open")) return;
    if (event.key === "Escape") {
      if (inField(event.target)) event.target.blur();
      else run("close");
      return;
    }
    // In a field letters are letters; Alt says that a key is meant. Whoever dictates can switch single keys off.
    if (!event.altKey && (inField(event.target) || kept("keys") === OFF)) return;
    const found = KEYS.find(([key]) => key === meant(event));
    if (!found) return;
    event.preventDefault();
    run(found[2]);
  });
  return { sheet };
}

function sheet() {
  const single = el("input", { type: "checkbox", checked: kept("keys") !== OFF, onchange: () => keep("keys", single.checked ? "on" : OFF) });
  const end = () => {
    dialog.close();
    dialog.remove();
  };
  const dialog = el("dialog", { class: "modal keys", "aria-labelledby": "keys-title" },
    el("header", { class: "modal-head" }, el("h2", { id: "keys-title" }, "Keyboard"),
      el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: end }, icon("close"))),
    el("div", { class: "modal-body" },
      el("dl", { class: "keys-list" }, [...KEYS, ["Esc", "Leave a field, or close what is open"]].map(([key, does]) =>
        el("div", {}, el("dt", {}, el("kbd", {}, key.length === 1 ? key.toUpperCase() : key)), el("dd", {}, does)))),
      el("p", { class: "keys-about" }, "In a field, press Esc first, or hold Alt with the key. Enter sends, Shift+Enter breaks the line, Ctrl+Enter submits a form."),
      el("label", { class: "keys-single" }, single, " Single keys work without Alt")));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    end();
  });
  document.body.append(dialog);
  dialog.showModal();
}
