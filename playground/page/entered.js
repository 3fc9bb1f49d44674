/** What a person has typed or chosen on one surface, kept by block and action across redraws. */

/** element type → [field of its value, field of its initial value] */
const FIELDS = {
  plain_text_input: ["value", "initial_value"], email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"], number_input: ["value", "initial_value"],
  static_select: ["selected_option", "initial_option"], external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"], checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"], multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"], multi_users_select: ["selected_users", "initial_users"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  channels_select: ["selected_channel", "initial_channel"], multi_channels_select: ["selected_channels", "initial_channels"],
  datepicker: ["selected_date", "initial_date"], timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
};

export class Entered {
  constructor() {
    this.held = new Map();
    this.served = {};
  }

  /** What the server holds, in Slack's state.values shape: it counts wherever nothing was entered here. */
  serve(values) {
    this.served = values ?? {};
    return this;
  }

  /** What the element holds now: what was entered, else what the server knows, else what the app gave it. */
  value(block, element) {
    const [field, initial] = FIELDS[element.type];
    const entry = this.held.get(key(block.block_id, element.action_id))?.entry
      ?? this.served[block.block_id]?.[element.action_id];
    return (entry && entry.type === element.type ? entry[field] : element[initial]) ?? null;
  }

  set(block, element, value) {
    const entry = { type: element.type, [FIELDS[element.type][0]]: value };
    this.held.set(key(block.block_id, element.action_id), { blockId: block.block_id, actionId: element.action_id, entry });
    return entry;
  }

  /** What was entered here, in Slack's state.values shape. */
  values() {
    const found = {};
    for (const { blockId, actionId, entry } of this.held.values()) (found[blockId] ??= {})[actionId] = entry;
    return found;
  }

  /** Forget what no longer has an element, as Slack does when a view is updated without it. */
  keepOnly(blocks) {
    const living = new Set();
    for (const block of blocks) {
      for (const element of [block.element, block.accessory, ...(block.elements ?? []), ...(block.actions ?? [])]) {
        if (element?.action_id) living.add(key(block.block_id, element.action_id));
      }
      for (const child of [...(block.child_blocks ?? []), ...(block.type === "carousel" ? block.elements : [])]) {
        for (const element of [child.element, child.accessory, ...(child.elements ?? []), ...(child.actions ?? [])]) {
          if (element?.action_id) living.add(key(child.block_id, element.action_id));
        }
      }
    }
    for (const held of [...this.held.keys()]) if (!living.has(held)) this.held.delete(held);
  }
}

const key = (blockId, actionId) => JSON.stringify([blockId ?? "", actionId ?? ""]);
