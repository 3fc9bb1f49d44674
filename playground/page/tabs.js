/** Home and Messages: the two tabs of the app's direct message. */
import { el, freshId } from "./dom.js";

const TABS = [["home", "Home"], ["messages", "Messages"]];

/**
 * @param {HTMLElement} root
 * @param {{change: (tab: string) => void}} told
 */
export function tabs(root, told) {
  const buttons = TABS.map(([id, label]) => el("button", {
    type: "button", role: "tab", id: freshId(`tab-${id}`), class: "tab", dataset: { tab: id }, "aria-controls": id === "home" ? "home" : "conversation",
    onclick: () => told.change(id),
  }, label));
  root.replaceChildren(...buttons);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = buttons[1 - buttons.indexOf(document.activeElement)];
    other?.focus();
    other?.click();
  });
  return {
    /** @param {boolean} shown @param {"home"|"messages"} current */
    show(shown, current) {
      root.hidden = !shown;
      for (const button of buttons) {
        const on = button.dataset.tab === current;
        button.setAttribute("aria-selected", String(on));
        button.tabIndex = on ? 0 : -1;
      }
    },
  };
}
