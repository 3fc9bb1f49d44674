"""1:1 packs: which came to whom and what their facts read like, and what there is to tell of a rep (6, 81, 82).

A pack counts once it came: of one that did not, what it would have told is still to be told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlmodel import Field, UniqueConstraint, col, select

from sales.coaching.agenda import Pair
from sales.coaching.one_on_one import LOOK_BACK, RepWeek
from sales.coaching.pack import (
    MOST_NAMES,
    PACK,
    PackFact,
    PackFactKind,
    SentPack,
    WellDone,
    idle_fact,
    touches_fact,
)
from sales.followups.followup import FollowUpState, Owes
from sales.language.dates.period import DaySpan
from sales.language.figures import money
from sales.nudges.ledger import RAN_OUT, DeliveryState, delivery_id
from sales.pipeline.deal_history import DealField
from sales.pipeline.opportunity import Stage
from storage.coaching.agenda import agreed_among
from storage.engines.statement import Rows, given
from storage.followups.followup import FollowUpRow, kept_between, open_between
from storage.nudges.ledger.rows import deliveries
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.debrief import losses_between
from storage.pipeline.opportunity import OpportunityRow, wins_between
from storage.scope import Scope

DAY = timedelta(days=1)
NOT_COME = frozenset({DeliveryState.SKIPPED, DeliveryState.SUPERSEDED, DeliveryState.DEAD})


class SentPackRow(SentPack, table=True):
    """The last pack of each pair, which comes or was to come."""

    __tablename__ = "sent_pack"
    __table_args__ = (
        UniqueConstraint("workspace_id", "manager_id", "rep_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


LAST = Rows(
    SentPackRow,
    given(SentPackRow.workspace_id),
    given(SentPackRow.manager_id),
    given(SentPackRow.rep_id),
)


async def sent_packs(scope: Scope, manager_id: str) -> dict[str, SentPackRow]:
    """Return the last pack of each rep that came to a manager, by the rep's id."""
    statement = select(SentPackRow).where(
        SentPackRow.workspace_id == scope.workspace_id, SentPackRow.manager_id == manager_id
    )
    return {row.rep_id: row for row in await scope.session.exec(statement)}


def key_of(workspace_id: str, pair: Pair, on: date) -> str:
    """Return the occurrence key of the pack that comes of a pair on a day."""
    return f"{PACK}:{workspace_id}:{pair.manager_id}:{pair.rep_id}:{on}"


def pair_of(pack: SentPack) -> Pair:
    return Pair(rep_id=pack.rep_id, manager_id=pack.manager_id)


async def last_pack(scope: Scope, pair: Pair) -> SentPack | None:
    """Return the last pack of a pair that came; None before the first."""
    row = await scope.first(LAST, manager_id=pair.manager_id, rep_id=pair.rep_id)
    return (await came(scope, [row]))[row.rep_id].pack if row is not None else None


class CamePack(NamedTuple):
    """The last pack of a pair that came, None before the first; and whether a later one ran out of its time."""

    pack: SentPack | None
    missed: bool = False


async def came(scope: Scope, rows: Iterable[SentPackRow]) -> dict[str, CamePack]:
    """Return, by the rep's id, the last pack that came: of one that did not, the one before it."""
    by_id = {delivery_id(key_of(scope.workspace_id, pair_of(row), row.on)): row for row in rows}
    found = {row.rep_id: CamePack(row) for row in by_id.values()}
    for sent in await deliveries(scope, list(by_id)):
        if sent.state in NOT_COME:
            pair, before = pair_of(by_id[sent.id]), sent.intent["last"]
            found[pair.rep_id] = CamePack(before_it(pair, before), sent.last_error == RAN_OUT)
    return found


def before_it(pair: Pair, before: Mapping[str, Any]) -> SentPack | None:
    """Return the pack before one, as that one's message keeps it; None where it was the first."""
    return SentPack.model_validate({**pair.model_dump(), **before}) if before else None


async def note_sent(scope: Scope, pair: Pair, row: SentPackRow | None, on: date, told: str) -> None:
    """Store that a pack comes on a day, in place of the last one, and the marks of what is told by then."""
    if row is None:
        row = SentPackRow(
            workspace_id=scope.workspace_id,
            rep_id=pair.rep_id,
            manager_id=pair.manager_id,
            on=on,
            first_on=on,
        )
    row.on, row.told = on, told
    scope.session.add(row)
    await scope.session.flush()


