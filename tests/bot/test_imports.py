"""The command as somebody types it: what it prints, what it writes, and how it ends."""

import asyncio
import csv
import json
import shutil
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import event
from sqlmodel import select
from typer.testing import CliRunner

from bot.imports import import_command
from bot.imports.command import SHOWN
from handlers.imports.files.run import bring_in
from sales.imports.files.tally import ImportTally
from sales.imports.files.terms import ImportTerms, Rejected
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.files.run import BATCH, PIECE
from storage.imports.files.runs import ImportRow
from storage.imports.files.undo import STEP, take_back
from storage.people import workspace
from storage.people.member import MemberRow, meet_member
from storage.people.team import add_team
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.opportunity import LINKED, OpportunityRow, link_owners
from tests.engines import Sqlite
from tests.known import T0, WORKSPACE

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
CRM = ROOT.parent / "shared" / "data" / "crm"
PIPELINE = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
WON = "{},Ana Bell,GTXPro,Acme,Won,2017-01-02,2017-03-04,1054\n"

app = typer.Typer()
app.command()(import_command)


@pytest.fixture
def crm() -> Path:
    if not CRM.exists():
        pytest.skip(f"the CRM Sales Opportunities data is not at {CRM}")
    return CRM


@pytest.fixture
def golden(crm: Path) -> dict[str, Any]:
    return json.loads((crm / "golden.json").read_text())


@pytest.fixture(scope="module")
def imported_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportTally, list[Rejected]]:
    """A database into which the CRM tables came once, with what the import told; tests take copies."""
    if not CRM.exists():
        pytest.skip(f"the CRM Sales Opportunities data is not at {CRM}")
    file = tmp_path_factory.mktemp("crm") / "rainmaker.db"

    async def filled() -> tuple[ImportTally, list[Rejected]]:
        opened = await Database.open(f"sqlite+aiosqlite:///{file}")
        async with opened.write_ledger() as ledger:
            await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
        told = await take(opened, CRM)
        await opened.close()
        return told

    return file, *asyncio.run(filled())


@pytest.fixture
async def crm_database(
    imported_once: tuple[Path, ImportTally, list[Rejected]], tmp_path: Path
) -> AsyncIterator[Database]:
    shutil.copy(imported_once[0], tmp_path / "copy.db")
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/copy.db")
    yield opened
    await opened.close()


@dataclass
class Typed:
    """What somebody at a terminal sees."""

    code: int
    out: str
    err: str


