/**
 * Slack's mrkdwn to DOM nodes. Markup is recognised on the raw text and entities are decoded last, so an escaped
 * `&lt;!channel&gt;` is only ever text.
 */
import { el } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { dateTokens } from "./zones.js";

/**
 * @typedef {Object} Reader what the person reading knows: how ids become names, and where their clock stands
 * @property {(id: string) => string|null} personName
 * @property {(id: string) => string|null} channelName
 * @property {(name: string) => string|null} [channelId]
 * @property {(id: string) => void} openChannel
 * @property {string} me
 * @property {string} zone
 * @property {() => number} now milliseconds
 */

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Decode the three entities Slack knows, once; `&#39;` and `&nbsp;` stay literal, as in Slack. */
export function decode(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/** A text object: mrkdwn is formatted, plain_text only has emoji and entities. */
export function textObject(text, reader) {
  if (typeof text === "string") return [decode(text)];
  if (!text) return [];
  if (text.type === "mrkdwn") return mrkdwn(text.text ?? "", reader, { verbatim: text.verbatim === true });
  return [text.emoji === false ? decode(text.text ?? "") : withEmoji(decode(text.text ?? ""))];
}

/** A text object as one string, for labels and placeholders. */
export function plain(text) {
  if (!text) return "";
  return typeof text === "string" ? text : withEmoji(decode(text.text ?? ""));
}

/**
 * @param {string} text
 * @param {Reader} reader
 * @param {{verbatim?: boolean}} [options] verbatim: no link is made of a bare address
 * @returns {Array<Node|string>}
 */
export function mrkdwn(text, reader, { verbatim = false } = {}) {
  const nodes = [];
  let from = 0;
  for (const fence of text.matchAll(/```([\s\S]+?)```/g)) {
    nodes.push(...lines(trimBreak(text.slice(from, fence.index), "end"), reader, verbatim));
    nodes.push(el("pre", { class: "code-block" }, decode(trimBreak(trimBreak(fence[1], "start"), "end"))));
    from = fence.index + fence[0].length;
    // The block already breaks the line; the newline after it would show as an empty one.
    if (text[from] === "\n") from += 1;
  }
  nodes.push(...lines(text.slice(from), reader, verbatim));
  return nodes;
}

function trimBreak(text, side) {
  return side === "end" ? text.replace(/\n$/, "") : text.replace(/^\n/, "");
}

const QUOTE = /^(?:&gt;|>) ?/;
const QUOTE_REST = /^(?:&gt;|>){3} ?/;

function lines(text, reader, verbatim) {
  if (!text) return [];
  const nodes = [];
  const rows = text.split("\n");
  let plainRows = [];
  const flush = () => {
    if (plainRows.length) nodes.push(...inline(plainRows.join("\n"), reader, verbatim));
    plainRows = [];
  };
  for (let i = 0; i < rows.length; i++) {
    if (!QUOTE.test(rows[i])) {
      plainRows.push(rows[i]);
      continue;
    }
    flush();
    const quoted = [];
    if (QUOTE_REST.test(rows[i])) {
      quoted.push(rows[i].replace(QUOTE_REST, ""), ...rows.slice(i + 1));
      i = rows.length;
    } else {
      while (i < rows.length && QUOTE.test(rows[i])) quoted.push(rows[i++].replace(QUOTE, ""));
      i -= 1;
    }
    nodes.push(el("blockquote", {}, ...inline(quoted.join("\n"), reader, verbatim)));
  }
  flush();
  return nodes;
}

const STYLES = { "*": "strong", "_": "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;

/** One run of text without fences or quotes. */
function inline(text, reader, verbatim) {
  const nodes = [];
  let buffer = "";
  const flush = () => {
    if (buffer) nodes.push(decode(buffer));
    buffer = "";
  };
  let at = 0;
  while (at < text.length) {
    const found = codeAt(text, at) ?? tokenAt(text, at, reader) ?? emojiAt(text, at)
      ?? styleAt(text, at, reader, verbatim) ?? (verbatim ? null : bareAt(text, at, reader));
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      buffer += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function codeAt(text, at) {
  if (text[at] !== "`") return null;
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1 || text.slice(at, end).includes("\n")) return null;
  return { node: el("code", {}, decode(text.slice(at + 1, end))), end: end + 1 };
}

function emojiAt(text, at) {
  if (text[at] !== ":") return null;
  const match = /^:([a-z0-9_+-]+)(?:::skin-tone-\d)?:/.exec(text.slice(at, at + 60));
  const character = match && emoji(match[1]);
  return character
    ? { node: el("span", { class: "emoji", role: "img", "aria-label": match[1] }, character), end: at + match[0].length }
    : null;
}

/** Markers count only at the edge of a word, open before a non-space and close after one. */
function styleAt(text, at, reader, verbatim) {
  const mark = text[at];
  const tag = STYLES[mark];
  if (!tag || (at > 0 && WORD.test(text[at - 1]))) return null;
  if (at + 1 >= text.length || /\s/.test(text[at + 1]) || text[at + 1] === mark) return null;
  for (let end = at + 2; end < text.length && text[end] !== "\n"; end++) {
    if (text[end] === "<" || text[end] === "`") {
      const close = text.indexOf(text[end] === "<" ? ">" : "`", end + 1);
      if (close > 0) end = close;
      continue;
    }
    if (text[end] !== mark || /\s/.test(text[end - 1])) continue;
    if (end + 1 < text.length && WORD.test(text[end + 1])) continue;
    return { node: el(tag, {}, ...inline(text.slice(at + 1, end), reader, verbatim)), end: end + 1 };
  }
  return null;
}

/** What Slack makes of text nobody marked `verbatim`: addresses and known #channels become links. */
function bareAt(text, at, reader) {
  if (at > 0 && WORD.test(text[at - 1])) return null;
  if (text[at] === "#") {
    const name = /^#([a-z0-9_-]+)/.exec(text.slice(at, at + 90))?.[1];
    const id = name && reader.channelId?.(name);
    return id ? { node: channelMention(id, name, reader), end: at + 1 + name.length } : null;
  }
  if (text[at] !== "h") return null;
  const url = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]]/.exec(text.slice(at, at + 3000))?.[0];
  return url ? { node: link(decode(url), decode(url)), end: at + url.length } : null;
}

function tokenAt(text, at, reader) {
  if (text[at] !== "<") return null;
  const end = text.indexOf(">", at + 1);
  if (end < 0) return null;
  const body = text.slice(at + 1, end);
  if (!body || body.includes("\n") || body.includes("<")) return null;
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : decode(body.slice(bar + 1));
  const node = token(target, label, reader);
  return node ? { node, end: end + 1 } : null;
}

function token(target, label, reader) {
  if (target.startsWith("@")) return mention(target.slice(1), reader, label);
  if (target.startsWith("#")) {
    const id = target.slice(1);
    return channelMention(id, reader.channelName(id) ?? label ?? "private-channel", reader);
  }
  if (target.startsWith("!date^")) return date(target, label, reader);
  if (target.startsWith("!subteam^")) {
    return el("span", { class: "mention" }, label ?? `@${target.slice(9)}`);
  }
  if (/^!(channel|here|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!")) return el("span", { class: "mention" }, `<${label ?? target}>`);
  if (/^(https?:|mailto:|tel:)/i.test(target)) {
    const url = decode(target);
    return link(url, label ? withEmoji(label) : url.replace(/^(mailto|tel):/i, ""));
  }
  return null;
}

/** `<!date^1505921400^{date_short_pretty} at {time}^https://…|fallback>` */
function date(target, fallback, reader) {
  const [, seconds, format, url] = target.split("^");
  if (!/^\d+$/.test(seconds ?? "") || !format) return fallback ?? null;
  const known = dateTokens(Number(seconds), format, reader.now(), reader.zone);
  if (known === null) return fallback ?? null;
  const text = decode(known);
  if (url) return link(decode(url), text);
  return el("time", { datetime: new Date(Number(seconds) * 1000).toISOString(), title: fallback ?? "" }, text);
}

/** A person, highlighted strongly when it is the reader. */
export function mention(id, reader, label = null) {
  const name = reader.personName(id) ?? label ?? id;
  return el("span", { class: id === reader.me ? "mention mention-me" : "mention" }, `@${name}`);
}

/** @channel and friends: loud, so that one which slipped through escaping is noticed. */
export function broadcast(range) {
  return el("span", { class: "mention mention-broadcast" }, `@${range}`);
}

/** A channel one can click through to. */
export function channelMention(id, name, reader) {
  const open = () => reader.openChannel(id);
  return el("button", { type: "button", class: "mention mention-channel", onclick: open }, `#${name}`);
}

/** A link in a new tab; anything but http(s), mailto and tel is shown and goes nowhere. */
export function link(url, ...label) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return el("span", { class: "dead-link", title: url }, ...label);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...label);
}
