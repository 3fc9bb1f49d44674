/** The modal on top of a person's stack. It keeps what was typed while the same view is updated under it. */
import { blockItems } from "./blocks.js";
import { el, freshId, reconcile } from "./dom.js";
import { Entered } from "./entered.js";
import { icon } from "./icons.js";
import { complaint } from "./inputs.js";
import { plain } from "./mrkdwn.js";

const MOST_DEEP = 3; // Slack's limit for a stack of views

export class Modal {
  #view = null;
  #errors = {};
  #waiting = false;
  /** How somebody asked to leave while an answer was awaited: null not at all, else whether the whole stack. */
  #leaving = null;
  /** What was typed per view of the stack, so that closing the top one returns to the one below as it was left. */
  #kept = new Map();
  /** How often a block's error was put up: a block whose error was taken down by hand must be made again. */
  #raised = new Map();

  /**
   * @param {Object} wants
   * @param {(parts: Object) => Object} wants.surface makes a Surface of the given parts
   * @param {() => string|null} wants.channel the conversation one stands in, for default_to_current_conversation
   * @param {() => string} wants.epoch changes when names, zone or day do
   * @param {(viewId: string, values: Object) => Promise<void>} wants.submit
   * @param {(viewId: string, all: boolean) => Promise<void>} wants.close
   */
  constructor(wants) {
    this.wants = wants;
    const titleId = freshId("modal-title");
    this.title = el("h2", { id: titleId });
    this.depth = el("span", { class: "modal-depth" });
    this.body = el("div", { class: "modal-body" });
    this.warning = el("p", { class: "modal-warning", role: "alert", hidden: true });
    this.submit = el("button", { type: "button", class: "button button-primary button-filled", onclick: () => this.#send() });
    this.close = el("button", { type: "button", class: "button", onclick: () => this.#leave(false) });
    const cross = el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => this.#leave(true) }, icon("close"));
    this.dialog = el("dialog", { class: "modal", "aria-labelledby": titleId },
      el("header", { class: "modal-head" }, this.title, this.depth, cross), this.body, this.warning,
      el("footer", { class: "modal-foot" }, this.close, this.submit));
    this.dialog.addEventListener("cancel", (event) => {
      // Whether it closes is for the server to say: the app may want to know, and a view may lie below.
      event.preventDefault();
      this.#leave(false);
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#send();
    });
    document.body.append(this.dialog);
  }

  get viewId() {
    return this.#view?.id ?? null;
  }

  /** A sentence above the buttons; null takes it away. */
  warn(text) {
    this.warning.textContent = text ?? "";
    this.warning.hidden = !text;
  }

  /** Show what the server says is on top; null closes. */
  show(view, errors, depth) {
    if (!view) return this.#shut();
    const fresh = this.#view?.id !== view.id;
    const failed = Object.keys(errors ?? {}).length > 0;
    const news = failed && JSON.stringify(errors) !== JSON.stringify(this.#errors);
    this.#view = view;
    this.#remember(view);
    if (fresh || failed) this.#errors = errors ?? {};
    this.#label(view, depth);
    if (fresh) {
      this.body.replaceChildren();
      this.warn(null);
      this.#wait(false);
    }
    this.#draw();
    if (!this.dialog.open) this.dialog.showModal();
    if (fresh) this.#enter();
    else if (news) this.#focusError();
    return undefined;
  }

  #shut() {
    this.#view = null;
    this.#kept.clear();
    if (this.dialog.open) this.dialog.close();
  }

  #remember(view) {
    if (!this.#kept.has(view.id)) this.#kept.set(view.id, new Entered());
    const entered = this.#kept.get(view.id);
    entered.serve(view.state?.values);
    entered.keepOnly(view.blocks ?? []);
  }

  #label(view, depth) {
    this.title.textContent = plain(view.title);
    this.depth.textContent = depth > 1 ? `${depth} of ${MOST_DEEP}` : "";
    this.submit.textContent = plain(view.submit) || "Submit";
    this.submit.hidden = !view.submit;
    this.close.textContent = plain(view.close) || (depth > 1 ? "Back" : "Close");
  }

  #enter() {
    this.body.scrollTop = 0;
    const first = this.body.querySelector("[autofocus]") ?? this.body.querySelector("input, textarea, button.picker");
    (first ?? (this.submit.hidden ? this.close : this.submit)).focus({ preventScroll: true });
  }

  #draw() {
    const { blocks = [], id } = this.#view;
    const looks = (block) => [id, this.#errors[block.block_id], this.wants.epoch(), this.#raised.get(block.block_id)];
    reconcile(this.body, blockItems(blocks, this.#surface(), looks).map((item, i) => ({
      ...item,
      make: () => {
        const node = item.make();
        node.dataset.blockId = blocks[i].block_id ?? "";
        return node;
      },
    })));
  }

  #surface() {
    return this.wants.surface({
      entered: this.#kept.get(this.#view.id),
      where: { kind: "modal", view_id: this.#view.id },
      channel: this.wants.channel(),
      error: (blockId) => this.#errors[blockId],
      edited: (block) => this.#forgive(block),
      submit: () => this.#send(),
    });
  }

  /** An input with an error was changed: the error goes, the input and its caret stay. */
  #forgive(block) {
    if (!this.#errors[block.block_id]) return;
    this.#errors = { ...this.#errors, [block.block_id]: undefined };
    const node = [...this.body.children].find((one) => one.dataset.blockId === block.block_id);
    node?.querySelector(".input-error")?.remove();
    node?.querySelector(".has-error")?.classList.remove("has-error");
    node?.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  }

  #fail(found) {
    for (const id of Object.keys(found)) this.#raised.set(id, (this.#raised.get(id) ?? 0) + 1);
    this.#errors = found;
    this.#draw();
    this.#focusError();
  }

  #focusError() {
    this.body.querySelector("[aria-invalid], .has-error input, .has-error button")?.focus();
  }

  #wait(on) {
    this.#waiting = on;
    this.submit.disabled = on;
    this.submit.setAttribute("aria-busy", String(on));
  }

  async #send() {
    if (this.#waiting || !this.#view?.submit) return;
    const entered = this.#kept.get(this.#view.id);
    const found = Object.fromEntries((this.#view.blocks ?? []).filter((block) => block.type === "input")
      .map((block) => [block.block_id, complaint(block, entered)]).filter(([, text]) => text));
    if (Object.keys(found).length) {
      this.#fail(found);
      return;
    }
    this.#errors = {};
    this.warn(null);
    this.#wait(true);
    try {
      await this.wants.submit(this.#view.id, entered.values());
    } catch (error) {
      this.warn(error.message);
    } finally {
      this.#wait(false);
      if (this.#leaving !== null) this.#leave(this.#leaving);
    }
  }

  /** While an answer is awaited one cannot leave yet, as it may put up another view; it is done right after. */
  #leave(all) {
    this.#leaving = this.#waiting ? all : null;
    if (this.#view && !this.#waiting) this.wants.close(this.#view.id, all).catch((error) => this.warn(error.message));
  }
}
