"""Two entries of one deal made one: what the one that stays says, with what only the other knew."""

from collections.abc import Sequence
from typing import NamedTuple

from sales.pipeline.opportunity import CLOSED, Opportunity, Stage
from sales.pipeline.stage import DealStage, stage_called
from sales.refusal import Refusal
from sales.value import changed

FILLED = (
    "account",
    "product",
    "source",
    "expected_on",
    "list_price_minor",
    "external_id",
)  # where it says nothing


class MergeTerms(NamedTuple):
    """What two deals are made one under: the stages of their team, and whether no price may be lowered by it."""

    stages: Sequence[DealStage] = ()
    keeps_price: bool = False


AS_USUAL = MergeTerms()


def merged(kept: Opportunity, gone: Opportunity, terms: MergeTerms = AS_USUAL) -> Opportunity:
    """Return the deal that two entries of it make: the kept one's words, and the other's where it says nothing.

    It is as old as the older of the two, past the gate if one of them is, and stands in the later of their stages.
    What a suspect is said to be worth is a guess: beside a deal that is past the gate that one's value stays.

    Raises:
        Refusal: where one is won or lost.
    """
    for deal in (kept, gone):
        if deal.stage in CLOSED:
            raise Refusal(f"{deal.name} is {deal.stage.value}. Open deals can be made one; reopen it first.")
    says: dict[str, object] = {
        name: getattr(gone, name)
        for name in FILLED
        if getattr(kept, name) in (None, "") and getattr(gone, name) not in (None, "")
    }
    if kept.currency != gone.currency:
        says.pop("list_price_minor", None)  # minor units of the other's currency
    priced = priced_by(kept, gone, keeps_price=terms.keeps_price)
    says |= {"value_minor": priced.value_minor, "currency": priced.currency}
    if gone.is_tender:
        says["is_tender"] = True
    if kept.stage is Stage.SUSPECT and gone.stage is not Stage.SUSPECT:
        says |= {"stage": gone.stage, "entry": gone.entry, "entry_reason": gone.entry_reason}
        says |= {"parked_until": gone.parked_until, "wakes": gone.wakes}
    says["stage_label"] = later_stage(kept.stage_label, gone.stage_label, terms.stages)
    if not kept.worth:
        says["worth"] = gone.worth
    opened = [deal.opened_on for deal in (kept, gone) if deal.opened_on is not None]
    if says.get("stage", kept.stage) is not Stage.SUSPECT and opened:
        says["opened_on"] = min(opened)
    return changed(Opportunity, kept, **says)


def priced_by(kept: Opportunity, gone: Opportunity, *, keeps_price: bool = False) -> Opportunity:
    """Return whose value stays of two deals made one: the kept one's, unless it says none or only guesses.

    Where no price may be lowered, it is the higher of the two that somebody was offered.
    """
    if not (kept.value_minor and gone.value_minor):
        return kept if kept.value_minor or not gone.value_minor else gone
    if gone.stage is Stage.SUSPECT:
        return kept
    if kept.stage is Stage.SUSPECT:
        return gone
    is_lowered = kept.currency == gone.currency and kept.value_minor < gone.value_minor
    return gone if keeps_price and is_lowered else kept


def left_out(one: Opportunity, gone: Opportunity) -> list[str]:
    """Return what the deal that goes said of value, stage and close and the `one` that was made does not say."""
    fields = {
        "value_minor": (gone.value_minor, gone.currency) != (one.value_minor, one.currency),
        "stage_label": gone.stage_label != one.stage_label,
        "expected_on": gone.expected_on != one.expected_on,
    }
    return [name for name, is_other in fields.items() if is_other and getattr(gone, name)]


def later_stage(kept: str, gone: str, stages: Sequence[DealStage]) -> str:
    """Return in which of two stages one deal stands: the later of those its team knows, else the kept one's."""
    places = {stage.name: place for place, stage in enumerate(stages)}
    known = [one for one in (kept, gone) if stage_called(stages, one) is not None]

    def place(label: str) -> int:
        stage = stage_called(stages, label)
        return places[stage.name] if stage is not None else -1

    return max(known, key=place, default=kept or gone)
