/** The page's composition: it fetches what became stale, and hands each part what it shows. */
import { actAs } from "./actas.js";
import { clockBar, ServerNow } from "./clock.js";
import { Composer } from "./composer.js";
import { fingerprint } from "./dom.js";
import { Entered } from "./entered.js";
import { home } from "./home.js";
import { icon } from "./icons.js";
import { messageList } from "./messages.js";
import { Modal } from "./modal.js";
import { readPlace, writePlace } from "./place.js";
import { problemsDrawer } from "./problems.js";
import { sidebar } from "./sidebar.js";
import { tabs } from "./tabs.js";
import { theme } from "./theme.js";
import { ask, coalesced, listen, tell } from "./wire.js";
import { isoDate } from "./zones.js";

const TICK = 1000; // ms between looks at the clock on the bar
const POLL = 30_000; // ms: what a lost push would have told, at most this late
const NOTICE = 6000; // ms a notice stays
const EVERYTHING = ["state", "messages", "home", "modal"];

const node = (id) => document.getElementById(id);
const place = readPlace();
const clock = new ServerNow();
/** The last answer to /page/state. */
let state = null;
let hangUp = () => {};
let epoch = "";
/** What was chosen in selects of messages, per message, so that a redraw keeps it. */
const enteredIn = new Map();

const person = (id) => state.people.find((one) => one.id === id) ?? null;
const channel = () => state?.channels.find((one) => one.id === place.channel) ?? null;
const onBotDm = () => channel()?.kind === "dm" && channel().with === state.bot.id;

/** @returns {import("./mrkdwn.js").Reader} */
const reader = () => ({
  personName: (id) => person(id)?.real_name ?? null,
  channelName: (id) => state.channels.find((one) => one.id === id && one.kind !== "dm")?.name ?? null,
  channelId: (name) => state.channels.find((one) => one.name === name && one.kind !== "dm")?.id ?? null,
  openChannel: (id) => go({ channel: id, tab: null }),
  me: state.me.id,
  zone: person(state.me.id)?.tz ?? "UTC",
  now: () => clock.now(),
});

const surface = (parts) => ({
  reader: reader(), people: () => state.people.filter((one) => !(one.is_bot && one.id !== state.bot.id)), channels: () => state.channels, ...parts,
  act: async (block, element, value) => {
    await attempt(() => tell("click", {
      as: place.as, where: parts.where, block_id: block.block_id, action_id: element.action_id, value, values: parts.entered.values(),
    }));
  },
});

function surfaceOf(message) {
  const key = `${place.as}/${place.channel}/${message.ts}`;
  if (!enteredIn.has(key)) enteredIn.set(key, new Entered());
  return surface({
    entered: enteredIn.get(key).serve(message.state?.values),
    where: { kind: "message", channel: place.channel, ts: message.ts },
    channel: place.channel,
  });
}

const parts = {
  sidebar: sidebar(node("sidebar"), { open: (id) => go({ channel: id, tab: null }) }),
  clock: clockBar(node("clock"), { jump: (words) => jump(words), say: (text) => notice(text) }),
  problems: problemsDrawer(node("problems"), node("problems-open")),
  actAs: actAs(node("act-as"), { change: (id) => go({ as: id, channel: null, tab: null }) }),
  messages: messageList(node("scroller"), { shortcut: useShortcut }),
  composer: new Composer(node("composer"), { send: say, commands: () => state?.commands ?? [], people: () => state?.people ?? [] }),
  tabs: tabs(node("tabs"), { change: (tab) => go({ tab }) }),
  home: home(node("home"), { surface, epoch: () => epoch }),
  modal: new Modal({
    surface, epoch: () => epoch, channel: () => place.channel,
    submit: (viewId, values) => done(tell("modal/submit", { as: place.as, view_id: viewId, values })),
    close: (viewId, all) => done(tell("modal/close", { as: place.as, view_id: viewId, all })),
  }),
};

let noticeTimer = 0;
function notice(text) {
  node("notice").textContent = text;
  node("notice").hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => (node("notice").hidden = true), NOTICE);
}

/**
 * Do what the person asked, show a refusal in plain words, then look at everything anew. That the app did not
 * answer is no refusal: Slackbot, the message, the modal or the Home says so itself.
 * @returns {Promise<boolean>}
 */
async function attempt(request) {
  try {
    await request();
    refresh(EVERYTHING);
    return true;
  } catch (error) {
    if (parts.modal.viewId) parts.modal.warn(error.message);
    else notice(error.message);
    return false;
  }
}

async function done(request) {
  await request;
  await refresh(EVERYTHING);
}

function say(text) {
  parts.messages.follow();
  return attempt(() => tell("say", { as: place.as, channel: place.channel, text }));
}

function useShortcut(message, callbackId) {
  return attempt(() => tell("shortcut", { as: place.as, channel: place.channel, ts: message.ts, callback_id: callbackId }));
}

async function jump(words) {
  clock.hear((await tell("clock", { to: words, as: place.as })).now);
  refresh(EVERYTHING);
}

