"""Whatever happens to deals, forecasts and the cycle are told what all of them, read one by one, tell."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from sales.goals.forecast.question import TOGETHER
from sales.goals.forecast.record import DealRecord
from sales.pipeline.opportunity import Stage
from storage.database import Database
from storage.goals.forecast.inputs import only_currency
from storage.people.workspace import install_workspace
from storage.pipeline.cycle import record_on
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope
from tests.known import T0
from tests.record import known_of
from tests.sales.plain_record import agrees, plain_book, plain_cycle

TODAY = T0.date()
WEEK_AGO = TODAY - timedelta(days=7)
DEAL = OpportunityRow.__table__.c
WORKSPACES = count()
OWNERS = st.sampled_from([("U1", ""), ("U2", "Ana Bell"), (None, "Ana Bell"), (None, ""), ("Ana Bell", "")])
DAYS = st.none() | st.integers(-10, 50).map(lambda days: TODAY - timedelta(days))
VALUES = st.fixed_dictionaries(
    {
        "owner": OWNERS,
        "stage": st.sampled_from(Stage),
        "opened_on": DAYS,
        "closed_on": DAYS,
        "value_minor": st.integers(0, 5).map(lambda value: value**4 * 100),
        "currency": st.sampled_from(["USD", "USD", "EUR"]),
        "product": st.sampled_from(["GTX", None]),
        "stage_label": st.sampled_from(["", "", "Demo"]),
    }
)
STEPS = st.lists(st.tuples(st.sampled_from(["add", "add", "change", "remove"]), VALUES), max_size=14)


async def plain_records(scope: Scope) -> list[tuple[str, DealRecord]]:
    """Every deal that is no suspect, by currency, as the rules take it; its value is known by its close."""
    statement: Any = select(*DEAL).where(DEAL.workspace_id == scope.workspace_id, DEAL.stage != Stage.SUSPECT)
    found = []
    for row in await scope.session.exec(statement):
        owner = row.owner_id if row.owner_id is not None else row.owner_name
        value = 0 if row.closed_on is not None and row.closed_on > TODAY else row.value_minor
        days = row.opened_on, row.closed_on
        bare = row.external_id is None and row.import_id is None and not row.stage_label
        found.append((row.currency, DealRecord(owner, row.product, *days, row.stage, value, bare)))
    return found


async def happens(scope: Scope, what: str, said: dict[str, Any], there: list[int], number: int) -> None:
    owner_id, owner_name = said["owner"]
    values = {**said, "owner_id": owner_id, "owner_name": owner_name, "updated_at": T0}
    del values["owner"]
    table, connection = OpportunityRow.__table__, await scope.session.connection()
    if what == "add":
        rest = {"workspace_id": scope.workspace_id, "name": "A deal", "name_folded": ""}
        made = await connection.execute(table.insert().values(**values, **rest).returning(table.c.id))
        there.append(made.scalar_one())
    elif there and what == "change":
        await connection.execute(
            table.update().where(table.c.id == there[number % len(there)]).values(values)
        )
    elif there:
        await connection.execute(table.delete().where(table.c.id == there.pop(number % len(there))))


async def told_truly(scope: Scope) -> None:
    """Hold what forecasts and the cycle are told to all deals, read one by one."""
    deals = await plain_records(scope)
    money = set(
        await scope.session.exec(select(DEAL.currency).where(DEAL.workspace_id == scope.workspace_id))
    )
    assert await only_currency(scope) == (money.pop() if len(money) == 1 else None)
    for currency in ("", "USD"):
        records = [one for said, one in deals if currency in ("", said)]
        for day in (TODAY, WEEK_AGO):
            agrees(await known_of(scope, currency, TODAY, day), records)
        mine = [one._replace(rep=TOGETHER) for one in records if one.rep in ("U1", "Ana Bell")]
        agrees(await known_of(scope, currency, TODAY, owners=["U1", "Ana Bell"]), mine)
    record, everything = await record_on(scope, TODAY), [one for _, one in deals]
    assert record.cycle == plain_cycle(plain_book(everything, TODAY).spans, TODAY, delayed_entry=True)
    won: dict[tuple[str, str | None], list[float]] = {}
    for currency, one in deals:
        if one.stage is Stage.WON and one.closed_on is not None and one.closed_on <= TODAY:
            won.setdefault((currency, one.product), []).append(one.value)
    assert record.by_product == {sort: sum(found) / len(found) for sort, found in won.items()}


@given(STEPS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
async def test_whatever_happens_to_deals_counts_say_what_the_deals_say(
    database: Database, steps: Sequence[tuple[str, dict[str, Any]]]
) -> None:
    tenant, there = f"P{next(WORKSPACES)}", list[int]()
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, tenant, "Property", "UBOT", T0)
    for number, (what, said) in enumerate(steps):
        async with database.write(tenant) as scope:
            await happens(scope, what, said, there, 7 * number)
            if number % 3 == 2:
                await told_truly(scope)
    async with database.read(tenant) as scope:
        await told_truly(scope)
