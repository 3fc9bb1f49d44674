/** Light or dark: what the address says, else what was chosen in this browser, else the system's wish. */
import { icon } from "./icons.js";
import { keep, kept } from "./kept.js";

const wish = window.matchMedia("(prefers-color-scheme: dark)");

/**
 * @param {HTMLButtonElement} button
 * @param {{chosen: () => string|null, choose: (theme: string) => void}} wants what the address says, and how to say it there
 */
export function theme(button, wants) {
  const dark = () => {
    const chosen = wants.chosen() ?? kept("theme");
    return chosen ? chosen === "dark" : wish.matches;
  };
  const show = () => {
    document.documentElement.dataset.theme = dark() ? "dark" : "light";
    button.replaceChildren(icon(dark() ? "sun" : "moon"));
    button.setAttribute("aria-label", dark() ? "Use the light theme" : "Use the dark theme");
    button.title = button.getAttribute("aria-label");
  };
  const toggle = () => {
    const chosen = dark() ? "light" : "dark";
    keep("theme", chosen);
    wants.choose(chosen);
    show();
  };
  button.addEventListener("click", toggle);
  wish.addEventListener("change", show);
  show();
  return { show, toggle };
}
