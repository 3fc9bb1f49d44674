/** Instants and wall clocks in a named zone, and Slack's date tokens. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_LONG = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const DAY_MS = 86_400_000;

const formatters = new Map();

function formatter(zone) {
  if (!formatters.has(zone)) {
    formatters.set(zone, new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
      hour: "numeric", minute: "numeric", second: "numeric",
    }));
  }
  return formatters.get(zone);
}

/**
 * What a wall clock in `zone` shows at an instant.
 * @param {number} ms milliseconds since 1970
 * @param {string} zone IANA name; an unknown one reads as UTC
 * @returns {{year: number, month: number, day: number, hour: number, minute: number, second: number, weekday: number}}
 */
export function wall(ms, zone) {
  let parts;
  try {
    parts = formatter(zone || "UTC").formatToParts(ms);
  } catch {
    parts = formatter("UTC").formatToParts(ms);
  }
  const got = Object.fromEntries(parts.map((part) => [part.type, Number(part.value)]));
  const { year, month, day, hour, minute, second } = got;
  return { year, month, day, hour, minute, second, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/**
 * The instant at which the wall clock in `zone` shows the given date and time, in epoch seconds.
 * In a spring gap it is the moment the gap's offset gives, as calendars do.
 */
export function instant(dateText, timeText, zone) {
  const [year, month, day] = dateText.split("-").map(Number);
  const [hour, minute] = timeText.split(":").map(Number);
  const target = Date.UTC(year, month - 1, day, hour, minute);
  let guess = target;
  // Two passes: the first lands within an hour of a transition, the second on the right side of it.
  for (let pass = 0; pass < 2; pass++) {
    const w = wall(guess, zone);
    guess += target - Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute);
  }
  // An hour that comes twice is its first coming.
  const before = guess - 3_600_000;
  return (clockTime(before, zone) === clockTime(guess, zone) ? before : guess) / 1000;
}

const two = (number) => String(number).padStart(2, "0");

/** "2017-09-20" in the zone. */
export function isoDate(ms, zone) {
  const w = wall(ms, zone);
  return `${w.year}-${two(w.month)}-${two(w.day)}`;
}

/** "16:30" in the zone. */
export function clockTime(ms, zone) {
  const w = wall(ms, zone);
  return `${two(w.hour)}:${two(w.minute)}`;
}

/** "Wed 20 Sep 2017, 16:30" in the zone. */
export function fullTime(ms, zone) {
  const w = wall(ms, zone);
  return `${DAYS[w.weekday].slice(0, 3)} ${w.day} ${MONTHS[w.month - 1]} ${w.year}, ${clockTime(ms, zone)}`;
}

/** "Lisbon" of "Europe/Lisbon". */
export function city(zone) {
  return (zone || "UTC").split("/").pop().replaceAll("_", " ");
}

function ordinal(day) {
  const rest = day % 10;
  if (day > 10 && day < 14) return `${day}th`;
  return day + (["th", "st", "nd", "rd"][rest] ?? "th");
}

/** "Today", "Yesterday" or "Wednesday, September 20th" as between two days in Slack. */
export function dayLabel(ms, now, zone) {
  const near = nearDay(ms, now, zone);
  if (near) return near[0].toUpperCase() + near.slice(1);
  const w = wall(ms, zone);
  const year = w.year === wall(now, zone).year ? "" : `, ${w.year}`;
  return `${DAYS[w.weekday]}, ${MONTHS_LONG[w.month - 1]} ${ordinal(w.day)}${year}`;
}

function nearDay(ms, now, zone) {
  const days = Math.round((Date.parse(isoDate(ms, zone)) - Date.parse(isoDate(now, zone))) / DAY_MS);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

function ago(ms, now) {
  const seconds = Math.round((now - ms) / 1000);
  const size = Math.abs(seconds);
  const [count, unit] = size < 60 ? [size, "second"] : size < 3600 ? [Math.round(size / 60), "minute"]
    : size < 86400 ? [Math.round(size / 3600), "hour"] : [Math.round(size / 86400), "day"];
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return seconds >= 0 ? `${words} ago` : `in ${words}`;
}

/**
 * Slack's `<!date^…>` format, in the reader's zone. The year is left out within six months of now, and the
 * first letter is made a capital, both as Slack does.
 * @returns {string|null} null when the format has a token Slack does not know
 */
export function dateTokens(seconds, format, now, zone) {
  const ms = seconds * 1000;
  const w = wall(ms, zone);
  const year = Math.abs(ms - now) < 182 * DAY_MS ? "" : `, ${w.year}`;
  const date = `${MONTHS_LONG[w.month - 1]} ${ordinal(w.day)}${year}`;
  const short = `${MONTHS[w.month - 1]} ${w.day}${year}`;
  const long = `${DAYS[w.weekday]}, ${date}`;
  const near = nearDay(ms, now, zone);
  const tokens = {
    date_num: isoDate(ms, zone), date, date_short: short, date_long: long,
    date_pretty: near ?? date, date_short_pretty: near ?? short, date_long_pretty: near ?? long,
    day_divider_pretty: near ?? long, time: clockTime(ms, zone),
    time_secs: `${clockTime(ms, zone)}:${two(w.second)}`, ago: ago(ms, now),
  };
  // Slack formats all of it or nothing: with a token it does not know, the fallback is shown.
  if ([...format.matchAll(/\{(\w+)\}/g)].some(([, name]) => !Object.hasOwn(tokens, name))) return null;
  const text = format.replace(/\{(\w+)\}/g, (whole, name) => tokens[name]);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Wed, Sep 20" with the year when it is not this one: what a date picker's button says. */
export function pickedDate(isoText, thisYear) {
  const [year, month, day] = isoText.split("-").map(Number);
  const weekday = DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()].slice(0, 3);
  return `${weekday}, ${MONTHS[month - 1]} ${day}${year === thisYear ? "" : `, ${year}`}`;
}

export { MONTHS_LONG, two };
