/** rich_text blocks: sections, lists, quotes and code, with their inline parts. */
import { el } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { broadcast, channelMention, link, mention } from "./mrkdwn.js";
import { dateTokens } from "./zones.js";

/** @returns {Array<Node>} one node per part of the block */
export function richText(block, reader) {
  return (block.elements ?? []).map((part) => container(part, reader));
}

function container(part, reader) {
  const inner = () => (part.elements ?? []).map((piece) => inlinePart(piece, reader));
  switch (part.type) {
    case "rich_text_section":
      return el("div", { class: "rich-section" }, inner());
    case "rich_text_preformatted":
      return el("pre", { class: "code-block" }, inner());
    case "rich_text_quote":
      return el("blockquote", {}, inner());
    case "rich_text_list":
      return list(part, reader);
    default:
      return el("div", { class: "unknown" }, `Unknown rich text part: ${part.type}`);
  }
}

function list(part, reader) {
  const ordered = part.style === "ordered";
  const indent = Math.min(Number(part.indent ?? 0), 8);
  const markers = ordered ? ["decimal", "lower-alpha", "lower-roman"] : ["disc", "circle", "square"];
  return el(
    ordered ? "ol" : "ul",
    {
      class: "rich-list",
      start: ordered ? Number(part.offset ?? 0) + 1 : null,
      style: `list-style-type:${markers[indent % 3]};margin-left:${indent * 1.5}rem`,
    },
    (part.elements ?? []).map((item) => el("li", {}, (item.elements ?? []).map((piece) => inlinePart(piece, reader)))),
  );
}

function inlinePart(piece, reader) {
  return styled(bare(piece, reader), piece.style);
}

function bare(piece, reader) {
  switch (piece.type) {
    case "text":
      // Rich text is already parsed: its text carries neither entities nor markup.
      return document.createTextNode(piece.text ?? "");
    case "link":
      return link(piece.url ?? "", piece.text || piece.url || "");
    case "user":
      return mention(piece.user_id, reader);
    case "channel":
      return channelMention(piece.channel_id, reader.channelName(piece.channel_id) ?? piece.channel_id, reader);
    case "usergroup":
      return el("span", { class: "mention" }, `@${piece.usergroup_id}`);
    case "broadcast":
      return broadcast(piece.range);
    case "emoji":
      return el("span", { class: "emoji", role: "img", "aria-label": piece.name }, emoji(piece.name) ?? `:${piece.name}:`);
    case "date":
      return el("time", {}, withEmoji(dateTokens(piece.timestamp, piece.format, reader.now(), reader.zone) ?? piece.fallback ?? ""));
    case "color":
      return el("span", { class: "colour-chip" }, el("i", { style: `background:${/^#[0-9a-f]{3,8}$/i.test(piece.value) ? piece.value : "none"}` }), piece.value);
    default:
      return el("span", { class: "unknown-inline" }, `[unknown: ${piece.type}]`);
  }
}

const TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function styled(node, style) {
  for (const [name, tag] of Object.entries(TAGS)) {
    if (style?.[name]) node = el(tag, {}, node);
  }
  return node;
}
