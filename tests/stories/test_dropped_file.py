"""A file dropped in the direct messages, where something comes in between: restarts, others, questions, time."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest
from sqlmodel import func, select

from bot.erase.texts import erase_copies
from bot.manifest import manifest
from playground.box import Server
from playground.clock import Clock
from sales.imports.files.shape import shape_of
from sales.people.team import Team
from storage.imports.files.drop import DroppedFileRow, FilePieceRow
from storage.imports.files.runs import ImportChangeRow
from storage.imports.files.shape import remember_terms
from storage.people.team import add_team
from storage.pipeline.opportunity import OpportunityRow
from tests.conftest import small_workspace
from tests.known import T0, WORKSPACE
from tests.stories.face.seen import presses
from tests.stories.files.chat import chooses
from tests.story_workspace import StoryWorkspace, running_bot
from tests.undelivered import provoked

ROWS = 1_500  # six units of work
HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner\n"
DEALS = (
    HEADER
    + "1,Quay lamp,Contract Sent,24000,2026-10-04,Ana Kovač\n2,Dock sign,Contract Sent,90,2026-10-20,\n"
)


@pytest.fixture
def mia(team):
    return team.person("mia")


async def counted(database, table):
    async with database.read(WORKSPACE) as scope:
        return (await scope.session.exec(select(func.count()).select_from(table))).one()


async def dropped_rows(database):
    async with database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(DroppedFileRow)))


def last(person):
    return person.sees()[-1]


async def says(person, words):
    """Wait until the newest message says something; what takes long goes on by itself."""
    for _ in range(1200):
        if words in last(person):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(last(person))


async def confirms(person):
    await presses(person, "^Confirm", where=person._place(None).id)


async def test_a_picture_and_words_log_the_words(team):
    """What a rep says beside a picture is done; the picture is no reason against it."""
    said = await team.person("ana").drops("screen.png", b"\x89PNG", saying="logged 2 calls")
    assert "2 calls" in "\n".join(said)
    assert "manager" not in "\n".join(said)


async def test_words_and_a_file_are_both_taken(mia):
    said = "\n".join(await mia.drops("deals.csv", DEALS.encode(), saying="logged 2 calls"))
    assert "2 calls" in said
    assert "What each column is taken for" in said


async def test_words_that_mean_nothing_are_no_question(mia):
    (said,) = await mia.drops("deals.csv", DEALS.encode(), saying="here is this week's")
    assert "What each column is taken for" in said


async def test_a_file_in_a_channel_is_asked_for_in_the_direct_messages(team, mia):
    said = await mia.drops("deals.csv", DEALS.encode(), "sales", saying="<@UBOT> here")
    assert await dropped_rows(team.bot.database) == []
    assert said == []


async def test_a_stub_of_another_workspace_is_asked_for(team, mia):
    """Slack Connect: the event names the file alone, files.info the rest."""
    team.server.workspace.people["U3"].is_stranger = True
    await mia.drops("deals.csv", DEALS.encode())
    team.server.workspace.people["U3"].is_stranger = False
    assert "What each column is taken for" in last(mia)


async def test_admins_are_told_that_a_scope_is_missing(team, mia):
    """Once a day, and what to do; then the same message has a way to try again."""
    team.server.workspace.people["U4"].is_admin = True
    await team.server.change_person("U4", is_admin=True)
    raj = team.person("raj")
    await raj.says("/rainmaker help")
    before = len(raj.sees())
    granted = team.server.double.manifest
    team.server.double.manifest = replace(granted, scopes=granted.scopes - {"files:read"})
    for _ in range(2):
        await mia.drops("deals.csv", DEALS.encode())
    provoked(team)
    told = raj.sees()[before:]
    assert [one for one in told if "files:read" in one] == told[:1]
    team.server.double.manifest = granted
    await presses(mia, "^Try again", where=team.dm("mia"))
    assert "What each column is taken for" in last(mia)


async def test_a_preview_expires_after_a_day_and_our_copy_is_erased(team, mia):
    await mia.drops("deals.csv", DEALS.encode())
    assert await counted(team.bot.database, FilePieceRow) == 1
    await team.jump("2026-09-15 12:00")
    await team.bot.catch_up()
    await team.server.settled()
    assert await counted(team.bot.database, FilePieceRow) == 0
    assert "not confirmed for a day" in "\n".join(mia.sees())


async def test_erasing_somebody_reaches_our_copies(team, mia):
    """The message says so; trying again fetches the file anew, and an old message that is let go says that."""
    await mia.drops("deals.csv", DEALS.encode())
    database = team.bot.database
    assert await erase_copies(database, WORKSPACE, team.clock.now, Counter()) == 0
    assert await counted(database, FilePieceRow) == 0
    await team.bot.desk.sweep()
    await says(mia, "Somebody is to be forgotten here")
    await presses(mia, "^Try again", where=team.dm("mia"))
    await says(mia, "What each column is taken for")
    async with database.write(WORKSPACE) as scope:
        (row,) = await scope.session.exec(select(DroppedFileRow))
        await scope.session.delete(row)
    await confirms(mia)
    assert "I do not keep it any more" in "\n".join(mia.sees())


async def test_what_was_remembered_and_does_not_fit_is_not_held_against_a_file(team, mia):
    """A sheet of another workbook, a code page that the file itself shows to be another: left aside."""
    async with team.bot.database.write(WORKSPACE) as scope:
        terms = {"sheet": "April", "encoding": "windows-1252", "team": "Gone"}
        await remember_terms(scope, shape_of(HEADER.strip().split(",")), terms, T0)
    await mia.drops("deals.csv", DEALS.encode())
    assert "Ana Kovač" in last(mia)
    await confirms(mia)
    assert await counted(team.bot.database, OpportunityRow) == 2


async def test_refused_rows_are_named_by_their_lines(mia):
    await mia.drops(
        "deals.csv", (DEALS + "3,Mill,Contract Sent,?,2026-10-20,\n4,Kiln,Contract Sent,?,,\n").encode()
    )
    assert "2 rows refused (lines 4 and 5)" in last(mia)


async def test_cancel_leaves_nothing(team, mia):
    await mia.drops("deals.csv", DEALS.encode())
    await presses(mia, "^Cancel", where=team.dm("mia"))
    assert "was left alone" in last(mia)
    assert await counted(team.bot.database, FilePieceRow) == 0
    assert await counted(team.bot.database, OpportunityRow) == 0


async def test_our_copy_is_erased_once_it_is_in(team, mia):
    await mia.drops("deals.csv", DEALS.encode())
    await confirms(mia)
    assert await counted(team.bot.database, FilePieceRow) == 0
    (row,) = await dropped_rows(team.bot.database)
    assert row.told.outlook is not None
    assert row.told.outlook.samples == []


async def test_somebody_else_cannot_confirm(team, mia):
    """The buttons are the person's who dropped it."""
    await mia.drops("deals.csv", DEALS.encode())
    (row,) = await dropped_rows(team.bot.database)
    async with team.bot.database.write(WORKSPACE) as scope:
        held = await scope.session.get(DroppedFileRow, row.id)
        held.user_id = "U9"
        scope.session.add(held)
    await confirms(mia)
    assert await counted(team.bot.database, OpportunityRow) == 0


