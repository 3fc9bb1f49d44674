"""What moved a chance and what would: the model run again, for goals of any metric."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sales.goals.forecast.drivers import Driver, Moved, Stand, moved
from sales.goals.forecast.question import Question
from sales.goals.forecast.record import DealRecord, OwnOpenDeal
from sales.goals.forecast.what_if import LEAST_GAIN, Move, Step, moves
from sales.goals.goal import Metric
from sales.goals.goal_chance import QUIET_AFTER

NAMES_SHOWN = 3


def moved_since(before: Question, now: Question) -> tuple[Moved, ...]:
    """Return what moved P(hit) between two questions about one goal, in a fixed order."""
    if before.is_of_deals:
        assert before.record.known is not None
        assert now.record.known is not None
        return moved(
            Stand(before.record.known, before.target, before.done),
            Stand(now.record.known, now.target, now.done),
            now.rep,
            now.period,
            in_deals=now.in_deals,
            fiscal_year_start=now.fiscal_year_start,
            weights=now.weights,
        )
    later = replace(before, today=now.today)
    done = Driver.OPENED if now.goal.metric is Metric.OPPORTUNITIES_CREATED else Driver.DONE
    runs = (
        (Driver.TIME, later),
        (done, replace(later, done=now.done)),
        (Driver.TARGET, replace(later, done=now.done, target=now.target)),
        (Driver.RECORD, now),
    )
    chance, found = before.answer().chance, list[Moved]()
    for driver, asked in runs:
        after = asked.answer().chance
        if chance is None or after is None:
            return ()
        found.append(Moved(driver, chance, after))
        chance = after
    return tuple(found)


def best(
    now: Question,
    own: Sequence[OwnOpenDeal],
    quiet: Sequence[DealRecord],
    by: date | None,
    count: int | None = None,
) -> tuple[Move | None, tuple[str, ...]]:
    """Return the one action that would raise P(hit) most, and what the rep calls its deals; None where none would.

    Activities have no action but themselves, which the pace says already. `count` as for `moves`.
    """
    if now.is_of_deals:
        assert now.record.known is not None
        ahead = now.record.known.ahead(now.period, now.fiscal_year_start, weights=now.weights)
        gap = now.target - now.done
        loose = [deal.record for deal in own if is_loose(deal, now.period.end)]
        found = moves(
            ahead, now.rep, gap, in_deals=now.in_deals, by=by, quiet=quiet, count=count, loose=loose
        )
        return about_own(found[0], own, now.today) if found else (None, ())
    past = now.record.past
    if now.goal.metric is not Metric.OPPORTUNITIES_CREATED or past is None:
        return None, ()
    days = past.days_of(now.rep)
    count = count or (max(1, round(7 * past.counts.get(now.rep, 0) / days)) if days else 1)
    chance, before = replace(now, done=now.done + count).answer().chance, now.answer().chance
    if chance is None or before is None or chance - before < LEAST_GAIN:
        return None, ()
    return Move(Step.OPEN, chance, chance - before, (), count), ()


def about_own(found: Move, own: Sequence[OwnOpenDeal], today: date) -> tuple[Move | None, tuple[str, ...]]:
    """Return a move with what the rep calls its deals, each of their own once, and for how long they are quiet."""
    rest, meant = list(own), list[OwnOpenDeal]()
    for record in found.deals[:NAMES_SHOWN]:
        deal = next((deal for deal in rest if deal.record == record), None)
        if deal is not None:
            rest.remove(deal)
            meant.append(deal)
    quiet = min((quiet_days(deal, today) for deal in meant), default=0)
    return replace(found, quiet_days=quiet), tuple(deal.name for deal in meant)


def is_loose(deal: OwnOpenDeal, end: date) -> bool:
    """Say whether something can be done about a deal for a period that ends then.

    Not where a next step is agreed already, nor where the customer buys later than that.
    """
    return not deal.has_step and (deal.expected_on is None or deal.expected_on <= end)


def is_quiet(deal: OwnOpenDeal, today: date) -> bool:
    """Say whether nobody logged a contact with a deal's customer for two weeks."""
    return quiet_days(deal, today) >= QUIET_AFTER


def quiet_days(deal: OwnOpenDeal, today: date) -> int:
    """Return for how many days nobody logged a contact with a deal's customer, or it has been open without any.

    Of one that was imported that is known from the import on.
    """
    days = [deal.touched_on or deal.record.opened_on, deal.imported_on]
    since = max((day for day in days if day is not None), default=None)
    return (today - since).days if since is not None else 0
