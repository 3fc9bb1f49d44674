"""Debriefs in words: a question at a time with a tap for each answer, the form with all of them, what was said."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    message_of,
    modal_of,
    section,
)
from messages.carried import Carried
from messages.elements import Element, Option, button, date_picker, option, radio_buttons, worded_input
from messages.formatting import Mrkdwn, words
from sales.language.figures import listed, short_day
from sales.language.typed_text import shorten
from sales.pipeline.debrief import (
    LOSING,
    MAX_REASON,
    WINNING,
    Cause,
    Debrief,
    DebriefQuestion,
    Knowable,
    KnowableMoment,
    LookBack,
)
from sales.pipeline.opportunity import Stage

ANSWER = "debrief.answer"
ON_DAY = "debrief.day"
IN_WORDS = "debrief.words"
OPEN = "debrief.open"
BACK = "debrief.back"
PROMISE_DONE, PROMISE_DROP = "debrief.promise_done", "debrief.promise_drop"
KEEP = "debrief.keep"  # the form's callback
KEEP_WORDS = "debrief.keep_words"  # the one-field form's callback

BELONGED, KNOWABLE, KNOWABLE_ON, CAUSE, REASON = "belonged", "knowable", "knowable_on", "cause", "reason"
YES, NO = "yes", "no"
ITEMS = 5
NAMES = 10

CAUSES = {
    Cause.PRICE: "Price",
    Cause.COMPETITOR: "Another supplier",
    Cause.TIMING: "Timing",
    Cause.NO_DECISION: "They decided nothing",
    Cause.FIT: "Fit",
    Cause.TRUST: "They trust us",
}
BELONGS = {YES: "Yes, it was ours to win", NO: "No, it was not for us"}


class Given(NamedTuple):
    """What a button carries: of which deal, among which others of the message, and what it answers."""

    deal_id: int
    among: Sequence[int] = ()
    question: DebriefQuestion | None = None
    answer: str = ""

    def written(self) -> str:
        return json.dumps([self.deal_id, list(self.among), self.question, self.answer])

    @classmethod
    def read(cls, kept: str) -> "Given":
        deal_id, among, question, answer = json.loads(kept)
        return cls(deal_id, among, DebriefQuestion(question) if question else None, answer)


@dataclass(frozen=True)
class TakingBack(Carried):
    """What the Undo of an answer carries: which action, and which deals the message asks about."""

    undo_id: int
    among: Sequence[int]


def asked(
    looks: Sequence[LookBack],
    people: Mapping[str, str],
    *,
    again: bool = False,
    undo_id: int | None = None,
    below: Sequence[Block] = (),
) -> Message:
    """Ask about lost deals, one question of one deal at a time; what was answered stands above it.

    Once something was answered it says what this is and how many wait, as it may be read again days later; `undo_id`
    takes the last answer back. `people` are how those are called who closed a deal in its owner's place; `below` what
    else there is to ask.
    """
    left = [look for look in looks if look.debrief.open_questions]
    done = [look for look in looks if not look.debrief.open_questions]
    if not looks:
        return nothing()
    if not left:
        return with_below(summed_up(looks, undo_id), below)
    names = listed([shorten(look.deal.name, 60) for look in looks], most=NAMES)
    opening = words(
        "pipeline/debrief",
        "opening",
        deals=[look.deal for look in looks],
        names=names,
        again=again,
        marked=marked(looks, people),
    )
    look, among = left[0], [one.deal.id for one in looks]
    kind = look.debrief.open_questions[0]
    count = 1 if is_under_way(look.debrief) else len(looks)  # what was answered names the deal already
    question = words("pipeline/debrief", "question", kind=kind, deal=look.deal, at=len(done) + 1, count=count)
    if not done and not is_under_way(look.debrief):
        asks = [section(joined([opening, question])), actions(*choices(look, kind, among))]
        return message_of([*asks, *below])
    going_on = words("pipeline/debrief", "going_on", left=len(left), count=len(looks), again=again)
    lead = section(going_on, undo_of(looks, undo_id))
    before = [said(look, named=True)] if is_under_way(look.debrief) else []
    lines = section(joined([*before, question]))
    return message_of([lead, *summaries(done), lines, actions(*choices(look, kind, among)), *below])


def with_below(message: Message, below: Sequence[Block]) -> Message:
    return replace(message, blocks=[*message.blocks, *below])


def marked(looks: Sequence[LookBack], people: Mapping[str, str]) -> list[Mrkdwn]:
    """Return who closed which of some deals in their owner's place, a sentence each."""
    found: dict[str, list[str]] = {}
    for look in looks:
        if name := people.get(look.by_another):
            found.setdefault(name, []).append(shorten(look.deal.name, 60))
    return [
        words("pipeline/debrief", "marked", name=name, deals=listed(deals), alone=len(looks) == 1)
        for name, deals in found.items()
    ]


