"""Who looked and who changed: one line a reader, person and day, that nothing takes out; how long things are kept."""

import re

import pytest

from tests.stories.files.books import address
from tests.stories.files.typed import Terminal
from tests.stories.files.ways_out import tables
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

READS = ("/goal history @ana", "/goal chart @ana")


@pytest.fixture
async def looked(team):
    """Mia looked at Ana's goals, several times on one day."""
    await team.person("ana").says("/goal 60k this quarter because of last year", channel="sales")
    for line in (*READS, *READS):
        await team.person("mia").says(line, channel="sales")
    return team


async def lines_of(town, name: str, pattern: str) -> list[str]:
    said = await asks(town.person(name), "/rainmaker access")
    return [line for line in said.splitlines() if re.search(pattern, line)]


async def test_a_person_sees_who_read_their_record_once_a_day(looked):
    """Four looks on one day are one line, with the day; the day after is another."""
    assert len(await lines_of(looked, "ana", "Mia")) == 1
    assert re.search(r"14 Sep|2026-09-14|[Tt]oday", (await lines_of(looked, "ana", "Mia"))[0])
    await looked.jump("2026-09-15 10:00", "Europe/Ljubljana")
    await looked.person("mia").says(READS[0], channel="sales")
    assert len(await lines_of(looked, "ana", "Mia")) == 2


async def test_reading_ones_own_record_is_no_access(looked):
    """Ana looked at her own goals: no line of hers."""
    await looked.person("ana").says("/goal history", channel="sales")
    assert not await lines_of(looked, "ana", r"\bAna\b.*read|read by Ana")
    assert len(await lines_of(looked, "ana", "Mia")) == 1


async def test_others_do_not_see_who_read_ana(looked):
    """Ben's list holds what was read of Ben alone."""
    said = await asks(looked.person("ben"), "/rainmaker access")
    assert "Ana" not in said
    assert re.search(r"nobody|no one|none", said, re.IGNORECASE), said


async def test_an_admin_sees_reads_and_changes_of_everybody(looked):
    """Mia set a goal for Ana: who, for whom, what, and when."""
    await looked.person("mia").says(
        "/goal set @ana 90k next quarter because of the new line", channel="sales"
    )
    said = await asks(looked.person("mia"), "/rainmaker access")
    assert re.search(r"Mia[^\n]*(set|goal)[^\n]*Ana|Ana[^\n]*goal[^\n]*Mia", said), said
    assert re.search(r"14 Sep|2026-09-14|[Tt]oday", said), said


async def test_undoing_a_change_takes_no_line_out(looked):
    """The goal is gone again, what was done and undone stands."""
    mia = looked.person("mia")
    await mia.says("/goal set @ana 90k next quarter because of the new line", channel="sales")
    before = await lines_of(looked, "mia", r"Mia.*goal.*Ana|Ana.*goal.*Mia|Mia.*Ana.*goal")
    await mia.says("/rainmaker undo", channel="sales")
    after = await lines_of(looked, "mia", r"Mia.*goal.*Ana|Ana.*goal.*Mia|Mia.*Ana.*goal")
    assert before
    assert len(after) >= len(before)


async def test_the_log_is_part_of_what_a_workspace_owns(looked, tmp_path):
    """An export has it, to read."""
    there = Terminal(tmp_path, address(looked))
    assert (await there.beside("export", "out")).code == 0
    found = {
        name: rows for name, rows in tables(tmp_path / "out").items() if re.search(r"access|log|audit", name)
    }
    told = " ".join(" ".join(row.values()) for rows in found.values() for row in rows)
    assert "Mia" in told or "U3" in told, list(found)


async def test_how_long_things_are_kept_is_a_setting(team):
    """Whoever settles what a team or a workspace decides finds how long its records are kept."""
    mia = team.person("mia")
    said = []
    for line in ("/team settings", "/rainmaker settings", "/rainmaker retention"):
        said.append(await asks(mia, line, "sales"))
        if mia.modal():
            await mia.closes(everything=True)
    told = "\n".join(said)
    assert re.search(
        r"\b(retention|kept|keep)\b[^\n]{0,80}\b(days|months|years)\b|forg[eo]t[^\n]* after",
        told,
        re.IGNORECASE,
    ), told
