/** What is more than Slack shows, said beside the message or view that holds it, with the limit. */
import { el } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @param {string[]} notices
 * @param {{refused?: boolean}} [how]
 * @returns {HTMLElement|null}
 */
export function limitNotice(notices, { refused = false } = {}) {
  if (!notices?.length) return null;
  const title = refused ? "Slack refused this. People see nothing of it." : "Close to what Slack takes, or over it.";
  return el("div", { class: refused ? "limit limit-refused" : "limit", role: "note", "aria-label": "Slack’s limits" }, icon("warning"),
    el("div", {}, el("strong", {}, title), el("ul", {}, notices.map((one) => el("li", {}, one)))));
}
