/** What Slack would have refused or timed out, newest first: a panel of the drawer. */
import { el, fingerprint, reconcile } from "./dom.js";
import { fullTime } from "./zones.js";

export function problemsPanel() {
  const list = el("ol", { class: "problem-list", reversed: true });
  const none = el("p", { class: "problem-none" }, "No rejected calls, no timeouts, no limits hit.");
  return {
    panel: { title: "Problems", about: "What real Slack would have rejected or timed out.", body: el("div", {}, none, list) },
    /** @param {Array<{at: string, text: string}>} problems @param {string} zone */
    show(problems, zone) {
      const sorted = [...problems].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
      none.hidden = sorted.length > 0;
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
