"""Do we agree whom we want, in words: the question to each rep, and what a manager reads of the answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from messages.blocks import Block, Message, actions, context, joined, message_of, modal_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.prospects.ideal_client import LABELS, SELLS_ON, client_fields, wanted_said
from sales.prospects.agreement import (
    AgreementFound,
    AgreementRound,
    ClientAspect,
    DescribedAspect,
    names_aspect,
)
from sales.prospects.ideal_client import Criterion, IdealClient

BEGIN = "agreement.begin"
DESCRIBE = "agreement.describe"
SAVE = "agreement.save"  # the form's callback
NOUN = "prospects/agreement"
FIRST_FIELD = SELLS_ON


def never(team: str, team_id: int, reps: int) -> Message:
    """Say that nobody was asked yet, with the way to ask all reps of a team."""
    ways = begin(team_id, reps)
    return message_of([section(words(NOUN, "never" if ways else "too_few", team=team)), *ways])


def begin(team_id: int, reps: int, *, again: bool = False) -> list[Block]:
    """Return the way to ask a team's reps; none where there are too few to differ."""
    label = f"Ask the {reps} reps{' again' if again else ''}"
    return [actions(button(label, BEGIN, str(team_id)))] if reps > 1 else []


def asked(people: Sequence[str]) -> Message:
    """Say who was asked just now."""
    return message_of([section(words(NOUN, "asked", people=people)), context(words(NOUN, "apart"))])


def waiting(asked: AgreementRound, done: Sequence[str], people: Mapping[str, str], today: date) -> Message:
    """Say how many answered and who has not, and nothing of what was said."""
    left = [people.get(one, one) for one in asked.people if one not in done]
    text = words(
        NOUN,
        "waiting",
        done=len(done),
        asked=len(asked.people),
        waiting=left,
        begun_on=asked.begun_on,
        today=today,
    )
    return message_of([section(text), context(words(NOUN, "apart"))])


def compared(
    asked: AgreementRound,
    found: AgreementFound | None,
    done: Sequence[str],
    people: Mapping[str, str],
    team_id: int,
    reps: int,
) -> Message:
    """Show in what descriptions differ, who said what, and what all have in common; None of too few to compare."""
    ways = begin(team_id, reps, again=True)
    late = (
        [words(NOUN, "over", done=len(done), asked=len(asked.people))]
        if len(done) < len(asked.people)
        else []
    )
    if found is None:
        return message_of([section(joined([*late, words(NOUN, "too_few_answers")])), *ways])
    if not found.aspects:
        return message_of([section(joined([*late, words(NOUN, "nothing_said")])), *ways])
    names = [people.get(one, one) for one in done]
    if not found.differing:
        said = words(NOUN, "agreed", people=names, count=len(found.agreed))
        blocks: list[Block] = [section(joined([said, *late])), section(alike(found))]
        return message_of([*blocks, *ways])
    head = words(NOUN, "differing", count=len(found.differing), of=len(found.aspects))
    lines = [aspect(one, people) for one in found.differing]
    blocks = [section(joined([head, *late, *lines]))]
    if found.agreed:
        blocks.append(section(alike(found)))
    return message_of([*blocks, context(words(NOUN, "talk")), *ways])


def aspect(one: DescribedAspect, people: Mapping[str, str]) -> Mrkdwn:
    """Return one aspect in a line: each description with those who gave it."""
    parts = [
        words(NOUN, "group", said=said_of(one.aspect, said), people=[people.get(who, who) for who in whose])
        for said, whose in one.groups
    ]
    silent = [people.get(who, who) for who in one.silent]
    return words(NOUN, "aspect", label=label_of(one.aspect), parts=parts, silent=silent)


def alike(found: AgreementFound) -> Mrkdwn:
    """Return what all described alike, in a line."""
    parts = [
        f"{label_of(one.aspect).lower()} {said_of(one.aspect, one.groups[0][0])}" for one in found.agreed
    ]
    return words(NOUN, "alike", parts=parts)


def label_of(one: ClientAspect) -> str:
    return "Sells on" if one is ClientAspect.SELLS_ON else LABELS[Criterion(one.value)]


def said_of(one: ClientAspect, said: IdealClient) -> str:
    """Return how somebody described an aspect."""
    if one is ClientAspect.SELLS_ON:
        return " and ".join(point.value for point in said.selling_points)
    return wanted_said(Criterion(one.value), said)


def question(asked: AgreementRound, round_id: int, manager: str) -> Message:
    """Ask a rep, with the way to describe it."""
    text = words(NOUN, "question", manager=manager, count=len(asked.people))
    describe = button("Describe it…", DESCRIBE, str(round_id), style="primary")
    return message_of([section(text), actions(describe), context(words(NOUN, "alone"))])


def form(held: IdealClient, currency: str, private: str) -> dict[str, Any]:
    """Ask one person how they see the ideal client; filled with what they said themselves, and nobody else's words."""
    return modal_of(
        "Your ideal client",
        client_fields(held, currency),
        callback_id=SAVE,
        submit="Send",
        private=private,
    )


def thanks(said: IdealClient, round_id: int) -> Message:
    """Say to somebody what they described, with the way to change it while others are asked."""
    parts = [
        f"{label_of(one).lower()} {said_of(one, said)}" for one in ClientAspect if names_aspect(said, one)
    ]
    change = button("Change it…", DESCRIBE, str(round_id))
    return message_of([section(words(NOUN, "thanks", parts=parts)), actions(change)])


def nothing_described() -> str:
    return str(words(NOUN, "nothing_described"))


def not_asked() -> Message:
    return message_of(words(NOUN, "not_asked"))


def closed() -> Message:
    return message_of(words(NOUN, "closed"))


def why() -> str:
    return str(words(NOUN, "why"))
