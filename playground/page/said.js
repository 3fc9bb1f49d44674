/** What was said, all of it, as a panel: by day, filtered by whose conversation it is, and to take away as Markdown. */
import { el, fingerprint, reconcile } from "./dom.js";
import { ask } from "./wire.js";

const EVERYWHERE = "";

/** @param {{as: () => string, since: () => string|null}} wants */
export function saidPanel(wants) {
  const where = el("select", { class: "drawer-select", "aria-label": "Whose conversation", onchange: () => draw() });
  const download = el("a", { class: "button", download: "transcript.markdown" }, "Download as Markdown");
  const count = el("p", { class: "drawer-count", role: "status" });
  const list = el("div", { class: "said-list" });
  let lines = [];
  let open = false;

  const draw = () => {
    const kept = where.value;
    const places = [...new Set(lines.map((line) => line.where))].sort((a, b) => b.startsWith("#") - a.startsWith("#") || a.localeCompare(b));
    where.replaceChildren(el("option", { value: EVERYWHERE }, "Every conversation"), ...places.map((one) => el("option", { value: one }, one)));
    where.value = places.includes(kept) ? kept : EVERYWHERE;
    const shown = lines.filter((line) => where.value === EVERYWHERE || line.where === where.value);
    count.textContent = `${shown.length} ${shown.length === 1 ? "message" : "messages"}${wants.since() ? " since the week began" : ""}`;
    reconcile(list, days(shown).map(([day, said]) => ({
      key: day, hash: fingerprint(said), make: () => el("section", {}, el("h3", {}, day), said.map(entry)),
    })));
  };

  const load = async () => {
    if (!open) return;
    const asked = { as: wants.as(), since: wants.since() };
    lines = (await ask("said", asked)).said;
    download.href = `/page/said.markdown?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value))}`;
    draw();
  };

  return {
    load,
    panel: {
      title: "What was said", about: "Every message as it now reads, in everybody’s conversations.", wide: true,
      body: el("div", { class: "drawer-body" }, el("div", { class: "drawer-tools" }, where, download), count, list),
      opened: () => {
        open = true;
        load();
      },
      closed: () => (open = false),
    },
  };
}

function days(lines) {
  const found = new Map();
  for (const line of lines) found.set(line.day, [...(found.get(line.day) ?? []), line]);
  return [...found];
}

function entry(line) {
  const notes = [line.only_for && `only ${line.only_for} sees this`, line.edited && "edited"].filter(Boolean).join(" · ");
  return el("article", { class: "said" },
    el("p", { class: "said-head" }, el("time", {}, line.time), " ", el("strong", {}, line.where), ` · ${line.who}`, notes ? el("small", {}, ` ${notes}`) : null),
    el("p", { class: "said-text" }, line.text));
}
