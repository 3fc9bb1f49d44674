/** The main job in seven steps: what each says, and what its button does. */

/**
 * @typedef {Object} Hands
 * @property {string} rep
 * @property {string} manager
 * @property {(id: string) => string} first a person's first name
 * @property {(person: string, text: string) => Promise<void>} says in the app's messages
 * @property {(person: string) => Promise<void>} opensHome
 * @property {(person: string, words: string) => Promise<void>} travels
 * @property {(person: string) => Promise<void>} ticks the first thing that is open in the newest message
 * @property {(person: string) => Promise<void>} readsTeamChannel
 */

/** @type {Array<{name: string, says: (hands: Hands) => string, button: string, act: (hands: Hands) => Promise<void>}>} */
export const STEPS = [
  {
    name: "The team", button: "Show the team",
    says: (hands) => `${hands.first(hands.manager)}, the manager, has set up a team: who is in it, its channel, its hours.`,
    act: (hands) => hands.says(hands.manager, "/team"),
  },
  {
    name: "A goal", button: "Set a goal",
    says: (hands) => `${hands.first(hands.rep)}, a rep, sets a goal in one line and reads at once where it stands.`,
    act: (hands) => hands.says(hands.rep, "/goal 10 meetings this quarter"),
  },
  {
    name: "A promise", button: "Promise something",
    says: (hands) => `What ${hands.first(hands.rep)} promises a customer is kept in a line, too.`,
    act: (hands) => hands.says(hands.rep, "/followup Acme today send the ROI sheet"),
  },
  {
    name: "The evening", button: "Go to 16:30",
    says: () => "At the end of the day one message asks about what is still open. Nothing open, nothing sent.",
    act: (hands) => hands.travels(hands.rep, "16:30"),
  },
  {
    name: "A tick", button: "Tick the first",
    says: () => "One tap settles a promise, and the message changes where it stands.",
    act: (hands) => hands.ticks(hands.rep),
  },
  {
    name: "The manager", button: "Open the manager’s Home",
    says: (hands) => `${hands.first(hands.manager)} sees on one page how the team stands and who needs a talk.`,
    act: (hands) => hands.opensHome(hands.manager),
  },
  {
    name: "The digest", button: "Go to Monday 9:00",
    says: () => "On Monday morning the team’s channel reads how the week went.",
    act: async (hands) => {
      await hands.travels(hands.manager, "monday 9:00");
      await hands.readsTeamChannel(hands.manager);
    },
  },
];
