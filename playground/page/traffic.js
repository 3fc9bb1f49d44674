/** The inspector: each call of the app and each payload to it, newest first, and what both said. Nothing can be changed here. */
import { el, fingerprint, reconcile } from "./dom.js";
import { ask } from "./wire.js";
import { clockTime, two } from "./zones.js";

const EVERYBODY = "";
const AGAIN = 1500; // ms: calls that change nothing on the screen are announced by nobody

/**
 * @param {{as: () => string, person: (id: string) => Object|null, people: () => Array<Object>, zone: () => string, say: (text: string) => void}} wants
 */
export function trafficPanel(wants) {
  const who = el("select", { class: "drawer-select", "aria-label": "Whose traffic", onchange: () => load() });
  const about = el("button", { type: "button", class: "button", hidden: true, onclick: () => of(null) }, "About one message ×");
  const count = el("p", { class: "drawer-count" });
  const list = el("ol", { class: "traffic-list" });
  let ts = null;
  let timer = 0;
  const opened = new Map();

  const load = async () => {
    if (!timer) return;
    try {
      const { exchanges } = await ask("traffic", { as: wants.as(), who: who.value, ts });
      count.textContent = `${exchanges.length} newest`;
      reconcile(list, exchanges.map((one) => ({
        key: String(one.number), hash: fingerprint([one.number, wants.zone()]), make: () => row(one),
      })));
    } catch (error) {
      wants.say(error.message);
    }
  };
  const of = (message) => {
    ts = message;
    about.hidden = !ts;
    if (ts) who.value = EVERYBODY;
    load();
  };

  const row = (one) => {
    const body = el("div", { class: "traffic-body", hidden: true });
    const name = one.direction === "to the app" ? "to the app" : "from the app";
    const button = el("button", {
      type: "button", class: one.ok ? "traffic-row" : "traffic-row traffic-failed", "aria-expanded": "false", dataset: { focusKey: `traffic/${one.number}` },
      onclick: () => toggle(one, button, body),
    }, el("span", { class: "traffic-way", title: name }, one.direction === "to the app" ? "→" : "←", el("span", { class: "unseen" }, name)),
    el("span", { class: "traffic-name" }, one.name, el("small", {}, [one.kind, wants.person(one.person)?.real_name].filter(Boolean).join(" · "))),
    el("span", { class: "traffic-outcome" }, one.outcome), el("time", {}, seconds(one.at)));
    const made = el("li", {}, button, body);
    if (opened.has(one.number)) unfold(button, body, opened.get(one.number));
    return made;
  };
  const seconds = (at) => `${clockTime(Date.parse(at), wants.zone())}:${two(new Date(at).getUTCSeconds())}`;

  const toggle = async (one, button, body) => {
    if (!body.hidden) {
      opened.delete(one.number);
      body.hidden = true;
      button.setAttribute("aria-expanded", "false");
      return;
    }
    try {
      const { exchange } = await ask("exchange", { as: wants.as(), number: String(one.number) });
      opened.set(one.number, exchange);
      unfold(button, body, exchange);
    } catch (error) {
      wants.say(error.message);
    }
  };

  return {
    load, about: of,
    panel: {
      title: "Traffic", about: "Each Slack call and event, with what was sent and answered.", wide: true,
      body: el("div", { class: "drawer-body" }, el("div", { class: "drawer-tools" }, who, about), count, list),
      opened: () => {
        const kept = who.value;
        who.replaceChildren(el("option", { value: EVERYBODY }, "Everybody"),
          ...wants.people().filter((one) => !one.is_bot).map((one) => el("option", { value: one.id }, one.real_name)));
        who.value = kept;
        timer = setInterval(load, AGAIN);
        load();
      },
      closed: () => {
        clearInterval(timer);
        timer = 0;
        of(null);
      },
    },
  };
}

function unfold(button, body, exchange) {
  const part = (title, value) => [el("h3", {}, title), el("pre", { tabindex: "0", "aria-label": title }, JSON.stringify(value, null, 2))];
  body.replaceChildren(...part("Sent", exchange.sent), ...part("Answered", exchange.answered ?? "nothing"));
  body.hidden = false;
  button.setAttribute("aria-expanded", "true");
}
