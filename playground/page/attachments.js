/** Attachments, the older form beside blocks: a coloured bar with text or blocks. */
import { renderBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { decode, link, mrkdwn } from "./mrkdwn.js";

const NAMED = { good: "#2f9e6e", warning: "#d9a32b", danger: "#c9184a" };

/** @param {Object} part one attachment @param {import("./elements.js").Surface} surface */
export function attachment(part, surface) {
  const said = (text) => mrkdwn(text, surface.reader);
  const colour = NAMED[part.color] ?? (/^#?[0-9a-f]{6}$/i.test(part.color ?? "") ? `#${part.color.replace("#", "")}` : "var(--line)");
  return el("div", { class: "attachment" },
    part.pretext ? el("div", { class: "block-text" }, said(part.pretext)) : null,
    el("div", { class: "attachment-body", style: `border-color:${colour}` },
      part.title ? el("strong", {}, part.title_link ? link(part.title_link, decode(part.title)) : decode(part.title)) : null,
      part.text ? el("div", { class: "block-text" }, said(part.text)) : null,
      part.fields?.length ? el("div", { class: "block-fields" }, part.fields.map((field) => el("div", { class: "block-text" },
        el("strong", {}, decode(field.title ?? "")), "\n", said(field.value ?? "")))) : null,
      part.blocks?.length ? renderBlocks(part.blocks, surface) : null,
      part.footer ? el("small", {}, decode(part.footer)) : null));
}