def undo_of(looks: Sequence[LookBack], undo_id: int | None) -> Element | None:
    """Return the way to take the last answer back; None where there is none to take back."""
    if undo_id is None:
        return None
    carried = TakingBack(undo_id, [look.deal.id for look in looks]).written()
    return button("Undo", f"{BACK}:{undo_id}", carried)


def nothing() -> Message:
    """Say that a deal is open again, so that there is nothing to look back on."""
    return message_of(words("pipeline/debrief", "nothing"))


def is_under_way(debrief: Debrief) -> bool:
    """Say whether a question was answered beyond what was typed with the close."""
    return bool(debrief.knowable) or debrief.should_have_been_there is not None


def summed_up(looks: Sequence[LookBack], undo_id: int | None = None) -> Message:
    """Say what was answered, where nothing is left to ask."""
    back = undo_of(looks, undo_id)
    ways = [actions(back)] if back is not None else []
    return message_of([*summaries(looks), context(words("pipeline/debrief", "thanks")), *ways])


def summaries(looks: Sequence[LookBack]) -> list[Block]:
    """Return what was answered of some deals, five of them at most."""
    blocks = [section(said(look, named=True)) for look in looks[:ITEMS]]
    if len(looks) > ITEMS:
        blocks.append(context(words("pipeline/debrief", "more", count=len(looks) - ITEMS)))
    return blocks


def said(look: LookBack, *, named: bool = False) -> Mrkdwn:
    """Return what was answered of a deal; empty where nothing was."""
    debrief = look.debrief
    parts = (
        words("pipeline/debrief", "said", deal=look.deal, debrief=debrief, named=named),
        words("pipeline/debrief", "known", debrief=debrief, days=look.days_after),
    )
    return joined([part for part in parts if part])


def choices(look: LookBack, kind: DebriefQuestion, among: Sequence[int]) -> list[Element]:
    """Return a tap for each answer to a question; what decided a deal may be said in words instead."""

    def tap(label: str, answer: str) -> Element:
        given = Given(look.deal.id, among, kind, answer)
        return button(label, f"{ANSWER}:{kind}:{answer}", given.written())

    if kind is DebriefQuestion.BELONGED:
        return [tap(label, answer) for answer, label in BELONGS.items()]
    if kind is DebriefQuestion.KNOWABLE:
        taps = [tap(moment_label(one), moment_value(one)) for one in look.moments]
        return [*taps, date_picker(f"{ON_DAY}:{look.deal.id}:{'.'.join(map(str, among))}")]
    causes = LOSING if look.deal.stage is Stage.LOST else WINNING
    own = button("In my words…", IN_WORDS, Given(look.deal.id, among, kind).written())
    return [*(tap(CAUSES[one], one) for one in causes), own]


def moment_label(moment: KnowableMoment) -> str:
    if moment.knowable is Knowable.START:
        return "From the first talk"
    if moment.knowable is Knowable.END or moment.on is None:
        return "Only at the end"
    return f"At {shorten(moment.stage, 40)}, {short_day(moment.on)}"


def moment_value(moment: KnowableMoment) -> str:
    """Return a moment as a button or an option carries it."""
    return f"{moment.knowable.value}|{moment.on or ''}|{moment.stage}"


