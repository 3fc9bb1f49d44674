/** Interactive elements: one maker per type. What a person does ends in `surface.act` or in the entered values. */
import { dateButton } from "./calendar.js";
import { confirmed } from "./confirm.js";
import { el, svg } from "./dom.js";
import { icon } from "./icons.js";
import { checkboxes, dateTime, radioButtons, textInput, timeButton } from "./inputs.js";
import { plain } from "./mrkdwn.js";
import { menu } from "./popover.js";
import { channelSelect, conversationSelect, staticSelect, userSelect } from "./selects.js";

/**
 * @typedef {Object} Surface where blocks are shown and how to speak from there
 * @property {import("./mrkdwn.js").Reader} reader
 * @property {import("./entered.js").Entered} entered
 * @property {() => Array<Object>} people
 * @property {() => Array<Object>} channels
 * @property {string|null} channel the conversation it is in, if any
 * @property {(block: Object, element: Object, value: Object) => Promise<void>} act sends a block action
 * @property {(block: Object) => void} [edited] an input of the block was changed
 * @property {() => void} [submit] Enter in a one-line field
 */

const MAKERS = {
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  overflow,
  image: smallImage,
  static_select: staticSelect,
  multi_static_select: staticSelect,
  users_select: userSelect,
  multi_users_select: userSelect,
  conversations_select: conversationSelect,
  multi_conversations_select: conversationSelect,
  channels_select: channelSelect,
  multi_channels_select: channelSelect,
  datepicker: datePicker,
  timepicker: timeButton,
  datetimepicker: dateTime,
  radio_buttons: radioButtons,
  checkboxes,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
};

/** The element as a node; a type nobody knows is shown, never dropped. */
export function renderElement(element, block, surface) {
  const maker = MAKERS[element?.type];
  if (!maker) return el("span", { class: "unknown" }, `Unknown element: ${element?.type ?? "no type"}`);
  return maker(element, block, surface);
}

/** Where focus returns after the element is made again. */
export const focusKey = (element, block) => `${block.block_id ?? ""}/${element.action_id ?? ""}`;

/**
 * A value was chosen or typed. Outside an input block that is an action at once; inside one only with
 * `dispatch_action`. Refusing the confirmation leaves the value as it was.
 */
export async function use(element, block, surface, value) {
  const acts = block.type !== "input" || block.dispatch_action === true;
  if (acts && !(await confirmed(element.confirm, surface.reader))) return false;
  const entry = surface.entered.set(block, element, value);
  surface.edited?.(block);
  if (acts) await surface.act(block, element, entry);
  return true;
}

async function press(node, element, block, surface, value) {
  if (!(await confirmed(element.confirm, surface.reader))) return;
  node.setAttribute("aria-busy", "true");
  try {
    await surface.act(block, element, { type: element.type, ...value });
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function button(element, block, surface) {
  const style = ["primary", "danger"].includes(element.style) ? ` button-${element.style}` : "";
  const attributes = {
    class: `button${style}`, "aria-label": element.accessibility_label ?? null, dataset: { focusKey: focusKey(element, block) },
  };
  const value = element.value === undefined ? {} : { value: element.value };
  if (element.url && /^https?:/i.test(element.url)) {
    // Slack opens the address and tells the app as well.
    const link = el("a", { ...attributes, href: element.url, target: "_blank", rel: "noopener noreferrer" }, plain(element.text), outward());
    link.addEventListener("click", () => press(link, element, block, surface, value));
    return link;
  }
  const node = el("button", { ...attributes, type: "button" }, plain(element.text));
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-busy") !== "true") press(node, element, block, surface, value);
  });
  return node;
}

function outward() {
  return svg("svg", { viewBox: "0 0 16 16", class: "button-outward", "aria-hidden": "true" },
    svg("path", { d: "M6 3H3v10h10v-3M9 3h4v4M13 3L7 9", fill: "none", stroke: "currentColor", "stroke-width": "1.5" }));
}

function iconButton(element, block, surface) {
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(surface.reader.me)) return el("span", { hidden: true });
  const label = element.accessibility_label ?? plain(element.text);
  const node = el("button", {
    type: "button", class: "icon-button", title: plain(element.text), "aria-label": label, dataset: { focusKey: focusKey(element, block) },
  },
    icon(element.icon));
  node.addEventListener("click", () => press(node, element, block, surface, element.value === undefined ? {} : { value: element.value }));
  return node;
}

function feedbackButtons(element, block, surface) {
  const one = (part, sign) => {
    const label = part?.accessibility_label ?? plain(part?.text);
    const node = el("button", {
      type: "button", class: "icon-button", title: plain(part?.text), "aria-label": label,
      dataset: { focusKey: `${focusKey(element, block)}/${part?.value}` },
    }, thumb(sign));
    node.addEventListener("click", async () => {
      await press(node, element, block, surface, { value: part?.value });
      for (const other of node.parentElement?.children ?? []) other.setAttribute("aria-pressed", String(other === node));
    });
    return node;
  };
  return el("span", { class: "feedback", role: "group" }, one(element.positive_button, 1), one(element.negative_button, -1));
}

function thumb(sign) {
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", style: sign < 0 ? "transform:rotate(180deg)" : null },
    svg("path", { d: "M2.5 7.5h2.2v6H2.5zM4.7 8L7.6 2.6c1.2 0 1.7.9 1.5 1.9L8.7 6.6h3.5c.9 0 1.5.8 1.3 1.6l-1 4.2c-.2.7-.7 1.1-1.4 1.1H4.7", fill: "none", stroke: "currentColor", "stroke-width": "1.3", "stroke-linejoin": "round" }));
}

function overflow(element, block, surface) {
  const trigger = el("button", { type: "button", class: "button overflow", "aria-label": "More actions", dataset: { focusKey: focusKey(element, block) } }, "⋯");
  menu(trigger, () => (element.options ?? []).map((option) => ({
    label: plain(option.text),
    detail: plain(option.description),
    choose: async () => {
      if (option.url && /^https?:/i.test(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
      await press(trigger, element, block, surface, { selected_option: option });
    },
  })), { align: "end" });
  return el("span", { class: "picker-box" }, trigger);
}

function smallImage(element) {
  return el("img", { class: "image-small", src: imageSource(element), alt: element.alt_text ?? "", loading: "lazy", referrerpolicy: "no-referrer" });
}

/**
 * Pictures from this server or inside the message are shown; one from elsewhere is not fetched, because the
 * playground asks nothing of the outside world.
 */
export function imageSource(image) {
  const url = image.image_url ?? image.slack_file?.url ?? "";
  if (/^data:image\//.test(url)) return url;
  try {
    return new URL(url, location.href).origin === location.origin ? url : null;
  } catch {
    return null;
  }
}

function datePicker(element, block, surface) {
  return dateButton({
    value: surface.entered.value(block, element),
    now: surface.reader.now, zone: surface.reader.zone,
    placeholder: plain(element.placeholder) || "Select a date",
    label: plain(block.label) || plain(element.placeholder) || "Date",
    focusKey: focusKey(element, block),
    onchange: (day) => use(element, block, surface, day),
  });
}
