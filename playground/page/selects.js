/** Select menus: fixed options, people, channels and conversations; one or several. */
import { avatar } from "./avatar.js";
import { focusKey, use } from "./elements.js";
import { plain } from "./mrkdwn.js";
import { picker } from "./picker.js";

const isMulti = (element) => element.type.startsWith("multi_");

export function staticSelect(element, block, surface) {
  const options = [
    ...(element.options ?? []).map((option) => ({ option, group: undefined })),
    ...(element.option_groups ?? []).flatMap((group) => group.options.map((option) => ({ option, group: plain(group.label) }))),
  ];
  const byValue = new Map(options.map(({ option }) => [option.value, option]));
  const choices = options.map(({ option, group }) => ({
    value: option.value, label: plain(option.text), detail: plain(option.description), group,
  }));
  const held = surface.entered.value(block, element);
  return pick(element, block, surface, {
    choices: () => choices,
    selected: (isMulti(element) ? held ?? [] : held ? [held] : []).map((option) => option.value),
    wrap: (values) => (isMulti(element) ? values.map((value) => byValue.get(value)) : byValue.get(values[0])),
    fallback: "Select an option",
  });
}

export function userSelect(element, block, surface) {
  return pickIds(element, block, surface, () => peopleChoices(surface.people()), "Select a person");
}

export function channelSelect(element, block, surface) {
  return pickIds(element, block, surface, () => channelChoices(surface.channels().filter((one) => one.kind === "channel")), "Select a channel");
}

const KINDS = { im: "dm", mpim: "group", public: "channel", private: "private" };

export function conversationSelect(element, block, surface) {
  const include = element.filter?.include?.map((kind) => KINDS[kind]);
  const bots = new Set(surface.people().filter((one) => one.is_bot).map((one) => one.id));
  const choices = () => channelChoices(surface.channels().filter((one) => (
    (!include || include.includes(one.kind)) && !(element.filter?.exclude_bot_users && bots.has(one.with))
  )));
  if (element.default_to_current_conversation && surface.entered.value(block, element) === null && surface.channel) {
    surface.entered.set(block, element, isMulti(element) ? [surface.channel] : surface.channel);
  }
  return pickIds(element, block, surface, choices, "Select a conversation");
}

function pickIds(element, block, surface, choices, fallback) {
  const held = surface.entered.value(block, element);
  return pick(element, block, surface, {
    choices,
    selected: isMulti(element) ? held ?? [] : held ? [held] : [],
    wrap: (values) => (isMulti(element) ? values : values[0]),
    fallback,
  });
}

function pick(element, block, surface, { choices, selected, wrap, fallback }) {
  const placeholder = plain(element.placeholder) || fallback;
  return picker({
    choices, selected, placeholder,
    label: plain(block.label) || placeholder,
    multi: isMulti(element),
    max: element.max_selected_items,
    focusKey: focusKey(element, block),
    onchange: (values) => use(element, block, surface, wrap(values)),
  });
}

/** People as choices, with their faces. */
export function peopleChoices(people) {
  return people.map((one) => ({ value: one.id, label: one.real_name, detail: one.title ?? "", icon: () => avatar(one, "tiny") }));
}

function channelChoices(channels) {
  return channels.map((one) => ({ value: one.id, label: one.kind === "dm" ? one.name : `#${one.name}` }));
}
