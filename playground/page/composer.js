/** Where one writes: Enter sends, Shift+Enter breaks the line, "/" and "@" offer completions; files go with the paper clip, or dropped. */
import { completions } from "./completions.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";

const MOST_LINES = 10; // taller than this the field scrolls
const KEYS = "Enter to send · Shift+Enter for a new line · “/” for commands";

export class Composer {
  /** What is half written elsewhere, per conversation. */
  #drafts = new Map();
  #place = null;
  #offers = [];
  #active = 0;

  /**
   * @param {HTMLElement} root
   * @param {{send: (text: string) => Promise<boolean>, attach: (files: Array<File>) => void, commands: () => Array<Object>, people: () => Array<Object>}} wants
   */
  constructor(root, wants) {
    this.wants = wants;
    this.listId = freshId("completions");
    this.field = el("textarea", {
      class: "composer-field", rows: "1", "aria-label": "Message", "aria-autocomplete": "list", "aria-controls": this.listId, autocomplete: "off",
      oninput: () => this.#typed(), onblur: () => this.#offer([]), onkeydown: (event) => this.#key(event),
    });
    this.list = el("div", { class: "completions", id: this.listId, role: "listbox", "aria-label": "Completions", hidden: true });
    this.hint = el("div", { class: "composer-hint", "aria-live": "polite" });
    this.button = el("button", {
      type: "button", class: "composer-send", "aria-label": "Send", title: "Send (Enter)", disabled: true, onclick: () => this.#send(),
    }, icon("send"));
    this.chosen = el("input", {
      type: "file", multiple: true, hidden: true, "aria-label": "Files to upload", onchange: () => this.#attach(),
    });
    const clip = el("button", {
      type: "button", class: "composer-attach", "aria-label": "Upload a file", title: "Upload a file", onclick: () => this.chosen.click(),
    }, icon("clip"));
    root.replaceChildren(this.list, el("div", { class: "composer-box" }, this.field,
      el("div", { class: "composer-foot" }, clip, this.chosen, this.hint, this.button)));
    this.#typed();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** Begin a line, unless one is begun already. */
  begin(text) {
    this.focus();
    if (!this.field.value) this.#write(text);
  }

  /** Change conversation; each keeps its own draft. */
  at(place, placeholder) {
    this.field.placeholder = placeholder;
    if (place === this.#place) return;
    if (this.#place && this.field.value.trim()) this.#drafts.set(this.#place, this.field.value);
    this.#place = place;
    this.#write(this.#drafts.get(place) ?? "");
    this.#drafts.delete(place);
    this.#offer([]);
  }

  #attach() {
    const files = [...this.chosen.files];
    this.chosen.value = ""; // so that the same file can be chosen again
    if (files.length) this.wants.attach(files);
  }

  #write(text) {
    this.field.value = text;
    this.#typed();
  }

  #typed() {
    this.field.style.height = "auto";
    const line = parseFloat(getComputedStyle(this.field).lineHeight) || 22;
    this.field.style.height = `${Math.min(this.field.scrollHeight, line * MOST_LINES)}px`;
    this.button.disabled = !this.field.value.trim();
    this.#offer(completions(this.field.value, this.field.selectionStart, this.wants.commands(), this.wants.people()));
    const known = this.wants.commands().find((one) => this.field.value.split(/\s/)[0] === one.command);
    this.hint.replaceChildren(...(known ? [el("b", {}, known.command), known.usage_hint ? ` ${known.usage_hint}` : ""] : [KEYS]));
  }

  #offer(offers, active = 0) {
    this.#offers = offers;
    this.#active = active;
    this.list.hidden = offers.length === 0;
    this.list.replaceChildren(...offers.map((one, i) => this.#row(one, i)));
    this.list.children[active]?.scrollIntoView({ block: "nearest" });
    if (offers.length) this.field.setAttribute("aria-activedescendant", `${this.listId}-${active}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #row(offer, i) {
    const on = i === this.#active;
    return el("div", {
      role: "option", id: `${this.listId}-${i}`, class: on ? "completion active" : "completion", "aria-selected": String(on),
      // Focus stays in the field, or the list would close before the click counts.
      onpointerdown: (event) => event.preventDefault(),
      onclick: () => this.#complete(offer),
    }, offer.icon?.(),
    el("span", { class: "completion-name" }, offer.name, offer.usage ? el("span", { class: "completion-usage" }, ` ${offer.usage}`) : null),
    el("small", {}, offer.detail ?? ""));
  }

  #complete(offer) {
    const rest = this.field.value.slice(this.field.selectionStart);
    const start = this.field.value.slice(0, offer.from) + offer.insert;
    this.field.value = start + rest.replace(/^ /, "");
    this.field.setSelectionRange(start.length, start.length);
    this.field.focus();
    this.#typed();
  }

  #key(event) {
    if (event.isComposing || (this.#offers.length && this.#offerKey(event))) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#send();
  }

  /** @returns {boolean} whether the key was meant for the list */
  #offerKey(event) {
    const count = this.#offers.length;
    const chosen = this.#offers[this.#active];
    if (event.key === "ArrowDown") this.#offer(this.#offers, (this.#active + 1) % count);
    else if (event.key === "ArrowUp") this.#offer(this.#offers, (this.#active - 1 + count) % count);
    else if (event.key === "Escape") this.#offer([]);
    // A command typed in full is meant to be run, not completed once more.
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && chosen.name !== this.field.value.trim())) this.#complete(chosen);
    else return false;
    event.preventDefault();
    return true;
  }

  async #send() {
    const text = this.field.value.trim();
    const from = this.#place;
    if (!text) return;
    this.#write("");
    if (await this.wants.send(text)) return;
    // What was not sent must not be lost, even if one has gone elsewhere meanwhile.
    if (this.#place === from && !this.field.value) this.#write(text);
    else this.#drafts.set(from, text);
  }
}
