"""A record of sales for tests: some hundred deals of three reps, drawn once, so that the same figures come out."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import insert

from playground.visitor.person import Visitor
from sales.goals.goal import Goal
from sales.goals.starting_balance import BalanceState, StartingBalance
from sales.pipeline.opportunity import Stage
from storage.goals.starting_balance import answer_balance
from storage.pipeline.opportunity import OpportunityRow, Typed
from storage.scope import Scope
from tests.known import T0, WORKSPACE
from tests.story_workspace import StoryWorkspace

FIRST = date(2025, 1, 6)
PRODUCTS = ("GTX", "MG")


def by_hand(now: datetime = T0) -> Typed:
    """Return who changes a deal in a test of storage: Ana, on the day of an instant."""
    return Typed("U1", now, now.date())


async def opens_deal(person: Visitor, line: str, channel: str | None = None) -> list[str]:
    """Type a deal and let it past the entry gate, so that it is open; return what is seen of it then."""
    await person.says(line, channel=channel)
    await person.clicks("Count it anyway…", where=channel)
    await person.fills("Why does it count?", "They asked for a quote")
    await person.submits()
    return person.sees(channel)[-1:]


def deal(
    owner: str,
    opened: date | None,
    closed: date | None = None,
    stage: Stage = Stage.OPEN,
    value: int = 3_000_00,
    name: str = "A deal",
    product: str | None = None,
) -> dict[str, Any]:
    return {
        "workspace_id": WORKSPACE,
        "name": name,
        "owner_id": owner,
        "product": product,
        "stage": stage,
        "value_minor": value,
        "opened_on": opened,
        "closed_on": closed,
        "updated_at": T0,
    }


def record(
    count: int = 400, seed: int = 4, owners: Iterable[str] = ("U1", "U2", "U9")
) -> list[dict[str, Any]]:
    """Return deals from January 2025 to mid-September 2026, three in five of those closed being won."""
    drawn, names, deals = Random(seed), list(owners), []
    for number in range(count):
        opened = FIRST + timedelta(days=drawn.randrange(615))
        closed = opened + timedelta(days=drawn.randrange(5, 110))
        owner, product, value = drawn.choice(names), drawn.choice(PRODUCTS), drawn.randrange(800, 6_000) * 100
        if closed <= T0.date():
            stage = Stage.WON if drawn.random() < 0.6 else Stage.LOST
            deals.append(deal(owner, opened, closed, stage, value, f"Deal {number}", product))
        elif opened <= T0.date():
            deals.append(deal(owner, opened, None, Stage.OPEN, value, f"Deal {number}", product))
    return deals


async def sold(town: StoryWorkspace, deals: Iterable[dict[str, Any]]) -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add_all([OpportunityRow.model_validate(each) for each in deals])


async def stored_at_once(scope: Scope, rows: Iterable[OpportunityRow]) -> None:
    """Store many deals that nobody looks for by name: several times as fast as each by itself."""
    values = [row.model_dump(exclude={"id"}) for row in rows]
    await (await scope.session.connection()).execute(insert(OpportunityRow), values)


async def nothing_before(town: StoryWorkspace, goal: Goal) -> None:
    """Say of a goal that nothing was won before it was set, so that it has a status from the start."""
    answer = StartingBalance(
        owner_id=goal.owner_id,
        metric=goal.metric,
        currency=goal.currency,
        since=goal.starts_on,
        as_of=T0.date(),
        amount=0,
        state=BalanceState.WAIVED,
        answered_by=goal.owner_id,
        answered_at=T0,
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        await answer_balance(scope, answer)
