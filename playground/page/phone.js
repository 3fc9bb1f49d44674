/**
 * The phone frame: the same page once more, bare, in a window of 390 × 844. What one does inside is followed outside,
 * and the other way about.
 */
import { el } from "./dom.js";
import { addressOf } from "./place.js";

const WIDTH = 390;
const HEIGHT = 844;
const EDGE = 12; // px of the case around the screen
const FOLLOWED = ["as", "channel", "tab", "theme"];

const picked = (place) => Object.fromEntries(FOLLOWED.map((name) => [name, place[name] ?? null]));
const same = (a, b) => FOLLOWED.every((name) => (a[name] ?? null) === (b[name] ?? null));

/**
 * @param {HTMLElement} root
 * @param {{went: (place: Object) => void, run: (act: string) => void}} told
 */
export function phone(root, told) {
  let screen = null;
  let inside = null;
  const fit = () => {
    const scale = Math.min(1, (root.clientHeight - 24) / (HEIGHT + 2 * EDGE));
    root.style.setProperty("--phone-scale", String(Math.max(0.4, scale)));
  };
  new ResizeObserver(fit).observe(root);
  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.source !== screen?.contentWindow) return;
    if (event.data.act) told.run(event.data.act);
    if (!event.data.place) return;
    inside = picked(event.data.place);
    told.went(inside);
  });

  return {
    /** The document people act in while the frame is shown. */
    document: () => screen?.contentDocument ?? null,
    /** @param {Object} place @param {boolean} on */
    show(place, on) {
      root.hidden = !on;
      if (!on) {
        root.replaceChildren();
        screen = null;
        return;
      }
      if (!screen) {
        inside = picked(place);
        screen = el("iframe", { title: "The same on a phone", width: WIDTH, height: HEIGHT, src: addressOf({ ...inside, bare: "1" }) });
        root.replaceChildren(el("div", { class: "phone-case" }, screen));
        fit();
      } else if (!same(picked(place), inside)) {
        inside = picked(place);
        screen.contentWindow.postMessage({ place: inside }, location.origin);
      }
    },
  };
}

/** Inside the frame: tell the page around it, and do what it says. */
export function inPhone(go) {
  window.addEventListener("message", (event) => {
    if (event.origin === location.origin && event.source === window.parent && event.data.place) go(event.data.place);
  });
  return {
    went: (place) => window.parent.postMessage({ place: picked(place) }, location.origin),
    run: (act) => window.parent.postMessage({ act }, location.origin),
  };
}
