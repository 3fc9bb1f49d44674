/**
 * Building and reconciling DOM nodes. Text only ever enters through text nodes and attributes,
 * so a hostile message stays text.
 */

/**
 * Make an element. `class`, `on*` handlers, `dataset` and booleans are understood; null children are skipped.
 * @param {string} tag
 * @param {Object<string, any>} [attributes]
 * @param {...(Node|string|null|undefined|false|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  append(node, children);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** The same for SVG, whose elements live in another namespace. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, String(value));
  }
  append(node, children);
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (name === "value" || name === "checked" || name === "disabled") node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
}

/**
 * Make `parent` hold exactly `items` in order, re-making only those whose hash changed, so that scroll
 * position, open menus and half-typed inputs elsewhere survive a refresh.
 * @param {Element} parent
 * @param {Array<{key: string, hash: string, make: () => Element}>} items
 * @returns {Array<Element>} the nodes made in this pass
 */
export function reconcile(parent, items) {
  const held = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const made = [];
  const wanted = new Set(items.map((item) => item.key));
  // What is stale goes first: moving a living node past it would cost the living one its focus.
  for (const [key, node] of held) {
    if (wanted.has(key)) continue;
    node.remove();
    held.delete(key);
  }
  let cursor = parent.firstElementChild;
  for (const item of items) {
    let node = held.get(item.key);
    if (!node || node.dataset.hash !== item.hash) {
      const fresh = item.make();
      fresh.dataset.key = item.key;
      fresh.dataset.hash = item.hash;
      if (node) replaceKeepingFocus(node, fresh);
      if (node === cursor) cursor = fresh;
      node = fresh;
      made.push(fresh);
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
  return made;
}

function replaceKeepingFocus(old, fresh) {
  const active = document.activeElement;
  const focusKey = old.contains(active) ? active.closest("[data-focus-key]")?.dataset.focusKey : null;
  const caret = focusKey && typeof active.selectionStart === "number" ? active.selectionStart : null;
  old.replaceWith(fresh);
  if (!focusKey) return;
  const again = [...fresh.querySelectorAll("[data-focus-key]")].find((n) => n.dataset.focusKey === focusKey);
  again?.focus({ preventScroll: true });
  if (caret !== null && again && "selectionStart" in again) again.selectionStart = again.selectionEnd = caret;
}

/** A short stable fingerprint of any JSON value. */
export function fingerprint(value) {
  const text = JSON.stringify(value) ?? "";
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = ((hash * 33) ^ text.charCodeAt(i)) >>> 0;
  return `${text.length}.${hash.toString(36)}`;
}

let serial = 0;

/** An id nobody else on the page has, for labels and descriptions. */
export function freshId(prefix) {
  serial += 1;
  return `${prefix}-${serial}`;
}