async def test_many_questions_are_a_form(team, mia):
    """Thirty unknown stages: one button opens a form with all of them, and all are read as chosen."""
    rows = "".join(f"{at},Deal {at},Step {at % 30},10,2026-10-20,Ana Kovač\n" for at in range(90))
    await mia.drops("deals.csv", (HEADER + rows).encode())
    assert "30 things to settle" in last(mia)
    await presses(mia, "^Settle", where=team.dm("mia"))
    form = mia._workspace.modal("U3")
    assert len(form.blocks) <= 100
    for at in range(30):
        field = next(one for one in form.blocks if f"Step {at}" in str(one.get("label")))
        assert field["element"]["options"][0]["value"] == "open"
        entered = {"type": "static_select", "selected_option": field["element"]["options"][0]}
        mia._server.gestures.enter({field["block_id"]: {"chosen": entered}}, form.entered)
    await mia.submits()
    assert "90 new" in last(mia)


async def test_what_a_dot_and_a_year_mean_is_asked_in_menus(team, mia):
    """Two things that nothing in the file settles: a menu each, and the amounts and days are as they were chosen."""
    rows = HEADER + "1,Quay lamp,Contract Sent,1.200,26-10-05,Ana Kovač\n"
    await mia.drops("deals.csv", rows.encode())
    assert "2 things to settle" in last(mia)
    await chooses(mia, "Amount", "divides thousands")
    await chooses(mia, "Close Date", "the year")
    assert "$1,200" in last(mia)
    await confirms(mia)
    async with team.bot.database.read(WORKSPACE) as scope:
        (deal,) = list(await scope.session.exec(select(OpportunityRow)))
    assert (deal.value_minor, str(deal.expected_on)) == (120_000, "2026-10-05")


