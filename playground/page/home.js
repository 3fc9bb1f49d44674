/** The app's Home tab. */
import { blockItems } from "./blocks.js";
import { el, reconcile } from "./dom.js";
import { Entered } from "./entered.js";

/**
 * @param {HTMLElement} root
 * @param {{surface: (parts: Object) => Object, epoch: () => string}} wants
 */
export function home(root, wants) {
  const body = el("div", { class: "home-body" });
  const empty = el("p", { class: "home-empty", hidden: true });
  const warning = el("p", { class: "home-warning", role: "alert", hidden: true });
  root.replaceChildren(warning, body, empty);
  let entered = new Entered();
  let shownId = null;

  return {
    /** @param {Object|null} view @param {string} botName */
    show(view, botName) {
      empty.hidden = Boolean(view);
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
