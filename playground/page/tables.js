/** The table block, and the data_table block with sorting and pages. */
import { el, freshId } from "./dom.js";
import { decode } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { withEmoji } from "./emoji.js";

function cellContent(cell, reader) {
  if (cell?.type === "rich_text") return richText(cell, reader);
  if (cell?.type === "raw_text" || cell?.type === "raw_number") return [withEmoji(decode(cell.text ?? String(cell.value ?? "")))];
  return [el("span", { class: "unknown-inline" }, `[unknown cell: ${cell?.type ?? "none"}]`)];
}

/** What a cell sorts by: its number, else its words. */
function sortKey(cell) {
  if (cell?.type === "raw_number") return cell.value;
  return cell?.type === "rich_text" ? words(cell) : cell?.text ?? "";
}

function words(part) {
  return part.text ?? (part.elements ?? []).map(words).join(" ");
}

export function table(block, reader) {
  const settings = block.column_settings ?? [];
  const [head, ...rest] = block.rows ?? [];
  const row = (cells, tag) => el("tr", {}, (cells ?? []).map((cell, i) => el(tag, {
    style: `text-align:${["left", "center", "right"].includes(settings[i]?.align) ? settings[i].align : "left"}`,
    class: settings[i]?.is_wrapped ? "wrapped" : null, scope: tag === "th" ? "col" : null,
  }, cellContent(cell, reader))));
  return el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    el("table", { class: "table" }, el("thead", {}, row(head, "th")), el("tbody", {}, rest.map((cells) => row(cells, "td")))));
}

export function dataTable(block, reader) {
  const [head, ...rows] = block.rows ?? [];
  const size = block.page_size || 5;
  const captionId = freshId("caption");
  const numeric = (head ?? []).map((_, i) => rows.length > 0 && rows.every((row) => row[i]?.type === "raw_number"));
  const body = el("tbody");
  const foot = el("div", { class: "table-pages" });
  const state = { page: 0, column: -1, down: false };
  const heads = (head ?? []).map((cell, i) => {
    const button = el("button", { type: "button", class: "sort" }, cellContent(cell, reader), el("span", { class: "sort-mark", "aria-hidden": "true" }));
    button.addEventListener("click", () => {
      state.down = state.column === i ? !state.down : numeric[i];
      Object.assign(state, { column: i, page: 0 });
      draw();
    });
    return el("th", { scope: "col", class: numeric[i] ? "number" : null }, button);
  });
  const draw = () => {
    const sorted = state.column < 0 ? rows : sortRows(rows, state);
    heads.forEach((th, i) => th.setAttribute("aria-sort", i !== state.column ? "none" : state.down ? "descending" : "ascending"));
    const shown = sorted.slice(state.page * size, (state.page + 1) * size);
    body.replaceChildren(...shown.map((row) => el("tr", {}, row.map((cell, i) => {
      const header = i === (block.row_header_column_index ?? 0);
      return el(header ? "th" : "td", { class: numeric[i] ? "number" : null, scope: header ? "row" : null }, cellContent(cell, reader));
    }))));
    pages(foot, state, rows.length, size, draw);
  };
  draw();
  return el("div", { class: "data-table" }, el("div", { class: "data-table-caption", id: captionId }, block.caption ?? ""),
    el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-labelledby": captionId },
      el("table", { class: "table", "aria-labelledby": captionId }, el("thead", {}, el("tr", {}, heads)), body)), foot);
}

function sortRows(rows, { column, down }) {
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [sortKey(a[column]), sortKey(b[column])];
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true }));
  });
}

function pages(foot, state, count, size, draw) {
  const last = Math.ceil(count / size) - 1;
  if (last <= 0) return foot.replaceChildren();
  const turn = (by, label, sign) => {
    const button = el("button", { type: "button", class: "button", "aria-label": label, disabled: by < 0 ? state.page === 0 : state.page === last }, sign);
    button.addEventListener("click", () => {
      state.page += by;
      draw();
      [...foot.querySelectorAll("button")].find((one) => !one.disabled && one.getAttribute("aria-label") === label)?.focus();
    });
    return button;
  };
  const from = state.page * size + 1;
  return foot.replaceChildren(el("span", { "aria-live": "polite" }, `${from}–${Math.min(count, from + size - 1)} of ${count}`),
    turn(-1, "Previous page", "‹"), turn(1, "Next page", "›"));
}
