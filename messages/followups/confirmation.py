"""The confirmation of a follow-up: what was promised and what will happen, or what became of it, with the way back."""

import json
from collections.abc import Sequence
from datetime import date

from messages.blocks import Block, Message, actions, context, joined, marked, message_of, section
from messages.elements import Element, button, option, select_menu
from messages.followups.belonging import ChosenDeal, belongs, choices, question
from messages.followups.followup import CARD, CHANGE, WHY, mark, menu, value
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.followups import slip, worth
from sales.followups.followup import FollowUp, FollowUpState, Owes, StoredFollowUp
from sales.followups.promise_record import came_later

MEANT = "followup.meant"
BELONGS = "followup.belongs"  # which deal it is for
WORTH = "followup.worth"  # what is in it for the customer, in a tap
MORE = "more"  # behind WORTH: the reason stands in what was chosen
WORTH_SHOWN = 3  # as buttons; each is a line of its own on a phone
SLIP = "followup.slip"  # why it comes later, in a tap
CARD_BLOCKS = 5  # the promise, what is small about it, a question with its answers, its buttons


def card(
    item: StoredFollowUp,
    today: date,
    zone: str,
    *,
    ahead: str = "",
    undo_id: int | None = None,
    hints: bool = False,
    says_nothing: bool = False,
    is_known: bool = False,
    slipped: bool = False,
    deals: Sequence[ChosenDeal] = (),
    theirs: Mrkdwn | str = "",
    more: Sequence[Block] = (),
    ways: Sequence[Element] = (),
) -> Message:
    """Show one promise as it stands now, echoing the date so that a misreading shows.

    `ahead` says what will happen, `undo_id` what can be taken back of it. `hints` asks why it is worth it; `is_known`
    says that it was there before it was typed again; `slipped` asks why it came later. One of `deals` is what it is
    for, of several it asks which. `theirs` is when whom it is about wants to be called, `more` what else is asked,
    `ways` what features offer for it.
    """
    told = {"item": item, "today": today, "zone": zone}
    is_open = item.state is FollowUpState.OPEN
    head = words("followups/confirmation", "head", **told)
    several = len(deals) > 1
    whose = [question(deals) if several else belongs(deals[0])] if deals else []
    said = joined([head, *filter(None, (ahead, theirs)), *whose]) if is_open else head
    blocks: list[Block] = [section(said, menu(item, CARD), block_id=mark(item))]
    if is_open and (small := small_print(item, hints, says_nothing, is_known)):
        blocks.append(context(small))
    elif not is_open and item.slip is not None:
        blocks.append(
            context(words("followups/confirmation", "came_later", item=item, why=slip.LABELS[item.slip]))
        )
    blocks += [*taps(item, hints=hints, slipped=slipped), *more]
    undo = choices(BELONGS, deals, str(item.id)) if is_open and several else []
    undo += [undo_button(undo_id)] if undo_id is not None else []
    if item.state is FollowUpState.DROPPED and not item.drop_reason:
        undo.append(button("Say why…", f"{WHY}:{item.id}", value(item, CARD)))
    undo += ways
    if undo:
        blocks.append(actions(*undo))
    return message_of(blocks)


def taps(item: StoredFollowUp, *, hints: bool, slipped: bool) -> list[Block]:
    """Return what is asked of a promise and answered in a tap, one question at most; nobody has to answer."""
    if slipped:
        answers = [
            button(label, f"{SLIP}:{reason.value}", value(item, CARD))
            for reason, label in slip.LABELS.items()
        ]
        return [context(words("followups/confirmation", "ask_slip")), actions(*answers)]
    if hints and wants_hint(item) and item.state is FollowUpState.OPEN:
        return [
            actions(*worth_ways(item), button("Something else…", f"{CHANGE}:{item.id}", value(item, CARD)))
        ]
    return []


def worth_ways(item: StoredFollowUp) -> list[Element]:
    """Return what may be in it for the customer: a button each, and a menu with those that a phone has no room for."""
    reasons = list(worth.LABELS.items())
    shown, rest = reasons[:WORTH_SHOWN], reasons[WORTH_SHOWN:]
    offered = [button(label, f"{WORTH}:{reason.value}", value(item, CARD)) for reason, label in shown]
    more = [option(label, f"{reason.value}|{value(item, CARD)}") for reason, label in rest]
    return [*offered, select_menu(f"{WORTH}:{MORE}", more, placeholder="More…")]


def small_print(item: FollowUp, hints: bool, says_nothing: bool, is_known: bool) -> Mrkdwn:
    """Return what stands small under a promise: how it repeats, why it is worth it, where it came from."""
    hint: Mrkdwn | str = ""
    if hints and wants_hint(item):
        hint = words("followups/confirmation", "ask_worth", item=item, says_nothing=says_nothing)
    first = item.promised_on if came_later(item) else None
    why = slip.LABELS[item.slip] if item.slip is not None else ""
    told = {"item": item, "hint": hint, "is_known": is_known, "first": first, "why": why}
    return words("followups/confirmation", "small", **told)


def ahead_alone(item: FollowUp, today: date) -> Mrkdwn:
    """Say what will happen of a promise whose owner nobody asks in the evening."""
    return words("followups/confirmation", "ahead_alone", item=item, today=today)


def wants_hint(item: FollowUp) -> bool:
    """Say whether something of ours has no reason why it is worth the customer's time."""
    return item.owes is Owes.ME and not item.worth


def is_card(blocks: Sequence[Block]) -> bool:
    """Say whether a message shows one commitment and nothing else."""
    return (
        bool(blocks) and len(marked(blocks)) == 1 and marked(blocks[:1]) != [] and len(blocks) <= CARD_BLOCKS
    )


def taken_back() -> Message:
    """Stand in for a commitment that its owner took back."""
    return message_of(words("followups/confirmation", "taken_back"))


def past(text: str, meant: FollowUp, when: str) -> Message:
    """Refuse a day that is over and offer the one that was probably meant, in one tap."""
    label = words("followups/confirmation", "meant", when=when)
    carried = json.dumps(meant.model_dump(mode="json"))
    return message_of([section(text), actions(button(label, MEANT, carried))])


def another(meant: FollowUp) -> list[Block]:
    """Ask whether a promise is another one than that it is shown under, which is alike; one tap makes it."""
    text = words("followups/confirmation", "another", item=meant)
    carried = json.dumps(meant.model_dump(mode="json"))
    return [context(text), actions(button("It is another one", MEANT, carried))]


def which_day(who: str, what: str, owes: Owes) -> Mrkdwn:
    """Ask by when something is promised that was said without a day."""
    return words("followups/confirmation", "which_day", who=who, what=what, owes=owes)
