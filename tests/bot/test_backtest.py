"""`rainmaker backtest` as somebody types it: what it prints and how it ends."""

import asyncio
import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from bot.backtest import scored
from bot.backtest.deals import read_deals
from bot.cli import app
from sales.people.currency_rate import ALWAYS, CurrencyRate
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from sales.refusal import Refusal
from storage.people.currency_rate import keep_rate
from storage.people.team import add_team
from tests.known import WORKSPACE

HEADER = ("id", "name", "owner", "product", "stage", "value", "opened", "closed")


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """A file of two reps' deals over fifteen months, with one row that cannot be read."""
    draw, path, rows = Random(5), tmp_path / "deals.csv", [HEADER]
    for rep in ("Ana", "Ben"):
        for number, day in enumerate(range(0, 400, 5)):
            opened = date(2024, 1, 1) + timedelta(day)
            closed = opened + timedelta(draw.randint(3, 40))
            stage = draw.choice(["won", "won", "lost"])
            rows.append(
                (f"{rep}{number}", f"{rep} {number}", rep, "", stage, "5000", str(opened), str(closed))
            )
    rows.append(("odd", "Odd", "Ana", "", "nowhere", "1", "2024-01-01", ""))
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_the_table_is_printed(deals):
    result = CliRunner().invoke(app, ["backtest", str(deals)])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[:3] == [
        "1 row was left out:",
        "1 stage is not known. Say what each is: suspect, open, won, lost or parked.",
        '  --stage "nowhere=…"   1 row, line 162',
    ]
    assert "forecasts of 2 reps in Q3 2024, Q4 2024" in lines[3]
    for row in ("climatology", "linear run-rate, yes or no", "stage-weighted", "both, weighed"):
        assert sum(line.startswith(row) for line in lines) == 2
    assert any(line.startswith("Reliability of both, weighed") for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_checks_and_halving_are_tables_that_fit_a_terminal(deals):
    result = CliRunner().invoke(app, ["backtest", str(deals), "--checks", "--halve"])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert "flagged / won later" in lines
    assert any(line.startswith("as of") and line.endswith("random") for line in lines)
    assert sum(line.startswith("Without deals ") for line in lines) == 4
    assert all(len(line) <= 80 for line in lines)


def test_the_importing_readers_read_the_deals(deals):
    read = read_deals(deals)
    assert (len(read.deals), read.causes.rows, dict(read.causes.stages)) == (160, 1, {"nowhere": 1})
    assert {deal.rep for deal in read.deals} == {"Ana", "Ben"}
    assert {deal.stage for deal in read.deals} == {Stage.WON, Stage.LOST}
    assert read.deals[0].value == 5000_00


def test_too_short_a_history_ends_with_one_line(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(",".join(HEADER) + "\nA1,One,Ana,,won,100,2024-01-02,2024-01-20\n")
    result = CliRunner().invoke(app, ["backtest", str(path)])
    assert result.exit_code == 1
    with pytest.raises(Refusal, match="two whole quarters"):
        list(scored(read_deals(path)))


def test_a_file_without_deals_is_refused(tmp_path):
    path = tmp_path / "products.csv"
    path.write_text("product,series,sales_price\nGTX,G,550\n")
    with pytest.raises(Refusal, match="holds no deals"):
        read_deals(path)


def test_a_folder_that_is_not_there_is_a_slip_of_usage():
    assert CliRunner().invoke(app, ["backtest", "/nowhere/at/all"]).exit_code == 2


@pytest.fixture
async def with_rates(database, database_url, monkeypatch):
    """A team that says what a euro is worth, in the database that is used."""
    async with database.write(WORKSPACE) as scope:
        team = await add_team(scope, Team(name="Field", currency="USD"))
        rate = CurrencyRate(currency="EUR", counted_in="USD", rate=Decimal("1.5"), since=ALWAYS)
        await keep_rate(scope, team.id, rate)
    monkeypatch.setenv("DATABASE_URL", database_url)


@pytest.fixture
def in_euro(deals):
    """The same deals, every other one in euro; and one in a currency without a rate."""
    rows = list(csv.reader(deals.read_text().splitlines()))
    with deals.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*rows[0], "currency"])
        writer.writerows([*row, "EUR" if at % 2 else "USD"] for at, row in enumerate(rows[1:-1]))
        writer.writerow(["yen", "Yen", "Ana", "", "won", "9", "2024-01-02", "2024-01-20", "JPY"])
    return deals


@pytest.mark.engines("sqlite")
async def test_rates_of_the_team_are_taken(with_rates, in_euro, tmp_path):
    result = await asyncio.to_thread(
        CliRunner().invoke, app, ["backtest", str(in_euro), "--report", str(tmp_path / "left.csv")]
    )
    assert result.exit_code == 0, result.output
    assert result.output.startswith(
        "80 deals in EUR taken by your team's rate: 80 at 1.5.\n1 row was left out:"
    )
    assert all(len(line) <= 80 for line in result.output.splitlines() if "JPY" not in line)
    told = (tmp_path / "left.csv").read_text("utf-8-sig").splitlines()
    assert len(told) == 2
    assert "JPY" in told[1]


@pytest.mark.engines("sqlite")
async def test_a_team_that_is_not_there_is_refused(with_rates, in_euro):
    result = await asyncio.to_thread(CliRunner().invoke, app, ["backtest", str(in_euro), "--team", "Nobody"])
    assert result.exit_code == 1
    assert str(result.exception) == "There is no team “Nobody”. Teams: “Field”."


def test_without_a_database_rows_in_other_currencies_are_left_out(in_euro, tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/nowhere.db"
    result = CliRunner().invoke(app, ["backtest", str(in_euro), "--database-url", url])
    assert "81 rows were left out:" in result.output
    assert not (tmp_path / "nowhere.db").exists()
