"""A team's stages as a manager types them, one a line, and what becomes of deals when the list is another (23)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sales.language.names.match import name_key
from sales.language.typed_text import clean, shorten
from sales.pipeline.stage import MAX_STAGE, MAX_STAGES, DealStage, StageNeed, stage_needing
from sales.refusal import Refusal

FIELD = "stages"  # of the form
EVERYTHING = "everything"
SAID: Mapping[StageNeed, str] = {
    StageNeed.NEXT_STEP: "next step",
    StageNeed.CONTACT: "contact",
    StageNeed.DECISION_MAKER: "who decides",
    StageNeed.OBSTACLE: "what could stop it",
    StageNeed.PRICE: "price",
    StageNeed.CLOSE: "closing day",
}  # how a need is read and typed
ALSO: Mapping[str, StageNeed] = {
    "a next step": StageNeed.NEXT_STEP,
    "contacts": StageNeed.CONTACT,
    "decision maker": StageNeed.DECISION_MAKER,
    "obstacle": StageNeed.OBSTACLE,
    "obstacles": StageNeed.OBSTACLE,
    "value": StageNeed.PRICE,
    "amount": StageNeed.PRICE,
    "close": StageNeed.CLOSE,
    "close date": StageNeed.CLOSE,
    "closing date": StageNeed.CLOSE,
}
READ: Mapping[str, StageNeed] = {**{said: need for need, said in SAID.items()}, **ALSO}


def needs_said(stage: DealStage) -> str:
    """Return what a stage needs, as it is typed: "next step, price"; empty for nothing."""
    if len(stage.needed) == len(StageNeed):
        return EVERYTHING
    return ", ".join(SAID[need] for need in stage.needed)


def written(stages: Sequence[DealStage]) -> str:
    """Return stages as they are typed: one a line, what each needs behind a colon."""
    return "\n".join(map(line_of, stages))


def line_of(stage: DealStage) -> str:
    """Return one stage as it is typed; a name with a colon has one more behind it."""
    said = needs_said(stage)
    if said:
        return f"{stage.name}: {said}"
    return f"{stage.name}:" if ":" in stage.name else stage.name


def read_stages(typed: str) -> list[DealStage]:
    """Return the stages that were typed, in their order.

    Raises:
        Refusal: for none, too many, two of one name, a name that is too long, or a need there is none of.
    """
    found: list[DealStage] = []
    for line in filter(str.strip, typed.splitlines()):
        before, _, behind = line.rpartition(":") if ":" in line else (line, "", "")
        name = clean(before, MAX_STAGE, FIELD)
        if not name:
            raise Refusal("A stage needs a name before the colon.", field=FIELD)
        stage = stage_needing(name, *read_needs(behind))
        if any(name_key(one.name) == name_key(stage.name) for one in found):
            raise Refusal(f"{stage.name} stands there twice.", field=FIELD)
        found.append(stage)
    if not found:
        raise Refusal("A team has at least one stage.", field=FIELD)
    if len(found) > MAX_STAGES:
        raise Refusal(f"{MAX_STAGES} stages at most; more, nobody tells apart.", field=FIELD)
    return found


def read_needs(typed: str) -> tuple[StageNeed, ...]:
    """Return what was typed that a stage needs.

    Raises:
        Refusal: for a word that is none of the needs.
    """
    said = [" ".join(one.split()).casefold() for one in typed.split(",") if one.strip()]
    if said == [EVERYTHING]:
        return tuple(StageNeed)
    if unknown := [one for one in said if one not in READ]:
        offered = ", ".join(SAID.values())
        raise Refusal(
            f"“{shorten(unknown[0])}” is nothing a stage can need. Choose from: {offered}.", field=FIELD
        )
    return tuple(READ[one] for one in said)


class StagesMoved(NamedTuple):
    """What another list of stages means for deals: `renamed` from label to label, `gone` those deals stand in."""

    renamed: dict[str, str]
    gone: list[str]


def what_moves(before: Sequence[str], after: Sequence[DealStage], standing: Mapping[str, int]) -> StagesMoved:
    """Return which stages were renamed, and which are gone while deals stand in them.

    `before` are the labels that were shown, `standing` how many deals stand in each. A label that is another in a list
    of as many, all others in their places, is a new name for the same stage; one that is missing else is gone.
    """
    old, new = [name_key(one) for one in before], [name_key(one.name) for one in after]
    same_places = len(old) == len(new) and all(
        one == other or (one not in new and other not in old) for one, other in zip(old, new, strict=True)
    )
    renamed = (
        {label: stage.name for label, stage in zip(before, after, strict=True) if label != stage.name}
        if same_places
        else {}
    )
    gone = [
        label
        for label, key in zip(before, old, strict=True)
        if key not in new and label not in renamed and standing.get(label, 0)
    ]
    return StagesMoved(renamed, gone)
