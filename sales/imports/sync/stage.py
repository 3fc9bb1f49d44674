"""Stages of a CRM and what they are here: as somebody matched them once, and until then by what the CRM says itself."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sales.imports.sync.record import CrmStage, CrmStageKind
from sales.language.names.match import name_key
from sales.pipeline.opportunity import Stage
from sales.pipeline.stage import DealStage, stage_called

SUSPECT = "suspect"  # what a stage is matched to whose deals have not met the gate
KINDS: Mapping[CrmStageKind, Stage] = {
    CrmStageKind.OPEN: Stage.OPEN,
    CrmStageKind.WON: Stage.WON,
    CrmStageKind.LOST: Stage.LOST,
}


class StageHere(NamedTuple):
    """What a stage there is here, and what it is called."""

    stage: Stage
    label: str


def stage_here(stage: CrmStage, matched: Mapping[str, str], ours: Sequence[DealStage]) -> StageHere:
    """Return what a stage is here. `matched` says it by id: a stage's name of the team's, or `SUSPECT`.

    What is won or lost there is so here. An open one that nobody matched keeps its own name, unless the team has one of
    that name.
    """
    kind = KINDS[stage.kind]
    if kind is not Stage.OPEN:
        return StageHere(kind, stage.label)
    said = matched.get(stage.id)
    if said == SUSPECT:
        return StageHere(Stage.SUSPECT, stage.label)
    found = stage_called(ours, said or stage.label)
    return StageHere(Stage.OPEN, found.name if found is not None else stage.label)


def stage_there(
    label: str, stages: Iterable[CrmStage], matched: Mapping[str, str], pipeline: str
) -> CrmStage | None:
    """Return the open stage of a pipeline that a name of ours stands for; None for none, or for more than one.

    Of several that are matched to it, one of that very name is meant.
    """
    wanted = name_key(label)
    there = [one for one in stages if one.pipeline == pipeline and one.kind is CrmStageKind.OPEN]
    named = [one for one in there if name_key(one.label) == wanted and one.id not in matched]
    meant = [one for one in there if name_key(matched.get(one.id, "")) == wanted] or named
    exact = [one for one in meant if name_key(one.label) == wanted]
    found = exact or meant
    return found[0] if len(found) == 1 else None


def to_match(
    stages: Iterable[CrmStage], matched: Mapping[str, str], ours: Sequence[DealStage]
) -> list[CrmStage]:
    """Return the open stages of which somebody is asked: not matched, and no stage of that name here."""
    return [
        one
        for one in stages
        if one.kind is CrmStageKind.OPEN and one.id not in matched and stage_called(ours, one.label) is None
    ]
