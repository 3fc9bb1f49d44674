"""The books these examples are played with: one place that knows how accounts and decided deals are stored.

Leads, profiles and answers have no books: what is not there yet comes by commands, forms and files alone.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from sales.followups.activity import ActivityKind
from sales.language.names.match import name_key
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.debrief import Cause, Debrief, Knowable
from sales.pipeline.opportunity import Stage
from storage.followups.activity import ActivityRow
from storage.pipeline.account import AccountRow
from storage.pipeline.deal_contact import add_contact
from storage.pipeline.debrief import save_debrief
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE
from tests.sales_story import deal
from tests.stories.pipeline.books import HERE, TODAY, days

__all__ = ["HERE", "TODAY", "days"]
NEVER_SAID = "Unknown"


class Firm(NamedTuple):
    """An account as a file of accounts describes it; revenue in millions of dollars."""

    name: str
    sector: str = ""
    employees: int | None = None
    revenue: int | None = None
    location: str = ""
    parent: str = ""


class Decided(NamedTuple):
    """Deals of one source and sector that came to an end: so many won, so many lost."""

    won: int
    lost: int
    source: str | None = None
    sector: str = ""
    employees: int | None = None
    took: int = 30
    value: int = 4_000_00


async def accounts(town, *firms: Firm) -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add_all([_row(one) for one in firms])


def _row(firm: Firm) -> AccountRow:
    return AccountRow(
        workspace_id=WORKSPACE,
        name=firm.name,
        name_key=name_key(firm.name),
        sector=firm.sector,
        location=firm.location,
        parent=firm.parent,
        employees=firm.employees,
        revenue_minor=None if firm.revenue is None else firm.revenue * 100_000_000,
    )


async def decided(town, *groups: Decided, owner: str = "U1", last: date | None = None, span: int = 300):
    """Put decided deals into the books, each with an account of its own, spread over so many days up to `last`."""
    end, drawn = last or TODAY - days(3), Random(16)
    async with town.bot.database.write(WORKSPACE) as scope:
        for place, group in enumerate(groups):
            for number in range(group.won + group.lost):
                closed = end - timedelta(days=drawn.randrange(span))
                name = f"{group.source or NEVER_SAID} {owner} {end:%m%d}-{span}-{place}-{number:03}"
                stage = Stage.WON if number < group.won else Stage.LOST
                made = deal(owner, closed - days(group.took), closed, stage, group.value, name)
                row = {**made, "account": name, "source": group.source}
                scope.session.add(OpportunityRow.model_validate(row))
                scope.session.add(_row(Firm(name, group.sector, group.employees)))


async def noise(town, count: int) -> None:
    """Deals whose end has nothing to do with source, sector or size: two in five won."""
    drawn = Random(37)
    async with town.bot.database.write(WORKSPACE) as scope:
        for number in range(count):
            closed = TODAY - days(3 + drawn.randrange(300))
            stage = Stage.WON if drawn.random() < 0.4 else Stage.LOST
            name = f"Noise {number:03}"
            row = {**deal("U1", closed - days(30), closed, stage, 4_000_00, name), "account": name}
            row["source"] = drawn.choice(("Referral", "Web form", "Cold list", "Event"))
            scope.session.add(OpportunityRow.model_validate(row))
            sector = drawn.choice(("Logistics", "Retail", "Food", "Ports"))
            scope.session.add(_row(Firm(name, sector, drawn.choice((40, 200, 900, 4000)))))


async def stand_open(town, names: Sequence[str], *, owner: str = "U1", opened: date | None = None, **columns):
    """Deals that stand open, each with the account of its name."""
    async with town.bot.database.write(WORKSPACE) as scope:
        for name in names:
            made = deal(owner, opened or TODAY - days(9), None, Stage.OPEN, 4_000_00, name)
            scope.session.add(OpportunityRow.model_validate({**made, "account": name, **columns}))


async def ended(town, name: str, on: date, *, won: bool = True, owner: str = "U1", contact: str = "") -> None:
    """A deal that was won or lost on a day, with somebody at the customer where one is named."""
    async with town.bot.database.write(WORKSPACE) as scope:
        stage = Stage.WON if won else Stage.LOST
        made = {**deal(owner, on - days(30), on, stage, 4_000_00, name), "account": name}
        row = OpportunityRow.model_validate(made)
        scope.session.add(row)
        await scope.session.flush()
        if contact:
            await add_contact(scope, DealContact(opportunity_id=row.id, name=contact, role="Depot manager"))


async def has_contacts(
    town, names: Sequence[str], role: str, *, lost: bool = False, reason: str = ""
) -> None:
    """Deals with somebody of a role at each customer; lost ones with what decided them, in the rep's words."""
    async with town.bot.database.write(WORKSPACE) as scope:
        for number, name in enumerate(names):
            closed = TODAY - days(5 + number) if lost else None
            stage = Stage.LOST if lost else Stage.OPEN
            made = {**deal("U1", TODAY - days(60), closed, stage, 4_000_00, name), "account": name}
            row = OpportunityRow.model_validate(made)
            scope.session.add(row)
            await scope.session.flush()
            contact = DealContact(opportunity_id=row.id, name=f"Pat {name}", role=role, decides=True)
            await add_contact(scope, contact)
            if lost:
                said = Debrief(
                    opportunity_id=row.id, closed_on=closed, cause=Cause.PRICE, reason=reason,
                    should_have_been_there=True, knowable=Knowable.END,
                )  # fmt: skip
                await save_debrief(scope, said, T0)


async def lost_and_looked_back(town, sector: str, ours: int, not_ours: int) -> None:
    """Losses of one sector in the last 60 days, and whether we should have been there at all."""
    async with town.bot.database.write(WORKSPACE) as scope:
        for number in range(ours + not_ours):
            name, closed = f"{sector} loss {number:02}", TODAY - days(2 + number * 4)
            made = {**deal("U1", closed - days(40), closed, Stage.LOST, 4_000_00, name), "account": name}
            row = OpportunityRow.model_validate(made)
            scope.session.add(row)
            scope.session.add(_row(Firm(name, sector, 120)))
            await scope.session.flush()
            said = Debrief(
                opportunity_id=row.id, closed_on=closed, cause=Cause.FIT,
                should_have_been_there=number < ours, knowable=Knowable.START,
            )  # fmt: skip
            await save_debrief(scope, said, T0)


async def touched(town, who: str, count: int, *, first: date, owner: str = "U1", kind: str = "call") -> None:
    """So many touches of one account, one a day from `first` on."""
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add_all(_touches(who, count, first, owner, kind))


def _touches(who, count, first, owner, kind) -> Iterable[ActivityRow]:
    for number in range(count):
        on = first + days(number % 40)
        yield ActivityRow(
            workspace_id=WORKSPACE,
            owner_id=owner,
            kind=ActivityKind(kind),
            on=on,
            account=who,
            outcome="no answer",
            created_at=T0 - days((TODAY - on).days),
        )
