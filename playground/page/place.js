/** Where one is: who one acts as, which conversation, which tab. It lives in the address, so it can be shared and gone back to. */

const NAMES = ["as", "channel", "tab"];

/** @returns {{as: string|null, channel: string|null, tab: string|null}} */
export function readPlace() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, query.get(name)]));
}

/** @param {{as: string, channel: string|null, tab: string|null}} place */
export function writePlace(place, { replace = false } = {}) {
  const query = new URLSearchParams();
  for (const name of NAMES) if (place[name]) query.set(name, place[name]);
  const address = `${location.pathname}?${query}`;
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}
