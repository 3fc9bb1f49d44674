/** The page's composition: it fetches what became stale, and hands each part what it shows. */
import { actAs } from "./actas.js";
import { acts } from "./acts.js";
import { clockBar, ServerNow } from "./clock.js";
import { Composer } from "./composer.js";
import { fingerprint } from "./dom.js";
import { drawer } from "./drawer.js";
import { dropZone } from "./files.js";
import { hands } from "./hands.js";
import { home } from "./home.js";
import { icon } from "./icons.js";
import { keyboard } from "./keys.js";
import { messageList } from "./messages.js";
import { Modal } from "./modal.js";
import { inPhone, phone } from "./phone.js";
import { readPlace, writePlace } from "./place.js";
import { problemsPanel } from "./problems.js";
import { startAfresh } from "./reset.js";
import { saidPanel } from "./said.js";
import { sidebar } from "./sidebar.js";
import { surfaces } from "./surfaces.js";
import { tabs } from "./tabs.js";
import { theme } from "./theme.js";
import { toast } from "./toast.js";
import { tools } from "./tools.js";
import { tour } from "./tour.js";
import { trafficPanel } from "./traffic.js";
import { week } from "./week.js";
import { ask, coalesced, drop, listen, tell } from "./wire.js";
import { isoDate } from "./zones.js";

const TICK = 1000; // ms between looks at the clock on the bar
const POLL = 30_000; // ms: what a lost push would have told, at most this late
const EVERYTHING = ["state", "messages", "home", "modal", "said", "traffic"];

const node = (id) => document.getElementById(id);
const notice = toast(node("notice"));
const place = readPlace();
const clock = new ServerNow();
/** The last answer to /page/state. */
let state = null;
let hangUp = () => {};
let epoch = "";

const dm = () => state?.channels.find((one) => one.with === state.bot.id) ?? null;
const channel = () => state?.channels.find((one) => one.id === place.channel) ?? null;
const onBotDm = () => channel()?.kind === "dm" && channel().with === state.bot.id;
/** With the phone frame on, the conversation is the frame's, and so is what Slack tells of it. */
const framed = () => Boolean(place.phone) && !place.bare;

const { person, reader, surface, surfaceOf } = surfaces({
  state: () => state, place, now: () => clock.now(), openChannel: (id) => go({ channel: id, tab: null }), act: (body) => attempt(() => tell("click", body)),
});
const around = place.bare ? inPhone((to) => go(to, { quiet: true })) : null;
const zone = () => (state ? reader().zone : "UTC");
const panels = {
  problems: problemsPanel(),
  said: saidPanel({ as: () => place.as, since: () => place.since }),
  traffic: trafficPanel({ as: () => place.as, person, people: () => state.people, zone, say: notice }),
};
const weekPlayed = week(node("week"), {
  now: () => clock.now(), zone, travel: (words) => travel(words), say: notice,
  count: async (since) => (await ask("said", { as: place.as, since })).said.length,
  changed: () => state && frame(), ended: (since) => stay({ panel: "said", since }),
});
const parts = {
  sidebar: sidebar(node("conversations"), { open: (id) => go({ channel: id, tab: null }) }),
  tools: tools(node("tools"), (tool) => run(tool)),
  clock: clockBar(node("clock"), { jump: (words) => travel(words), say: notice }),
  actAs: actAs(node("act-as"), { change: (id) => go({ as: id }) }),
  messages: messageList(node("scroller"), { shortcut: useShortcut, deleteFile: (id) => attempt(() => tell("file/delete", { as: place.as, id })), inspect: (message) => inspect(message) }),
  composer: new Composer(node("composer"), { send: say, attach: upload, commands: () => state?.commands ?? [], people: () => state?.people ?? [] }),
  tabs: tabs(node("tabs"), { change: (tab) => go({ tab }) }),
  home: home(node("home"), { surface, epoch: () => epoch }),
  drawer: drawer(node("drawer"), Object.fromEntries(Object.entries(panels).map(([id, one]) => [id, one.panel])), () => stay({ panel: null, since: null })),
  phone: phone(node("phone"), { went: (to) => go(to, { quiet: true }), run: (act) => run(act) }),
  theme: theme(node("theme"), { chosen: () => place.theme, choose: (chosen) => stay({ theme: chosen }) }),
  tour: tour(node("tour"), {
    step: () => place.tour, to: (step) => stay({ tour: step }), say: notice, week: () => weekPlayed.toggle(),
    hands: () => hands({
      state: () => state, go, send: tell, look: () => refresh(EVERYTHING), document: () => (framed() ? parts.phone.document() ?? document : document),
    }),
  }),
  modal: new Modal({
    surface, epoch: () => epoch, channel: () => place.channel,
    submit: (viewId, values) => done(tell("modal/submit", { as: place.as, view_id: viewId, values })),
    close: (viewId, all) => done(tell("modal/close", { as: place.as, view_id: viewId, all })),
  }),
};
const keys = keyboard((act) => (around ? around.run(act) : state && run(act)));

