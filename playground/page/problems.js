/** What Slack would have refused or timed out, newest first, in a drawer. */
import { el, fingerprint, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { fullTime } from "./zones.js";

/** @param {HTMLElement} drawer @param {HTMLElement} opener */
export function problemsDrawer(drawer, opener) {
  const list = el("ol", { class: "problem-list", reversed: true });
  const none = el("p", { class: "problem-none" }, "No rejected calls, no timeouts, no limits hit.");
  const badge = el("span", { class: "badge", hidden: true });
  const shut = el("button", { type: "button", class: "icon-button", "aria-label": "Close problems", onclick: () => open(false) }, icon("close"));
  drawer.replaceChildren(el("header", { class: "drawer-head" }, el("h2", {}, "Problems"), shut),
    el("p", { class: "drawer-about" }, "What real Slack would have rejected or timed out."), none, list);
  opener.replaceChildren(icon("warning"), el("span", { class: "bar-label" }, "Problems"), badge);
  const open = (on) => {
    drawer.hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
    (on ? shut : opener).focus({ preventScroll: true });
  };
  opener.addEventListener("click", () => open(drawer.hidden));
  drawer.addEventListener("keydown", (event) => {
    if (event.key === "Escape") open(false);
  });

  return {
    /** @param {Array<{at: string, text: string}>} problems @param {string} zone */
    show(problems, zone) {
      const sorted = [...problems].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
      badge.hidden = sorted.length === 0;
      badge.textContent = String(sorted.length);
      none.hidden = sorted.length > 0;
      opener.setAttribute("aria-label", sorted.length ? `Problems, ${sorted.length}` : "Problems, none");
      const seen = new Map();
      reconcile(list, sorted.map((one) => {
        const hash = fingerprint([one, zone]);
        const count = seen.get(hash) ?? 0;
        seen.set(hash, count + 1);
        return { key: `${hash}#${count}`, hash, make: () => el("li", {}, el("time", {}, fullTime(Date.parse(one.at), zone)), el("p", {}, one.text)) };
      }));
    },
  };
}
