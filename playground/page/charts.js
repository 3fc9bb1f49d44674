/** Pie, bar, area and line charts of the data_visualization block, drawn as SVG. */
import { el, svg } from "./dom.js";

const WIDTH = 560;
const HEIGHT = 260;
const EDGE = { top: 12, right: 14, left: 54 };
const TICKS = 4; // about this many grid lines: enough to read a value, few enough to stay calm
const SHADES = 12; // as many colours as Slack allows series; the stylesheet names them --chart-1…12

const colour = (index) => `var(--chart-${(index % SHADES) + 1})`;
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function chart(block) {
  const spec = block.chart ?? {};
  const draw = { pie, bar: axes, area: axes, line: axes }[spec.type];
  if (!draw) return el("div", { class: "unknown" }, `Unknown chart: ${spec.type ?? "no type"}`);
  const { drawing, legend } = draw(spec, block.title ?? "");
  return el("figure", { class: "chart" }, el("figcaption", {}, block.title ?? ""), drawing,
    el("ul", { class: "chart-legend" }, legend.map(({ name, detail }, i) => el("li", {},
      el("i", { style: `background:${colour(i)}`, "aria-hidden": "true" }), name, detail ? el("small", {}, detail) : null))));
}

function pie(spec, title) {
  const segments = (spec.segments ?? []).filter((one) => one.value > 0);
  const total = segments.reduce((sum, one) => sum + one.value, 0) || 1;
  const [cx, cy, outer, inner] = [130, 118, 104, 56];
  let turn = -Math.PI / 2;
  const slices = segments.map((one, i) => {
    const share = one.value / total;
    const from = turn;
    turn += share * 2 * Math.PI;
    const tip = svg("title", {}, `${one.label}: ${number.format(one.value)} (${Math.round(share * 100)} %)`);
    if (share > 0.9999) {
      return svg("circle", { cx, cy, r: (outer + inner) / 2, fill: "none", stroke: colour(i), "stroke-width": outer - inner }, tip);
    }
    const at = (angle, radius) => `${(cx + radius * Math.cos(angle)).toFixed(2)} ${(cy + radius * Math.sin(angle)).toFixed(2)}`;
    const big = share > 0.5 ? 1 : 0;
    return svg("path", {
      d: `M${at(from, outer)}A${outer} ${outer} 0 ${big} 1 ${at(turn, outer)}L${at(turn, inner)}A${inner} ${inner} 0 ${big} 0 ${at(from, inner)}Z`,
      fill: colour(i), class: "chart-slice",
    }, tip);
  });
  const spoken = summary(title, segments.map((one) => `${one.label} ${number.format(one.value)}`));
  return {
    drawing: svg("svg", { viewBox: "0 0 260 236", class: "chart-pie", role: "img", "aria-label": spoken },
      slices, svg("text", { x: cx, y: cy + 6, class: "chart-total", "text-anchor": "middle" }, compact.format(total))),
    legend: segments.map((one) => ({ name: one.label, detail: `${number.format(one.value)} · ${Math.round((one.value / total) * 100)} %` })),
  };
}

const summary = (title, parts) => `${title}. ${parts.join(", ")}`;

