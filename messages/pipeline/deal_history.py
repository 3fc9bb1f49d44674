"""The history of a deal in a form: every change with its day, what it was before, and whose doing it is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from messages.blocks import Block, context, joined, line_sections, modal_of, section
from messages.formatting import Mrkdwn, words
from sales.language.figures import between_days, long_day, money
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.obstacle import CUT
from sales.pipeline.opportunity import StoredOpportunity
from sales.pipeline.price_cut import wish_read

OPEN = "deal_history.open"
NOUN = "pipeline/deal_history"
MOST_BY_OTHERS = 5  # lines; the others are in the deals' histories
MOST = 60  # lines; who reads further back asks a report
AMOUNTS = frozenset({DealField.VALUE, DealField.LIST_PRICE})
DAYS = frozenset({DealField.EXPECTED, DealField.OPENED, DealField.CLOSED, DealField.PARKED_UNTIL})


def form(
    deal: StoredOpportunity, changes: Sequence[DealChange], people: Mapping[str, str], today: date
) -> dict[str, Any]:
    """Show what a deal said before, the newest first; `people` are how those who changed it are called."""
    shown = list(reversed(changes))[:MOST]
    head = section(words(NOUN, "head", deal=deal, count=len(changes)))
    blocks = [head, *line_sections([line(deal, one, people.get(one.by, ""), today) for one in shown])]
    if len(changes) > len(shown):
        blocks.append(context(words(NOUN, "more", count=len(changes) - len(shown))))
    return modal_of("History", blocks, close="Close")


class InCurrency(Protocol):
    """What has its amounts in one currency."""

    @property
    def currency(self) -> str: ...


def by_others(found: Sequence[tuple[str, Mrkdwn]]) -> list[Block]:
    """Say what others changed on somebody's deals: a deal's name and the line of its history each, the newest first."""
    lines = [words(NOUN, "of_deal", name=name, line=one) for name, one in found[:MOST_BY_OTHERS]]
    if len(found) > MOST_BY_OTHERS:
        lines.append(words(NOUN, "more_by_others", count=len(found) - MOST_BY_OTHERS))
    return [section(joined([words(NOUN, "by_others"), *lines]))]


def line(deal: InCurrency, change: DealChange, by: str, today: date) -> Mrkdwn:
    """Return one change: "14 Sep: $6,000, was $4,000 (you)"."""
    was, now = (said(change.what, one, deal.currency, today) for one in (change.was, change.now))
    return words(
        NOUN,
        "line",
        day=between_days(change.since, change.on, today),
        what=change.what.value,
        was=was,
        now=now,
        raw=change.now,
        by=by,
        moved_by=change.moved_by.value if change.moved_by else "",
    )


def said(what: DealField, held: str, currency: str, today: date) -> str:
    """Return what a column held, as people read it; empty for nothing."""
    if held and what in AMOUNTS:
        return money(int(held), currency) if int(held) else ""
    if held and what in DAYS:
        return long_day(date.fromisoformat(held), today)
    if held and what is DealField.DISCOUNT:
        word, minor, reason = wish_read(held)
        return str(words(NOUN, "wish", word=word, price=money(minor, currency), reason=reason))
    if held and what is DealField.OBSTACLE:
        due, _, named = held.partition(CUT)
        return f"{named}, until {long_day(date.fromisoformat(due), today)}" if due else named
    return held
