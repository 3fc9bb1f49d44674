/** The guided tour: one strip, one sentence, one button a step; it can be left at any step and taken up again there. */
import { keep, kept } from "./kept.js";
import { strip } from "./strip.js";
import { STEPS } from "./toursteps.js";

const LEFT = "left";

/**
 * @param {HTMLElement} root
 * @param {{step: () => string|null, to: (step: string|null) => void, hands: () => import("./toursteps.js").Hands, week: () => void, say: (text: string) => void}} wants
 */
export function tour(root, wants) {
  const shown = strip(root, "Guided tour");
  const leave = () => {
    keep("tour", wants.step() ? `${LEFT} ${wants.step()}` : LEFT);
    wants.to(null);
  };
  const begin = () => {
    const left = Number(kept("tour")?.split(" ")[1]);
    wants.to(String(left >= 1 && left <= STEPS.length ? left : 1));
  };
  const take = async (number, step) => {
    try {
      await step.act(wants.hands());
      if (wants.step() === String(number)) wants.to(String(number + 1));
    } catch (error) {
      wants.say(error.message);
    }
  };

  return {
    toggle: () => (wants.step() ? leave() : begin()),
    /** Draw the step one is at; without one, offer the tour to whoever has not seen it. */
    show() {
      const number = Number(wants.step());
      const step = STEPS[number - 1];
      if (step) {
        shown.show({
          mark: `${number} of ${STEPS.length} · ${step.name}`, text: step.says(wants.hands()), button: step.button,
          use: () => take(number, step), crossLabel: "Leave the tour", cross: leave,
        });
      } else if (wants.step()) {
        shown.show({
          mark: "That is the main job", text: "Write anything yourself, or watch a whole week go by.", button: "Play a week",
          use: () => {
            keep("tour", LEFT);
            wants.to(null);
            wants.week();
          }, crossLabel: "Leave the tour", cross: () => {
            keep("tour", LEFT);
            wants.to(null);
          },
        });
      } else if (!kept("tour")) {
        shown.show({
          mark: "New here?", text: "Seven steps show the main job, in two minutes.", button: "Take the tour", use: begin, crossLabel: "No tour", cross: leave,
        });
      } else shown.hide();
    },
  };
}