const load = {
  state: coalesced(async () => {
    const wanted = place.as;
    const got = await ask("state", { as: wanted });
    if (wanted !== place.as) return;
    state = got;
    clock.hear(state.now);
    place.as = state.me.id;
    if (!channel()) place.channel = (state.channels.find((one) => one.with === state.bot.id) ?? state.channels[0])?.id ?? null;
    if (!onBotDm()) place.tab = null;
    writePlace(place, { replace: true });
    epoch = fingerprint([state.me, state.people, state.channels.map((one) => [one.id, one.name]), isoDate(clock.now(), reader().zone)]);
    frame();
  }),
  messages: coalesced(async () => {
    if (!state || !channel() || place.tab === "home") return;
    const at = { ...place };
    const { messages } = await ask("messages", { as: at.as, channel: at.channel });
    if (at.as !== place.as || at.channel !== place.channel || !channel()) return;
    parts.messages.show({ channel: channel(), messages, surfaceOf, person, shortcuts: state.shortcuts, reader: reader(), epoch });
    if (channel().unread > 0 && document.visibilityState === "visible") {
      await tell("read", { as: at.as, channel: at.channel });
      load.state();
    }
  }),
  home: coalesced(async () => {
    if (!state || place.tab !== "home") return;
    const as = place.as;
    const { view } = await ask("home", { as });
    if (as === place.as) parts.home.show(view, state.bot.name);
  }),
  modal: coalesced(async () => {
    if (!state) return;
    const as = place.as;
    const { view, errors, depth, warning } = await ask("modal", { as });
    if (as !== place.as) return;
    parts.modal.show(view, errors, depth);
    if (view) parts.modal.warn(warning);
  }),
};

async function refresh(what) {
  try {
    // The others name people and channels by what the state says.
    if (what.includes("state")) await load.state();
    await Promise.all(what.filter((one) => one !== "state" && one in load).map((one) => load[one]()));
  } catch (error) {
    notice(error.message);
  }
}

/** Everything around the conversation. */
function frame() {
  const here = channel();
  const zone = reader().zone;
  const name = here?.kind === "dm" ? person(here.with)?.real_name ?? here.name : `#${here?.name ?? ""}`;
  document.title = here ? `${name} · ${state.workspace.name}` : state.workspace.name;
  node("channel-name").textContent = here ? name.replace(/^#/, "# ") : "No conversation";
  const atHome = place.tab === "home";
  node("conversation").hidden = atHome;
  node("home").hidden = !atHome;
  parts.tabs.show(onBotDm(), atHome ? "home" : "messages");
  parts.actAs.show(state.people, state.me.id, () => clock.now());
  parts.problems.show(state.problems, zone);
  parts.composer.at(here ? `${place.as}/${here.id}` : null, `Message ${name}`);
  node("connection").className = `connection ${state.app_connected ? "connection-on" : "connection-off"}`;
  node("connection").textContent = state.app_connected ? "App connected" : "App not connected";
  node("connection").title = node("connection").textContent;
  tick();
}

function tick() {
  if (!state) return;
  parts.clock.show(clock.now(), reader().zone);
  parts.sidebar.show({ state, current: place.channel, now: clock.now(), person });
}

/** Slack tells an app when its Home or its messages come into view; so does the page. */
async function opened() {
  if (state && onBotDm()) await attempt(() => tell("home/open", { as: place.as, tab: place.tab ?? "messages" }));
}

/** Go elsewhere: another person, conversation or tab. */
async function go(to, { fromHistory = false } = {}) {
  const before = { ...place };
  Object.assign(place, to);
  if (!fromHistory) writePlace(place);
  document.body.classList.remove("side-open");
  node("side-toggle").setAttribute("aria-expanded", "false");
  if (place.as !== before.as) {
    parts.modal.show(null);
    parts.home.show(null, state?.bot.name ?? "The app");
    await start();
  } else if (state) frame();
  if (place.as !== before.as || place.channel !== before.channel || place.tab !== before.tab) await opened();
  await refresh(EVERYTHING);
  if (place.tab !== "home" && place.channel !== before.channel) parts.composer.focus();
}

async function start() {
  hangUp();
  await refresh(EVERYTHING);
  hangUp = listen(place.as ?? "", {
    changed: (change) => {
      if (change.now) clock.hear(change.now);
      const elsewhere = change.channel && change.channel !== place.channel;
      refresh([...new Set(["state", ...change.what.filter((one) => one !== "messages" || !elsewhere)])]);
    },
    live: (on) => {
      document.body.classList.toggle("offline", !on);
      // What changed while the line was down was not heard.
      if (on) refresh(EVERYTHING);
    },
  });
}

theme(node("theme"));
node("side-toggle").append(icon("menu"));
node("side-toggle").addEventListener("click", () => {
  const open = document.body.classList.toggle("side-open");
  node("side-toggle").setAttribute("aria-expanded", String(open));
});
window.addEventListener("popstate", () => go(readPlace(), { fromHistory: true }));
setInterval(tick, TICK);
setInterval(() => refresh(["state"]), POLL);
await start();
await opened();
if (place.tab !== "home") parts.composer.focus();
