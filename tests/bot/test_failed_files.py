"""Small files from outside that came in wrong once, each with what it is; they are no part of the project."""

from pathlib import Path

import pytest
from sqlmodel import select

from handlers.imports.files.run import bring_in
from sales.imports.files.terms import ImportTerms
from sales.refusal import Refusal
from storage.database import Database
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE

CASES = Path(__file__).parents[3] / "shared" / "cases" / "files"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason=f"the small files are not at {CASES}")


async def taken(database: Database, name: str) -> dict[str, tuple]:
    """Take a file; return stage, cents, and days of each deal by its name."""
    rejected = []
    await bring_in(
        database, WORKSPACE, CASES / name, lambda: T0, ImportTerms(currency="USD"), reject=rejected.append
    )
    async with database.read(WORKSPACE) as scope:
        found = list(await scope.session.exec(select(OpportunityRow)))
    days = {row.name: str(row.closed_on or row.expected_on or "") for row in found}
    assert not rejected or not found or name.startswith("15"), rejected
    return {row.name: (row.stage.value, row.value_minor, days[row.name]) for row in found}


RIGHT = {
    "01-value-column-near-miss.csv": {"Quay refit": ("won", 64_227_16, "2026-02-13")},
    "02-stage-beside-status.csv": {
        "Quay refit": ("won", 24_000_00, "2026-02-13"),
        "Dock lights": ("lost", 9_000_00, "2026-02-13"),
    },
    "03-closed-is-a-flag.csv": {
        "Quay refit": ("won", 24_000_00, "2026-02-13"),
        "Dock lights": ("open", 9_000_00, "2026-03-13"),
    },
    "04-database-decimals.csv": {
        "Quay refit": ("won", 179_500_00, "2026-02-03"),
        "Dock lights": ("won", 12_500_00, "2026-02-03"),
        "Crane hire": ("won", 7_832_265_52, "2026-02-03"),
        "Ferry paint": ("won", 210_000_00, "2026-02-03"),
    },
    "05-empty-cell-words.csv": {
        name: ("open", value, "")
        for name, value in {
            "Quay refit": 5_000_00, "Dock lights": 0, "Crane hire": 0, "Ferry paint": 5_000_00, "Buoy chain": 0,
        }.items()
    },
    "11-won-before-created.csv": {"Quay refit": ("won", 9_000_00, "2026-01-05")},
    "14-title-above-header.csv": {"Quay refit": ("won", 10_00, "2026-02-03")},
    "15-parenthesised.csv": {},
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
async def test_a_file_that_failed_is_read_right(database: Database, name: str) -> None:
    assert await taken(database, name) == RIGHT[name]


async def test_stages_of_every_vendor_are_known_in_a_plain_list(database: Database) -> None:
    found = await taken(database, "13-known-stages-unknown.csv")
    assert {stage for stage, _, _ in found.values()} == {"open"}
    assert len(found) == 6


async def test_cyrillic_comes_in_as_it_is(database: Database) -> None:
    (name,) = await taken(database, "06-windows-1251.csv")
    assert name == (CASES / "06-windows-1251.csv").read_text("cp1251").splitlines()[1].split(";")[1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("07-shift-jis.csv", "UTF-8"),
        ("09-split-credit.csv", "split rows"),
        ("10-rounded-ids.csv", "rounded by a spreadsheet"),
    ],
)
async def test_a_file_that_cannot_be_right_is_refused_whole(database: Database, name: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        await taken(database, name)
    async with database.read(WORKSPACE) as scope:
        assert not list(await scope.session.exec(select(OpportunityRow)))
