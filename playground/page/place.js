/**
 * Where one is, all of it in the address, so that it can be shared, reloaded and gone back to: whom one acts as, the
 * conversation and its tab, the panel at the side (and since when it tells), the tour's step, phone frame and theme.
 * `bare` is the page inside the phone frame, which has no controls of its own.
 */

const NAMES = ["as", "channel", "tab", "panel", "since", "tour", "phone", "theme", "bare"];

/** @returns {Object<string, string|null>} */
export function readPlace() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, query.get(name)]));
}

/** The address of a place, without the machine. */
export function addressOf(place) {
  const query = new URLSearchParams();
  for (const name of NAMES) if (place[name]) query.set(name, place[name]);
  return `${location.pathname}?${query}`;
}

export function writePlace(place, { replace = false } = {}) {
  const address = addressOf(place);
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}
