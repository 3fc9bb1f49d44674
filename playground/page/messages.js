/** The list of messages: day dividers, grouping, actions on hover, and a scroll position that stays put. */
import { attachment } from "./attachments.js";
import { avatar } from "./avatar.js";
import { renderBlocks } from "./blocks.js";
import { el, fingerprint, reconcile } from "./dom.js";
import { fileCards } from "./files.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { limitNotice } from "./notices.js";
import { menu } from "./popover.js";
import { clockTime, dayLabel, fullTime, isoDate } from "./zones.js";

const GROUP_WITHIN = 5 * 60_000; // ms: Slack drops the repeated name for what follows this soon
const SLACKBOT = "USLACKBOT"; // Slack itself speaking, which is no app
const NEAR_BOTTOM = 80; // px from the end that still counts as reading the newest

/**
 * @param {HTMLElement} scroller
 * @param {{shortcut: (message: Object, callbackId: string) => void, deleteFile: (id: string) => void, inspect: (message: Object) => void}} told
 */
export function messageList(scroller, told) {
  const log = el("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": "Messages" });
  const newer = el("button", { type: "button", class: "newer", hidden: true, onclick: () => toBottom() }, "New messages ↓");
  const intro = el("div", { class: "intro" });
  scroller.replaceChildren(intro, log);
  scroller.after(newer);
  let shownChannel = null;
  const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM;
  const toBottom = () => {
    scroller.scrollTop = scroller.scrollHeight;
    newer.hidden = true;
  };
  let stuck = true;
  scroller.addEventListener("scroll", () => {
    stuck = atBottom();
    if (stuck) newer.hidden = true;
  });
  // Charts and pictures settle after they are put in; the newest message must stay in view.
  new ResizeObserver(() => {
    if (stuck) toBottom();
  }).observe(log);

  return {
    /** The person is about to speak: what comes next is to be seen. */
    follow() {
      stuck = true;
      toBottom();
    },
    /**
     * @param {{channel: Object, messages: Array<Object>, surfaceOf: (message: Object) => Object,
     *   person: (id: string) => Object, shortcuts: Array<Object>, reader: Object, epoch: string, as: string}} shown
     */
    show(shown) {
      const moved = shown.channel.id !== shownChannel;
      if (moved) log.replaceChildren();
      shownChannel = shown.channel.id;
      const before = log.childElementCount;
      const wasStuck = stuck || moved;
      intro.replaceChildren(...introduction(shown));
      reconcile(log, items(shown, told));
      if (wasStuck) toBottom();
      else if (log.childElementCount > before) newer.hidden = false;
    },
  };
}

function introduction({ channel, person }) {
  const bot = channel.kind === "dm" ? person(channel.with) : null;
  if (bot) {
    return [avatar(bot, "large"), el("div", {}, el("h2", {}, bot.real_name),
      el("p", {}, `This is the very beginning of your messages with ${bot.real_name}. Write in plain words, or begin with “/” for a command.`))];
  }
  return [el("span", { class: "intro-hash", "aria-hidden": "true" }, "#"), el("div", {},
    el("h2", {}, channel.name), el("p", {}, `This is the very beginning of #${channel.name}.`))];
}

function items(shown, told) {
  const { messages, reader, epoch } = shown;
  const found = [];
  let previous = null;
  for (const message of messages) {
    const at = Date.parse(message.at);
    const day = isoDate(at, reader.zone);
    if (!previous || day !== previous.day) {
      const label = dayLabel(at, reader.now(), reader.zone);
      found.push({ key: `day:${day}:${message.ts}`, hash: label, make: () => el("div", { class: "day", role: "separator" }, el("span", {}, label)) });
    }
    // An answer only you see belongs to one command: run together, several could not be told apart.
    const follows = previous !== null && !message.ephemeral && previous.day === day && previous.message.user === message.user && !previous.message.warning
      && !previous.message.ephemeral && at - previous.at < GROUP_WITHIN && at >= previous.at;
    found.push({
      key: `ts:${message.ts}`,
      // What was chosen here is on screen already; making the message again for it would only flicker.
      hash: fingerprint([{ ...message, state: null }, follows, epoch]),
      make: () => messageNode(message, at, follows, shown, told),
    });
    previous = { message, at, day };
  }
  return found;
}

function messageNode(message, at, follows, shown, told) {
  const { reader } = shown;
  const author = shown.person(message.user) ?? { id: message.user, real_name: message.user };
  const time = el("time", { class: "message-time", datetime: message.at, title: fullTime(at, reader.zone) }, clockTime(at, reader.zone));
  const head = el("div", { class: "message-head" }, el("strong", {}, author.real_name),
    author.is_bot && author.id !== SLACKBOT ? el("span", { class: "app-badge" }, "APP") : null, time);
  return el("article", {
    class: ["message", follows && "message-follows", message.ephemeral && "message-ephemeral", message.refused && "message-refused"].filter(Boolean).join(" "),
    "aria-label": `${author.real_name}, ${clockTime(at, reader.zone)}`,
  },
    el("div", { class: "message-side" }, follows ? time.cloneNode(true) : avatar(author)),
    el("div", { class: "message-main" },
      message.thread_ts ? el("div", { class: "only-you" }, icon("comment"), "Reply in a thread") : null,
      message.ephemeral ? el("div", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      follows ? null : head,
      body(message, shown),
      limitNotice(message.notices, { refused: message.refused }),
      message.warning ? el("p", { class: "message-warning" }, icon("warning"), message.warning) : null),
    message.refused ? null : actions(message, message.ephemeral ? [] : shown.shortcuts, told));
}

function body(message, shown) {
  const edited = message.edited ? el("span", { class: "edited" }, "(edited)") : null;
  const surface = () => shown.surfaceOf(message);
  const under = [...fileCards(message.files ?? [], shown.as), ...(message.attachments ?? []).map((one) => attachment(one, surface()))];
  // What a person typed is shown from its text: there mentions and links are resolved.
  if (message.blocks?.length && shown.person(message.user)?.is_bot !== false) {
    return el("div", { class: "message-body" }, renderBlocks(message.blocks, surface()), edited, under);
  }
  const said = message.text !== message.warning && message.text;
  if (!said && !edited && !under.length) return null;
  return el("div", { class: "message-body block-text" }, mrkdwn(said || "", shown.reader), edited ? [" ", edited] : null, under);
}

/** The bar that appears on hover and on keyboard focus. */
function actions(message, shortcuts, told) {
  const more = el("button", {
    type: "button", class: "icon-button", "aria-label": "More actions", title: "More actions", dataset: { focusKey: `more/${message.ts}` },
  }, icon("more"));
  const bar = el("div", { class: "message-actions", role: "toolbar", "aria-label": "Message actions" }, more);
  menu(more, () => [
    ...(message.files ?? []).filter((file) => file.mine && !file.deleted)
      .map((file) => ({ label: `Delete ${file.name}`, detail: "Slack", choose: () => told.deleteFile(file.id) })),
    ...shortcuts.map((shortcut) => ({ label: shortcut.name, detail: "App shortcut", choose: () => told.shortcut(message, shortcut.callback_id) })),
    { label: "Show its traffic", detail: "Playground", choose: () => told.inspect(message) },
  ], { align: "end" });
  return bar;
}
