"""Playbooks in words: what a deal lacks and how it is ticked, a team's page, and the forms behind both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    line_sections,
    message_of,
    modal_of,
    section,
)
from messages.carried import Carried
from messages.elements import LABEL_LENGTH, Option, button, checkboxes, option, text_input, tick_option
from messages.followups.tick_list import SIGNS
from messages.formatting import Mrkdwn, cut, entities, unmarked, words
from messages.pipeline.tender import DECIDE
from messages.undo import undo_button
from sales.craft.adherence import Adherence, PlaybookVerdict, StepKept
from sales.craft.playbook import DealSteps, StageSteps, StepTick, StoredStep
from sales.pipeline.opportunity import StoredOpportunity

TICK = "playbook.tick"  # the boxes on a card
ALL = "playbook.all"  # the way to every step of a deal
SAVE_ALL = "playbook.save_all"  # that form's callback
EDIT = "playbook.edit"
SAVE = "playbook.save"  # the form of a team's steps
SAME = "playbook.same"  # a step that came in the place of another is that one, in other words
NOUN = "craft/playbook"
MOST_SHOWN = 5  # steps to tick on a card, and steps in a sentence; the others stand behind a tap
MOST_DONE = 3  # done ones on a card
MOST_TYPED = 3000  # characters of a field, as Slack takes them; what is too much is said by us
CHALLENGED = "challenge"  # as a step, of tenders


# on a deal


def on_card(
    deal: StoredOpportunity, found: DealSteps, names: Mapping[str, str], now: datetime, today: date
) -> list[Block]:
    """Show which steps a deal lacks, as boxes to tick, and in small which are done, by whom and when.

    Slack keeps what was ticked while a block has its id, so the moment stands in it.
    """
    missing, done = found.missing, [step for step in found.steps if step.id in found.ticks]
    needs_more = bool(done or found.earlier or len(missing) > MOST_SHOWN)
    blocks: list[Block] = []
    if found.steps or found.earlier:
        head = words(NOUN, "on_card", found=found, missing=len(missing), earlier=len(found.earlier))
        blocks.append(
            section(head, button("All steps…", f"{ALL}:{deal.id}", str(deal.id)) if needs_more else None)
        )
    if missing:
        boxes = checkboxes(f"{TICK}:{deal.id}", [box(step) for step in missing[:MOST_SHOWN]])
        blocks.append(actions(boxes, block_id=f"playbook:{deal.id}:{int(now.timestamp())}"))
    if done:
        said = [done_in_words(step, found.ticks[step.id], names, today) for step in done[:MOST_DONE]]
        blocks.append(context(words(NOUN, "done", said=said, more=len(done) - len(said))))
    if found.lacks_challenge:
        way = button("Say what…", f"{DECIDE}:{deal.id}:{CHALLENGED}", str(deal.id))
        blocks.append(section(words(NOUN, "lacks_challenge"), way))
    return blocks


def done_in_words(step: StoredStep, tick: StepTick, names: Mapping[str, str], today: date) -> Mrkdwn:
    return words(NOUN, "done_one", step=step, tick=tick, by=names.get(tick.by, ""), today=today)


def box(step: StoredStep, note: str = "") -> Option:
    """Return a step as one box; typed signs of links and mentions are safe as markup alone."""
    if SIGNS.search(step.text):
        said = cut(unmarked(entities(step.text)), LABEL_LENGTH)
        return tick_option(said, str(step.id), cut(entities(note), LABEL_LENGTH) if note else "")
    return option(step.text, str(step.id), note or None)


def ticked(texts: Sequence[str]) -> Mrkdwn:
    """Say which steps were ticked just now."""
    return words(NOUN, "ticked", texts=list(texts))


def taken_back(texts: Sequence[str]) -> Mrkdwn:
    """Say which steps are open again."""
    return words(NOUN, "reopened", texts=list(texts))


def gone() -> Mrkdwn:
    """Say that what was pressed is no step any more."""
    return words(NOUN, "gone")


def left_open(steps: Sequence[StoredStep]) -> Mrkdwn:
    """Say which steps a deal left open that went on to another stage; nothing is stopped by it."""
    return words(NOUN, "left_open", steps=steps[:MOST_SHOWN], more=max(0, len(steps) - MOST_SHOWN))


@dataclass(frozen=True)
class DealStepsForm(Carried):
    """What the form of a deal's steps keeps: whose they are, which stood ticked, and where the card stands."""

    deal_id: int
    ticked: Sequence[int] = ()
    place: Sequence[str] = ()