/** Round grid steps covering every value and zero. */
function scale(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rough = (high - low || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const from = Math.floor(low / step) * step;
  const to = Math.max(Math.ceil(high / step) * step, from + step);
  const ticks = [];
  for (let tick = from; tick <= to + step / 2; tick += step) ticks.push(Math.abs(tick) < step / 1e6 ? 0 : tick);
  return { from, to, ticks };
}

function axes(spec, title) {
  const series = spec.series ?? [];
  const categories = spec.axis_config?.categories ?? [];
  const rows = series.map((one) => {
    const byLabel = new Map((one.data ?? []).map((point) => [point.label, point.value]));
    return categories.map((category) => byLabel.get(category) ?? null);
  });
  const { from, to, ticks } = scale(rows.flat().filter((value) => value !== null));
  const slot = (WIDTH - EDGE.left - EDGE.right) / (categories.length || 1);
  const longest = Math.max(0, ...categories.map((category) => category.length));
  const tilted = longest * 6.4 > slot;
  const foot = (tilted ? Math.min(24 + longest * 3.6, 84) : 28) + (spec.axis_config?.x_label ? 18 : 0);
  const floor = HEIGHT - foot;
  const plot = {
    spec, categories, series, rows, slot, floor, tilted,
    x: (i) => EDGE.left + slot * (i + 0.5),
    y: (value) => floor - ((value - from) / (to - from)) * (floor - EDGE.top),
  };
  const marks = { bar: bars, area: (it) => lines(it, true), line: (it) => lines(it, false) }[spec.type](plot);
  const spoken = summary(title, series.map((one, i) => (
    `${one.name}: ${categories.map((category, j) => `${category} ${rows[i][j] ?? "none"}`).join(", ")}`
  )));
  return {
    drawing: svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart-axes", role: "img", "aria-label": spoken },
      frame(plot, ticks), marks),
    legend: series.map((one) => ({ name: one.name })),
  };
}

function frame({ spec, categories, x, y, floor, tilted }, ticks) {
  return [
    ticks.map((tick) => [
      svg("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(tick), y2: y(tick), class: tick === 0 ? "chart-zero" : "chart-grid" }),
      svg("text", { x: EDGE.left - 8, y: y(tick) + 4, "text-anchor": "end", class: "chart-label" }, compact.format(tick)),
    ]),
    categories.map((category, i) => svg("text", tilted
      ? { transform: `translate(${x(i) + 4} ${floor + 14}) rotate(-35)`, "text-anchor": "end", class: "chart-label" }
      : { x: x(i), y: floor + 18, "text-anchor": "middle", class: "chart-label" }, category)),
    axisName(spec.axis_config?.x_label, { x: (EDGE.left + WIDTH) / 2, y: HEIGHT - 5 }),
    axisName(spec.axis_config?.y_label, { transform: `translate(12 ${(EDGE.top + floor) / 2}) rotate(-90)` }),
  ];
}

const axisName = (text, at) => (text ? svg("text", { ...at, "text-anchor": "middle", class: "chart-axis" }, text) : null);

const tip = (name, category, value) => svg("title", {}, `${name}, ${category}: ${number.format(value)}`);

function bars({ categories, series, rows, slot, x, y }) {
  const width = Math.min((slot * 0.72) / (series.length || 1), 44);
  return categories.flatMap((category, i) => rows.map((row, s) => {
    if (row[i] === null) return null;
    const [top, base] = [y(Math.max(row[i], 0)), y(Math.min(row[i], 0))];
    return svg("rect", {
      x: x(i) - (width * series.length) / 2 + width * s + 1, y: top, width: Math.max(width - 2, 1), height: Math.max(base - top, 0.75),
      rx: Math.min(2.5, width / 4), fill: colour(s), class: "chart-bar",
    }, tip(series[s].name, category, row[i]));
  }));
}

function lines({ categories, series, rows, x, y }, filled) {
  return rows.map((row, s) => {
    const points = row.map((value, i) => (value === null ? null : [x(i), y(value)])).filter(Boolean);
    const path = points.map(([px, py], i) => `${i ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`).join("");
    const zero = y(0).toFixed(1);
    const under = points.length ? `${path}L${points.at(-1)[0].toFixed(1)} ${zero}L${points[0][0].toFixed(1)} ${zero}Z` : "";
    return [
      filled && under ? svg("path", { d: under, fill: colour(s), class: "chart-area" }) : null,
      svg("path", { d: path, fill: "none", stroke: colour(s), class: "chart-line" }),
      row.map((value, i) => (value === null ? null : svg("circle", {
        cx: x(i), cy: y(value), r: 3.5, fill: colour(s), class: "chart-dot",
      }, tip(series[s].name, categories[i], value)))),
    ];
  });
}
