/** The "are you sure" an app may put before an action. */
import { el, freshId } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";

/**
 * @param {Object|undefined} confirm Slack's confirmation object; without one the answer is yes
 * @param {import("./mrkdwn.js").Reader} reader
 * @returns {Promise<boolean>}
 */
export function confirmed(confirm, reader) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((answer) => {
    const title = freshId("confirm-title");
    const end = (sure) => {
      dialog.close();
      dialog.remove();
      answer(sure);
    };
    const dialog = el("dialog", { class: "confirm", "aria-labelledby": title, role: "alertdialog" },
      el("h2", { id: title }, plain(confirm.title)),
      el("div", { class: "confirm-text" }, textObject(confirm.text, reader)),
      el("div", { class: "confirm-buttons" },
        el("button", { type: "button", class: "button", onclick: () => end(false) }, plain(confirm.deny) || "Cancel"),
        el("button", {
          type: "button", autofocus: true, onclick: () => end(true),
          class: `button button-${confirm.style === "danger" ? "danger" : "primary"} button-filled`,
        }, plain(confirm.confirm) || "Yes")));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