async def well_done(scope: Scope, rep_id: str, span: DaySpan, today: date) -> WellDone:
    """Return what somebody won and kept on some days; what is due today is not over yet."""
    wins = await wins_told(scope, [rep_id], span)
    counts = await kept_between(scope, [rep_id], span.first, min(span.last, today - DAY))
    return WellDone(wins, *counts.get(rep_id, (0, 0)))


async def wins_told(scope: Scope, rep_ids: Collection[str], span: DaySpan) -> list[tuple[str, str]]:
    """Return what these people won on some days, each deal by its name with its value."""
    found = await wins_between(scope, rep_ids, span.first, span.last)
    return [(row.name, money(row.value_minor, row.currency)) for row in found]


async def facts_of(scope: Scope, week: RepWeek, span: DaySpan, today: date) -> list[PackFact]:
    """Return what there is to tell of somebody and of some days, whether or not it was told before."""
    found = [
        *await deal_facts(scope, week.user_id, span.first, span.last),
        *await promise_facts(scope, week.user_id, today),
        *chance_facts(week),
        idle_fact(week, today),
        touches_fact(week) if today - span.first <= timedelta(days=LOOK_BACK) else None,
    ]
    return [one for one in found if one is not None]


async def deal_facts(scope: Scope, rep_id: str, first: date, last: date) -> Iterator[PackFact]:
    """Return what was lost, put off and opened between two days, and which suspects there are."""
    lost = [row.name for row in await losses_between(scope, [rep_id], first, last)]
    opened = await opened_between(scope, rep_id, first, last)
    suspects = await suspects_of(scope, rep_id)
    pushed = await pushed_between(scope, rep_id, first, last)
    return (
        PackFact(kind, tuple(names[:MOST_NAMES]), count=len(names))
        for kind, names in (
            (PackFactKind.LOST, lost),
            (PackFactKind.PUSHED, pushed),
            (PackFactKind.OPENED, opened),
            (PackFactKind.SUSPECTS, suspects),
        )
        if names
    )


async def opened_between(scope: Scope, rep_id: str, first: date, last: date) -> list[str]:
    """Return the names of deals that somebody opened between two days and has still, suspects aside."""
    statement = select(OpportunityRow.name).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        OpportunityRow.owner_id == rep_id,
        OpportunityRow.stage == Stage.OPEN,
        col(OpportunityRow.opened_on).between(first, last),
    )
    return list(await scope.session.exec(statement.order_by(col(OpportunityRow.id))))


async def suspects_of(scope: Scope, rep_id: str) -> list[str]:
    """Return the names of somebody's suspects, the newest first; no day is known on which one was noted."""
    statement = select(OpportunityRow.name).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        OpportunityRow.owner_id == rep_id,
        OpportunityRow.stage == Stage.SUSPECT,
    )
    return list(await scope.session.exec(statement.order_by(col(OpportunityRow.id).desc())))


async def pushed_between(scope: Scope, rep_id: str, first: date, last: date) -> list[str]:
    """Return the names of somebody's open deals whose close was put off between two days."""
    statement = (
        select(OpportunityRow.name, DealChangeRow.was, DealChangeRow.now)
        .join(DealChangeRow, col(DealChangeRow.opportunity_id) == col(OpportunityRow.id))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            OpportunityRow.owner_id == rep_id,
            OpportunityRow.stage == Stage.OPEN,
            DealChangeRow.what == DealField.EXPECTED,
            col(DealChangeRow.on).between(first, last),
        )
        .order_by(col(DealChangeRow.id))
    )
    found = await scope.session.exec(statement)
    return list(dict.fromkeys(name for name, was, now in found if was and now > was))


async def promise_facts(scope: Scope, rep_id: str, today: date) -> list[PackFact]:
    """Return what somebody has promised and not kept, the oldest by name; what two agreed on stands by itself."""
    rows: list[FollowUpRow] = await open_between(scope, rep_id, date.min, today - DAY)
    late = [one for one in rows if one.owes is Owes.ME and one.state is FollowUpState.OPEN]
    agreed = await agreed_among(scope, [one.id for one in late])
    late = [one for one in late if one.id not in agreed]
    if not late:
        return []
    return [PackFact(PackFactKind.PROMISES, (late[0].who,), count=len(late), on=late[0].due_on)]


def chance_facts(week: RepWeek) -> list[PackFact]:
    """Return the chance of the goal that decides, where it reads otherwise than a week ago."""
    goal = week.goal
    if goal is None or goal.chance is None or goal.chance.is_settled or goal.asks_start:
        return []
    now, before = goal.chance.forecast.figure, goal.chance.figure_before
    return [PackFact(PackFactKind.CHANCE, was=before, now=now)] if now and before and now != before else []
