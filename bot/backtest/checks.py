"""The report of the audit's checks and of halving: who was flagged, what a cut changes, whose half was right."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from textwrap import wrap

from bot.backtest.report import WIDE
from sales.audit.cut import CutCase, CutImpact
from sales.audit.flags import RULES, Flagged, FlagsOn
from sales.audit.halve import Chooser, HalvedRecord
from sales.goals.backtest.design import DAYS, LEVELS
from sales.language.figures import decimals, long_day, number, percent, plural
from sales.pipeline.likely_value import LikelyValue

HEADS = (("won ever", "< 10%"), *(("older than", one.name.removeprefix("older than ")) for one in RULES[1:]))
DAY, CELL = 16, 12  # characters of the first column and of each other
MINOR = 100  # minor units in one: a record of one currency is counted in whole ones


def checks_report(
    days: Sequence[FlagsOn], last: date, likely: LikelyValue, flat: float, cuts: Sequence[CutImpact]
) -> Iterator[str]:
    """Yield the lines of a report of checks."""
    yield from wrap(
        "Open deals that each rule flags at a month's end, and how many of those were won later. A rule is good that "
        "flags many and none that is won. “Won ever < 10%” goes by the cycle as it was known on the day.",
        WIDE,
    )
    yield ""
    yield from _table("flagged / won later", days, _flagged)
    yield ""
    yield from _table("of all later wins, a cut would have lost", days, _lost)
    yield from wrap(
        "Late days see little of what came after; an early one has a short record behind it.", WIDE
    )
    yield ""
    yield f"{plural(likely.deals, 'open deal')} on {long_day(last)}, when the record ends:"
    yield f"  likely value {whole(likely.likely)}, on paper {whole(likely.paper)}"
    yield f"  at the win rate of closed deals, whatever their age, {whole(flat)}"
    yield ""
    yield from _cuts(cuts)


def halve_report(found: Sequence[HalvedRecord]) -> Iterator[str]:
    """Yield the lines of a report of halving."""
    yield from wrap(
        "If each rep had to give half of the open deals away: which share of the value that was won by the next "
        "quarter's end lay in the half that each of these would have kept. The model goes by the chance to be won "
        "by then times the list price, or the value on record.",
        WIDE,
    )
    yield ""
    widths = (17, 8, 10, 9, 8, 8)
    yield _row("as of", ("won by", "deals", "P × list", "dearest", "newest", "random"), widths)
    for one in found:
        shares = [*(one.shares[chooser] for chooser in Chooser), one.at_random]
        cells = (long_day(one.until), number(one.deals), *map(percent, shares))
        yield _row(long_day(one.day), cells, widths)


def _table(title: str, days: Sequence[FlagsOn], cell: Callable[[Flagged, Flagged], str]) -> Iterator[str]:
    yield title
    heads = [("all", "open"), *HEADS]
    yield _cells("", [first for first, _ in heads])
    yield _cells("", [second for _, second in heads])
    for one in days:
        yield _cells(long_day(one.day), [cell(each, one.every) for each in (one.every, *one.by_rule)])


def _flagged(found: Flagged, _: Flagged) -> str:
    return f"{number(found.deals)} / {number(found.won)}"


def _lost(found: Flagged, every: Flagged) -> str:
    return percent(found.won / every.won) if every.won else "–"


def _cuts(cuts: Sequence[CutImpact]) -> Iterator[str]:
    if not cuts:
        yield from wrap(
            "What a cut does to forecasts is not told: they take two whole quarters after each other.", WIDE
        )
        return
    forecasts = plural(len(cuts[0].cases), "forecast")
    yield from wrap(
        f"What a cut does to {forecasts} ({len(DAYS)} days of each quarter, {len(LEVELS)} goals of each rep): the "
        "chance with all open deals beside the chance without those a rule flags, both halves of it weighing the same.",
        WIDE,
    )
    for one in cuts:
        yield ""
        yield f"Without deals {one.rule.name}:"
        yield f"  {percent(one.within, 1)} of chances stay within one point"
        yield (
            f"  cut {percent(one.deals)} of deals, {percent(one.value)} of value; mean change {decimals(one.mean, 3)}, "
            f"greatest {decimals(one.greatest.change, 3)}"
        )
        yield f"  Brier {decimals(one.brier_before, 4)} before, {decimals(one.brier_after, 4)} after"
    yield ""
    yield from _explained(cuts[0].greatest)


def _explained(one: CutCase) -> Iterator[str]:
    """Yield why the greatest change by the cycle's rule came about, from what the forecast had counted on."""
    case = one.case
    if not one.left_out or one.change < 0.01:
        return
    each = percent(one.wins / one.left_out, 1)
    yield from wrap(
        f"The greatest of the first, {decimals(one.change, 3)} ({percent(one.before, 1)} → {percent(one.after, 1)}): "
        f"{case.rep} on {long_day(case.today)}, {whole(case.gap)} short of "
        f"{whole(case.target)}, which was {'reached' if case.hit else 'not reached'}. It is that large "
        f"because {number(one.left_out)} of {plural(one.open, 'open deal')} are flagged at once. Each had a "
        f"chance of {each} on average to be won by {long_day(case.period.end)}; together that was "
        f"{number(one.wins)} wins worth {whole(one.worth)}. A rule looks at deals one by one; many small "
        "chances are not nothing.",
        WIDE,
    )


def whole(minor: float) -> str:
    """Return money of a record in whole units; it has one currency, which the file does not name."""
    return number(round(minor / MINOR))


def _cells(name: str, cells: Sequence[str]) -> str:
    return f"{name:<{DAY}}{''.join(f'{cell:>{CELL}}' for cell in cells)}".rstrip()


def _row(name: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"{name:<{DAY}}{''.join(f'{cell:>{width}}' for cell, width in zip(cells, widths, strict=True))}"
