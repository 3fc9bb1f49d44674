"""Two entries of one deal: the form that makes them one, and what the card says once they are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from messages.blocks import field_input, joined, modal_of, section
from messages.elements import Option, option, select_menu
from messages.formatting import Mrkdwn, words
from sales.language.figures import short_money
from sales.pipeline.merge import MergeTerms, left_out, merged
from sales.pipeline.opportunity import CLOSED, Opportunity, Stage, StoredOpportunity

OPEN = "merge.open"
SAVE = "merge.save"  # the form's callback
OTHER = "other"
MOST = 100  # options of a menu, Slack's limit


def form(
    deal: StoredOpportunity,
    others: Sequence[StoredOpportunity],
    terms: MergeTerms,
    today: date,
    private: str,
) -> dict[str, Any]:
    """Ask which deal is the same business; the one whose card it is stays."""
    offered = [option_of(deal, one, terms, today) for one in others[:MOST]]
    fields = [
        section(joined([intro(deal), below()])),
        field_input("Which deal is the same business?", select_menu("chosen", offered), OTHER),
    ]
    return modal_of("Merge deals", fields, callback_id=SAVE, submit="Make them one", private=private)


def intro(deal: Opportunity) -> Mrkdwn:
    """Say which deal stays, and what comes with it."""
    return words("pipeline/merge", "intro", deal=deal)


def below() -> Mrkdwn:
    """Say where it stands what two deals make."""
    return words("pipeline/merge", "below")


def option_of(deal: Opportunity, other: StoredOpportunity, terms: MergeTerms, today: date) -> Option:
    """Return a deal to choose, and below it what the two make."""
    value = short_money(other.value_minor, other.currency)
    return option(f"{other.name} · {value}", str(other.id), str(makes(deal, other, terms, today)))


def makes(deal: Opportunity, other: Opportunity, terms: MergeTerms, today: date) -> Mrkdwn:
    """Return what two deals make: value, stage, close and age of the one; empty where one is closed by now."""
    if deal.stage in CLOSED or other.stage in CLOSED:
        return Mrkdwn("")
    return words("pipeline/merge", "makes", one=merged(deal, other, terms), today=today)


def done(kept: Opportunity, was: Opportunity, gone: Opportunity, *, both_imported: bool) -> Mrkdwn:
    """Say that two deals are one, and what of either it does not say; `was` is the one that stays, before."""
    is_price_kept = was.stage is not Stage.SUSPECT and 0 < was.value_minor < kept.value_minor
    return words(
        "pipeline/merge",
        "done",
        kept=kept,
        was=was,
        gone=gone,
        left=[(gone, left_out(kept, gone)), (was, left_out(kept, was))],
        is_price_kept=is_price_kept,
        both_imported=both_imported,
    )
