"""Deals that a rate was applied to, imported again: they follow the rate, and nothing else that was said is lost."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import select

from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import ImportEntry, TakenRow
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.survey import Survey
from sales.imports.files.worth import KnownRates
from sales.people.currency_rate import ALWAYS, CurrencyRate, by_code
from sales.pipeline.opportunity import Opportunity, Stage, closed_won
from sales.value import changed
from storage.database import Database
from storage.pipeline.opportunity import OpportunityRow, change_opportunity
from tests.headers import recognised
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand
from tests.storage.imports.taken import LATER, take, undo

HEADER = ["id", "name", "owner", "stage", "value", "currency", "closed"]
TODAY = T0.date()
BEFORE = "2026-03-02"


def row(stage: str = "open", closed: str = "", value: str = "1000", **rates: str) -> ImportEntry:
    """One deal in euro, read by these rates: `always` counts on all days, `now` from today."""
    since = {"always": ALWAYS, "now": TODAY}
    known = [
        CurrencyRate(currency="EUR", counted_in="USD", rate=Decimal(figure), since=since[when])
        for when, figure in rates.items()
    ]
    reader = DealReader(
        recognised(HEADER),
        Survey(1, dict.fromkeys(["closed"])),
        "USD",
        Catalogue(),
        rates=KnownRates(lambda owner: by_code(known), TODAY),
    )
    reading = reader.read(SheetRecord(2, ["D1", "Acme", "Ana Bell", stage, value, "EUR", closed]))
    assert isinstance(reading, TakenRow), reading
    return reading.entry


async def worth(database: Database) -> tuple[int, str]:
    async with database.read(WORKSPACE) as scope:
        deal = (await scope.session.exec(select(OpportunityRow))).one()
        return deal.value_minor, deal.stage.value


async def by_slack(database: Database, **values: Any) -> None:
    async with database.write(WORKSPACE) as scope:
        deal = (await scope.session.exec(select(OpportunityRow))).one()
        news = (
            closed_won(deal, date(2026, 9, 14)) if "won" in values else changed(Opportunity, deal, **values)
        )
        await change_opportunity(scope, deal, news, by_hand(LATER))


async def test_the_same_file_changes_nothing_while_the_rate_stands(database):
    await take(database, row(always="1.08"))
    _, again = await take(database, row(always="1.08"))
    assert (again.unchanged, again.changed) == (1, [])
    assert await worth(database) == (108_000, "open")


async def test_a_later_rate_changes_open_deals_only(database):
    await take(database, row(always="1.08"))
    await take(database, row(always="1.08", now="1.2"))
    assert await worth(database) == (120_000, "open")
    await take(database, row("won", BEFORE, always="1.08", now="1.2"))
    assert await worth(database) == (108_000, "won")
    _, again = await take(database, row("won", BEFORE, always="1.08", now="1.5"))
    assert again.unchanged == 1


async def test_a_rate_that_was_put_right_puts_right_what_it_made(database):
    await take(database, row("won", BEFORE, always="10.8"))
    await take(database, row("won", BEFORE, always="1.08"))
    assert await worth(database) == (108_000, "won")


async def test_a_value_somebody_entered_in_slack_stays_whatever_the_rate(database):
    await take(database, row(always="1.08"))
    await by_slack(database, value_minor=99_900)
    await take(database, row(always="1.08", now="1.2"))
    assert await worth(database) == (99_900, "open")


async def test_what_else_was_said_in_slack_stays_when_only_the_rate_is_another(database):
    await take(database, row(always="1.08"))
    await by_slack(database, name="Acme rollout", stage=Stage.PARKED)
    await take(database, row(always="1.08", now="1.2"))
    assert await worth(database) == (120_000, "parked")
    async with database.read(WORKSPACE) as scope:
        assert (await scope.session.exec(select(OpportunityRow.name))).one() == "Acme rollout"


async def test_a_deal_won_in_slack_keeps_its_value_while_the_file_has_it_open(database):
    await take(database, row(always="1.08"))
    await by_slack(database, won=True)
    _, again = await take(database, row(always="1.08", now="1.2"))
    assert again.unchanged == 1
    assert await worth(database) == (108_000, "won")


async def test_undoing_the_import_brings_the_old_rates_value_back(database):
    await take(database, row(always="1.08"))
    run_id, _ = await take(database, row(always="1.08", now="1.2"))
    done = await undo(database, run_id)
    assert (done.restored, done.left) == (1, ())
    assert await worth(database) == (108_000, "open")
    await take(database, row(always="1.08", now="1.3"))
    assert await worth(database) == (130_000, "open")  # and it still follows the rate
