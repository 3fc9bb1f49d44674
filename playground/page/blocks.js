/** Block Kit: one maker per block type. A type nobody knows is shown as a grey box naming it, never dropped. */
import { chart } from "./charts.js";
import { el, fingerprint, freshId } from "./dom.js";
import { imageSource, renderElement } from "./elements.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { mrkdwn, plain, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";

const MAKERS = {
  header: (block) => el("h3", { class: "block-header" }, plain(block.text)),
  section,
  divider: () => el("hr", { class: "divider" }),
  context,
  actions: (block, surface) => el("div", { class: "block-actions" }, each(block.elements, block, surface)),
  context_actions: (block, surface) => el("div", { class: "block-context-actions" }, each(block.elements, block, surface)),
  image,
  input,
  rich_text: (block, surface) => el("div", { class: "block-rich-text" }, richText(block, surface.reader)),
  markdown: (block) => el("div", { class: "block-markdown" }, markdown(block.text ?? "")),
  table: (block, surface) => table(block, surface.reader),
  data_table: (block, surface) => dataTable(block, surface.reader),
  data_visualization: (block) => chart(block),
  card,
  carousel: (block, surface) => el("div", { class: "carousel", tabindex: "0", role: "group", "aria-label": "Cards" },
    (block.elements ?? []).map((one) => card(one, surface))),
  alert: (block, surface) => el("div", { class: `alert alert-${ALERTS.has(block.level) ? block.level : "default"}`, role: "note" },
    icon(block.level === "success" ? "check" : "info"), el("div", {}, textObject(block.text, surface.reader))),
  container,
  task_card: taskCard,
  plan: (block, surface) => el("div", { class: "plan" }, el("strong", {}, block.title), (block.tasks ?? []).map((task) => taskCard(task, surface))),
};

const ALERTS = new Set(["default", "info", "warning", "error", "success"]);

/** One block as a node. */
export function renderBlock(block, surface) {
  const maker = MAKERS[block?.type];
  if (!maker) return el("div", { class: "unknown" }, `Unknown block: ${block?.type ?? "no type"}`);
  try {
    return maker(block, surface);
  } catch (error) {
    // A malformed block must not take the whole conversation with it, and must not go unseen.
    console.error("A block could not be drawn", block, error);
    return el("div", { class: "unknown" }, `This ${block.type} block could not be drawn: ${error.message}`);
  }
}

/** Blocks as keyed items for `reconcile`; `extra` is whatever else their look depends on. */
export function blockItems(blocks, surface, extra = () => null) {
  const seen = new Map();
  return blocks.map((block) => {
    const name = `${block.block_id ?? block.type}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return {
      key: `${name}#${count}`,
      hash: fingerprint([block, extra(block)]),
      make: () => el("div", { class: "block" }, renderBlock(block, surface)),
    };
  });
}

/** All blocks of a message, in order. */
export function renderBlocks(blocks, surface) {
  return blocks.map((block) => el("div", { class: "block" }, renderBlock(block, surface)));
}

function each(elements, block, surface) {
  return (elements ?? []).map((element) => renderElement(element, block, surface));
}

function section(block, surface) {
  return el("div", { class: "block-section" },
    el("div", { class: "block-section-body" },
      block.text ? el("div", { class: "block-text" }, textObject(block.text, surface.reader)) : null,
      block.fields?.length ? el("div", { class: "block-fields" },
        block.fields.map((field) => el("div", { class: "block-text" }, textObject(field, surface.reader)))) : null),
    block.accessory ? el("div", { class: "block-accessory" }, renderElement(block.accessory, block, surface)) : null);
}

function context(block, surface) {
  return el("div", { class: "block-context" }, (block.elements ?? []).map((part) => {
    if (part.type === "image") return renderElement(part, block, surface);
    if (part.type === "mrkdwn" || part.type === "plain_text") return el("div", {}, textObject(part, surface.reader));
    return el("span", { class: "unknown" }, `Unknown context element: ${part.type}`);
  }));
}

function image(block) {
  return el("figure", { class: "block-image" }, block.title ? el("figcaption", {}, plain(block.title)) : null, picture(block, "block-picture"));
}

