"""Two entries of one deal made one: what the one that stays says, with what only the other knew."""

from sales.pipeline.opportunity import CLOSED, Opportunity, Stage
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


def merged(kept: Opportunity, gone: Opportunity) -> Opportunity:
    """Return the deal that two entries of it make: the kept one's words, and the other's where it says nothing.

    It is as old as the older of the two, and past the gate if one of them is.

    Raises:
        Refusal: where one is won or lost, or both have a value in different currencies.
    """
    for deal in (kept, gone):
        if deal.stage in CLOSED:
            raise Refusal(f"{deal.name} is {deal.stage.value}. Open deals can be made one; reopen it first.")
    if kept.currency != gone.currency and kept.value_minor and gone.value_minor:
        raise Refusal(
            f"{kept.name} is in {kept.currency} and {gone.name} in {gone.currency}. Give both one currency first."
        )
    says: dict[str, object] = {
        name: getattr(gone, name)
        for name in FILLED
        if getattr(kept, name) in (None, "") and getattr(gone, name) not in (None, "")
    }
    if not kept.value_minor and gone.value_minor:
        says |= {"value_minor": gone.value_minor, "currency": gone.currency}
    if gone.is_tender:
        says["is_tender"] = True
    if kept.stage is Stage.SUSPECT and gone.stage is not Stage.SUSPECT:
        says |= {"stage": gone.stage, "entry": gone.entry, "entry_reason": gone.entry_reason}
        says |= {"parked_until": gone.parked_until, "wakes": gone.wakes}
    if not kept.stage_label:
        says["stage_label"] = gone.stage_label
    if not kept.worth:
        says["worth"] = gone.worth
    opened = [deal.opened_on for deal in (kept, gone) if deal.opened_on is not None]
    if says.get("stage", kept.stage) is not Stage.SUSPECT and opened:
        says["opened_on"] = min(opened)
    return changed(Opportunity, kept, **says)
