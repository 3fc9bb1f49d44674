/** What the composer offers while one types: commands after "/", people after "@". */
import { avatar } from "./avatar.js";

const MOST = 40;

/**
 * @typedef {{name: string, usage?: string, detail?: string, insert: string, from: number, icon?: () => Node}} Offer
 *   `insert` replaces the text from `from` to the caret
 *
 * @param {string} text
 * @param {number} caret
 * @param {Array<Object>} commands
 * @param {Array<Object>} people
 * @returns {Offer[]}
 */
export function completions(text, caret, commands, people) {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(before)) return commandOffers(before.toLowerCase(), commands).slice(0, MOST);
  const at = /(?:^|\s)@([\w.-]*)$/.exec(before);
  return at ? peopleOffers(at[1].toLowerCase(), caret - at[1].length - 1, people).slice(0, MOST) : [];
}

function commandOffers(typed, commands) {
  const begin = commands.filter((one) => one.command.startsWith(typed));
  const hold = commands.filter((one) => !one.command.startsWith(typed) && one.command.includes(typed.slice(1)));
  return [...begin, ...hold].map((one) => ({
    name: one.command, usage: one.usage_hint, detail: one.description, insert: `${one.command} `, from: 0,
  }));
}

function peopleOffers(typed, from, people) {
  return people.filter((one) => one.name && `${one.name} ${one.real_name}`.toLowerCase().includes(typed)).map((one) => ({
    name: one.real_name, detail: `@${one.name}`, insert: `@${one.name} `, from, icon: () => avatar(one, "tiny"),
  }));
}
