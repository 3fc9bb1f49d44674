"""Stages: what a team calls the steps of an open deal, and what each needs before a deal may stand there."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlmodel import Field, SQLModel

from sales.language.names.match import name_key
from sales.pipeline.opportunity import Opportunity

MAX_STAGES = 12  # more steps than anybody tells apart
MAX_STAGE = 60  # characters of a stage's name


class StageNeed(StrEnum):
    """What a deal of a stage has to have. Late stages need who decides and what could stop it (mechanisms 24, 55)."""

    NEXT_STEP = "next_step"
    CONTACT = "contact"
    DECISION_MAKER = "decision_maker"
    OBSTACLE = "obstacle"
    PRICE = "price"
    CLOSE = "close"


class DealStage(SQLModel):
    """One step of an open deal as a team calls it; `needs` holds the words of `StageNeed`, separated by spaces."""

    name: str = Field(min_length=1, max_length=MAX_STAGE)
    needs: str = Field(default="", max_length=200)

    @property
    def needed(self) -> tuple[StageNeed, ...]:
        """What a deal needs to stand here, in the order of `StageNeed`."""
        said = set(self.needs.split())
        return tuple(need for need in StageNeed if need.value in said)


def stage_needing(name: str, *needs: StageNeed) -> DealStage:
    """Return a stage with what it needs."""
    return DealStage(name=name, needs=" ".join(need.value for need in needs))


USUAL_STAGES: tuple[DealStage, ...] = (
    stage_needing("Talking", StageNeed.NEXT_STEP),
    stage_needing("Proposal", StageNeed.NEXT_STEP, StageNeed.PRICE, StageNeed.CLOSE),
    stage_needing("Negotiation", *StageNeed),
)  # until a team names its own


def stage_called(stages: Iterable[DealStage], label: str) -> DealStage | None:
    """Return which of a team's stages a deal's label names, letter case aside; None for none of them."""
    wanted = name_key(label)
    return next((stage for stage in stages if wanted and name_key(stage.name) == wanted), None)


def stage_of(deal: Opportunity, stages: Sequence[DealStage]) -> DealStage | None:
    """Return the stage of its team's that a deal stands in; None where only its CRM knows the label, or nobody."""
    return stage_called(stages, deal.stage_label)
