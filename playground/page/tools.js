/** What the playground itself can do, under the conversations: none of it is Slack's. */
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** name in the code, icon, words, key */
const TOOLS = [
  ["tour", "compass", "Guided tour", "g"], ["week", "calendar", "Play a week", "w"], ["said", "book", "What was said", "s"],
  ["traffic", "link", "Traffic", "i"], ["problems", "warning", "Problems", "b"], ["phone", "call", "Phone frame", "f"],
  ["keys", "help", "Keyboard", "?"], ["reset", "refresh", "Start afresh", null],
];

/**
 * @param {HTMLElement} root
 * @param {(tool: string) => void} use
 */
export function tools(root, use) {
  const badge = el("span", { class: "badge", hidden: true });
  const buttons = new Map(TOOLS.map(([name, sign, words, key]) => [name, el("button", {
    type: "button", class: "side-row tool", dataset: { tool: name }, "aria-keyshortcuts": key, "aria-label": words, onclick: () => use(name),
  }, el("span", { class: "tool-icon" }, icon(sign)), el("span", { class: "side-name" }, words),
  name === "problems" ? badge : null, key ? el("kbd", { "aria-hidden": "true" }, key.toUpperCase()) : null)]));
  root.replaceChildren(el("h2", { class: "side-title" }, "Playground"), ...buttons.values());

  return {
    /** @param {{panel: string|null, phone: boolean, problems: number, playing: boolean, renewable: boolean}} shown */
    show({ panel, phone, problems, playing, renewable }) {
      for (const name of ["said", "traffic", "problems"]) buttons.get(name).setAttribute("aria-expanded", String(panel === name));
      buttons.get("phone").setAttribute("aria-pressed", String(phone));
      buttons.get("week").querySelector(".side-name").textContent = playing ? "Stop the week" : "Play a week";
      buttons.get("week").setAttribute("aria-label", playing ? "Stop the week" : "Play a week");
      buttons.get("reset").hidden = !renewable;
      badge.hidden = problems === 0;
      badge.textContent = String(problems);
      buttons.get("problems").setAttribute("aria-label", problems ? `Problems, ${problems}` : "Problems, none");
    },
  };
}
