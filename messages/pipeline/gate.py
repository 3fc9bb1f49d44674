"""The entry gate in words: what a suspect shows and lacks, the ways through, and how much of a pipeline counts."""

from collections.abc import Mapping, Sequence
from typing import Any

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
from messages.elements import (
    Element,
    button,
    checkboxes,
    option,
    text_input,
    tick_option,
    worded_input,
)
from messages.formatting import Mrkdwn, words
from sales.language.typed_text import shorten
from sales.pipeline.gate import MAX_WAITING, AtGate, Gate, GateQuestion, Integrity, least_first, together
from sales.pipeline.opportunity import MAX_WORDS, Entry, Opportunity, Stage, StoredOpportunity

TICK = "gate.tick"
ANYWAY = "gate.anyway"
COUNT = "gate.count"
SAVE_ANYWAY = "gate.save_anyway"  # the callback of the form for a reason
SAVE_GATE = "gate.save"  # that of a team's form

REASON = "reason"
ASKS, WAITS = "asks", "waits"
BLOCK = "gate"  # what the boxes' block is called, before which deal it is of and what was ticked there
TICKED = (GateQuestion.SPOKE, GateQuestion.NEED)  # somebody's word is enough; a next step is promised
MOST_SAID = 5  # reasons for deals that count anyway
MOST_PEOPLE = 3  # of a team, in two lines of a phone
MOST_SEEN = 12  # stages of imports, in a hint
HINT_LENGTH = 140  # characters of them
NOUN = "pipeline/gate"


def suspect_blocks(deal: StoredOpportunity, gate: AtGate, step: Element | None = None) -> list[Block]:
    """Show what a suspect lacks, what it shows already, and the ways through; `step` where its card is not shown."""
    blocks: list[Block] = [section(words(NOUN, "missing", parts=asked(gate.missing)))]
    seen = [
        words(NOUN, "shown", question=question.value, answer=gate.shown[question])
        for question in gate.asked
        if question in gate.shown and not gate.shown[question].by_tick
    ]
    if seen:
        blocks.append(context(joined(seen)))
    boxes = [
        question
        for question in gate.asked
        if question in TICKED and (question not in gate.shown or gate.shown[question].by_tick)
    ]
    if boxes:
        options = {one: tick_option(words(NOUN, "box", question=one.value), one.value, "") for one in boxes}
        on = [one for one in boxes if one in gate.shown]
        ticks = checkboxes(f"{TICK}:{deal.id}", list(options.values()), [options[one] for one in on])
        blocks.append(actions(ticks, block_id=f"{BLOCK}:{deal.id}:{'.'.join(on)}"))
    ways = []
    if gate.is_met:
        ways.append(button("Count it", f"{COUNT}:{deal.id}", str(deal.id), style="primary"))
    if step is not None and GateQuestion.NEXT_STEP in gate.missing:
        ways.append(step)
    if gate.missing:
        ways.append(button("Count it anyway…", f"{ANYWAY}:{deal.id}", str(deal.id)))
    return [*blocks, actions(*ways)]


def ticked(
    body: Mapping[str, Any], selected: Sequence[str]
) -> tuple[int, set[GateQuestion], set[GateQuestion]]:
    """Return of which deal boxes were pressed, and which of them were ticked and which taken back since they stood."""
    block = str(body["actions"][0].get("block_id", ""))
    _, deal_id, before = block.split(":", 2)
    was = {GateQuestion(one) for one in before.split(".") if one}
    now = {GateQuestion(one) for one in selected}
    return int(deal_id), now - was, was - now


def asked(questions: Sequence[GateQuestion]) -> list[Mrkdwn]:
    """Return what a gate asks for, in words."""
    return [words(NOUN, "asked", question=one.value) for one in questions]


def counts_by(deal: Opportunity) -> Mrkdwn | None:
    """Return why an open deal counts, where it showed nothing; None where there is nothing to say."""
    if deal.entry is Entry.ANYWAY and deal.stage is not Stage.SUSPECT:
        return words(NOUN, "anyway", reason=deal.entry_reason)
    return words(NOUN, "before") if deal.is_from_before_the_gate else None


def anyway_lines(deals: Sequence[StoredOpportunity]) -> Mrkdwn | None:
    """Return why deals count that showed nothing, one by one; None without any."""
    return (
        words(NOUN, "anyway_lines", deals=deals[:MOST_SAID], more=len(deals[MOST_SAID:])) if deals else None
    )


def anyway_form(deal: StoredOpportunity, private: str) -> dict[str, Any]:
    """Ask why a deal counts that does not show what the gate asks for."""
    return modal_of(
        "Count it anyway",
        [
            section(words(NOUN, "why_count", deal=deal)),
            field_input("Why does it count?", worded_input("", MAX_WORDS, "They buy every autumn"), REASON),
        ],
        callback_id=SAVE_ANYWAY,
        submit="Count it",
        private=private,
    )


def gate_form(gate: Gate, team_id: int, seen: Sequence[str]) -> dict[str, Any]:
    """Ask what a team's deals must show before they count; `seen` are stages that imports brought."""
    options = {one: option(said, one.value) for one, said in BOXES.items()}
    listed = shorten(", ".join(seen[:MOST_SEEN]), HINT_LENGTH)
    return modal_of(
        "The entry gate",
        [
            field_input(
                "Before a deal counts",
                checkboxes("chosen", list(options.values()), [options[one] for one in gate.asked]),
                ASKS,
                hint=words(NOUN, "asks_hint"),
                optional=True,
            ),
            field_input(
                "Stages of an import that are not past it",
                text_input(
                    "chosen",
                    initial_value=gate.waits,
                    max_length=MAX_WAITING,
                    placeholder="Prospecting, Discovery",
                ),
                WAITS,
                hint=words(NOUN, "waits_hint", seen=[listed] if listed else []),
                optional=True,
            ),
        ],
        callback_id=SAVE_GATE,
        submit="Save",
        private=str(team_id),
    )


BOXES = {
    GateQuestion.SPOKE: "They spoke with us",
    GateQuestion.NEED: "They have a need",
    GateQuestion.NEXT_STEP: "A next step is promised for a day",
}


def gate_saved(team: str, gate: Gate) -> Message:
    """Say what a team's gate asks from now on."""
    return message_of(words(NOUN, "saved", team=team, parts=asked(gate.asked)))


def integrity_line(one: Integrity) -> Mrkdwn | None:
    """Return how much of somebody's pipeline counts and what the rest lacks; None without suspects."""
    if not one.suspects:
        return None
    most = sorted(one.lacking.items(), key=lambda each: -each[1])
    lacking = [
        words(NOUN, "counted", question=question.value, count=count, of=one.suspects)
        for question, count in most
    ]
    return words(NOUN, "integrity", one=one, lacking=lacking)


def team_integrity(people: Mapping[str, Integrity]) -> list[Block]:
    """Show who of a team, by name, has suspects, most of them first, and what is missing most; nothing without any."""
    found = least_first(people)
    if not found:
        return []
    named = [words(NOUN, "of_person", name=name, one=one) for name, one in found[:MOST_PEOPLE]]
    total = together(one for _, one in found)
    most = total.most_missing
    said = ""
    if most is not None:
        count = total.lacking[most]
        said = words(NOUN, "counted", question=most.value, count=count, of=total.suspects)
    return [
        context(
            words(NOUN, "team", people=named, rest=len(found) - len(named), anyway=total.anyway, most=said)
        )
    ]
