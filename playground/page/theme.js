/** Light or dark: the system's wish until the person says otherwise, remembered in this browser. */
import { icon } from "./icons.js";

const KEPT = "playground-theme";
const wish = window.matchMedia("(prefers-color-scheme: dark)");

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage may be switched off; the system's wish then holds
  }
}

/** @param {HTMLButtonElement} button */
export function theme(button) {
  let chosen = kept();
  const show = () => {
    const dark = chosen ? chosen === "dark" : wish.matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    button.replaceChildren(icon(dark ? "sun" : "moon"));
    button.setAttribute("aria-label", dark ? "Use the light theme" : "Use the dark theme");
    button.title = button.getAttribute("aria-label");
  };
  button.addEventListener("click", () => {
    chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEPT, chosen);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    show();
  });
  wish.addEventListener("change", show);
  show();
}