const run = acts({
  place, parts, dm, go, stay,
  more: {
    week: () => weekPlayed.toggle(), keys: () => keys.sheet(), reset: () => startAfresh(place, reader(), notice),
    close: () => (place.panel ? stay({ panel: null, since: null }) : closeSide()),
  },
});

/** Change what is around the conversation, without going elsewhere. */
function stay(to) {
  Object.assign(place, to);
  writePlace(place, { replace: true });
  if (state) frame();
  if ("phone" in to && !to.phone) refresh(EVERYTHING);
  if ("since" in to) refresh(["said"]);
}

function inspect(message) {
  panels.traffic.about(message.ts);
  stay({ panel: "traffic", since: null });
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

/** Share files here, one message each, in the order they were chosen in. */
async function upload(files) {
  const at = { as: place.as, channel: place.channel };
  parts.messages.follow();
  for (const file of files) {
    if (!await attempt(() => drop(file, at))) return;
  }
}

function useShortcut(message, callbackId) {
  return attempt(() => tell("shortcut", { as: place.as, channel: place.channel, ts: message.ts, callback_id: callbackId }));
}

/** Move the clock, and wait until the app has said what it has to say. */
async function travel(words) {
  clock.hear((await tell("clock", { to: words, as: place.as, settle: true })).now);
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
    const named = state.channels.find((one) => one.kind !== "dm" && one.name === place.channel);
    if (!channel()) place.channel = (named ?? dm() ?? state.channels[0])?.id ?? null;
    if (!onBotDm()) place.tab = null;
    writePlace(place, { replace: true });
    epoch = fingerprint([state.me, state.people, state.channels.map((one) => [one.id, one.name]), isoDate(clock.now(), zone())]);
    frame();
  }),
  messages: coalesced(async () => {
    if (!state || !channel() || place.tab === "home" || framed()) return;
    const at = { ...place };
    const { messages } = await ask("messages", { as: at.as, channel: at.channel });
    if (at.as !== place.as || at.channel !== place.channel || !channel()) return;
    parts.messages.show({ channel: channel(), messages, surfaceOf, person, shortcuts: state.shortcuts, reader: reader(), epoch, as: at.as });
    if (channel().unread > 0 && document.visibilityState === "visible") {
      await tell("read", { as: at.as, channel: at.channel });
      load.state();
    }
  }),
  home: coalesced(async () => {
    if (!state || place.tab !== "home" || framed()) return;
    const as = place.as;
    const { view, refused } = await ask("home", { as });
    if (as === place.as) parts.home.show(view, state.bot.name, refused);
  }),
  modal: coalesced(async () => {
    if (!state || framed()) return;
    const as = place.as;
    const { view, errors, depth, warning } = await ask("modal", { as });
    if (as !== place.as) return;
    parts.modal.show(view, errors, depth);
    if (view) parts.modal.warn([warning, ...view.notices].filter(Boolean).join(" ") || null);
  }),
  said: coalesced(() => panels.said.load()),
  traffic: coalesced(() => panels.traffic.load()),
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
  const name = here?.kind === "dm" ? person(here.with)?.real_name ?? here.name : `#${here?.name ?? ""}`;
  const atHome = place.tab === "home";
  document.title = here ? `${name} · ${state.workspace.name}` : state.workspace.name;
  node("channel-name").textContent = here ? name.replace(/^#/, "# ") : "No conversation";
  node("conversation").hidden = atHome;
  node("home").hidden = !atHome;
  node("main").hidden = framed();
  parts.phone.show(place, framed());
  parts.tabs.show(onBotDm(), atHome ? "home" : "messages");
  parts.actAs.show(state.people, state.me.id, () => clock.now());
  panels.problems.show(state.problems, zone());
  parts.drawer.show(place.bare ? null : place.panel);
  parts.theme.show();
  parts.tools.show({
    panel: place.panel, phone: Boolean(place.phone), problems: state.problems.length, playing: weekPlayed.playing(), renewable: state.workspace.renewable,
  });
  if (!place.bare) parts.tour.show();
  parts.composer.at(here ? `${place.as}/${here.id}` : null, `Message ${name}`);
  node("connection").className = `connection ${state.app_connected ? "connection-on" : "connection-off"}`;
  node("connection").textContent = state.app_connected ? "App connected" : "App not connected";
  node("connection").title = node("connection").textContent;
  tick();
}

