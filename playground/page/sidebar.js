/** Workspace, channels and direct messages, with what is unread. */
import { avatar } from "./avatar.js";
import { el, fingerprint, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { city, clockTime } from "./zones.js";

/**
 * @param {HTMLElement} root
 * @param {{open: (channelId: string) => void}} told
 */
export function sidebar(root, told) {
  const name = el("h1", { class: "workspace-name" });
  const me = el("p", { class: "workspace-me" });
  const channels = el("div", { class: "side-list" });
  const directs = el("div", { class: "side-list" });
  root.replaceChildren(el("header", { class: "side-head" }, name, me),
    el("nav", { class: "side-scroll", "aria-label": "Conversations" },
      el("h2", { class: "side-title" }, "Channels"), channels, el("h2", { class: "side-title" }, "Direct messages"), directs));

  return {
    /** The conversations as they stand, top to bottom. */
    order: () => [...channels.children, ...directs.children].map((one) => one.dataset.key),
    /** @param {{state: Object, current: string|null, now: number, person: (id: string) => Object}} shown */
    show({ state, current, now, person }) {
      name.textContent = state.workspace.name;
      const acting = person(state.me.id);
      me.textContent = acting ? `${acting.real_name} · ${city(acting.tz)} ${clockTime(now, acting.tz)}` : "";
      const rank = (one) => (one.with === state.bot.id ? 0 : 1);
      const dms = state.channels.filter((one) => one.kind === "dm").sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
      reconcile(channels, state.channels.filter((one) => one.kind !== "dm").map((one) => row(one, current, now, null, told)));
      reconcile(directs, dms.map((one) => row(one, current, now, person(one.with), told)));
    },
  };
}

function row(channel, current, now, other, told) {
  const on = channel.id === current;
  const label = other?.real_name ?? channel.name;
  // A bot has no working day; a person's local time says whether it is theirs.
  const local = other && !other.is_bot ? `${city(other.tz)} ${clockTime(now, other.tz)}` : null;
  return {
    key: channel.id,
    hash: fingerprint([channel.name, channel.kind, channel.unread, on, other, local]),
    make: () => el("button", {
      type: "button", class: ["side-row", on && "side-on", channel.unread > 0 && "side-unread"].filter(Boolean).join(" "),
      "aria-current": on ? "page" : null, dataset: { focusKey: `side/${channel.id}` }, onclick: () => told.open(channel.id),
    }, other ? avatar(other, "tiny") : el("span", { class: "side-hash", "aria-hidden": "true" }, channel.kind === "private" ? icon("lock") : "#"),
    el("span", { class: "side-name" }, label, local ? el("small", {}, local) : null),
    other?.is_bot ? el("span", { class: "app-badge" }, "APP") : null,
    channel.unread > 0 ? el("span", { class: "badge" }, channel.unread > 99 ? "99+" : String(channel.unread), el("span", { class: "unseen" }, " unread")) : null),
  };
}
