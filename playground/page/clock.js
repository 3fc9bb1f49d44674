/** The playground's clock: what time it is for the person acted as, and the means to move it. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { city, fullTime, isoDate } from "./zones.js";

const JUMPS = [["To 16:30", "16:30"], ["To tomorrow 9:00", "tomorrow 9:00"], ["To Monday 9:00", "monday 9:00"], ["+1 h", "+1h"]];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * A written date such as "to 26 Sep 2017 16:30" as the ISO form the server reads; anything else as typed.
 * The hour is 09:00 when none is said.
 */
export function isoWords(text) {
  const said = text.trim().replace(/^to\s+/i, "");
  const match = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2}))?$/i.exec(said)
    ?? turned(/^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2}))?$/i.exec(said));
  const month = match ? MONTHS.indexOf(match[2].slice(0, 3).toLowerCase()) + 1 : 0;
  if (!month) return said;
  const pad = (value) => String(value).padStart(2, "0");
  return `${match[3]}-${pad(month)}-${pad(match[1])}T${pad(match[4] ?? 9)}:${match[5] ?? "00"}`;
}

function turned(match) {
  return match && [match[0], match[2], match[1], match[3], match[4], match[5]];
}

/**
 * @param {HTMLElement} root
 * @param {{jump: (words: string) => Promise<void>, say: (text: string) => void}} told
 */
export function clockBar(root, told) {
  const time = el("time", { class: "clock-time" });
  const zone = el("span", { class: "clock-zone" });
  const field = el("input", {
    type: "text", class: "clock-field", "aria-label": "Move the clock to",
    title: "A time, a day or a step: 16:30, monday 9:00, +2h, 26 Sep 2026 16:30", autocomplete: "off",
  });
  const buttons = JUMPS.map(([label, words]) => el("button", { type: "button", class: "clock-jump", onclick: () => jump(words) }, label));
  const form = el("form", { class: "clock-form" }, field, el("button", { type: "submit", class: "clock-jump" }, "Go"));
  root.replaceChildren(
    el("div", {
      class: "clock-now", title: "The playground's own time. Moving it is a playground thing: the app believes it, Slack has no such bar.",
    }, icon("clock"), time, zone),
    el("div", { class: "clock-jumps", role: "group", "aria-label": "Time travel" }, el("span", { class: "clock-label" }, "Time travel"), buttons, form));

  const jump = async (words) => {
    // One jump at a time; nothing is disabled, as that would take the focus away from whoever is there.
    if (root.hasAttribute("aria-busy")) return;
    root.setAttribute("aria-busy", "true");
    try {
      await told.jump(words);
      field.value = "";
    } catch (error) {
      told.say(error.message);
    } finally {
      root.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) jump(isoWords(field.value));
  });

  return {
    focus: () => field.focus(),
    /** Press one of the buttons, by its place. */
    press: (which) => buttons[which].click(),
    /** @param {number} now @param {string} tz */
    show(now, tz) {
      const text = fullTime(now, tz);
      if (time.textContent !== text) {
        time.textContent = text;
        time.setAttribute("datetime", new Date(now).toISOString());
      }
      zone.textContent = city(tz);
      const example = `${isoDate(now, tz)} 17:00`;
      if (field.placeholder !== example) field.placeholder = example;
    },
  };
}

/**
 * Now on the server, ticking between answers. A frozen server clock shows as answers that do not advance, and
 * then nothing ticks here either.
 */
export class ServerNow {
  constructor() {
    this.at = Date.now();
    this.heard = performance.now();
    this.ticks = false;
  }

  /** @param {string} iso */
  hear(iso) {
    const at = Date.parse(iso);
    if (Number.isNaN(at)) return;
    const heard = performance.now();
    // Less than a second apart says nothing about whether it ticks.
    if (heard - this.heard > 1000) this.ticks = at !== this.at;
    if (at !== this.at || heard - this.heard > 1000) [this.at, this.heard] = [at, heard];
  }

  /** Milliseconds since 1970. */
  now() {
    return this.ticks ? this.at + (performance.now() - this.heard) : this.at;
  }
}
