/** The app's Home tab. */
import { blockItems } from "./blocks.js";
import { el, reconcile } from "./dom.js";
import { Entered } from "./entered.js";
import { limitNotice } from "./notices.js";

/**
 * @param {HTMLElement} root
 * @param {{surface: (parts: Object) => Object, epoch: () => string}} wants
 */
export function home(root, wants) {
  const body = el("div", { class: "home-body" });
  const empty = el("p", { class: "home-empty", hidden: true });
  const warning = el("p", { class: "home-warning", role: "alert", hidden: true });
  const limits = el("div", { class: "home-limits" });
  root.replaceChildren(warning, limits, body, empty);
  let entered = new Entered();
  let shownId = null;

  return {
    /** @param {Object|null} view @param {string} botName @param {string[]} refused why a newer one was not taken */
    show(view, botName, refused) {
      empty.hidden = Boolean(view);
      limits.replaceChildren(...[limitNotice(refused, { refused: true }), limitNotice(view?.notices)].filter(Boolean));
      empty.textContent = `${botName} has not published a Home for this person yet.`;
      if (!view) {
        shownId = null;
        body.replaceChildren();
        return;
      }
      if (view.id !== shownId) entered = new Entered();
      shownId = view.id;
      entered.keepOnly(view.blocks ?? []);
      entered.serve(view.state?.values);
      warning.textContent = view.warning ?? "";
      warning.hidden = !view.warning;
      const surface = wants.surface({ entered, where: { kind: "home", view_id: view.id }, channel: null });
      reconcile(body, blockItems(view.blocks ?? [], surface, () => wants.epoch()));
    },
  };
}
