/** A month to pick a day from. Its today is the workspace's, which the browser's own date field cannot know. */
import { el } from "./dom.js";
import { popover } from "./popover.js";
import { MONTHS_LONG, isoDate, pickedDate, two, wall } from "./zones.js";

const WEEK = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/**
 * A button showing the picked day that opens a month.
 * @param {{value: string|null, now: () => number, zone: string, placeholder: string, label?: string, focusKey?: string,
 *   onchange: (isoDate: string) => void}} wants
 */
export function dateButton(wants) {
  let value = wants.value;
  const shown = el("span", { class: "picker-shown" });
  const trigger = el("button", {
    type: "button", class: "picker picker-date", dataset: wants.focusKey ? { focusKey: wants.focusKey } : {},
  }, shown, el("span", { class: "picker-caret", "aria-hidden": "true" }));
  const show = () => {
    trigger.classList.toggle("picker-empty", !value);
    shown.textContent = value ? pickedDate(value, wall(wants.now(), wants.zone).year) : wants.placeholder;
    if (wants.label) trigger.setAttribute("aria-label", `${wants.label}: ${value ?? "no date"}`);
  };
  popover(trigger, (close) => month(value, isoDate(wants.now(), wants.zone), (day) => {
    value = day;
    show();
    close();
    wants.onchange(day);
  }));
  show();
  return el("div", { class: "picker-box" }, trigger);
}

/** Days as UTC midnights: no zone can then shift one. */
const parse = (text) => new Date(`${text}T00:00:00Z`);
const iso = (day) => `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`;
const shift = (day, by) => new Date(day.getTime() + by * 86_400_000);

function shiftMonth(day, by) {
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + by, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day.getUTCDate(), last)));
}

function month(selected, today, choose) {
  let cursor = parse(selected ?? today);
  const root = el("div", { class: "calendar", role: "group", "aria-label": "Choose a day" });
  /** The month anew; focus goes to what `focus` selects, because what had it is gone. */
  const draw = (focus) => {
    const first = new Date(Date.UTC(cursor.getUTCFullYear(), cursor.getUTCMonth(), 1));
    const start = shift(first, -((first.getUTCDay() + 6) % 7));
    const days = Array.from({ length: 42 }, (_, i) => shift(start, i));
    root.replaceChildren(head(cursor, (by) => {
      cursor = shiftMonth(cursor, by);
      draw(by < 0 ? ".calendar-arrow:first-child" : ".calendar-arrow:last-child");
    }), el("div", { class: "calendar-grid" },
      WEEK.map((name) => el("span", { class: "calendar-weekday", "aria-hidden": "true" }, name)),
      days.map((day) => cell(day, cursor, selected, today, choose))));
    if (focus) root.querySelector(focus)?.focus();
  };
  root.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const pages = { PageUp: -1, PageDown: 1 }[event.key];
    if (by === undefined && pages === undefined) return;
    event.preventDefault();
    cursor = by !== undefined ? shift(cursor, by) : shiftMonth(cursor, pages);
    draw(".calendar-day[tabindex='0']");
  });
  draw(null);
  return root;
}

function head(cursor, move) {
  const arrow = (by, label, sign) => el("button", { type: "button", class: "calendar-arrow", "aria-label": label, onclick: () => move(by) }, sign);
  return el("div", { class: "calendar-head" }, arrow(-1, "Month before", "‹"),
    el("strong", { "aria-live": "polite" }, `${MONTHS_LONG[cursor.getUTCMonth()]} ${cursor.getUTCFullYear()}`),
    arrow(1, "Month after", "›"));
}

function cell(day, cursor, selected, today, choose) {
  const text = iso(day);
  const here = text === iso(cursor);
  const classes = ["calendar-day", day.getUTCMonth() !== cursor.getUTCMonth() && "calendar-other",
    text === today && "calendar-today", text === selected && "calendar-picked"].filter(Boolean).join(" ");
  return el("button", {
    type: "button", class: classes, tabindex: here ? "0" : "-1", autofocus: here,
    "aria-label": `${day.getUTCDate()} ${MONTHS_LONG[day.getUTCMonth()]} ${day.getUTCFullYear()}${text === today ? ", today" : ""}`,
    "aria-pressed": text === selected ? "true" : "false", onclick: () => choose(text),
  }, String(day.getUTCDate()));
}