async def test_a_column_that_says_how_deals_ended_is_settled_by_a_menu(team, mia):
    """“Won?” says yes of a deal whose stage is open: asked, and read as chosen."""
    rows = "1,Quay lamp,Contract Sent,24000,2026-09-04,Ana Kovač,yes\n2,Dock sign,Contract Sent,90,2026-10-20,,no\n"
    await mia.drops("deals.csv", (HEADER.replace("owner", "owner,Won?") + rows).encode())
    assert "Won?" in last(mia)
    await chooses(mia, "Won?", "^status")
    await confirms(mia)
    async with team.bot.database.read(WORKSPACE) as scope:
        found = await scope.session.exec(select(OpportunityRow.name, OpportunityRow.stage))
        assert {name: stage.value for name, stage in found} == {"Quay lamp": "won", "Dock sign": "open"}


async def test_teams_of_two_currencies_are_asked_about(team, mia):
    async with team.bot.database.write(WORKSPACE) as scope:
        await add_team(scope, Team(name="South", zone="Europe/Madrid", currency="EUR"))
    await mia.drops("deals.csv", DEALS.encode())
    assert "Whose deals are these?" in last(mia)


async def test_a_restart_in_mid_import_completes_it_and_undo_takes_all_of_it(town_url):
    """Confirmed and cut short: the next start goes on, every deal is there once, and both runs go back."""
    server, clock, url = town_url
    rows = "".join(f"{at},Deal {at},Contract Sent,10,2026-10-20,Ana Kovač\n" for at in range(ROWS))
    async with running_bot(server, clock, url) as bot:
        team = StoryWorkspace(server, clock, bot)
        server.workspace.people["U3"].is_admin = True
        mia = team.person("mia")
        await mia.drops("deals.csv", (HEADER + rows).encode())
        await says(mia, "[Confirm]")
        pressing = asyncio.create_task(confirms(mia))
        for _ in range(6000):
            if await counted(bot.database, OpportunityRow):
                break
            await asyncio.sleep(0.01)
    await asyncio.gather(pressing, return_exceptions=True)
    async with running_bot(server, clock, url) as bot:
        await clock.jump("+2m")
        await bot.desk.sweep()
        await says(mia, "[Undo]")
        assert await counted(bot.database, OpportunityRow) == ROWS
        (row,) = await dropped_rows(bot.database)
        assert len(row.runs) == 2
        assert f"{ROWS:,} new" in last(mia)
        await presses(mia, "^Undo", where=server.workspace.dm("U3").id)
        await says(mia, "is taken back")
        assert await counted(bot.database, OpportunityRow) == 0
        assert await counted(bot.database, ImportChangeRow) == 0


@pytest.fixture
async def town_url(database_url):
    """A double with its clock, and the address of a database."""
    clock = Clock(T0, frozen=True)
    async with Server(
        small_workspace(), clock=clock, manifest=manifest(), rates=None, ack_timeout=20
    ) as server:
        yield server, clock, database_url


async def test_nowhere_to_put_the_file_is_said_and_can_be_tried_again(team, mia, tmp_path, monkeypatch):
    """One sentence, nothing in, and a button for when there is room again."""
    monkeypatch.setattr("tempfile.tempdir", "/dev/full-of-nothing")
    await mia.drops("deals.csv", DEALS.encode())
    assert "[Try again]" in last(mia)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    await presses(mia, "^Try again", where=team.dm("mia"))
    assert "What each column is taken for" in last(mia)