def read_moment(value: str) -> KnowableMoment:
    """Return what `moment_value` wrote."""
    knowable, on, stage = value.split("|", 2)
    return KnowableMoment(Knowable(knowable), date.fromisoformat(on) if on else None, stage)


def win_question(look: LookBack) -> list[Block]:
    """Return the one question after a win, to stand under what was said of it."""
    kind = DebriefQuestion.CAUSE
    question = words("pipeline/debrief", "question", kind=kind, deal=look.deal, at=1, count=1)
    return [section(question), actions(*choices(look, kind, [look.deal.id]))]


def noted() -> Mrkdwn:
    return words("pipeline/debrief", "kept")


def on_card(look: LookBack) -> list[Block]:
    """Return what a closed deal taught; nothing where nobody said."""
    text = said(look)
    return [section(text)] if text else []


def on_open_card(look: LookBack) -> list[Block]:
    """Return what was said of a close before the deal was opened again."""
    return [context(words("pipeline/debrief", "before", deal=look.deal, said=said(look)))]


def lately(looks: Sequence[LookBack]) -> list[Block]:
    """Return what somebody's last losses taught, for who goes through their deals with them; nothing without any."""
    heading = words("pipeline/debrief", "lately")
    return [section(heading), *summaries(looks)] if looks else []


def card_button(look: LookBack) -> Element:
    return button("Debrief…", f"{OPEN}:{look.deal.id}", Given(look.deal.id).written())


def belonged_field(answer: bool | None = None) -> Block:
    options = {value: option(label, value) for value, label in BELONGS.items()}
    chosen = None if answer is None else options[YES if answer else NO]
    return field_input(
        "Should we have been there at all?",
        radio_buttons("chosen", list(options.values()), chosen),
        BELONGED,
        optional=True,
    )


def knowable_field(moments: Sequence[KnowableMoment], answer: KnowableMoment | None = None) -> Block:
    options = [option(moment_label(one), moment_value(one)) for one in moments]
    chosen = next((one for one in options if answer and one["value"] == moment_value(answer)), None)
    return field_input(
        "When could you have known?", radio_buttons("chosen", options, chosen), KNOWABLE, optional=True
    )


def cause_options(outcome: Stage) -> list[Option]:
    return [option(CAUSES[one], one.value) for one in (LOSING if outcome is Stage.LOST else WINNING)]


def form(look: LookBack, private: str) -> dict[str, Any]:
    """Build the form with every question about a closed deal, filled with what was said."""
    debrief, fields = look.debrief, list[Block]()
    fields.append(section(words("pipeline/debrief", "form_intro", deal=look.deal)))
    if look.deal.stage is Stage.LOST:
        held = (
            KnowableMoment(debrief.knowable, debrief.knowable_on, debrief.knowable_stage)
            if debrief.knowable
            else None
        )
        on = str(debrief.knowable_on) if debrief.knowable is Knowable.DAY else None
        fields += [
            belonged_field(debrief.should_have_been_there),
            knowable_field(look.moments, held),
            field_input("Or on a day of its own", date_picker("chosen", on), KNOWABLE_ON, optional=True),
        ]
    options = cause_options(look.deal.stage)
    chosen = next((one for one in options if one["value"] == debrief.cause), None)
    fields += [
        field_input("What decided it?", radio_buttons("chosen", options, chosen), CAUSE, optional=True),
        field_input(
            "In your words",
            worded_input(debrief.reason, MAX_REASON, "They buy on price alone", long=True),
            REASON,
            optional=True,
        ),
    ]
    return modal_of("Debrief", fields, callback_id=KEEP, submit="Keep", private=private)


def words_form(look: LookBack, private: str) -> dict[str, Any]:
    """Ask for what decided a deal in the rep's own words."""
    fields = [
        section(words("pipeline/debrief", "form_intro", deal=look.deal)),
        field_input(
            "What decided it?",
            worded_input(look.debrief.reason, MAX_REASON, "They buy on price alone", long=True),
            REASON,
        ),
    ]
    return modal_of("Debrief", fields, callback_id=KEEP_WORDS, submit="Keep", private=private)


def why(count: int) -> str:
    return str(words("pipeline/debrief", "why", count=count))
