"""Who read and who changed: what of another's record is noted, by which doors; one's own costs nothing."""

from pathlib import Path

import pytest
from sqlmodel import select

from storage.people.access import AccessRow
from tests.known import WORKSPACE
from tests.setup_story import sets_up
from tests.statements import asked_of
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")


async def lines(town):
    """Every line of the log: who, about whom, what sort, and what."""
    async with town.bot.database.read(WORKSPACE) as scope:
        rows = await scope.session.exec(select(AccessRow).order_by(AccessRow.id))
        return [(row.by_id, row.about_id, str(row.kind), row.what) for row in rows]


@pytest.fixture
async def busy(team):
    """Ana has a goal and a deal that counts."""
    await team.person("ana").says("/goal 60k this quarter because of last year", channel="sales")
    await team.person("ana").says("/deal Lockside $5k", channel="sales")
    assert await lines(team) == []
    return team


@pytest.mark.parametrize(
    "line",
    [
        "/goal @ana", "/goal history @ana", "/goal chart @ana", "/goal set @ana", "/pipeline @ana", "/why @ana revenue",
    ],
)  # fmt: skip
async def test_looking_at_somebody_by_any_door_is_one_line_a_day(busy, line):
    for _ in range(2):
        await busy.person("mia").says(line, channel="sales")
    assert await lines(busy) == [("U3", "U1", "read", "")]


@pytest.mark.parametrize("line", ["/goal @ana", "/pipeline @ana"])
async def test_who_may_not_look_has_not_read(busy, line):
    await busy.person("ben").says(line, channel="sales")
    assert await lines(busy) == []


@pytest.mark.parametrize(
    "line", ["/goal history", "/pipeline", "/deal", "/deal Lockside", "/rainmaker access"]
)
async def test_ones_own_costs_no_statement(busy, line):
    with asked_of(busy.bot.database) as asked:
        await busy.person("ana").says(line, channel="sales")
    assert [one for one in asked if "INTO access_log" in one] == []
    assert await lines(busy) == []


async def test_a_look_that_is_noted_already_costs_one_statement(busy):
    mia = busy.person("mia")
    await mia.says("/goal history @ana", channel="sales")
    with asked_of(busy.bot.database) as asked:
        await mia.says("/goal history @ana", channel="sales")
    assert len([one for one in asked if "access_log" in one]) == 1


async def test_leave_entered_for_somebody_and_taken_back_is_two_changes(busy):
    mia = busy.person("mia")
    await mia.says("/team leave Ana Friday")
    await mia.says("/rainmaker undo")
    first, second = await lines(busy)
    assert first[:3] == second[:3] == ("U3", "U1", "changed")
    assert "leave of Ana" in first[3]
    assert "undone" in second[3]


async def test_a_teams_settings_are_a_change_of_nobody_alone_and_an_admin_sees_it(busy):
    mia = busy.person("mia")
    await mia.says("/team settings")
    await mia.submits()
    assert await lines(busy) == [("U3", "", "changed", "settings: settings of Field")]
    assert "Mia Horvat: settings: settings of Field" in await asks(mia, "/rainmaker access")
    assert "Nobody else" in await asks(busy.person("ana"), "/rainmaker access")


async def test_what_is_done_to_several_at_once_is_one_line_in_words_people_use(town):
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana", "ben"])
    await mia.closes(everything=True)
    await mia.says("/goal set @ben 40k this quarter because of last year", channel="sales")
    said = await asks(mia, "/rainmaker access")
    assert "Mia Horvat: set-up: team Field made, record of Ben Ito and Ana Kovač" in said
    assert "wizard" not in said
    assert "set, for Ben Ito\n" in said
    assert said.count("record of") == 1


async def test_deals_that_change_hands_are_noted_for_both(busy):
    mia = busy.person("mia")
    await mia.says("/team handover", channel="sales")
    await mia.chooses("Who leaves", "Ana Kovač")
    await mia.chooses("Who takes over", "Ben Ito")
    await mia.submits()
    assert {line[:3] for line in await lines(busy)} == {("U3", "U1", "changed"), ("U3", "U2", "changed")}


async def test_a_person_sees_what_was_changed_and_by_whom_in_plain_words(busy):
    await busy.person("mia").says("/team leave Ana Friday")
    said = await asks(busy.person("ana"), "who changed my record")
    assert "Today, Mia Horvat: team: leave of Ana Kovač" in said


def test_nothing_of_ours_but_the_log_itself_knows_its_table():
    """Append-only: no other module has the table in hand, and the log's own has no statement that changes a line."""
    found = [
        str(path)
        for room in ("bot", "handlers", "storage", "messages", "sales")
        for path in Path(room).rglob("*.py")
        if "AccessRow" in path.read_text()
    ]
    assert sorted(found) == [
        "handlers/people/access.py",
        "storage/migrations/tables.py",
        "storage/people/access.py",
    ]
    own = Path("storage/people/access.py").read_text()
    assert "update(" not in own
    assert own.count("delete(") <= 1  # of what is older than it is kept
