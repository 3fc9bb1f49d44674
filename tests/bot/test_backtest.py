"""`rainmaker backtest` as somebody types it: what it prints and how it ends."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from bot.backtest import scored
from bot.backtest.deals import read_deals
from bot.cli import app
from sales.pipeline.opportunity import Stage
from sales.refusal import Refusal

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
