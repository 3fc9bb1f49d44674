/** Line icons drawn here; the names are those Slack lets a card use, plus the page's own. */
import { svg } from "./dom.js";

const PATHS = {
  archive: "M2.5 3.5h11v3h-11zM3.5 6.5v6h9v-6M6.5 9h3",
  book: "M3 3h4.2c.5 0 .8.4.8.8V13c0-.6-.5-1-1.1-1H3zM13 3H8.8c-.5 0-.8.4-.8.8V13c0-.6.5-1 1.1-1H13z",
  bookmark: "M4.5 2.5h7v11L8 10.8l-3.5 2.7z",
  bot: "M3.5 6h9v6.5h-9zM8 6V3.5M6 9h.01M10 9h.01M8 3h.01",
  calendar: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5V5M10.5 2.5V5",
  call: "M4 2.5l2 .3.8 2.7-1.3 1.2c.7 1.5 2.3 3.1 3.8 3.8l1.2-1.3 2.7.8.3 2c-.2.8-.9 1.4-1.8 1.4C7 13.2 2.8 9 2.6 4.3c0-.9.6-1.6 1.4-1.8z",
  check: "M3 8.5l3.3 3.3L13 4.8",
  clipboard: "M4 3.5h8v10H4zM6 3.5V2.3h4v1.2M6.3 7h3.4M6.3 9.8h3.4",
  comment: "M2.5 3.5h11v7.5H8l-3 2.5V11H2.5z",
  compass: "M8 2.2a5.8 5.8 0 100 11.6A5.8 5.8 0 008 2.2zM10.3 5.7L9 9l-3.3 1.3L7 7z",
  edit: "M3 13l.5-2.8 7-7 2.3 2.3-7 7zM9.5 4.2l2.3 2.3",
  email: "M2.5 4h11v8.5h-11zM2.5 4.5L8 9l5.5-4.5",
  file: "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
  flag: "M4 14V2.5M4 3h8l-1.8 2.8L12 8.5H4",
  folder: "M2.5 4h4l1.3 1.5h5.7v7h-11z",
  gear: "M8 5.8a2.2 2.2 0 100 4.4 2.2 2.2 0 000-4.4zM8 2v1.8M8 12.2V14M2 8h1.8M12.2 8H14M3.8 3.8L5 5M11 11l1.2 1.2M12.2 3.8L11 5M5 11l-1.2 1.2",
  globe: "M8 2.2a5.8 5.8 0 100 11.6A5.8 5.8 0 008 2.2zM2.2 8h11.6M8 2.2c3.2 3.4 3.2 8.2 0 11.6M8 2.2c-3.2 3.4-3.2 8.2 0 11.6",
  heart: "M8 13.2C4.5 10.6 2.4 8.6 2.4 6.2c0-1.7 1.3-2.9 2.8-2.9 1.2 0 2.2.7 2.8 1.8.6-1.1 1.6-1.8 2.8-1.8 1.5 0 2.8 1.2 2.8 2.9 0 2.4-2.1 4.4-5.6 7z",
  help: "M8 2.2a5.8 5.8 0 100 11.6A5.8 5.8 0 008 2.2zM6.3 6.3c.2-2.2 3.5-2 3.4-.1C9.6 7.4 8 7.6 8 9M8 11.2h.01",
  info: "M8 2.2a5.8 5.8 0 100 11.6A5.8 5.8 0 008 2.2zM8 7.3v3.5M8 5h.01",
  lightbulb: "M6 11h4M6.5 13.3h3M6 11c0-1.7-1.8-2.3-1.8-4.7a3.8 3.8 0 017.6 0c0 2.4-1.8 3-1.8 4.7",
  link: "M6.7 9.3l2.6-2.6M7.3 5l1.5-1.5a2.6 2.6 0 013.7 3.7L11 8.7M8.7 11l-1.5 1.5a2.6 2.6 0 01-3.7-3.7L5 7.3",
  plus: "M8 3.5v9M3.5 8h9",
  refresh: "M12.8 6.5A5 5 0 003.3 7M3.2 9.5a5 5 0 009.5-.5M12.8 3.5v3h-3M3.2 12.5v-3h3",
  rocket: "M6 10L4 8c1.5-3.5 4-5.8 9-5.5.3 5-2 7.5-5.5 9zM5.5 10.5L3 13M10 6h.01M4 8L2.5 9.5M8 12l-1.5 1.5",
  sparkle: "M8 2.5l1.4 4.1L13.5 8l-4.1 1.4L8 13.5 6.6 9.4 2.5 8l4.1-1.4z",
  star: "M8 2.5l1.7 3.6 3.9.5-2.9 2.7.7 3.9L8 11.3l-3.4 1.9.7-3.9-2.9-2.7 3.9-.5z",
  tag: "M2.5 7.5v-5h5l6 6-5 5zM5.3 5.3h.01",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  user: "M8 2.8a2.6 2.6 0 100 5.2 2.6 2.6 0 000-5.2zM3 13.5c.3-2.6 2.2-4 5-4s4.7 1.4 5 4",
  warning: "M8 2.8l6 10.4H2zM8 6.5v3.2M8 11.5h.01",
  clock: "M8 2.2a5.8 5.8 0 100 11.6A5.8 5.8 0 008 2.2zM8 5v3.2l2.2 1.3",
  send: "M2.5 8L13.5 3l-3.2 10L8 9zM8 9l5.5-6",
  eye: "M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM8 6.3a1.7 1.7 0 100 3.4 1.7 1.7 0 000-3.4z",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  lock: "M3.5 7.5h9v6h-9zM5.3 7.5V5.2a2.7 2.7 0 015.4 0v2.3",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  clip: "M12.8 7.3l-5 5a3 3 0 01-4.3-4.2l5.6-5.6a2 2 0 012.9 2.8l-5.5 5.5a1 1 0 01-1.5-1.3l4.7-4.8",
  close: "M4 4l8 8M12 4l-8 8",
  moon: "M12.8 9.6A5.2 5.2 0 016.4 3.2 5.2 5.2 0 1012.8 9.6z",
  sun: "M8 5.3a2.7 2.7 0 100 5.4 2.7 2.7 0 000-5.4zM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1",
};

// Names Slack knows that look well enough as one of the above.
const LIKE = {
  "star-filled": "star", "eye-open": "eye", "eye-closed": "eye", "new-window": "link", share: "link", save: "bookmark",
  pin: "flag", map: "compass", copy: "clipboard", refine: "gear", key: "tag", download: "archive", upload: "archive",
};

/** @returns {SVGElement} */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" },
    svg("path", {
      d: PATHS[name] ?? PATHS[LIKE[name]] ?? PATHS.sparkle, fill: "none", stroke: "currentColor", "stroke-width": name === "more" ? "2.2" : "1.3",
      "stroke-linecap": "round", "stroke-linejoin": "round",
    }));
}
