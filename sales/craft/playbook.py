"""The playbook: the steps that belong to each stage of a team's deals, as its leader set them (mechanism 47).

A step that is taken out keeps what was ticked, so that it is there again where the step is put back. Nothing is stopped
by a step that is missing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from zlib import crc32

from sqlmodel import Field, SQLModel

from sales.language.names.match import fold, is_slip, name_key
from sales.language.spelling import closest
from sales.language.typed_text import clean, shorten
from sales.pipeline.opportunity import Opportunity, Stage
from sales.pipeline.stage import MAX_STAGE, DealStage, stage_called
from sales.pipeline.tender import Tender
from sales.refusal import Reading, Refusal

MAX_STEP = 75  # characters: so many stand beside a box
MOST_STEPS = 10  # of a stage: so many boxes stand in one list
EXAMPLE = "/team playbook Proposal: walk the site with them; agree the price range"
BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")  # of a list that was pasted
LINE = re.compile(r"[^\W_]|[^\x00-\u2fff]")  # what says something: a letter, a figure, a picture
NOTHING = frozenset({"none", "nothing", "no steps", "-"})  # typed to leave a stage without steps


class PlaybookStep(SQLModel):
    """One step of a stage, in its place there, since a local day; `gone_on` is when it was taken out."""

    stage: str = Field(min_length=1, max_length=MAX_STAGE)
    text: str = Field(min_length=1, max_length=MAX_STEP)
    place: int = Field(ge=0)
    since: date
    gone_on: date | None = None

    def stood_on(self, day: date) -> bool:
        """Whether it was one of the playbook's steps on a day."""
        return self.since <= day and (self.gone_on is None or self.gone_on > day)


class StoredStep(PlaybookStep):
    """A step with the id that boxes carry."""

    id: int


class StepTick(SQLModel):
    """That a step was done for a deal, known from a local day on, by whom."""

    opportunity_id: int
    step_id: int
    on: date
    by: str = Field(max_length=40)


class StageSteps(NamedTuple):
    """A stage and its steps, in their order."""

    stage: str
    steps: Sequence[StoredStep]

    @property
    def lines(self) -> str:
        """The steps as they are typed in a form."""
        return "\n".join(step.text for step in self.steps)


def by_stage(steps: Iterable[StoredStep], stages: Iterable[DealStage]) -> list[StageSteps]:
    """Return every stage of a team with the steps that belong to it now, both in their order."""
    standing = sorted((one for one in steps if one.gone_on is None), key=lambda one: (one.place, one.id))
    return [
        StageSteps(stage.name, [one for one in standing if name_key(one.stage) == name_key(stage.name)])
        for stage in stages
    ]


def stamp(found: Sequence[StageSteps]) -> str:
    """Return what tells one state of a playbook from another."""
    return f"{crc32(repr([(each.stage, each.lines) for each in found]).encode()):08x}"


# what is typed


def read_steps(typed: str, field: str | None = None) -> list[str]:
    """Return the steps that were typed, a line each, in their order; each once, none for no words.

    Raises:
        Refusal: for a step that is too long, or more than stand in one list.
    """
    found: dict[str, str] = {}
    for line in typed.splitlines():
        text = clean(BULLET.sub("", line), field=field)
        if len(text) > MAX_STEP:
            raise Refusal(
                f"“{shorten(text, 30)}” is {len(text)} characters; a step is {MAX_STEP} at most.", field=field
            )
        if LINE.search(text):
            found.setdefault(fold(text), text)
    if len(found) > MOST_STEPS:
        raise Refusal(
            f"{MOST_STEPS} steps at most for a stage; these are {len(found)}. Which ones decide it?",
            field=field,
        )
    return list(found.values())


class TypedSteps(NamedTuple):
    """A stage and the steps it gets, as they were typed in a line."""

    stage: str
    steps: Sequence[str]


def read_line(typed: str, stages: Sequence[DealStage]) -> TypedSteps:
    """Return what "Proposal: walk the site; agree the price range" says; "none" leaves a stage without steps.

    Raises:
        Refusal: where it names no stage of the team's, or no steps.
    """
    name, _, behind = typed.partition(":")
    stage = stage_called(stages, name)
    if stage is None:
        raise no_stage(name, behind, stages)
    if not behind.strip():
        raise Refusal(f"Which steps belong to {stage.name}? Type them behind a colon.", example=EXAMPLE)
    if behind.strip().casefold() in NOTHING:
        return TypedSteps(stage.name, [])
    return TypedSteps(stage.name, read_steps(behind.replace(";", "\n")))


def no_stage(name: str, behind: str, stages: Sequence[DealStage]) -> Refusal:
    """Return the refusal of steps for a stage there is none of; one that is close is offered."""
    theirs = [one.name for one in stages]
    likely = closest(name, theirs) if behind.strip() else None
    meant = f"/team playbook {likely}: {behind.strip()}"
    readings = [Reading(shorten(f"{likely}: {behind.strip()}"), meant)] if likely else []
    asked = (
        f"There is no stage “{shorten(clean(name))}”." if behind else "Which stage do these steps belong to?"
    )
    return Refusal(f"{asked} Yours: {', '.join(theirs)}.", example=EXAMPLE, readings=readings)


# what becomes of the steps