function tick() {
  if (!state) return;
  parts.clock.show(clock.now(), zone());
  parts.sidebar.show({ state, current: place.channel, now: clock.now(), person });
}

/** Slack tells an app when its Home or its messages come into view; so does the page. */
async function opened() {
  if (state && onBotDm() && !framed()) await attempt(() => tell("home/open", { as: place.as, tab: place.tab ?? "messages" }));
}

function closeSide() {
  document.body.classList.remove("side-open");
  node("side-toggle").setAttribute("aria-expanded", "false");
}

/** Go elsewhere: another person, conversation or tab. `quiet` where the place was changed by somebody else already. */
async function go(to, { fromHistory = false, quiet = false, focus = true } = {}) {
  const before = { ...place };
  Object.assign(place, to);
  const channelWanted = place.channel;
  if (!fromHistory) writePlace(place, { replace: quiet });
  if (around && !quiet) around.went(place);
  closeSide();
  if (place.as !== before.as) {
    parts.modal.show(null);
    parts.home.show(null, state?.bot.name ?? "The app", []);
    await start();
  } else if (state) frame();
  if (place.as !== before.as || place.channel !== before.channel || place.tab !== before.tab) await opened();
  await refresh(EVERYTHING);
  // Whoever went on meanwhile is not called back to the field.
  const here = place.channel === channelWanted && place.channel !== before.channel;
  if (focus && !quiet && here && place.tab !== "home" && !framed()) parts.composer.focus();
}

async function start() {
  hangUp();
  await refresh(EVERYTHING);
  hangUp = listen(place.as ?? "", {
    changed: (change) => {
      if (change.now) clock.hear(change.now);
      const elsewhere = change.channel && change.channel !== place.channel;
      refresh([...new Set(["state", "said", "traffic", ...change.what.filter((one) => one !== "messages" || !elsewhere)])]);
    },
    live: (on) => {
      document.body.classList.toggle("offline", !on);
      // What changed while the line was down was not heard.
      if (on) refresh(EVERYTHING);
    },
  });
}

document.body.classList.toggle("bare", Boolean(place.bare));
dropZone(node("conversation"), upload);
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
if (place.tab !== "home" && !framed() && !place.bare && !place.panel) parts.composer.focus();
