"""The way out: everything a workspace owns in a folder, read again to the same; in Slack without what is private."""

import re

import pytest

from tests.stories.files import books, ways_out
from tests.stories.files.books import address, kept
from tests.stories.files.chat import files_given
from tests.stories.files.typed import Terminal, clear
from tests.stories.files.ways_out import run_by_a_spreadsheet, says, tables
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

NAMES = ("=1+1", "+49 30 1234", "-2+3", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")')
PRIVATE = r"calibrat|incentive|drill"


@pytest.fixture
async def lived(team):
    """A team that was used for a while: deals, a goal, a promise, calls, somebody at a customer."""
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    await ana.says("/goal 37 calls this week", channel="sales")  # her own business
    await ana.says("/deal Lockside 5k closes 15 Dec", channel="sales")
    await ana.says("/deal Granary 7k", channel="sales")
    await ana.says("/deal won Granary 7200", channel="sales")
    await ana.says("/followup Lockside Fri 3pm send the drawings", channel="sales")
    await ana.says("/log 5 calls 2 meetings", channel="sales")
    await ben.says("/deal Mill 900", channel="sales")
    await books.knows(team, "Lockside", "Jo Field")
    return team


@pytest.fixture
def there(lived, tmp_path):
    return Terminal(tmp_path, address(lived))


async def test_an_export_holds_everything_a_workspace_owns(there):
    """A table a kind, in words a person reads: names, money with two digits, days as 2026-09-18."""
    ended = await there.beside("export", "out")
    assert ended.code == 0, clear(ended)
    found = tables(there.folder / "out")
    assert says(found, "people", "Ana Kovač", r"ana@northwind\.example")
    assert says(found, "deals", "Lockside", r"\b5000(\.00)?\b", "USD", "2026-12-15")
    assert says(found, "deals", "Granary", "won", r"\b7200(\.00)?\b", "2026-09-14")
    assert says(found, "contacts", "Jo Field", "Buyer")
    assert says(found, "goals", r"60,?000", "2026-09-30")
    assert says(found, "goals", r"\b37\b", "call")
    assert says(found, "followups", "Lockside", "drawings", "2026-09-18")
    assert says(found, "activities", "call", r"\b5\b")


async def test_an_export_leaves_no_table_out_and_says_what_is_only_to_read(there):
    """More tables than can be read again: teams, holidays, the history of deals; which are which is said."""
    ended = await there.beside("export", "out")
    found = tables(there.folder / "out")
    names = " ".join(found)
    assert [one for one in ("team", "histor|change", "leave|holiday") if not re.search(one, names)] == [], (
        names
    )
    told = ended.said + "".join(
        path.read_text("utf-8") for path in (there.folder / "out").glob("*.[tm][xd]*")
    )
    assert re.search(r"to read|cannot be imported|not imported|only read", told, re.IGNORECASE), told


async def test_what_is_exported_comes_in_again_as_it_was(there):
    """Into an empty place and out of it again: the seven tables are equal, row by row."""
    assert (await there.beside("export", "out")).code == 0
    other = Terminal(there.folder, f"sqlite+aiosqlite:///{there.folder}/other.db")
    ended = await other.beside("import", "out", "--workspace", "T1", answers="USD\n")
    assert ended.code == 0, clear(ended)
    assert (await other.beside("export", "again")).code == 0
    first, second = tables(there.folder / "out"), tables(there.folder / "again")
    for kind in ways_out.KINDS:
        assert ways_out.rows(first, kind) == ways_out.rows(second, kind), kind
    assert sorted(one[:6] for one in kept(other.url)) == sorted(one[:6] for one in kept(there.url))


async def test_what_is_exported_changes_nothing_where_it_came_from(there):
    """Read in again at once: nothing is added, nothing is there twice."""
    before = kept(there.url)
    assert (await there.beside("export", "out")).code == 0
    ended = await there.beside("import", "out")
    assert ended.code == 0, clear(ended)
    assert sorted(one[:6] for one in kept(there.url)) == sorted(one[:6] for one in before)


async def test_an_export_writes_over_nothing(there):
    """A folder with something in it: one clear line, and what is there stays."""
    (there.folder / "out").mkdir()
    there.file("out/deals.csv", "mine\n")
    ended = await there.beside("export", "out")
    clear(ended)
    assert (ended.code, len(ended.lines)) == (1, 1), ended.said
    assert (there.folder / "out" / "deals.csv").read_text() == "mine\n"


def test_no_cell_of_an_export_is_run_by_a_spreadsheet(terminal):
    """Deals called =1+1 and the like: harmless in every file, and themselves again when they are read in."""
    lines = [
        f'{at},"{name.replace(chr(34), chr(34) * 2)}",open,10,"{name[:4]}"' for at, name in enumerate(NAMES)
    ]
    path = terminal.file("d.csv", "id,name,stage,value,account\n" + "\n".join(lines) + "\n")
    assert terminal("import", path).code == 0
    assert terminal("export", "out").code == 0
    for file in (terminal.folder / "out").rglob("*.csv"):
        assert run_by_a_spreadsheet(file.read_text("utf-8-sig")) == [], file.name
    other = Terminal(terminal.folder, f"sqlite+aiosqlite:///{terminal.folder}/other.db")
    assert other("import", "out", "--workspace", "T1", answers="USD\n").code == 0
    assert tuple(one.name for one in kept(other.url)) == NAMES


async def test_an_admin_gets_the_export_as_a_file_in_their_direct_channel(lived):
    """`/rainmaker export`: tables as files there, and nowhere else."""
    mia = lived.person("mia")
    assert await asks(mia, "/rainmaker export")
    await lived.server.settled()
    files = files_given(mia)
    assert any("Lockside" in text for text in files.values()), list(files)
    assert any("60" in text for name, text in files.items() if "goal" in name.lower())
    assert not files_given(lived.person("ana"))
    assert [cell for text in files.values() for cell in run_by_a_spreadsheet(text)] == []


async def test_an_admins_export_holds_nothing_private_to_one_person(lived):
    """Ana's goals of her own, how good her guesses were, incentives, notes, drill answers: none of it."""
    await lived.jump("2026-09-21 12:00", "Europe/Ljubljana")
    mia = lived.person("mia")
    await asks(mia, "/rainmaker export")
    await lived.server.settled()
    files = files_given(mia)
    assert files
    goals = [text for name, text in files.items() if "goal" in name.lower()]
    assert goals
    assert not [text for text in goals if re.search(r"\b37\b", text)]
    headers = {name: text.splitlines()[0] for name, text in files.items() if text}
    private = {
        name: line for name, line in headers.items() if re.search(PRIVATE, f"{name} {line}", re.IGNORECASE)
    }
    assert private == {}
    assert not [name for name in files if re.search(r"notes?\b", name.lower())]


async def test_a_rep_gets_their_own_or_is_told_who_may(lived):
    """Ben sees nothing of Ana's; what he gets is his."""
    ben = lived.person("ben")
    said = await asks(ben, "/rainmaker export")
    await lived.server.settled()
    files = files_given(ben)
    assert "There is no" not in said
    assert files or re.search(r"admin", said, re.IGNORECASE), said
    assert not [name for name, text in files.items() if "Lockside" in text or "Ana Kovač" in text]


async def test_what_is_private_goes_to_its_owner_alone(lived):
    """Ana asks for hers: her goal for the week is in it, in her direct channel, and nothing of Ben's."""
    ana = lived.person("ana")
    await asks(ana, "/rainmaker export")
    await lived.server.settled()
    told = "\n".join(files_given(ana).values())
    assert re.search(r"\b37\b", told), told
    assert "Mill" not in told
    assert not files_given(lived.person("ben"))
