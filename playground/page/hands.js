/** The tour's hands: what its steps do, each the same that a person could do on the page. */

const OPEN = "input[type=checkbox]:not(:checked):not(:disabled)";

/**
 * @param {{state: () => Object, go: (to: Object) => Promise<void>, send: (what: string, body: Object) => Promise<Object>,
 *   look: () => Promise<void>, document: () => Document}} wants
 * @returns {import("./toursteps.js").Hands}
 */
export function hands(wants) {
  const { people } = wants.state();
  const humans = people.filter((one) => !one.is_bot);
  const rep = humans[0].id;
  const manager = humans.find((one) => /manager/i.test(one.title))?.id ?? rep;
  const first = (id) => people.find((one) => one.id === id).real_name.split(" ")[0];
  const dm = () => wants.state().channels.find((one) => one.with === wants.state().bot.id).id;
  const toApp = async (person, tab) => {
    if (wants.state().me.id !== person) await wants.go({ as: person, channel: null, tab: null });
    await wants.go({ channel: dm(), tab });
  };

  return {
    rep, manager, first,
    says: async (person, text) => {
      await toApp(person, "messages");
      await wants.send("say", { as: person, channel: dm(), text });
      await wants.look();
    },
    opensHome: async (person) => {
      await toApp(person, "home");
    },
    travels: async (person, words) => {
      await toApp(person, "messages");
      await wants.send("clock", { as: person, to: words, settle: true });
      await wants.look();
    },
    ticks: async (person) => {
      await toApp(person, "messages");
      await wants.look();
      const open = newest(wants.document());
      if (!open) throw new Error("Nothing is left to tick here. Go on with the next step.");
      open.scrollIntoView({ block: "center" });
      open.click();
    },
    readsTeamChannel: async (person) => {
      const told = wants.state().channels.filter((one) => one.kind !== "dm");
      const newestFirst = [...told].sort((a, b) => Number(b.last_ts ?? 0) - Number(a.last_ts ?? 0));
      if (newestFirst.length) await wants.go({ as: person, channel: newestFirst[0].id, tab: null });
    },
  };
}

/** The first thing to settle in the newest message that has one: a box to tick, or a button that says Done. */
function newest(document) {
  const messages = [...document.querySelectorAll("article.message")].reverse();
  for (const message of messages) {
    const done = [...message.querySelectorAll("button")].find((one) => one.textContent.trim() === "Done");
    const found = message.querySelector(OPEN) ?? done;
    if (found) return found;
  }
  return null;
}
