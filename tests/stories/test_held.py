"""While Slack does not take our token everything waits, that is said, and it goes out once it is taken again."""

from datetime import timedelta

from sqlmodel import select

from storage.people.member import save_member
from storage.people.workspace import WorkspaceRow
from tests import forged
from tests.forged import send
from tests.known import WORKSPACE
from tests.undelivered import advance, provoked

HERE = "Europe/Ljubljana"
NOTHING_HELD = "Everything I had to say arrived"


async def reminded(town, who="ana", when="today 3pm"):
    await town.person(who).says(f"/followup Acme {when} send the ROI sheet", channel="sales")


async def listing(town, who="mia"):
    return "\n".join(await town.person(who).says("/rainmaker undelivered", channel="sales"))


async def is_held(town):
    async with town.bot.database.read_ledger() as ledger:
        (row,) = await ledger.session.exec(select(WorkspaceRow))
    return row.suspended_reason


async def later(town, **span):
    await advance(town, **span)
    await town.bot.catch_up()
    await town.server.settled()


def reminders(town, who="ana"):
    return [text for text in town.person(who).sees() if "Due: Acme" in text]


async def test_what_is_held_is_counted_with_its_time_and_reason_and_goes_out_once_it_can(team):
    await reminded(team)
    await team.server.uninstall()
    assert await is_held(team) is not None
    assert "Nothing is lost" in await listing(team)
    await team.jump("15:05", HERE)
    said = await listing(team)
    assert "1 message waits" in said
    assert "15:00" in said
    assert "the app was removed" in said or "the bot token was revoked" in said
    assert NOTHING_HELD not in said
    team.server.double.installed = True
    await later(team, minutes=2)
    provoked(team)
    assert len(reminders(team)) == 1
    assert await is_held(team) is None
    assert NOTHING_HELD in await listing(team)


async def test_a_token_that_stopped_without_a_word_is_noticed_and_waited_for(team):
    await reminded(team)
    team.server.double.installed = False
    await team.jump("15:05", HERE)
    assert await is_held(team)
    assert "it answers “" in await listing(team)
    for _ in range(3):
        await later(team, seconds=30)
    team.server.double.installed = True
    await later(team, seconds=70)
    provoked(team)
    assert len(reminders(team)) == 1


async def test_a_reminder_whose_time_ran_out_while_it_was_held_comes_all_the_same_and_says_how_late(team):
    await reminded(team)
    await team.server.uninstall()
    await team.jump("15:05", HERE)
    await team.clock.advance(timedelta(days=8))
    await team.server.settled()
    assert "since Mon 14 Sep" in await listing(team)
    team.server.double.installed = True
    await later(team, minutes=2)
    provoked(team)
    [text] = reminders(team)
    assert "late" in text


async def test_somebody_who_sees_none_of_it_is_told_of_none(team):
    await reminded(team)
    await team.server.uninstall()
    await team.jump("15:05", HERE)
    said = await listing(team, "ben")
    provoked(team)
    assert "waits" not in said


async def test_a_manager_hears_of_their_own_teams_messages_alone(team):
    await team.person("raj").says("/followup Globex today 3:30pm call them", channel="sales")  # in no team
    await team.server.uninstall()
    await team.jump("16:00", HERE)
    async with team.bot.database.write(WORKSPACE) as scope:
        await save_member(scope, "U3", is_admin=False)
    said = await listing(team)
    provoked(team)
    assert "Nothing is lost" in said
    assert "waits" not in said


async def test_news_of_another_bots_token_holds_nothing_even_while_ours_cannot_be_asked(team):
    team.server.double.installed = False
    await send(
        team, "events_api", forged.event(team, {"type": "tokens_revoked", "tokens": {"bot": ["U0OTHER"]}})
    )
    held = await is_held(team)
    provoked(team)
    assert held is None
