/** A strip under the bar: one sentence, one button, a cross. It takes its own room, so it never covers anything. */
import { el } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @param {HTMLElement} root
 * @param {string} name for screen readers
 */
export function strip(root, name) {
  const mark = el("span", { class: "strip-mark" });
  const text = el("p", { class: "strip-text", role: "status" });
  const button = el("button", { type: "button", class: "button button-primary button-filled strip-button" });
  const cross = el("button", { type: "button", class: "icon-button" }, icon("close"));
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", name);
  root.replaceChildren(mark, text, button, cross);

  return {
    hide: () => (root.hidden = true),
    /** @param {{mark: string, text: string, button: string, use: () => any, crossLabel: string, cross: () => void}} shown */
    show(shown) {
      root.hidden = false;
      mark.textContent = shown.mark;
      text.textContent = shown.text;
      button.textContent = shown.button;
      button.onclick = async () => {
        button.disabled = true;
        try {
          await shown.use();
        } finally {
          button.disabled = false;
        }
      };
      cross.hidden = !shown.cross;
      cross.setAttribute("aria-label", shown.crossLabel ?? "Close");
      cross.onclick = shown.cross ?? null;
    },
  };
}
