/** Play a week: the clock goes from stop to stop, messages arrive, and it can be stopped at any time. */
import { strip } from "./strip.js";
import { fullTime, instant, isoDate } from "./zones.js";

const TIMES = ["09:00", "13:00", "16:30", "22:30"]; // morning, noon, the day's end here, and the day's end an ocean further
const DAYS = 7;
const DAY_MS = 86_400_000;
const LOOK = 450; // ms at each stop: long enough to see what came

/** The stops of the coming week on the wall clock of `zone`, as words the clock reads. */
export function stops(now, zone) {
  const found = [];
  for (let day = 0; day <= DAYS; day++) {
    const date = isoDate(now + day * DAY_MS, zone);
    for (const time of TIMES) {
      const at = instant(date, time, zone) * 1000;
      if (at > now && at <= now + DAYS * DAY_MS) found.push(`${date}T${time}`);
    }
  }
  return found;
}

/**
 * @param {HTMLElement} root
 * @param {{now: () => number, zone: () => string, travel: (words: string) => Promise<void>, count: (since: string) => Promise<number>,
 *   ended: (since: string) => void, changed: () => void, say: (text: string) => void}} wants
 */
export function week(root, wants) {
  const shown = strip(root, "A week");
  let playing = false;
  const stop = () => {
    playing = false;
  };

  const draw = (at, of, count) => shown.show({
    mark: `Stop ${at} of ${of}`, button: "Stop", use: stop,
    text: `${fullTime(wants.now(), wants.zone())} · ${count} ${count === 1 ? "message" : "messages"} so far`,
  });

  const play = async () => {
    const since = new Date(wants.now()).toISOString();
    const all = stops(wants.now(), wants.zone());
    playing = true;
    wants.changed();
    draw(0, all.length, 0);
    try {
      for (const [i, words] of all.entries()) {
        const looked = new Promise((done) => setTimeout(done, LOOK));
        await wants.travel(words);
        draw(i + 1, all.length, await wants.count(since));
        await looked;
        if (!playing) break;
      }
    } catch (error) {
      wants.say(error.message);
    } finally {
      playing = false;
      shown.hide();
      wants.changed();
      wants.ended(since);
    }
  };

  shown.hide();
  return { playing: () => playing, toggle: () => (playing ? stop() : play()) };
}