def all_steps(
    deal: StoredOpportunity,
    found: Sequence[StageSteps],
    ticks: Mapping[int, StepTick],
    names: Mapping[str, str],
    place: Sequence[str],
    today: date,
) -> dict[str, Any]:
    """Build the form with every step of the stages a deal came to, ticked where it is done."""
    fields: list[Block] = [section(words(NOUN, "all_steps", deal=deal))]
    for at, each in enumerate(found):
        offered = [
            box(step, note_of(ticks[step.id], names, today) if step.id in ticks else "")
            for step in each.steps
        ]
        on = [one for step, one in zip(each.steps, offered, strict=True) if step.id in ticks]
        if offered:
            fields.append(
                field_input(each.stage, checkboxes("chosen", offered, on), stage_field(at), optional=True)
            )
    kept = DealStepsForm(
        deal.id, [step.id for each in found for step in each.steps if step.id in ticks], place
    )
    return modal_of("Steps", fields, callback_id=SAVE_ALL, submit="Save", private=kept.written())


def note_of(tick: StepTick, names: Mapping[str, str], today: date) -> str:
    """Return by whom and when a step was ticked, in a note of plain words."""
    return str(words(NOUN, "note", tick=tick, by=names.get(tick.by, ""), today=today))


def stage_field(at: int) -> str:
    """Return the block id of the field of a stage, by its place."""
    return f"stage_{at}"


# a team's


@dataclass(frozen=True)
class PlaybookForm(Carried):
    """What the form of a playbook keeps: whose it is, its stages as shown, the state shown, where it was opened."""

    team_id: int
    stages: Sequence[str] = ()
    seen: str = ""
    place: Sequence[str] = ()


def page(
    team: str,
    team_id: int,
    found: Sequence[StageSteps],
    kept: Adherence | None = None,
    managers: Sequence[str] = (),
    *,
    may_change: bool,
) -> Message:
    """Show a team's steps by stage; `kept` is what became of deals that kept to them, for who may read it."""
    count = sum(len(each.steps) for each in found)
    way = button("Change steps…" if count else "Write steps…", f"{EDIT}:{team_id}", str(team_id))
    if not count:
        return message_of(
            [section(words(NOUN, "nothing", team=team, may_change=may_change), way if may_change else None)]
        )
    head = words(NOUN, "heading", team=team, steps=count, stages=sum(bool(each.steps) for each in found))
    blocks: list[Block] = [section(head, way if may_change else None)]
    if kept is not None:
        blocks += beside_winning(kept)
    by_step = {one.step.id: one for one in kept.steps if one.step is not None} if kept is not None else {}
    blocks += line_sections([stage_lines(each, by_step) for each in found if each.steps])
    if kept is not None and kept.deals:
        blocks.append(context(words(NOUN, "foot")))
    if not may_change:
        blocks.append(context(words(NOUN, "whose", managers=list(managers))))
    return message_of(blocks)


def stage_lines(each: StageSteps, by_step: Mapping[int, StepKept]) -> Mrkdwn:
    """Return a stage and its steps, a line each."""
    lines = [words(NOUN, "step", step=step, kept=by_step.get(step.id)) for step in each.steps]
    return joined([words(NOUN, "stage", stage=each.stage), *lines])


def beside_winning(kept: Adherence) -> list[Block]:
    """Say how deals kept to the steps and how they were decided, and whether the two go together."""
    verdict = words(NOUN, "verdict", verdict=kept.verdict.value)
    if kept.verdict is PlaybookVerdict.NOTHING:
        return [section(verdict)]
    lines = [
        words(NOUN, "share", kept=kept),
        words(NOUN, "rate", name="Kept at least half", one=kept.kept),
        words(NOUN, "rate", name="Kept less", one=kept.left),
        *[words(NOUN, "challenges", kept=one) for one in kept.steps if one.step is None],
    ]
    return [section(joined([verdict, *lines]))]


