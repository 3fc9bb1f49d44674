"""The books the examples of the pipeline are played with: one place that knows how they are put into the database."""

import csv
from datetime import date, timedelta
from pathlib import Path

from handlers.imports.files.run import bring_in
from sales.imports.files.terms import ImportTerms
from sales.pipeline.opportunity import Stage
from storage.pipeline.account import ProductRow
from tests.known import T0, WORKSPACE
from tests.sales_story import deal, record, sold

HERE = "Europe/Ljubljana"
TODAY = T0.date()  # Monday 14 September 2026; the quarter ends Wednesday the 30th
OLDEST = 110  # days: nothing of the record took as long to be won
HEADER = ("id", "name", "account", "product", "owner", "stage", "value", "opened", "closed", "expected")
NAMES = (
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Gorse",
    "Hazel",
    "Iris",
    "Juniper",
    "Kelp",
    "Larch",
)
NAMES += ("Maple", "Nettle", "Oak", "Pine", "Quince", "Rowan", "Sorrel", "Thyme")


def days(count):
    return timedelta(days=count)


async def a_record(town):
    """Some 370 deals that were closed between five and 109 days after they were opened, three in five won."""
    await sold(town, [one for one in record(400, 4) if one["closed_on"] is not None])


async def stands(town, name, age=40, value=4_000_00, owner="U1", **columns):
    """A deal that stood open before today, as an upgrade finds it."""
    made = {**deal(owner, TODAY - days(age), None, Stage.OPEN, value, name), "account": name, **columns}
    await sold(town, [made])


async def many_stand(town, names, age=40, value=4_000_00, owner="U1", **columns):
    made = [deal(owner, TODAY - days(age), None, Stage.OPEN, value, name) for name in names]
    await sold(town, [{**one, "account": one["name"], **columns} for one in made])


async def was_won(town, name, on, age=30, value=4_000_00, owner="U1", **columns):
    made = deal(owner, on - days(age), on, Stage.WON, value, name)
    await sold(town, [{**made, "account": name, **columns}])


async def was_lost(town, name, on, age=30, value=4_000_00, owner="U1"):
    await sold(town, [{**deal(owner, on - days(age), on, Stage.LOST, value, name), "account": name}])


async def is_listed_at(town, product, price):
    """A product and its price on the list, in cents."""
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add(
            ProductRow(workspace_id=WORKSPACE, name=product, name_key=product.lower(), list_price_minor=price)
        )


async def imported(town, folder: Path, *rows, owner="Ana Kovač"):
    """Take a file in, as `rainmaker import` does: rows of (id, name, stage, value, opened, closed, expected)."""
    path = folder / "deals.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        written = csv.writer(file)
        written.writerow(HEADER)
        for number, name, stage, value, opened, closed, expected in rows:
            written.writerow(
                (number, name, name, "", owner, stage, value, opened, closed or "", expected or "")
            )
    await bring_in(town.bot.database, WORKSPACE, path, town.clock.now, ImportTerms())
    await town.bot.catch_up()
    await town.server.settled()


def written_history(path: Path, deals) -> Path:
    """A file of deals for `rainmaker backtest`: (rep, product, stage, value, opened, closed) each."""
    with path.open("w", newline="", encoding="utf-8") as file:
        written = csv.writer(file)
        written.writerow(("id", "name", "owner", "product", "stage", "value", "opened", "closed"))
        for number, (rep, product, stage, value, opened, closed) in enumerate(deals):
            written.writerow(
                (f"D{number}", f"Deal {number}", rep, product, stage, value, opened, closed or "")
            )
    return path


def iso(day: date) -> str:
    return day.isoformat()
