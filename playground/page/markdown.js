/** The markdown block: standard Markdown (headings, lists, tables, code, emphasis, links) to DOM nodes. */
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** @returns {Array<Node>} */
export function markdown(text) {
  const rows = text.replaceAll("\r\n", "\n").split("\n");
  const nodes = [];
  let at = 0;
  while (at < rows.length) {
    const [node, next] = fence(rows, at) ?? heading(rows, at) ?? rule(rows, at) ?? quote(rows, at)
      ?? table(rows, at) ?? list(rows, at) ?? paragraph(rows, at);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

function fence(rows, at) {
  const mark = FENCE.exec(rows[at])?.[1];
  if (!mark) return null;
  let end = at + 1;
  while (end < rows.length && !rows[end].trim().startsWith(mark)) end += 1;
  return [el("pre", { class: "code-block" }, rows.slice(at + 1, end).join("\n")), end + 1];
}

function heading(rows, at) {
  const match = HEADING.exec(rows[at]);
  if (!match) return null;
  const level = match[1].length;
  // Inside a message the page's own headings come first, so these start at h3.
  return [el(`h${Math.min(level + 2, 6)}`, { class: `md-heading md-heading-${level}` }, inline(match[2])), at + 1];
}

function rule(rows, at) {
  return RULE.test(rows[at]) ? [el("hr", { class: "divider" }), at + 1] : null;
}

function quote(rows, at) {
  if (!/^\s*>/.test(rows[at])) return null;
  let end = at;
  while (end < rows.length && /^\s*>/.test(rows[end])) end += 1;
  return [el("blockquote", {}, markdown(rows.slice(at, end).map((row) => row.replace(/^\s*> ?/, "")).join("\n"))), end];
}

function table(rows, at) {
  if (!rows[at].includes("|") || !TABLE_RULE.test(rows[at + 1] ?? "")) return null;
  const aligns = cells(rows[at + 1]).map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left"));
  let end = at + 2;
  while (end < rows.length && rows[end].includes("|")) end += 1;
  const row = (text, tag) => el("tr", {}, cells(text).map((cell, i) => el(tag, { style: `text-align:${aligns[i] ?? "left"}` }, inline(cell))));
  return [
    el("div", { class: "table-scroll" }, el("table", { class: "table" },
      el("thead", {}, row(rows[at], "th")), el("tbody", {}, rows.slice(at + 2, end).map((text) => row(text, "td"))))),
    end,
  ];
}

function cells(row) {
  return row.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function list(rows, at) {
  const first = ITEM.exec(rows[at]);
  if (!first) return null;
  const indent = first[1].length;
  const ordered = /\d/.test(first[2]);
  const items = [];
  let end = at;
  while (end < rows.length) {
    const match = ITEM.exec(rows[end]);
    if (!match || match[1].length < indent || /\d/.test(match[2]) !== ordered) break;
    const inner = [match[3]];
    end += 1;
    while (end < rows.length && rows[end].trim() && (ITEM.exec(rows[end])?.[1].length ?? /^\s*/.exec(rows[end])[0].length) > indent) {
      inner.push(rows[end].slice(Math.min(indent + 2, /^\s*/.exec(rows[end])[0].length)));
      end += 1;
    }
    items.push(item(inner));
  }
  return [el(ordered ? "ol" : "ul", { class: "rich-list", start: ordered ? parseInt(first[2], 10) : null }, items), end];
}

function item(inner) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(inner[0]);
  const head = task ? [task[1] === " " ? "☐ " : "☑ ", inline(task[2])] : inline(inner[0]);
  return el("li", {}, head, inner.length > 1 ? markdown(inner.slice(1).join("\n")) : null);
}

function paragraph(rows, at) {
  if (!rows[at].trim()) return [null, at + 1];
  let end = at + 1;
  while (end < rows.length && rows[end].trim() && ![FENCE, HEADING, RULE, ITEM, /^\s*>/].some((shape) => shape.test(rows[end]))) end += 1;
  return [el("p", {}, inline(rows.slice(at, end).join("\n"))), end];
}

const SPANS = [
  [/^\\([\\`*_{}[\]()#+\-.!|~>])/, (match) => match[1]],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (match) => el("code", {}, match[2].trim())],
  [/^!?\[([^\]]*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/, (match) => link(match[2], inline(match[1]))],
  [/^<(https?:[^>\s]+)>/, (match) => link(match[1], match[1])],
  [/^(\*\*|__)(?=\S)([\s\S]*?\S)\1/, (match) => el("strong", {}, inline(match[2]))],
  [/^([*_])(?=\S)([\s\S]*?[^\s*_])\1(?![\p{L}\p{N}])/u, (match) => el("em", {}, inline(match[2]))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (match) => el("s", {}, inline(match[1]))],
  [/^https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]]/, (match) => link(match[0], match[0])],
];

function inline(text) {
  const nodes = [];
  let buffer = "";
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const atWord = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]);
    const found = /[\\`!\[<*_~h]/.test(rest[0]) && (atWord || /[\\`*\[<~]/.test(rest[0]))
      ? SPANS.map(([shape, make]) => [shape.exec(rest), make]).find(([match]) => match)
      : null;
    if (!found) {
      buffer += text[at++];
      continue;
    }
    if (buffer) nodes.push(withEmoji(buffer));
    buffer = "";
    nodes.push(found[1](found[0]));
    at += found[0][0].length;
  }
  if (buffer) nodes.push(withEmoji(buffer));
  return nodes;
}