class StepChanges(NamedTuple):
    """What another list means for the steps there are.

    `kept` are those that stay, or come back, with what each says from now on; `added` are new ones. `maybe` pairs a
    step that is `gone`, by its id, with the text of one that stands in its stage instead: it may be the same.
    """

    kept: Sequence[tuple[StoredStep, PlaybookStep]]
    added: Sequence[PlaybookStep]
    gone: Sequence[StoredStep]
    maybe: Mapping[int, str]


def what_changes(held: Sequence[StoredStep], wanted: Sequence[TypedSteps], today: date) -> StepChanges:
    """Return what becomes of every step, those taken out before included, where stages get these steps from today.

    A step is known by its text, letter case and signs aside, in its own stage first and then in any other; one with a
    slip put right is the same. Steps of stages that are not among `wanted` stay as they are.
    """
    stages = {name_key(one.stage) for one in wanted}
    left = sorted(
        (one for one in held if one.gone_on is not None or name_key(one.stage) in stages),
        key=lambda one: (one.gone_on is not None, one.id),
    )
    lines = [
        PlaybookStep(stage=one.stage, text=text, place=place, since=today)
        for one in wanted
        for place, text in enumerate(one.steps)
    ]
    found: dict[int, StoredStep] = {}
    for fits in (same_there, same_anywhere, slip_there):
        for at, line in enumerate(lines):
            step = next((one for one in left if fits(one, line)), None) if at not in found else None
            if step is not None:
                found[at] = step
                left.remove(step)
    kept = [(step, again(step, lines[at], today)) for at, step in sorted(found.items())]
    added = [line for at, line in enumerate(lines) if at not in found]
    gone = [one for one in left if one.gone_on is None]
    return StepChanges(kept, added, gone, other_words(gone, added))


def same_there(step: PlaybookStep, line: PlaybookStep) -> bool:
    return name_key(step.stage) == name_key(line.stage) and fold(step.text) == fold(line.text)


def same_anywhere(step: PlaybookStep, line: PlaybookStep) -> bool:
    return fold(step.text) == fold(line.text)


def slip_there(step: PlaybookStep, line: PlaybookStep) -> bool:
    """Say whether a step that stands is a line with a slip put right."""
    return (
        step.gone_on is None
        and name_key(step.stage) == name_key(line.stage)
        and is_slip(step.text, line.text)
    )


def again(step: StoredStep, line: PlaybookStep, today: date) -> PlaybookStep:
    """Return a step as a line says it; one that was taken out before today counts from today on."""
    since = step.since if step.gone_on is None or step.gone_on >= today else today
    return PlaybookStep(stage=line.stage, text=line.text, place=line.place, since=since)


def other_words(gone: Sequence[StoredStep], added: Sequence[PlaybookStep]) -> dict[int, str]:
    """Return which steps may be others in new words: where one went and one came in the same stage."""
    found: dict[int, str] = {}
    for step in gone:
        went = [one for one in gone if name_key(one.stage) == name_key(step.stage)]
        came = [one for one in added if name_key(one.stage) == name_key(step.stage)]
        if len(went) == len(came) == 1:
            found[step.id] = came[0].text
    return found


# on a deal


class DealSteps(NamedTuple):
    """The steps of the stage a deal stands in, which of all steps are ticked, and which of earlier stages are not.

    `lacks_challenge` is that it is a tender of which nobody said what we would challenge (mechanism 46).
    """

    stage: str
    steps: Sequence[StoredStep]
    ticks: Mapping[int, StepTick]
    earlier: Sequence[StoredStep] = ()
    lacks_challenge: bool = False

    @property
    def missing(self) -> list[StoredStep]:
        return [step for step in self.steps if step.id not in self.ticks]

    @property
    def says_something(self) -> bool:
        """Whether there is anything of a playbook to show on the deal."""
        return bool(self.steps or self.earlier or self.lacks_challenge)


def steps_of_deal(
    deal: Opportunity,
    found: Sequence[StageSteps],
    ticks: Mapping[int, StepTick],
    tender: Tender | None = None,
) -> DealSteps | None:
    """Return where an open deal stands in its team's playbook; None where there is nothing to say.

    A deal in no stage of its team's has no steps of one; as a tender it has its challenge all the same.
    """
    if deal.stage is not Stage.OPEN or not any(each.steps for each in found):
        return None
    at = place_of(deal.stage_label, found)
    before = [step for each in found[: at or 0] for step in each.steps]
    shown = DealSteps(
        found[at].stage if at is not None else "",
        found[at].steps if at is not None else (),
        ticks,
        [step for step in before if step.id not in ticks],
        deal.is_tender and not (tender is not None and tender.challenge),
    )
    return shown if shown.says_something else None


def place_of(label: str, found: Sequence[StageSteps]) -> int | None:
    """Return the place of the stage that a label names, None for none of them."""
    return next(
        (at for at, each in enumerate(found) if label and name_key(each.stage) == name_key(label)), None
    )


def left_open(
    was: str, now: str, found: Sequence[StageSteps], is_ticked: Callable[[int], object]
) -> list[StoredStep]:
    """Return which steps a deal left unticked that went on from one stage to a later one, those in between included.

    Going back leaves nothing.
    """
    first, last = place_of(was, found), place_of(now, found)
    if first is None or last is None:
        return []
    return [step for each in found[first:last] for step in each.steps if not is_ticked(step.id)]
