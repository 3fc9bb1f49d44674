/** Who one acts as: a searchable select in the bar. */
import { el } from "./dom.js";
import { picker } from "./picker.js";
import { peopleChoices } from "./selects.js";
import { city, clockTime } from "./zones.js";

/**
 * @param {HTMLElement} root
 * @param {{change: (personId: string) => void}} told
 */
export function actAs(root, told) {
  let drawn = null;
  return {
    open: () => root.querySelector("button").click(),
    /** @param {Array<Object>} people @param {string} me @param {() => number} now */
    show(people, me, now) {
      const humans = people.filter((one) => !one.is_bot);
      const sign = JSON.stringify([me, humans.map((one) => [one.id, one.real_name])]);
      if (sign === drawn) return;
      drawn = sign;
      root.replaceChildren(el("span", { class: "bar-label" }, "Act as"), picker({
        choices: () => peopleChoices(humans).map((choice, i) => ({
          ...choice, detail: [humans[i].title, `${city(humans[i].tz)} ${clockTime(now(), humans[i].tz)}`].filter(Boolean).join(" · "),
        })),
        selected: [me], placeholder: "Choose a person", label: "Act as", focusKey: "act-as", onchange: ([id]) => told.change(id),
      }));
    },
  };
}
