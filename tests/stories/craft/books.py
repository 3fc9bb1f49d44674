"""The books these examples are played with: one place that knows how deals and what was done for them are stored."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sales.followups.activity import ActivityKind
from sales.followups.followup import FollowUp, FollowUpState
from sales.followups.next_step import NextStep
from sales.pipeline.opportunity import Stage
from storage.followups.activity import ActivityRow
from storage.followups.followup import add_followup
from storage.people.leave import LeaveRow
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE
from tests.sales_story import deal
from tests.stories.pipeline.books import HERE, TODAY, days

SPOKE, NOBODY, REPLIED = "spoke", "no answer", "they replied"


class Touch(NamedTuple):
    """One thing done: `count` of a kind on a day, at an hour in Ljubljana, with what came of it."""

    on: date
    kind: str = "call"
    outcome: str = SPOKE
    count: int = 1
    at: time = time(10)


def every(step: int, first: date, last: date, kind: str = "call", outcome: str = SPOKE) -> list[Touch]:
    """A touch each so many days, weekends not looked at."""
    return [Touch(first + days(one), kind, outcome) for one in range(0, (last - first).days + 1, step)]


async def worked(
    town,
    name: str,
    touches: Iterable[Touch] = (),
    *,
    owner: str = "U1",
    opened: date | None = None,
    closed: date | None = None,
    won: bool = True,
    value: int = 4_000_00,
    next_step: NextStep = NextStep.AGREED,
    **columns,
) -> None:
    """A deal with everything that was done for it, as if it had been logged day by day."""
    stage = Stage.OPEN if closed is None else Stage.WON if won else Stage.LOST
    made = deal(owner, opened or TODAY - days(40), closed, stage, value, name)
    async with town.bot.database.write(WORKSPACE) as scope:
        row = OpportunityRow.model_validate({**made, "account": name, "stage_label": "Talking", **columns})
        scope.session.add(row)
        await scope.session.flush()
        scope.session.add_all([_row(owner, one, name, row.id, next_step) for one in touches])


async def did(town, touches: Iterable[Touch], *, owner: str = "U1", who: str | None = None) -> None:
    """What was done for no deal: bare counts, or with somebody named."""
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add_all([_row(owner, one, who, None, NextStep.UNSAID) for one in touches])


def _row(owner: str, touch: Touch, who: str | None, deal_id: int | None, step: NextStep) -> ActivityRow:
    return ActivityRow(
        workspace_id=WORKSPACE,
        owner_id=owner,
        kind=ActivityKind(touch.kind),
        count=touch.count,
        on=touch.on,
        account=who,
        outcome=touch.outcome,
        next_step=step,
        opportunity_id=deal_id,
        created_at=datetime.combine(touch.on, touch.at, tzinfo=ZoneInfo(HERE)),
    )


async def wins_touched_every(
    town, step: int, count: int, *, product: str | None = None, owner: str = "U1"
) -> None:
    """So many deals won after thirty days, each with a talk every `step` days from its first day to its last."""
    for number in range(count):
        closed = TODAY - days(3 + number)
        opened = closed - days(30)
        name = f"{product or 'Sale'} {number:02}"
        touches = every(step, opened, closed)
        await worked(town, name, touches, owner=owner, opened=opened, closed=closed, product=product)


async def promised_for(
    town, who: str, on: date, done_on: date | None = None, *, owner: str = "U1", moves: int = 0
) -> None:
    """A promise for a day, kept on another or still open."""
    made = FollowUp(owner_id=owner, who=who, what="call them", due_on=on, moves=moves)
    if done_on is not None:
        at = datetime.combine(done_on, time(15), tzinfo=ZoneInfo(HERE))
        made = FollowUp(**{**made.model_dump(), "state": FollowUpState.DONE, "settled_at": at})
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_followup(scope, made, T0)


async def on_leave(town, first: date, last: date, owner: str = "U1") -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add(LeaveRow(workspace_id=WORKSPACE, user_id=owner, first=first, last=last))


async def sells_within(
    town, cycle: int, *, owner: str = "U1", value: int = 3_000_00, weeks: int = 40, lost: bool = False
) -> None:
    """A deal won each week up to last week, each so many days after it was opened; nothing else is on record."""
    rows: list[dict] = []
    for week in range(1, weeks + 1):
        closed = TODAY - timedelta(weeks=week) + days(1)
        rows.append(deal(owner, closed - days(cycle), closed, Stage.WON, value, f"{owner} week {week}"))
        if lost:
            rows.append(deal(owner, closed - days(cycle), closed, Stage.LOST, value, f"{owner} lost {week}"))
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add_all([OpportunityRow.model_validate(one) for one in rows])


async def opens(town, names: Sequence[str], on: date, *, owner: str = "U1", value: int = 4_000_00) -> None:
    """Deals that were opened on a day and stand open."""
    async with town.bot.database.write(WORKSPACE) as scope:
        rows = [deal(owner, on, None, Stage.OPEN, value, name) for name in names]
        scope.session.add_all(
            [OpportunityRow.model_validate({**one, "account": one["name"]}) for one in rows]
        )