def one_stage(each: StageSteps) -> Message:
    """Show the steps of one stage."""
    if not each.steps:
        return message_of(words(NOUN, "no_steps", stage=each.stage))
    return message_of([section(stage_lines(each, {}))])


def form(
    kept: PlaybookForm,
    typed: Sequence[str],
    standing: Mapping[str, int],
    meanwhile: Sequence[str] = (),
) -> dict[str, Any]:
    """Build the form of a team's steps: a field for each stage; what somebody else changed `meanwhile` stands above.

    `standing` says how many deals stand in each stage.
    """
    intro = [words(NOUN, "meanwhile"), *meanwhile] if meanwhile else [words(NOUN, "intro")]
    fields: list[Block] = [section(joined(intro))]
    for at, (stage, text) in enumerate(zip(kept.stages, typed, strict=True)):
        field = text_input("chosen", initial_value=text, max_length=MOST_TYPED, multiline=True)
        hint = words(NOUN, "hint", count=standing.get(stage, 0))
        fields.append(field_input(stage, field, stage_field(at), hint=hint, optional=True))
    return modal_of("Playbook", fields, callback_id=SAVE, submit="Save", private=kept.written())


def theirs(each: StageSteps) -> Mrkdwn:
    """Say which steps a stage has by now, beside others that were typed for it."""
    return words(NOUN, "theirs", stage=each.stage, steps=[step.text for step in each.steps])


def lost_stage(stage: str, typed: str) -> Mrkdwn:
    """Say that a stage is gone for which steps were typed, with what was typed."""
    return words(NOUN, "lost_stage", stage=stage, steps=[line for line in typed.splitlines() if line.strip()])


@dataclass(frozen=True)
class StepGone:
    """A step that was taken out: how many deals stand in its stage, on how many it is ticked, and what may be it."""

    step: StoredStep
    standing: int
    ticked: int
    maybe: str = ""
    maybe_id: int = 0


def saved(
    team: str, found: Sequence[StageSteps], taken_out: Sequence[StepGone], undo_id: int | None
) -> Message:
    """Say what a team's steps are now, what went, and on how many deals; with the ways back."""
    count = sum(len(each.steps) for each in found)
    head = words(
        NOUN,
        "saved",
        team=team,
        steps=count,
        stages=sum(bool(each.steps) for each in found),
        is_new=undo_id is not None,
    )
    blocks: list[Block] = [section(head, undo_button(undo_id) if undo_id is not None else None)]
    plain = [words(NOUN, "taken_out", one=one) for one in taken_out if not one.maybe_id]
    blocks += line_sections(plain)
    for one in taken_out:
        if one.maybe_id:
            carried = f"{one.step.id}:{one.maybe_id}"
            blocks.append(
                section(
                    words(NOUN, "other_words", one=one), button("Same step", f"{SAME}:{carried}", carried)
                )
            )
    return message_of(blocks)


def read_same(carried: str) -> tuple[int, int]:
    """Return which step was taken out, and which one it is in other words."""
    old, _, new = carried.partition(":")
    return int(old), int(new)


def made_one(text: str, ticks: int, undo_id: int) -> Message:
    """Say that a step is another in other words, with its ticks."""
    return message_of([section(words(NOUN, "made_one", text=text, ticks=ticks), undo_button(undo_id))])


def of_team(found: Sequence[StageSteps]) -> Block:
    """Say on a team's card how many steps it has."""
    count = sum(len(each.steps) for each in found)
    return context(words(NOUN, "of_team", steps=count, stages=sum(bool(each.steps) for each in found)))


def of_week(kept: Adherence) -> Mrkdwn:
    """Say how a week's decided deals kept to the playbook, for a whole team."""
    return words(NOUN, "of_week", kept=kept)