@pytest.fixture
def rainmaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite: Sqlite) -> Callable[..., Typed]:
    """`rainmaker import`, typed in a folder whose database a bot has used."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    async def used() -> str:
        async with sqlite.copy(tmp_path) as url:
            database = await Database.open(url)
            async with database.write_ledger() as ledger:
                await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
            async with database.write(WORKSPACE) as scope:
                await add_team(scope, Team(name="Field", currency="USD"))
            await database.close()
            return str(url)

    monkeypatch.setenv("DATABASE_URL", asyncio.run(used()))

    def typed(*arguments: object) -> Typed:
        result = CliRunner().invoke(app, list(map(str, arguments)))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Typed(result.exit_code, result.stdout, result.stderr)

    return typed


async def deals(database: Database) -> list[OpportunityRow]:
    async with database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(OpportunityRow).order_by(OpportunityRow.id)))


async def take(database: Database, path: Path, **terms: Any) -> tuple[Any, list[Rejected]]:
    rejected: list[Rejected] = []
    tally = await bring_in(
        database, WORKSPACE, path, lambda: T0, ImportTerms(**terms), reject=rejected.append
    )
    return tally, rejected


def counts(tally: Any, file: int = -1) -> tuple[int, int, int, int]:
    found = tally.files[file]
    return found.added, found.changed, found.unchanged, found.refused


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


# The CRM tables


@pytest.mark.large
async def test_the_crm_comes_in_whole_and_agrees_with_the_golden_numbers(
    crm_database: Database, imported_once: tuple[Path, ImportTally, list[Rejected]], golden: dict[str, Any]
) -> None:
    _, tally, rejected = imported_once
    database = crm_database
    assert rejected == []
    assert [(each.source, *counts(tally, place)) for place, each in enumerate(tally.files)] == [
        ("accounts.csv", 85, 0, 0, 0),
        ("products.csv", 7, 0, 0, 0),
        ("sales_teams.csv", 0, 0, 0, 0),
        ("sales_pipeline.csv", 8800, 0, 0, 0),
    ]
    rows = await deals(database)
    by_stage = Counter(row.stage for row in rows)
    assert by_stage == {
        Stage.WON: golden["won"],
        Stage.LOST: golden["lost"],
        Stage.OPEN: golden["engaging"],
        Stage.SUSPECT: golden["prospecting"],
    }
    won = [row for row in rows if row.stage is Stage.WON]
    assert sum(row.value_minor for row in won) == golden["won_value"] * 100
    quarters, values = Counter[str](), Counter[str]()
    for row in won:
        assert row.closed_on
        quarter = f"{row.closed_on.year}Q{(row.closed_on.month + 2) // 3}"
        quarters[quarter] += 1
        values[quarter] += row.value_minor
    assert {name: {"won": quarters[name], "value": values[name] / 100} for name in quarters} == golden[
        "quarter"
    ]


@pytest.mark.large
async def test_each_agents_deals_agree_with_the_golden_numbers(
    crm_database: Database, golden: dict[str, Any]
) -> None:
    database = crm_database
    words = {Stage.WON: "won", Stage.LOST: "lost", Stage.OPEN: "engaging", Stage.SUSPECT: "prospecting"}
    found: dict[str, Counter[str]] = {name: Counter() for name in golden["agents"]}
    for row in await deals(database):
        found[row.owner_name][words[row.stage]] += 1
        found[row.owner_name]["won_value"] += row.value_minor / 100 if row.stage is Stage.WON else 0
    for name, said in golden["agents"].items():
        assert {word: found[name][word] for word in (*words.values(), "won_value")} == {
            word: said[word] for word in (*words.values(), "won_value")
        }


@pytest.mark.large
async def test_every_trap_of_the_crm_is_met(
    crm_database: Database, imported_once: tuple[Path, ImportTally, list[Rejected]]
) -> None:
    _, tally, _ = imported_once
    database = crm_database
    rows = await deals(database)
    async with database.read(WORKSPACE) as scope:
        prices = {row.name: row.list_price_minor for row in await scope.session.exec(select(ProductRow))}
        sectors = {row.sector for row in await scope.session.exec(select(AccountRow))}
    assert {row.product for row in rows} == set(prices)  # GTXPro became GTX Pro
    assert "technology" in sectors
    assert "technolgy" not in sectors
    bare = [row for row in rows if row.account is None]
    assert len(bare) == 1425
    assert all(row.name == row.product for row in bare)
    suspects = [row for row in rows if row.stage is Stage.SUSPECT]
    assert {(row.opened_on, row.closed_on) for row in suspects} == {(None, None)}
    live = [row for row in rows if row.stage in (Stage.OPEN, Stage.SUSPECT)]
    assert all(row.value_minor == prices[row.product or ""] for row in live)
    assert {row.value_minor for row in rows if row.stage is Stage.LOST} == {0}
    remarks = {(kind.value, detail): count for (kind, detail), count in tally.remarks.items()}
    assert remarks == {
        ("no_account", ""): 1425,
        ("list_price", "open"): 1589,
        ("list_price", "suspect"): 500,
        ("respelled", "GTXPro → GTX Pro"): 1480,
        ("sector", "technolgy → technology"): 12,
    }
    assert len(tally.unmatched) == 30
    assert len(tally.idle_agents()) == 5
    assert sorted(tally.left_alone) == ["data_dictionary.csv", "sales_pipeline_mdy_dates.csv"]


@pytest.mark.large
async def test_the_crm_twice_changes_nothing_and_undo_leaves_nothing(
    crm_database: Database, crm: Path
) -> None:
    database = crm_database
    before = [row.model_dump() for row in await deals(database)]
    again, _ = await take(database, crm)
    assert [counts(again, place) for place in (0, 1, 3)] == [(0, 0, 85, 0), (0, 0, 7, 0), (0, 0, 8800, 0)]
    assert [row.model_dump() for row in await deals(database)] == before
    undone = await take_back(database, WORKSPACE, 1, lambda: T0)
    assert (undone.removed, undone.restored, undone.left) == (8892, 0, ())
    assert await deals(database) == []


@pytest.mark.large
async def test_the_resaved_pipeline_says_the_same(crm_database: Database, crm: Path) -> None:
    database = crm_database
    again, rejected = await take(database, crm / "sales_pipeline_mdy_dates.csv")
    assert rejected == []
    assert counts(again) == (0, 0, 8800, 0)


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_tables_may_come_one_by_one_in_any_order(database: Database, crm: Path, tmp_path: Path) -> None:
    """Every eighth deal of theirs, as the whole of them takes long to come in twice."""
    lines = (crm / "sales_pipeline.csv").read_text().splitlines(keepends=True)
    kept = [lines[0], *lines[1::8]]
    pipeline, rows = written(tmp_path / "sales_pipeline.csv", "".join(kept)), list(csv.DictReader(kept))
    unpriced = sum(row["deal_stage"] == "Engaging" and not row["close_value"] for row in rows)
    gtx_pro = sum(row["product"] == "GTXPro" for row in rows)
    first, _ = await take(database, pipeline)
    assert first.remarks[("no_value", "open")] == unpriced > 100
    await take(database, crm / "products.csv")
    again, _ = await take(database, pipeline)
    assert sum(row.product == "GTX Pro" for row in await deals(database)) == gtx_pro > 100
    assert counts(again)[0] == 0
    assert all(row.value_minor for row in await deals(database) if row.stage is Stage.OPEN)


# Owners


async def test_owners_are_members_of_that_name_and_others_follow_when_met(
    database: Database, tmp_path: Path
) -> None:
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="ÁNA  Bell"))
    rows = WON.format("1") + WON.format("2").replace("Ana Bell", "Bo Carr")
    tally, _ = await take(database, written(tmp_path / "deals.csv", PIPELINE + rows))
    assert tally.unmatched == {"Bo Carr": 1}
    assert [row.owner_id for row in await deals(database)] == ["U1", None]
    async with database.write(WORKSPACE) as scope:
        scope.session.add(MemberRow(workspace_id=WORKSPACE, user_id="U2", name="bo carr"))
        await scope.session.flush()
        assert await link_owners(scope) == 1
    assert [row.owner_id for row in await deals(database)] == ["U1", "U2"]


# Samples


@pytest.mark.parametrize(
    ("name", "stages", "won"),
    [
        ("hubspot-deals.csv", {"won": 2, "lost": 1, "open": 5}, 3_275_050),
        ("salesforce-opportunities.csv", {"won": 2, "lost": 1, "open": 3, "suspect": 1}, 3_275_050),
        ("opportunities.csv", {"won": 2, "lost": 1, "open": 3, "parked": 1, "suspect": 1}, 3_275_050),
    ],
)
async def test_each_sample_comes_in_whole(
    database: Database, name: str, stages: dict[str, int], won: int
) -> None:
    tally, rejected = await take(database, SAMPLES / name)
    rows = await deals(database)
    assert rejected == []
    assert counts(tally) == (sum(stages.values()), 0, 0, 0)
    assert Counter(row.stage.value for row in rows) == stages
    assert sum(row.value_minor for row in rows if row.stage is Stage.WON) == won
    assert counts((await take(database, SAMPLES / name))[0]) == (0, 0, sum(stages.values()), 0)


# Files as they come


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_any_encoding_and_delimiter_says_the_same(
    database: Database, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = "id,stage,owner,account\n1,open,Zoë Müller,Café Noël\n".replace(",", delimiter)
    said = encoding if encoding == "cp1252" else None  # its letters are words in two other code pages as well
    _, rejected = await take(database, written(tmp_path / "deals.csv", text, encoding), encoding=said)
    (row,) = await deals(database)
    assert (rejected, row.owner_name, row.account) == ([], "Zoë Müller", "Café Noël")


async def test_rows_that_cannot_stand_are_told_by_line_and_the_rest_is_taken(
    database: Database, tmp_path: Path
) -> None:
    text = (
        PIPELINE
        + WON.format("A1")
        + '\n"A2,Ana Bell,GTXPro,Acme,Won,2017-01-02,2017-03-04,1054\n'
        + WON.format("A1").replace("1054", "99")
        + WON.format("A1")
        + WON.format("A3").replace("Acme", "Ac\0me")
        + ",,,,,,,\n"
        + WON.format("A4")
    )
    tally, rejected = await take(database, written(tmp_path / "deals.csv", text))
    assert [(each.line, each.reason) for each in rejected] == [
        (4, "a quotation mark opens and does not close properly"),
        (5, "“A1” is on line 2 already, with other content"),
        (7, "has NUL bytes; the file may be damaged or not a CSV file"),
    ]
    assert tally.files[0].repeated == 1
    assert [row.external_id for row in await deals(database)] == ["A1", "A4"]
    assert (await deals(database))[0].value_minor == 105_400


async def test_a_batch_border_hides_no_duplicate(database: Database, tmp_path: Path) -> None:
    rows = [WON.format(f"A{number}") for number in range(2500)]
    rows[2200] = WON.format("A7").replace("1054", "99")
    tally, rejected = await take(database, written(tmp_path / "deals.csv", PIPELINE + "".join(rows)))
    assert [(each.line, "line 9" in each.reason) for each in rejected] == [(2202, True)]
    assert counts(tally) == (2499, 0, 0, 1)


async def test_a_run_cut_short_is_said_and_running_again_completes_it(
    database: Database, tmp_path: Path
) -> None:
    rows = "".join(WON.format(f"A{number}") for number in range(2500))
    path = written(tmp_path / "deals.csv", PIPELINE + rows)

    def pulled(_: str, done: int, __: int) -> None:
        if done >= 1000:
            raise InterruptedError("the plug")

    with pytest.raises(InterruptedError):
        await bring_in(database, WORKSPACE, path, lambda: T0, watch=pulled)
    assert len(await deals(database)) == 1000
    tally, _ = await take(database, path)
    assert tally.unfinished == [1]
    assert counts(tally) == (1500, 0, 1000, 0)
    undone = await take_back(database, WORKSPACE, 1, lambda: T0)
    assert (undone.removed, len(await deals(database))) == (1000, 1500)


async def test_amounts_are_in_the_teams_currency(database: Database, tmp_path: Path) -> None:
    path = written(tmp_path / "deals.csv", "id,stage,value\n1,open,1054\n")
    async with database.write(WORKSPACE) as scope:
        await add_team(scope, Team(name="West", currency="USD"))
        await add_team(scope, Team(name="Tokyo", currency="JPY"))
    with pytest.raises(Refusal, match="The teams count in JPY and USD"):
        await take(database, path)
    await take(database, path, team="tokyo")
    (row,) = await deals(database)
    assert (row.value_minor, row.currency) == (1054, "JPY")


# The command


def test_the_report_tells_lines_and_reasons_and_the_code_says_so(
    rainmaker: Callable[..., Typed], tmp_path: Path
) -> None:
    rows = WON.format("A1") + WON.format("A2").replace("Won", "[red]Wonn")
    path = written(tmp_path / "deals.csv", PIPELINE + rows)
    seen = rainmaker(path)
    assert seen.code == 1
    assert '  --stage "[red]Wonn=…"   1 row' in seen.out
    assert "1 person is not in Slack under that name: “Ana Bell” (1 row)." in seen.out
    assert "This was import 1; to undo it: rainmaker import --undo 1" in seen.out
    assert not list(tmp_path.glob("*not-taken*"))


def test_more_refusals_than_fit_go_into_a_file_that_no_spreadsheet_runs(
    rainmaker: Callable[..., Typed], tmp_path: Path
) -> None:
    rows = "".join(WON.format(f"A{number}").replace("1054", "?") for number in range(SHOWN + 5))
    seen = rainmaker(written(tmp_path / "=deals.csv", PIPELINE + rows))
    assert f"{SHOWN + 5} rows were not taken; all of them are in =deals-not-taken.csv." in seen.out
    assert f"{SHOWN + 5}  2, 3, 4 and 22 more  close_value: “?” does not read as an amount" in seen.out
    assert seen.out.count("does not read") == 1
    with (tmp_path / "=deals-not-taken.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert told[0] == ["file", "line", "reason"]
    assert [row[:2] for row in told[1:]] == [["'=deals.csv", str(line)] for line in range(2, SHOWN + 7)]


def test_few_rows_are_named_by_their_lines(rainmaker: Callable[..., Typed], tmp_path: Path) -> None:
    rows = [WON.format(f"A{number}") for number in range(9)]
    for place in (1, 4, 5):
        rows[place] = rows[place].replace("1054", "?")
    rows[7] = rows[7].replace("Won", "Wonn")
    seen = rainmaker(written(tmp_path / "deals.csv", PIPELINE + "".join(rows)))
    assert "3  3, 6 and 7  close_value: “?” does not read as an amount" in seen.out
    assert '  --stage "Wonn=…"   1 row, line 9' in seen.out


def test_a_report_that_was_asked_for_is_always_written(
    rainmaker: Callable[..., Typed], tmp_path: Path
) -> None:
    path = written(
        tmp_path / "deals.csv", PIPELINE + WON.format("A1") + WON.format("A2").replace("1054", "?")
    )
    seen = rainmaker(path, "--report", "left.csv")
    assert "1 row was not taken; it is in left.csv." in seen.out
    told = (tmp_path / "left.csv").read_text("utf-8-sig").splitlines()
    assert told[1].startswith("deals.csv,3,close_value")
    seen = rainmaker(written(tmp_path / "deals.csv", PIPELINE + WON.format("A1")), "--report", "left.csv")
    assert (seen.code, "left.csv has no row." in seen.out) == (0, True)
    assert (tmp_path / "left.csv").read_text("utf-8-sig").splitlines() == ["file,line,reason"]


def test_a_report_that_cannot_be_written_is_said_before_anything_is_taken(
    rainmaker: Callable[..., Typed], tmp_path: Path
) -> None:
    path = written(tmp_path / "deals.csv", PIPELINE + WON.format("A1"))
    seen = rainmaker(path, "--report", tmp_path / "nowhere" / "left.csv")
    assert (seen.code, len(seen.err.splitlines())) == (1, 1)
    assert "--report" in seen.err
    assert rainmaker(path, "--report", path).code == 2
    assert path.read_text().startswith("opportunity_id")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--team", "Nobody"), "There is no team “Nobody”. Teams: “Field”."),
        (("--team", "Nobody", "--currency", "USD"), "There is no team “Nobody”. Teams: “Field”."),
        (("--sheet", "May"), "deals.csv: is no workbook, so it has no sheet “May”. Leave --sheet out."),
    ],
)
def test_an_option_that_fits_nothing_is_refused_with_what_there_is(
    rainmaker: Callable[..., Typed], tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    path = written(tmp_path / "deals.csv", PIPELINE + WON.format("A1"))
    seen = rainmaker(path, *options)
    assert (seen.code, seen.err) == (1, said + "\n")


def test_before_the_first_start_there_is_no_team_to_name(
    rainmaker: Callable[..., Typed], tmp_path: Path
) -> None:
    path = written(tmp_path / "deals.csv", PIPELINE + WON.format("A1"))
    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    seen = rainmaker(path, "--team", "Field", "--workspace", "T9", "--database-url", url)
    assert (seen.code, seen.err) == (1, "There is no team “Field”. There is none yet; leave --team out.\n")
    assert not (tmp_path / "new.db").exists()


def test_a_dry_run_tells_all_and_writes_nothing(rainmaker: Callable[..., Typed], tmp_path: Path) -> None:
    before = (tmp_path / "rainmaker.db").read_bytes()
    seen = rainmaker(SAMPLES / "hubspot-deals.csv", "--dry-run")
    assert (seen.code, "Dry run: nothing was written." in seen.out) == (0, True)
    assert (tmp_path / "rainmaker.db").read_bytes() == before


def test_undo_by_number(rainmaker: Callable[..., Typed]) -> None:
    assert rainmaker(SAMPLES / "opportunities.csv").code == 0
    seen = rainmaker("--undo", 1)
    assert (seen.code, seen.out) == (0, "Import 1 undone: 8 rows removed, 0 put back, 0 left as they are.\n")
    assert rainmaker("--undo", 1).err.startswith("Import 1 was undone already, on ")
    seen = rainmaker("--undo", 7)
    assert (seen.code, seen.err) == (1, "There is no import 7. The latest are 1.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["missing.csv"],
        [SAMPLES / "opportunities.csv", "--undo", "1"],
        [SAMPLES / "opportunities.csv", "--preset", "sap"],
        [SAMPLES / "opportunities.csv", "--dates", "ydm"],
        [SAMPLES / "opportunities.csv", "--stage", "Legal"],
    ],
)
def test_what_is_not_understood_ends_with_two(
    rainmaker: Callable[..., Typed], arguments: list[object]
) -> None:
    assert rainmaker(*arguments).code == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "a.csv: The file is empty."),
        ("a.csv", b"foo,bar\n1,2\n", "say nothing I know of deals, leads or contacts"),
        ("a.xlsx", b"PK\x03\x04rest", "a.xlsx: The file is damaged or incomplete"),
        (
            "a.csv",
            b"id,stage,opened\n1,open,3/4/2017\n",
            "can be read two ways: 3/4/2017 is 3 Apr 2017 or 4 Mar",
        ),
        ("a.csv", b"id,stage,opened\n1,open,3/4/2017\n", "For example: --dates mdy"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(
    rainmaker: Callable[..., Typed], tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    seen = rainmaker(tmp_path / name)
    assert (seen.code, seen.err.count("\n"), seen.out) == (1, 1, "")
    assert said in seen.err


def test_saying_the_order_of_dates_settles_it(rainmaker: Callable[..., Typed], tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id,stage,opened\n1,open,3/4/2017\n")
    assert rainmaker(path, "--dates", "dmy").code == 0


def test_a_folder_without_tables_says_what_it_looked_for(
    rainmaker: Callable[..., Typed], tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    written(folder / "deals.csv", PIPELINE)
    seen = rainmaker(folder)
    assert seen.code == 1
    assert (
        "has none of accounts.csv, products.csv, sales_teams.csv, sales_pipeline.csv; there is deals.csv"
        in seen.err
    )


def test_without_a_database_nothing_is_made(rainmaker: Callable[..., Typed], tmp_path: Path) -> None:
    seen = rainmaker(
        SAMPLES / "opportunities.csv", "--database-url", f"sqlite+aiosqlite:///{tmp_path}/none.db"
    )
    assert (seen.code, "--workspace T0123456" in seen.err) == (1, True)
    assert not (tmp_path / "none.db").exists()


async def test_every_run_is_kept_with_what_it_did(database: Database) -> None:
    await take(database, SAMPLES / "opportunities.csv")
    await take(database, SAMPLES / "opportunities.csv")
    async with database.read(WORKSPACE) as scope:
        runs = sorted(await scope.session.exec(select(ImportRow)), key=lambda run: run.id or 0)
    assert [(run.preset, run.source, run.added, run.unchanged) for run in runs] == [
        ("opportunities", "opportunities.csv", 8, 0),
        ("opportunities", "opportunities.csv", 0, 8),
    ]
    assert all(run.finished_at is not None and run.finished_at - T0 < timedelta(1) for run in runs)


class StatementWatch:
    """Counts the rows that statements take at once, and the deals that are written in each unit of work."""

    def __init__(self, database: Database) -> None:
        self.most = self.deals = 0
        self.units: list[int] = []
        event.listen(database.engine.writing.sync_engine, "before_cursor_execute", self.note)
        database.committed = self.kept

    def note(self, connection, cursor, statement, parameters, context, executemany) -> None:
        several = executemany and isinstance(parameters[0], tuple | dict)
        rows = len(parameters) if several else 1 + statement.count("), (")  # or all of them in one statement
        self.most = max(self.most, rows)
        if statement.startswith(("INSERT INTO opportunity", "DELETE FROM opportunity", "UPDATE opportunity")):
            self.deals += rows

    def kept(self) -> None:
        self.units.append(self.deals)
        self.deals = 0


async def test_an_import_and_its_undo_go_in_small_pieces_beside_everybody_else(
    database: Database, tmp_path: Path
) -> None:
    count, threads = 2 * BATCH + 30, set()
    file = tmp_path / "deals.csv"
    rows = (WON.format(f"D{n}") for n in range(count))
    file.write_text(PIPELINE + "".join(rows) + WON.format("bad").replace("1054", "much"))
    watch = StatementWatch(database)

    def refused(row: Rejected) -> None:
        threads.add(threading.current_thread())

    tally = await bring_in(database, WORKSPACE, file, lambda: T0, reject=refused)
    assert (tally.files[0].added, tally.refused) == (count, 1)
    assert watch.most <= PIECE
    assert [deals for deals in watch.units if deals] == [BATCH, BATCH, 30]
    assert (
        threading.main_thread() not in threads
    )  # rows are read and looked through where they hold up nobody

    watch.units.clear()
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana Bell"))
    assert (await bring_in(database, WORKSPACE, file, lambda: T0)).linked == count
    assert max(watch.units) <= LINKED
    assert sum(watch.units) == count

    watch.units.clear()
    assert tally.run_id is not None
    assert (await take_back(database, WORKSPACE, tally.run_id, lambda: T0)).removed == count
    assert watch.most <= max(PIECE, STEP)
    assert max(watch.units) <= STEP
