/** The wire to the playground's server: questions, requests, and the stream that says what became stale. */

const RETRY_FIRST = 500; // ms before the first reconnection
const RETRY_MOST = 10_000; // ms: a server that is back should be noticed within ten seconds

/** What the server refused, in its own words for the person. */
export class Refused extends Error {}

async function answer(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    throw new Refused(`The playground gave no readable answer (${response.status}).`);
  }
  if (!body.ok) throw new Refused(body.error || `The playground refused (${response.status}).`);
  return body;
}

async function reach(path, options) {
  try {
    return await answer(await fetch(path, options));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused("The playground is not answering. Is it still running?");
  }
}

/** GET /page/<what>; parameters that are null or empty are left out. */
export function ask(what, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return reach(`/page/${what}?${query}`, { headers: { accept: "application/json" } });
}

/** POST /page/<what> */
export function tell(what, body) {
  return reach(`/page/${what}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/** POST a file as it is to /page/drop. */
export function drop(file, parameters) {
  const query = new URLSearchParams({ ...parameters, name: file.name });
  return reach(`/page/drop?${query}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: file });
}

/**
 * Listen to what changes for one person, reconnecting with back-off.
 * @param {string} as
 * @param {{changed: (change: {what: string[], channel: string|null, now: string}) => void, live: (on: boolean) => void}} told
 * @returns {() => void} hangs up
 */
export function listen(as, told) {
  let socket = null;
  let wait = RETRY_FIRST;
  let timer = 0;
  let over = false;
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/page/stream?as=${encodeURIComponent(as)}`);
    socket.addEventListener("open", () => {
      wait = RETRY_FIRST;
      told.live(true);
    });
    socket.addEventListener("message", (event) => {
      const change = JSON.parse(event.data);
      if (change.kind === "changed") told.changed(change);
    });
    socket.addEventListener("close", () => {
      if (over) return;
      told.live(false);
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, RETRY_MOST);
    });
  };
  connect();
  return () => {
    over = true;
    clearTimeout(timer);
    socket.close();
  };
}

/**
 * A loader that never runs twice at once; a call while it runs makes it run once more afterwards, so the last
 * answer shown is never older than the last change heard of.
 */
export function coalesced(load) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      try {
        do {
          again = false;
          await load();
        } while (again);
      } finally {
        running = null;
      }
    })();
    return running;
  };
}
