/** One control for every select: a button that shows the choice and opens a list one can search. */
import { el, freshId } from "./dom.js";
import { popover } from "./popover.js";

const SEARCH_FROM = 6; // shorter lists are quicker to read than to search

/**
 * @typedef {{value: string, label: string, detail?: string, group?: string, icon?: () => Node}} Choice
 *
 * @param {Object} wants
 * @param {() => Choice[]} wants.choices asked at each opening, so people and channels are current
 * @param {string[]} wants.selected
 * @param {(values: string[]) => void} wants.onchange
 * @param {string} wants.placeholder
 * @param {string} [wants.label] for screen readers, when no visible label names the control
 * @param {boolean} [wants.multi]
 * @param {number} [wants.max] most that may be chosen
 * @param {string} [wants.focusKey]
 * @param {(text: string) => Choice|null} [wants.typed] makes a choice of what was typed, e.g. a time off the list
 * @returns {HTMLElement}
 */
export function picker(wants) {
  let selected = [...wants.selected];
  const shown = el("span", { class: "picker-shown" });
  const trigger = el("button", {
    type: "button", class: "picker", dataset: wants.focusKey ? { focusKey: wants.focusKey } : {},
  }, shown, el("span", { class: "picker-caret", "aria-hidden": "true" }));

  const show = () => {
    const known = new Map(wants.choices().map((choice) => [choice.value, choice]));
    const labels = selected.map((value) => known.get(value)?.label ?? wants.typed?.(value)?.label ?? value);
    trigger.classList.toggle("picker-empty", labels.length === 0);
    if (!labels.length) shown.replaceChildren(wants.placeholder);
    else if (wants.multi) shown.replaceChildren(...labels.map((label) => el("span", { class: "token" }, label)));
    else shown.replaceChildren(labels[0]);
    if (wants.label) trigger.setAttribute("aria-label", `${wants.label}: ${labels.join(", ") || "nothing chosen"}`);
  };
  const set = (values) => {
    selected = values;
    show();
    wants.onchange([...selected]);
  };
  const choose = (value, close) => {
    if (!wants.multi) {
      close();
      set([value]);
    } else if (selected.includes(value)) set(selected.filter((held) => held !== value));
    else if (!wants.max || selected.length < wants.max) set([...selected, value]);
  };
  popover(trigger, (close) => panel(wants, () => selected, (value) => choose(value, close)), { role: "listbox", matchWidth: true });
  show();
  return el("div", { class: wants.multi ? "picker-box picker-multi" : "picker-box" }, trigger);
}

function panel(wants, selected, choose) {
  const all = wants.choices();
  const listId = freshId("choices");
  const list = el("div", { role: "listbox", id: listId, class: "choices", "aria-multiselectable": wants.multi ? "true" : null });
  const search = el("input", {
    type: "text", class: "choices-search", placeholder: wants.typed ? "Search or type" : "Search", autocomplete: "off", spellcheck: "false",
    role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-label": `Search ${wants.label ?? "choices"}`,
  });
  let matches = [];
  let active = 0;

  const short = all.length < SEARCH_FROM && !wants.typed;
  const box = el("div", { class: "choices-panel" }, search, list);

  const mark = () => {
    const nodes = [...list.querySelectorAll("[role=option]")];
    nodes.forEach((node, i) => node.classList.toggle("active", i === active));
    nodes[active]?.scrollIntoView({ block: "nearest" });
    if (nodes[active]) search.setAttribute("aria-activedescendant", nodes[active].id);
    else search.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    const words = search.value.trim().toLowerCase();
    // A short list needs no search field, until somebody types all the same.
    box.classList.toggle("choices-short", short && !words);
    matches = found(all, words);
    const made = words && wants.typed?.(search.value.trim());
    if (made && !matches.some((choice) => choice.value === made.value)) matches.unshift(made);
    active = Math.min(Math.max(active, 0), Math.max(matches.length - 1, 0));
    list.replaceChildren(...rows(matches, selected(), (value) => {
      choose(value);
      if (wants.multi) again();
    }));
    if (!matches.length) list.append(el("p", { class: "choices-none" }, "Nothing matches."));
    mark();
  };
  const again = () => {
    search.value = "";
    draw();
  };
  const keys = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + matches.length) % (matches.length || 1);
      mark();
    } else if (event.key === "Enter") {
      if (matches[active]) choose(matches[active].value);
      if (wants.multi) again();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  search.addEventListener("input", () => {
    active = 0;
    draw();
  });
  active = Math.max(0, all.findIndex((choice) => selected().includes(choice.value)));
  draw();
  // The panel is not laid out yet while it is being built.
  queueMicrotask(mark);
  box.addEventListener("keydown", keys);
  return box;
}

/** Choices that hold the words, those whose label begins with them first and those that only mention them last. */
function found(all, words) {
  const rank = ({ label, detail }) => {
    const at = label.toLowerCase().indexOf(words);
    if (at >= 0) return at === 0 || /\s/.test(label[at - 1]) ? 0 : 1;
    return (detail ?? "").toLowerCase().includes(words) ? 2 : 3;
  };
  if (!words) return [...all];
  return all.map((choice) => [rank(choice), choice]).filter(([place]) => place < 3).sort((a, b) => a[0] - b[0]).map(([, choice]) => choice);
}

function rows(matches, selected, choose) {
  const nodes = [];
  let group = null;
  for (const choice of matches) {
    if (choice.group && choice.group !== group) nodes.push(el("p", { class: "choices-group" }, choice.group));
    group = choice.group ?? null;
    const on = selected.includes(choice.value);
    nodes.push(el("div", {
      role: "option", id: freshId("choice"), class: "choice", "aria-selected": on ? "true" : "false",
      // Focus stays in the search field, so that the keyboard goes on working.
      onpointerdown: (event) => event.preventDefault(),
      onclick: () => choose(choice.value),
    }, choice.icon?.(), el("span", { class: "choice-label" }, choice.label, choice.detail ? el("small", {}, choice.detail) : null),
    el("span", { class: "choice-tick", "aria-hidden": "true" }, on ? "✓" : "")));
  }
  return nodes;
}
