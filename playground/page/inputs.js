/** Text fields, radio buttons, checkboxes, times. */
import { dateButton } from "./calendar.js";
import { el, freshId } from "./dom.js";
import { focusKey, use } from "./elements.js";
import { plain, textObject } from "./mrkdwn.js";
import { picker } from "./picker.js";
import { clockTime, instant, isoDate, two } from "./zones.js";

const KINDS = { email_text_input: "email", url_text_input: "url" };
const TYPING_PAUSE = 300; // ms without a key before on_character_entered is told, so a word is one action

export function textInput(element, block, surface) {
  const value = surface.entered.value(block, element) ?? "";
  const attributes = {
    class: "field", value, placeholder: plain(element.placeholder) || placeholderOf(element.type),
    "aria-label": block.label ? null : plain(element.placeholder) || "Text", maxlength: element.max_length ?? null,
    autofocus: element.focus_on_load === true, autocomplete: "off", dataset: { focusKey: focusKey(element, block) },
  };
  const numeric = element.type === "number_input";
  const node = element.multiline
    ? el("textarea", { ...attributes, rows: "4" })
    : el("input", { ...attributes, type: KINDS[element.type] ?? "text", inputmode: numeric ? (element.is_decimal_allowed ? "decimal" : "numeric") : null });
  const counter = element.max_length ? el("span", { class: "field-count", "aria-hidden": "true" }) : null;
  const count = () => {
    if (counter) counter.textContent = node.value.length > element.max_length * 0.75 ? String(element.max_length - node.value.length) : "";
  };
  const send = () => use(element, block, surface, node.value || null);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const acts = block.type !== "input" || block.dispatch_action === true;
  let pause = 0;
  node.addEventListener("input", () => {
    count();
    surface.entered.set(block, element, node.value || null);
    surface.edited?.(block);
    if (acts && triggers.includes("on_character_entered")) {
      clearTimeout(pause);
      pause = setTimeout(send, TYPING_PAUSE);
    }
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (element.multiline && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (acts && triggers.includes("on_enter_pressed")) send();
    else surface.submit?.();
  });
  count();
  return counter ? el("div", { class: "field-box" }, node, counter) : node;
}

function placeholderOf(type) {
  return { email_text_input: "name@example.com", url_text_input: "https://" }[type] ?? "";
}

export function radioButtons(element, block, surface) {
  return choiceList(element, block, surface, "radio");
}

export function checkboxes(element, block, surface) {
  return choiceList(element, block, surface, "checkbox");
}

function choiceList(element, block, surface, type) {
  const name = freshId("choice-list");
  const held = surface.entered.value(block, element);
  const chosen = new Set((Array.isArray(held) ? held : held ? [held] : []).map((option) => option.value));
  const boxes = [];
  const items = (element.options ?? []).map((option) => {
    const box = el("input", { type, name, checked: chosen.has(option.value), dataset: { focusKey: `${focusKey(element, block)}/${option.value}` } });
    boxes.push([box, option]);
    return el("label", { class: "check" }, box, el("span", {}, textObject(option.text, surface.reader),
      option.description ? el("small", {}, textObject(option.description, surface.reader)) : null));
  });
  const node = el("div", { class: "check-list", role: type === "radio" ? "radiogroup" : "group", "aria-label": plain(block.label) || null }, items);
  let before = boxes.map(([box]) => box.checked);
  node.addEventListener("change", async () => {
    const picked = boxes.filter(([box]) => box.checked).map(([, option]) => option);
    const kept = await use(element, block, surface, type === "radio" ? picked[0] ?? null : picked);
    if (kept) before = boxes.map(([box]) => box.checked);
    else boxes.forEach(([box], i) => (box.checked = before[i]));
  });
  return node;
}

const HALF_HOURS = Array.from({ length: 48 }, (_, i) => `${two(Math.floor(i / 2))}:${i % 2 ? "30" : "00"}`);

/** "9:05", "0905", "9" → "09:05"; null when it is no time of day. */
export function readTime(text) {
  const match = /^(\d{1,2})(?::?(\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (!match) return null;
  const half = match[3]?.toLowerCase();
  const hour = half ? (Number(match[1]) % 12) + (half === "pm" ? 12 : 0) : Number(match[1]);
  return hour < 24 && Number(match[2] ?? 0) < 60 ? `${two(hour)}:${match[2] ?? "00"}` : null;
}

function timePicker({ value, placeholder, label, key, onchange }) {
  return picker({
    choices: () => HALF_HOURS.map((time) => ({ value: time, label: time })),
    typed: (text) => {
      const time = readTime(text);
      return time ? { value: time, label: time } : null;
    },
    selected: value ? [value] : [], placeholder, label, focusKey: key,
    onchange: ([time]) => onchange(time),
  });
}

export function timeButton(element, block, surface) {
  const placeholder = plain(element.placeholder) || "Select a time";
  const node = timePicker({
    value: surface.entered.value(block, element), placeholder, label: plain(block.label) || placeholder,
    key: focusKey(element, block), onchange: (time) => use(element, block, surface, time),
  });
  return element.timezone ? el("div", { class: "with-note" }, node, el("small", {}, element.timezone)) : node;
}

/** A day and a time in the reader's zone, sent as epoch seconds. */
export function dateTime(element, block, surface) {
  const { now, zone } = surface.reader;
  const held = surface.entered.value(block, element);
  let day = held ? isoDate(held * 1000, zone) : null;
  let time = held ? clockTime(held * 1000, zone) : null;
  const told = () => {
    if (day && time) use(element, block, surface, instant(day, time, zone));
  };
  const label = plain(block.label) || "Date and time";
  return el("div", { class: "date-time", role: "group", "aria-label": label },
    dateButton({ value: day, now, zone, placeholder: "Select a date", label: `${label}, day`, focusKey: `${focusKey(element, block)}/day`, onchange: (chosen) => {
      day = chosen;
      told();
    } }),
    timePicker({ value: time, placeholder: "Time", label: `${label}, time`, key: `${focusKey(element, block)}/time`, onchange: (chosen) => {
      time = chosen;
      told();
    } }));
}

const REQUIRED = "Please complete this required field.";

/** What Slack's own form says about an input before the app is asked, or null when it is fine. */
export function complaint(block, entered) {
  const element = block.element;
  const value = entered.value(block, element);
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return block.optional ? null : REQUIRED;
  if (element.min_length && value.length < element.min_length) return `Please write at least ${element.min_length} characters.`;
  if (element.type === "number_input") return numberComplaint(element, String(value).trim());
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return "Please enter a valid email address.";
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/i.test(value)) return "Please enter a valid address, beginning with https://.";
  return null;
}

function numberComplaint(element, text) {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !/^[+-]?\d+$/.test(text)) return "Please enter a whole number.";
  if (element.min_value !== undefined && element.min_value !== null && Number(text) < Number(element.min_value)) return `Please enter ${element.min_value} or more.`;
  if (element.max_value !== undefined && element.max_value !== null && Number(text) > Number(element.max_value)) return `Please enter ${element.max_value} or less.`;
  return null;
}
