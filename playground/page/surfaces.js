/** What blocks are drawn on: names for the ids in them, what was entered so far, and where an action goes. */
import { Entered } from "./entered.js";

/**
 * @param {{state: () => Object, place: Object, now: () => number, openChannel: (id: string) => void, act: (body: Object) => Promise<void>}} wants
 */
export function surfaces(wants) {
  const { place } = wants;
  /** What was chosen in selects of messages, per message, so that a redraw keeps it. */
  const enteredIn = new Map();
  const person = (id) => wants.state()?.people.find((one) => one.id === id) ?? null;
  const channels = () => wants.state().channels.filter((one) => one.kind !== "dm");

  /** @returns {import("./mrkdwn.js").Reader} */
  const reader = () => ({
    personName: (id) => person(id)?.real_name ?? null,
    channelName: (id) => channels().find((one) => one.id === id)?.name ?? null,
    channelId: (name) => channels().find((one) => one.name === name)?.id ?? null,
    openChannel: wants.openChannel,
    me: wants.state().me.id,
    zone: person(wants.state().me.id)?.tz ?? "UTC",
    now: wants.now,
  });

  const surface = (parts) => ({
    reader: reader(), channels: () => wants.state().channels, ...parts,
    people: () => wants.state().people.filter((one) => !(one.is_bot && one.id !== wants.state().bot.id)),
    act: (block, element, value) => wants.act({
      as: place.as, where: parts.where, block_id: block.block_id, action_id: element.action_id, value, values: parts.entered.values(),
    }),
  });

  const surfaceOf = (message) => {
    const key = `${place.as}/${place.channel}/${message.ts}`;
    if (!enteredIn.has(key)) enteredIn.set(key, new Entered());
    return surface({
      entered: enteredIn.get(key).serve(message.state?.values),
      where: { kind: "message", channel: place.channel, ts: message.ts },
      channel: place.channel,
    });
  };

  return { person, reader, surface, surfaceOf };
}
