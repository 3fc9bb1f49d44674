"""What is typed beside a file: a backtest with its words, an import before the first start, other currencies."""

import re
from datetime import date, timedelta
from random import Random

import pytest

from playground.box import Server
from playground.workspace import Workspace
from tests.stories.files import books
from tests.stories.files.books import kept
from tests.stories.files.typed import Terminal, clear

LAST = date(2025, 12, 31)


def record(stage="Stage", value="Value", odd="Signed") -> str:
    """Two years of deals under these headers; `odd` is what won is called."""
    drawn, lines = Random(14), [f"id,name,owner,product,{stage},{value},opened,closed"]
    for number in range(320):
        opened = date(2024, 1, 2) + timedelta(drawn.randrange(690))
        closed = opened + timedelta(drawn.choice((drawn.randrange(4, 20), drawn.randrange(50, 110))))
        word = "open" if closed > LAST else odd if drawn.random() < 0.6 else "lost"
        ends = "" if closed > LAST else closed.isoformat()
        amount = drawn.choice((1000, 2000, 4000))
        lines.append(
            f"D{number},Deal {number},Rep {number % 4},GTX,{word},{amount},{opened.isoformat()},{ends}"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def plain(used_once, tmp_path_factory):
    """What is printed where nothing is odd."""
    there = Terminal(tmp_path_factory.mktemp("plain"), f"sqlite+aiosqlite:///{used_once}")
    return there("backtest", there.file("plain.csv", record(odd="won"))).out


def table_of(said: str) -> list[str]:
    """The lines with scores of a backtest."""
    return [line.strip() for line in said.splitlines() if re.search(r"\d?\.\d{2,}", line)]


def test_a_backtest_takes_the_same_stage_words(terminal, plain):
    """`--stage Signed=won`: the same table as with plain words."""
    ended = terminal("backtest", terminal.file("odd.csv", record()), "--stage", "Signed=won")
    assert ended.code == 0, clear(ended)
    assert table_of(ended.out) == table_of(plain) != []


def test_a_backtest_takes_the_same_columns(terminal, plain):
    """`--column`: a file under its own headers scores as under ours."""
    path = terminal.file("odd.csv", record("Phase", "Fee", "won"))
    ended = terminal("backtest", path, "--column", "Phase=stage", "--column", "Fee=value")
    assert ended.code == 0, clear(ended)
    assert table_of(ended.out) == table_of(plain) != []


def test_a_backtest_says_which_rows_it_left_out(terminal):
    """How many and why, grouped, with the `--stage` to add; not a bare count."""
    text = record(odd="won").replace(",lost,", ",Legal desk,", 30)
    ended = terminal("backtest", terminal.file("odd.csv", text))
    said = clear(ended)
    assert re.search(r"\b30 rows\b", said), said
    assert re.search(r"--stage.*Legal desk=", said), said


def test_a_backtest_never_scores_money_it_did_not_read(terminal, plain):
    """A value under a near miss: refused, naming it, or scored with it; never as deals of nothing."""
    ended = terminal("backtest", terminal.file("odd.csv", record(value="Value_USD", odd="won")))
    said = clear(ended)
    assert table_of(ended.out) == table_of(plain) != [] or "Value_USD" in said, said


def test_the_app_asks_for_the_right_to_read_files(terminal):
    """What is pasted into Slack's app page names `files:read`, so that a dropped file can be fetched."""
    ended = terminal("manifest")
    assert ended.code == 0
    assert "files:read" in ended.out


DEALS = "id,name,owner,stage,value,currency,closed\n"


def test_rows_in_other_currencies_are_one_grouped_refusal(terminal):
    """Five in dollars, three in euro, two in pounds: five taken, and one line a currency with its count."""
    codes = ["USD"] * 5 + ["EUR"] * 3 + ["GBP"] * 2
    rows = [f"{at},Deal {at},Ida Moss,won,100,{code},2026-02-13\n" for at, code in enumerate(codes)]
    ended = terminal("import", terminal.file("d.csv", DEALS + "".join(rows)))
    said = clear(ended)
    assert (ended.code, len(kept(terminal.url))) == (1, 5), said
    euro, pounds = ended.telling(r"\bEUR\b"), ended.telling(r"\bGBP\b")
    assert 1 <= len(euro) <= 2, said
    assert any(re.search(r"\b3\b", one) for one in euro), said
    assert any(re.search(r"\b2\b", one) for one in pounds), said
    assert {(one.value, one.currency) for one in kept(terminal.url)} == {("100.00", "USD")}


@pytest.fixture
def unused(tmp_path):
    """A terminal where no bot was ever started."""
    return Terminal(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/new.db")


EIGHT = DEALS + "".join(f"{at},Deal {at},Person {chr(65 + at)},won,100,,2026-02-13\n" for at in range(8))


def test_an_import_before_the_first_start_takes_a_workspace_by_name(unused):
    """No database yet: `--workspace T1` makes it, and the deals are in."""
    ended = unused("import", unused.file("d.csv", EIGHT), "--workspace", "T1", answers="USD\n")
    said = clear(ended)
    assert "Start the bot once" not in said
    assert len(kept(unused.url)) == 8, said


async def test_an_import_before_the_first_start_asks_slack_which_workspace(unused):
    """The token says which workspace it is: nothing need be typed."""
    workspace = Workspace("Northwind", team_id="T1")
    workspace.add_person("U1", "ida", "Ida Moss")
    async with Server(workspace, rates=None) as server:
        settings = (("SLACK_BOT_TOKEN", server.bot_token), ("SLACK_APP_TOKEN", server.app_token))
        there = Terminal(unused.folder, unused.url, (*settings, ("SLACK_API_URL", server.api_url)))
        ended = await there.beside("import", there.file("d.csv", EIGHT), answers="USD\n")
    said = clear(ended)
    assert len(kept(unused.url)) == 8, said


def test_without_a_token_or_a_workspace_one_line_says_which(unused):
    """Neither Slack nor an option says whose deals these are: one line names `--workspace`, nothing is made."""
    ended = unused("import", unused.file("d.csv", EIGHT))
    clear(ended)
    assert (ended.code, len(ended.lines)) == (1, 1), ended.said
    assert "--workspace" in ended.said
    assert not (unused.folder / "new.db").exists()


def test_what_an_import_needs_is_named_in_one_line(unused):
    """Eight owners nobody met, no team, no currency: one line says it, not eight."""
    ended = unused("import", unused.file("d.csv", EIGHT), "--workspace", "T1")
    said = clear(ended)
    assert len(ended.telling(r"Person [A-H]")) <= 1, said
    assert len(ended.telling(r"currency|owner|\bteam\b|not in Slack")) <= 2, said
    assert re.search(r"currency|USD", said), said
    assert "Start the bot once" not in said


async def test_teams_that_count_in_two_currencies_are_asked_about_once(tmp_path):
    """Whose deals these are decides the currency: one line with `--team`; holds today and must stay so."""
    there = Terminal(tmp_path, await books.used(tmp_path / "two.db", "USD", teams=2))
    path = there.file("d.csv", EIGHT)
    ended = await there.beside("import", path, "--team", "Inside")
    assert ended.code == 0, clear(ended)
    wrong = await there.beside("import", path, "--team", "Outside")
    assert (wrong.code, len(wrong.lines)) == (1, 1), wrong.said
    assert "Inside" in wrong.said
