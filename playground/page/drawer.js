/** The drawer at the side: at most one panel is in it, and Escape or the cross closes it. */
import { el } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {{title: string, about: string, body: HTMLElement, wide?: boolean, opened?: () => void, closed?: () => void}} Panel
 *
 * @param {HTMLElement} root
 * @param {Object<string, Panel>} panels
 * @param {() => void} close asks for it to be closed
 */
export function drawer(root, panels, close) {
  let current = null;
  let opener = null;
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });
  return {
    /** @param {string|null} id */
    show(id) {
      const wanted = id in panels ? id : null;
      if (wanted === current) return;
      panels[current]?.closed?.();
      const fromOutside = current === null;
      current = wanted;
      root.hidden = !wanted;
      if (!wanted) {
        if (opener?.isConnected) opener.focus({ preventScroll: true });
        return;
      }
      if (fromOutside) opener = document.activeElement;
      const panel = panels[wanted];
      const shut = el("button", { type: "button", class: "icon-button", "aria-label": `Close ${panel.title.toLowerCase()}`, onclick: close }, icon("close"));
      root.setAttribute("aria-label", panel.title);
      root.classList.toggle("drawer-wide", Boolean(panel.wide));
      root.replaceChildren(el("header", { class: "drawer-head" }, el("h2", {}, panel.title), shut), el("p", { class: "drawer-about" }, panel.about), panel.body);
      panel.opened?.();
      shut.focus({ preventScroll: true });
    },
  };
}