function picture(source, kind) {
  const url = imageSource(source);
  if (url) return el("img", { class: kind, src: url, alt: source.alt_text ?? "", loading: "lazy" });
  return el("div", { class: `${kind} picture-elsewhere`, role: "img", "aria-label": source.alt_text ?? "" },
    el("span", {}, source.alt_text || "Picture"), el("small", {}, `${source.image_url ?? "a file in Slack"} (not fetched here)`));
}

function input(block, surface) {
  const element = renderElement(block.element, block, surface);
  const error = surface.error?.(block.block_id);
  const [hintId, errorId, labelId] = [freshId("hint"), freshId("error"), freshId("label")];
  const field = element.matches("input, textarea") ? element : element.querySelector("input.field, textarea, button.picker");
  const describedBy = [error && errorId, block.hint && hintId].filter(Boolean).join(" ");
  if (field) {
    field.id = field.id || freshId("input");
    if (describedBy) field.setAttribute("aria-describedby", describedBy);
    if (error) field.setAttribute("aria-invalid", "true");
  }
  return el("div", { class: error ? "block-input has-error" : "block-input" },
    el("label", { class: "input-label", id: labelId, for: field?.id ?? null }, plain(block.label),
      block.optional ? el("span", { class: "input-optional" }, " (optional)") : null),
    element,
    error ? el("p", { class: "input-error", id: errorId, role: "alert" }, icon("info"), error) : null,
    block.hint ? el("p", { class: "input-hint", id: hintId }, plain(block.hint)) : null);
}

function card(block, surface) {
  const { reader } = surface;
  const line = (text, kind) => (text ? el("div", { class: kind }, textObject(text, reader)) : null);
  const drawn = block.slack_icon ? el("span", { class: "card-icon" }, icon(block.slack_icon.name)) : null;
  const mark = block.icon ? picture(block.icon, "card-icon") : drawn;
  return el("div", { class: "card" },
    block.hero_image ? picture(block.hero_image, "card-hero") : null,
    el("div", { class: "card-body" },
      mark || block.title || block.subtitle ? el("div", { class: "card-head" }, mark,
        el("div", {}, line(block.title, "card-title"), line(block.subtitle, "card-subtitle"))) : null,
      line(block.body, "card-text"), line(block.subtext, "card-subtext"),
      block.actions?.length ? el("div", { class: "block-actions" }, each(block.actions, block, surface)) : null));
}

function container(block, surface) {
  const title = block.rich_text_title ? richText(block.rich_text_title, surface.reader) : plain(block.title);
  const head = [block.icon ? picture(block.icon, "card-icon") : null, el("div", {}, el("div", { class: "card-title" }, title),
    block.subtitle ? el("div", { class: "card-subtitle" }, textObject(block.subtitle, surface.reader)) : null)];
  const body = el("div", { class: "container-body" }, renderBlocks(block.child_blocks ?? [], surface));
  const width = ["narrow", "standard", "wide", "full"].includes(block.width) ? block.width : "standard";
  if (!block.is_collapsible) {
    return el("section", { class: `container container-${width}` }, el("div", { class: "container-head" }, head),
      block.has_header_divider ? el("hr", { class: "divider" }) : null, body);
  }
  return el("details", { class: `container container-${width}`, open: !block.default_collapsed },
    el("summary", { class: "container-head" }, head), body);
}

const TASKS = { pending: "Waiting", in_progress: "In progress", complete: "Done", error: "Failed" };

function taskCard(task, surface) {
  return el("div", { class: `task task-${task.status in TASKS ? task.status : "pending"}` },
    el("div", { class: "task-head" }, el("span", { class: "task-dot", "aria-hidden": "true" }),
      el("strong", {}, task.title), el("small", {}, TASKS[task.status] ?? task.status)),
    task.details ? richText(task.details, surface.reader) : null, task.output ? richText(task.output, surface.reader) : null,
    (task.sources ?? []).map((source) => el("div", {}, mrkdwn(`<${source.url}|${source.text ?? source.url}>`, surface.reader))));
}
