/** Start afresh: asked once, then the whole workspace is thrown away and a new one opened at the same address. */
import { confirmed } from "./confirm.js";
import { addressOf } from "./place.js";
import { ask, tell } from "./wire.js";

const AGAIN = 150; // ms between looks whether the new one is there
const MOST_LOOKS = 200;

const QUESTION = {
  title: { type: "plain_text", text: "Start afresh?" },
  text: { type: "plain_text", text: "Everything said and done here is thrown away, and the clock goes back to where it began." },
  confirm: { type: "plain_text", text: "Start afresh" }, deny: { type: "plain_text", text: "Keep this" }, style: "danger",
};

/** @param {Object} place what of it outlives the workspace is kept @param {Object} reader @param {(text: string) => void} say */
export async function startAfresh(place, reader, say) {
  if (!await confirmed(QUESTION, reader)) return;
  try {
    const { born } = await tell("reset", { as: place.as });
    say("A fresh workspace is being opened…");
    if (await renewed(born)) location.assign(addressOf({ theme: place.theme, phone: place.phone }));
    else say("The new workspace does not answer. Stop the playground and start it again.");
  } catch (error) {
    say(error.message);
  }
}

async function renewed(old) {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    await new Promise((done) => setTimeout(done, AGAIN));
    try {
      const { workspace } = await ask("state");
      if (workspace.born !== old && workspace.renewable) return true;
    } catch {
      // Between the old and the new one nobody answers.
    }
  }
  return false;
}
