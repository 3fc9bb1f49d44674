/** What the tools and the keys do, by name. */

/**
 * @param {Object} wants
 * @param {Object} wants.place
 * @param {Object} wants.parts the parts of the page
 * @param {() => Object|null} wants.dm the app's direct message
 * @param {(to: Object, how?: Object) => Promise<void>} wants.go
 * @param {(to: Object) => void} wants.stay
 * @param {Object<string, () => void>} wants.more acts that belong to nobody else
 * @returns {(act: string) => void}
 */
export function acts({ place, parts, dm, go, stay, more }) {
  const panel = (id) => () => stay({ panel: place.panel === id ? null : id, since: null });
  const walk = (step) => {
    const ids = parts.sidebar.order();
    const to = ids[(ids.indexOf(place.channel) + step + ids.length) % ids.length];
    return go({ channel: to, tab: null }, { focus: false });
  };
  const byName = {
    problems: panel("problems"), said: panel("said"), traffic: panel("traffic"),
    phone: () => stay({ phone: place.phone ? null : "1" }), theme: () => parts.theme.toggle(), tour: () => parts.tour.toggle(),
    person: () => parts.actAs.open(), time: () => parts.clock.focus(), jump: (which) => parts.clock.press(Number(which)),
    home: () => go({ channel: dm().id, tab: "home" }), messages: () => go({ channel: dm().id, tab: "messages" }),
    next: () => walk(1), previous: () => walk(-1), write: () => parts.composer.focus(), command: () => parts.composer.begin("/"),
    ...more,
  };
  return (act) => {
    const [name, which] = act.split(" ");
    byName[name](which);
  };
}
