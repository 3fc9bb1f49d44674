"""The registry of checks: one function and one entry each, the gravest first."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from sales.audit.answer import AnswerKind
from sales.audit.check import beside, close, order
from sales.audit.check.finding import AuditCheck, AuditKnown, CheckSort, DealFinding, Mend
from sales.pipeline.deal_facts import DealFacts

CHECKS: tuple[AuditCheck, ...] = (
    AuditCheck(
        "too_old", "Too old", "of deals as old as it fewer than one in ten were ever won",
        CheckSort.FORETELLS, 20, close.too_old, settles_all=True,
    ),
    AuditCheck(
        "close_is_over", "Close is over", "the day it was to close on has passed",
        CheckSort.FORETELLS, 23, close.close_is_over, Mend.CLOSE,
    ),
    AuditCheck(
        "impossible_close", "Impossible close", "it is to close at an age at which deals are hardly ever won",
        CheckSort.FORETELLS, 23, close.impossible_close, Mend.CLOSE,
    ),
    AuditCheck(
        "pulled_forward", "Pulled forward", "its close came forward in the last days of a quarter",
        CheckSort.FORETELLS, 62, close.pulled, Mend.MOVED_BY,
    ),
    AuditCheck(
        "pushed", "Pushed", "its close was moved out two times or more",
        CheckSort.FORETELLS, 23, close.pushed, Mend.CLOSE, is_of_the_past=True,
    ),
    AuditCheck(
        "twice_there", "There twice", "another open deal looks like the same business",
        CheckSort.ORDER, 20, beside.twice_there, Mend.MERGE,
    ),
    AuditCheck(
        "carries_the_goal", "Carries the goal", "half of what a goal still needs hangs on it",
        CheckSort.ORDER, 20, beside.carries_the_goal,
    ),
    AuditCheck(
        "gone_quiet", "Gone quiet", "nothing happened on it for three weeks, and nothing is planned",
        CheckSort.FORETELLS, 77, beside.gone_quiet, Mend.NEXT_STEP,
    ),
    AuditCheck(
        "no_decision_maker", "No decision maker", "it is late and nobody who decides is named",
        CheckSort.ORDER, 55, order.no_decision_maker, Mend.DECISION_MAKER,
    ),
    AuditCheck(
        "obstacle_is_overdue", "Obstacle overdue", "what could stop it should be out of the way by now",
        CheckSort.ORDER, 24, order.obstacle_is_overdue, Mend.OVERDUE,
    ),
    AuditCheck(
        "no_obstacle", "No obstacle", "it is late and nobody said what could stop it",
        CheckSort.ORDER, 24, order.no_obstacle, Mend.OBSTACLE,
    ),
    AuditCheck(
        "no_next_step", "No next step", "nothing is agreed next",
        CheckSort.ORDER, 59, order.no_next_step, Mend.NEXT_STEP,
    ),
    AuditCheck(
        "no_price", "No price", "nobody put a value on it",
        CheckSort.ORDER, 20, order.no_price, Mend.PRICE,
    ),
)  # fmt: skip

BY_KEY: Mapping[str, AuditCheck] = {check.key: check for check in CHECKS}
RANK: Mapping[str, int] = {check.key: rank for rank, check in enumerate(CHECKS)}
NOTHING_SILENT: Mapping[tuple[int, str], AnswerKind] = MappingProxyType({})


def findings_of(
    deals: Iterable[DealFacts],
    known: AuditKnown,
    silent: Mapping[tuple[int, str], AnswerKind] = NOTHING_SILENT,
    off: Collection[str] = (),
) -> list[DealFinding]:
    """Return what the checks say of open deals, a deal's findings together: the gravest deals first, then the dearest.

    `silent` are pairs of a deal and a check that somebody has answered, and how; `off` are checks that are switched off
    or retired.
    """
    every = [of_deal(facts, known, silent, off) for facts in deals]
    every = sorted((one for one in every if one), key=lambda one: place(one[0]))
    return [finding for one in every for finding in one if finding.key not in silent]


def of_deal(
    facts: DealFacts,
    known: AuditKnown,
    silent: Mapping[tuple[int, str], AnswerKind],
    off: Collection[str],
) -> list[DealFinding]:
    """Return what the checks say of one deal, answered or not, the gravest first.

    Of one that looks dead nothing else is asked, nor while it is kept as it is. Who knows why it is so old works it, so
    that the other checks speak.
    """
    found: list[DealFinding] = []
    for check in CHECKS:
        said = check.evaluate(facts, known) if check.key not in off else None
        if said is not None:
            found.append(DealFinding(check, facts, *said))
            if check.settles_all and silent.get(found[-1].key) is not AnswerKind.KNOWN:
                break
    return found


def place(finding: DealFinding) -> tuple[int, int, int]:
    """Return where a deal stands by its gravest finding; no answer moves it, so that none is passed over."""
    deal = finding.deal
    return RANK[finding.check.key], -deal.value_minor, deal.id


def is_dead(facts: DealFacts, known: AuditKnown) -> bool:
    """Say whether a deal is so old that it is hardly ever won."""
    return close.too_old(facts, known) is not None
