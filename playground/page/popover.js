/** A small panel that opens beside its trigger, above everything, and closes on Escape or a click elsewhere. */
import { el } from "./dom.js";

const GAP = 4; // pixels between trigger and panel
const ROOM = 8; // pixels kept free at the window's edge

/**
 * Give `trigger` a panel. The panel is built at each opening and lives beside the trigger in the document,
 * because inside a modal dialog everything outside it is inert.
 * @param {HTMLElement} trigger
 * @param {(close: () => void) => HTMLElement} build
 * @param {{role?: string, align?: "start"|"end", matchWidth?: boolean}} [options]
 * @returns {{open: () => void, close: () => void, isOpen: () => boolean}}
 */
export function popover(trigger, build, { role = "dialog", align = "start", matchWidth = false } = {}) {
  let panel = null;
  trigger.setAttribute("aria-haspopup", role);
  trigger.setAttribute("aria-expanded", "false");

  const close = () => panel?.hidePopover();
  const onScroll = (event) => {
    if (!panel || panel.contains(event.target)) return;
    const box = trigger.getBoundingClientRect();
    if (box.bottom < 0 || box.top > window.innerHeight) close();
    else place(panel, trigger, align, matchWidth);
  };
  const open = () => {
    if (panel) return;
    panel = el("div", { class: "popover", popover: "auto" }, build(close));
    trigger.after(panel);
    panel.addEventListener("toggle", (event) => {
      if (event.newState === "closed") gone();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        // The dialog behind must not take the same Escape for itself.
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
    panel.showPopover();
    place(panel, trigger, align, matchWidth);
    trigger.setAttribute("aria-expanded", "true");
    (panel.querySelector("[autofocus]") ?? panel.querySelector("input, button") ?? panel).focus({ preventScroll: true });
    window.addEventListener("scroll", onScroll, true);
  };
  const gone = () => {
    if (!panel) return;
    const hadFocus = panel.contains(document.activeElement) || document.activeElement === document.body;
    window.removeEventListener("scroll", onScroll, true);
    panel.remove();
    panel = null;
    trigger.setAttribute("aria-expanded", "false");
    if (hadFocus && trigger.isConnected) trigger.focus({ preventScroll: true });
  };

  // The browser closes an open panel on pointer down; without this the click that follows would reopen it.
  let wasOpen = false;
  trigger.addEventListener("pointerdown", () => (wasOpen = panel !== null));
  trigger.addEventListener("click", () => {
    if (wasOpen) close();
    else open();
    wasOpen = false;
  });
  return { open, close, isOpen: () => panel !== null };
}

function place(panel, trigger, align, matchWidth) {
  const box = trigger.getBoundingClientRect();
  panel.style.maxHeight = "none";
  if (matchWidth) panel.style.minWidth = `${Math.max(box.width, 200)}px`;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = window.innerHeight - box.bottom - GAP - ROOM;
  const above = box.top - GAP - ROOM;
  const upward = height > below && above > below;
  panel.style.maxHeight = `${Math.max(120, upward ? above : below)}px`;
  const top = upward ? box.top - GAP - Math.min(height, above) : box.bottom + GAP;
  const left = align === "end" ? box.right - width : box.left;
  panel.style.top = `${Math.max(ROOM, top)}px`;
  panel.style.left = `${Math.min(Math.max(ROOM, left), Math.max(ROOM, window.innerWidth - width - ROOM))}px`;
}

/**
 * A menu of plain choices on `trigger`.
 * @param {HTMLElement} trigger
 * @param {() => Array<{label: string|Node|Array, detail?: string, danger?: boolean, choose: () => void}>} items
 */
export function menu(trigger, items, options = {}) {
  return popover(trigger, (close) => {
    const buttons = items().map((item) => el("button", {
      type: "button", role: "menuitem", class: item.danger ? "menu-item menu-danger" : "menu-item", tabindex: "-1",
      onclick: () => {
        close();
        item.choose();
      },
    }, el("span", {}, item.label), item.detail ? el("small", {}, item.detail) : null));
    return el("div", { role: "menu", class: "menu", onkeydown: (event) => moveFocus(event, buttons) }, buttons);
  }, { role: "menu", ...options });
}

/** Arrow keys, Home and End walk through a list of focusable nodes. */
function moveFocus(event, nodes) {
  const at = nodes.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: nodes.length - 1 }[event.key];
  if (next === undefined || !nodes.length) return;
  event.preventDefault();
  nodes[(next + nodes.length) % nodes.length].focus();
}
