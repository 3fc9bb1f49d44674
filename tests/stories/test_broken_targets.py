"""Places that break and mend: a channel archived, deleted or left, a person who goes, a token revoked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.doctor import examine
from bot.logs import set_up
from bot.manifest import manifest
from bot.settings import Settings
from handlers.followups.followup.reminder import remind
from playground.box import Server
from playground.clock import Clock
from sales.followups.followup import FollowUp
from sales.nudges.ledger import DeliveryState
from sales.pipeline.opportunity import Opportunity, Stage
from storage.followups.followup import add_followup
from storage.nudges.undelivered import held_for
from storage.people.team import set_managers
from storage.pipeline.opportunity import add_opportunity
from tests.conftest import small_workspace
from tests.known import T0, WORKSPACE
from tests.setup_story import due, found_team, member, sets_up
from tests.story_workspace import StoryWorkspace, running_bot
from tests.undelivered import advance, of_kind, provoked, put, row

MONDAYS = ("2026-09-21", "2026-09-28", "2026-10-05")


async def won(town, name, on):
    deal = Opportunity(
        name=name,
        owner_id="U1",
        stage=Stage.WON,
        value_minor=5_000_00,
        opened_on=date(2026, 7, 1),
        closed_on=on,
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal, town.clock.now())


async def promised(town, owner, on, at=None):
    made = FollowUp(owner_id=owner, who="Acme", what="send the offer", due_on=on, due_at=at)
    async with town.bot.database.write(WORKSPACE) as scope:
        return await add_followup(scope, made, town.clock.now())


async def digest(town, day):
    field = await found_team(town, "Field")
    return await row(town, f"digest_weekly:{WORKSPACE}:{field.id}:{day}")


async def digest_schedule(town):
    field = await found_team(town, "Field")
    return await due(town, str(field.id), "digest_weekly")


def told(visitor, saying):
    return [one for one in visitor.sees() if saying in one]


@pytest.fixture
def logged():
    """What is logged as an error, as the operator reads it."""
    set_up("error")
    with capture_logs() as logs:
        yield logs
    set_up("critical")


@pytest.fixture
async def selling(team):
    """Field, with something worth telling in every week."""
    for day in (15, 22, 29):
        await won(team, f"Deal of the {day}th", date(2026, 9, day))
    return team


# a channel


async def test_an_archived_channel_is_told_before_a_digest_fails(selling):
    mia = selling.person("mia")
    await selling.person("ana").archives("sales")
    (said,) = told(mia, "I cannot post the digest")
    assert "I cannot post the digest of Field in #sales any more. The channel was archived." in said
    assert "[Choose a channel]" in said
    assert await digest_schedule(selling) is None
    await selling.jump("2026-09-22 12:00", "Europe/Ljubljana")
    assert await digest(selling, MONDAYS[0]) is None


async def test_team_shows_that_its_digest_does_not_arrive(selling):
    ana, mia = selling.person("ana"), selling.person("mia")
    assert "does not arrive" not in (await ana.says("/team"))[0]
    await ana.archives("sales")
    assert "The digest does not arrive. The channel was archived." in (await mia.says("/team"))[0]
    await ana.unarchives("sales")
    assert "does not arrive" not in (await mia.says("/team"))[0]


async def test_an_unarchived_channel_gets_its_digests_again(selling):
    ana = selling.person("ana")
    await ana.archives("sales")
    await ana.unarchives("sales")
    assert await digest_schedule(selling) is not None
    await selling.jump("2026-09-21 09:00", "Europe/Ljubljana")
    assert "Deal of the 15th" in ana.sees("sales")[-1]


async def test_a_deleted_channel_gives_way_to_another_and_the_digest_is_made_up_for(selling):
    mia = selling.person("mia")
    del selling.server.workspace.channels["C1"]  # while nobody was told: no event came
    await selling.jump("2026-09-21 09:00", "Europe/Ljubljana")
    provoked(selling)
    assert (await digest(selling, MONDAYS[0])).last_error == "channel_not_found"
    (said,) = told(mia, "I cannot post the digest")
    assert "The channel is gone, or it is private and I am not in it any more." in said
    await mia.invites_bot("random")
    await mia.clicks("Choose a channel")
    await mia.chooses("Digest channel", "random")
    await mia.submits()
    assert "Field is saved" in mia.modal()
    assert "Deal of the 15th" in selling.person("ana").sees("random")[-1]
    assert (await digest(selling, MONDAYS[0])).state is DeliveryState.SENT
    await mia.closes()
    assert "does not arrive" not in (await mia.says("/team"))[0]


async def test_the_event_of_a_deleted_channel_names_it_no_more(selling):
    mia = selling.person("mia")
    await mia.deletes("sales")
    (said,) = told(mia, "I cannot post the digest")
    assert "I cannot post the digest of Field any more. The channel was deleted." in said
    await mia.says("/team people")
    assert "Digest channel (optional): (No digest yet…)" in mia.modal()


async def test_who_was_put_out_of_a_channel_says_so_and_is_back_when_invited(selling):
    ana, mia = selling.person("ana"), selling.person("mia")
    await ana.removes_bot("sales")
    (said,) = told(mia, "I cannot post the digest")
    assert "I am not in the channel any more. To mend it, invite me with /invite @Rainmaker there." in said
    await ana.invites_bot("sales")
    await selling.jump("2026-09-21 09:00", "Europe/Ljubljana")
    assert "Deal of the 15th" in ana.sees("sales")[-1]
    assert await member(selling, "U0BOT") is None  # who joined is not met as a person


async def test_being_put_out_of_an_archived_channel_is_no_second_piece_of_news(selling):
    await selling.person("ana").archives("sales")
    await selling.server.send_event({"type": "channel_left", "channel": "C1"})
    assert len(await of_kind(selling, "undelivered")) == 1


async def test_after_three_digests_in_a_row_no_more_is_tried(selling):
    selling.server.workspace.channels["C1"].archived = True
    for number, day in enumerate(MONDAYS, 1):
        await selling.jump(f"{day} 09:00", "Europe/Ljubljana")
        assert (await digest(selling, day)).state is DeliveryState.DEAD
        assert (await digest_schedule(selling) is None) is (number == 3)
        assert len(await of_kind(selling, "undelivered")) == number
    provoked(selling)
    assert "Until then I do not try." in told(selling.person("mia"), "I cannot post")[-1]
    await selling.jump("2026-10-13 12:00", "Europe/Ljubljana")
    assert await digest(selling, "2026-10-12") is None


async def test_saving_other_settings_does_not_start_a_stopped_digest(selling):
    await selling.person("ana").archives("sales")
    await selling.person("mia").says("/team settings")
    await selling.person("mia").submits()
    assert await digest_schedule(selling) is None


async def test_retry_of_a_mended_place_starts_what_was_stopped(selling):
    selling.server.workspace.channels["C1"].archived = True
    for day in MONDAYS:
        await selling.jump(f"{day} 09:00", "Europe/Ljubljana")
    provoked(selling)
    selling.server.workspace.channels["C1"].archived = False  # and no event came of it
    mia = selling.person("mia")
    await mia.says("/rainmaker undelivered")
    await mia.clicks("Retry", near="Mon 5 Oct")
    assert await digest_schedule(selling) is not None
    assert len(selling.server.log.with_key((await digest(selling, MONDAYS[2])).occurrence_key)) == 1


async def test_a_digest_of_last_week_is_not_posted_when_the_channel_is_back(selling):
    ana = selling.person("ana")
    selling.server.workspace.channels["C1"].archived = True
    await selling.jump("2026-09-21 09:00", "Europe/Ljubljana")
    await selling.jump("2026-09-24 09:00", "Europe/Ljubljana")
    provoked(selling)
    before = len(ana.sees("sales"))
    await ana.unarchives("sales")
    assert len(ana.sees("sales")) == before
    assert (await digest(selling, MONDAYS[0])).dismissed_at is not None
    await selling.jump("2026-09-28 09:00", "Europe/Ljubljana")
    assert "The digest of Mon 21 Sep did not go out; this one covers its days too." in ana.sees("sales")[-1]


async def test_news_of_a_channel_nobody_uses_is_no_news(selling):
    await selling.person("ana").archives("random")
    await selling.person("ana").unarchives("random")
    assert await of_kind(selling, "undelivered") == []


# a person


async def test_somebody_who_left_gets_nothing_more_and_nobody_is_bothered(team):
    at = datetime(2026, 9, 14, 13, 0, tzinfo=UTC)
    async with team.bot.database.write(WORKSPACE) as scope:
        made = await add_followup(
            scope,
            FollowUp(owner_id="U1", who="Acme", what="call", due_on=date(2026, 9, 14), due_at=at),
            team.clock.now(),
        )
        await remind(scope, made, "Europe/Ljubljana", team.clock.now())
    await put(team, "test:later", not_before=team.clock.now() + timedelta(hours=1))
    await team.server.change_person("U1", deleted=True)
    await advance(team, hours=12)
    (reminder,) = await of_kind(team, "reminder")
    assert (reminder.state, reminder.last_error) == (DeliveryState.SKIPPED, "This person has left.")
    assert (await row(team, "test:later")).state is DeliveryState.SKIPPED
    assert await of_kind(team, "end_of_day", "U1") == []
    assert await of_kind(team, "undelivered") == []
    await team.server.change_person("U1", deleted=False)
    assert await due(team, "U1") is not None


def called_already(team):
    """Have Slack asked who is who no more today: what it says of a message comes first."""
    team.bot.roll_call.next_at = team.clock.now() + timedelta(days=2)


async def test_slack_itself_says_who_left_where_no_event_came(team):
    called_already(team)
    await team.bot.deliverer.drain()
    team.server.workspace.people["U1"].deleted = True
    await promised(team, "U1", date(2026, 9, 14))
    await team.jump("2026-09-14 16:40", "Europe/Ljubljana")
    provoked(team)
    (prompt,) = await of_kind(team, "end_of_day", "U1")
    assert (prompt.state, prompt.last_error) == (DeliveryState.DEAD, "user_disabled")
    assert not (await member(team, "U1")).active
    assert await due(team, "U1") is None
    assert await of_kind(team, "undelivered") == []
    (said,) = await team.person("mia").says("/rainmaker undelivered")
    assert "End-of-day" in said
    assert "They were deactivated in Slack." in said
    await team.server.change_person("U1", deleted=False)
    assert await due(team, "U1") is not None
    assert (
        await row(team, prompt.occurrence_key)
    ).state is DeliveryState.SENT  # before 22:00: still worth saying


async def test_somebody_who_is_here_has_not_left_whatever_slack_said(team):
    called_already(team)
    team.server.workspace.people["U1"].deleted = True
    await promised(team, "U1", date(2026, 9, 14))
    await team.jump("2026-09-14 16:40", "Europe/Ljubljana")
    provoked(team)
    team.server.workspace.people["U1"].deleted = False  # and no event came of it
    await team.person("ana").opens_home()
    assert (await member(team, "U1")).active
    assert await due(team, "U1") is not None
    assert (await of_kind(team, "end_of_day", "U1"))[0].state is DeliveryState.SENT


async def test_what_is_no_longer_worth_saying_is_taken_off_the_list_on_return(team):
    called_already(team)
    team.server.workspace.people["U1"].deleted = True
    await promised(team, "U1", date(2026, 9, 14))
    await team.jump("2026-09-14 16:40", "Europe/Ljubljana")
    provoked(team)
    await team.jump("2026-09-16 10:00", "Europe/Ljubljana")
    await team.server.change_person("U1", deleted=False)
    (prompt,) = await of_kind(team, "end_of_day", "U1")
    assert prompt.state is DeliveryState.DEAD
    assert prompt.dismissed_at is not None


async def test_a_person_who_cannot_be_reached_is_told_to_their_manager(team):
    team.server.workspace.people["U1"].is_bot = True  # Slack says cannot_dm_bot
    for day in (14, 15, 16):
        await promised(team, "U1", date(2026, 9, day))
    for day in (14, 15, 16):
        await team.jump(f"2026-09-{day} 17:00", "Europe/Ljubljana")
    provoked(team)
    said = told(team.person("mia"), "My messages to Ana Kovač do not arrive.")
    assert len(said) == 3  # one a day, and then no more
    assert "I have stopped trying." in said[-1]
    assert await due(team, "U1") is None
    await team.jump("2026-09-18 17:00", "Europe/Ljubljana")
    assert len(await of_kind(team, "end_of_day", "U1")) == 3
    team.server.workspace.people["U1"].is_bot = False
    await team.person("ana").opens_home()
    assert await due(team, "U1") is not None


# a workspace


async def test_without_a_manager_the_admins_are_told_and_without_any_the_log(team, logged):
    await team.known("raj")
    await team.server.change_person("U3", is_admin=False)
    await team.server.change_person("U4", is_admin=True)
    field = await found_team(team, "Field")
    async with team.bot.database.write(WORKSPACE) as scope:
        await set_managers(scope, field.id, [])
    await team.person("ana").archives("sales")
    assert [one.user_id for one in await of_kind(team, "undelivered")] == ["U4"]
    await team.person("ana").unarchives("sales")
    await team.server.change_person("U4", is_admin=False)
    await advance(team, days=1)
    await team.person("ana").archives("sales")
    assert len(await of_kind(team, "undelivered")) == 1
    assert "nobody can be told" in " ".join(one["event"] for one in logged)


async def test_a_revoked_token_holds_everything_until_the_app_is_installed_again(database_url, logged):
    clock = Clock(T0, frozen=True)
    async with Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server:
        async with running_bot(server, clock, database_url) as bot:
            town = StoryWorkspace(server, clock, bot)
            await sets_up(town.person("mia"), "Field", ["ana", "ben"], channel="sales")
            await town.person("mia").closes()
            await won(town, "Acme", date(2026, 9, 14))
            await promised(town, "U1", date(2026, 9, 14))
            server.double.installed = False  # nobody says so: the next call finds out
            await town.jump("2026-09-14 17:00", "Europe/Ljubljana")
            assert [one["error"] for one in logged if "workspace suspended" in one["event"]] == [
                "account_inactive"
            ]
            await put(town, "test:kept", not_before=clock.now() + timedelta(minutes=1))
            before = len(server.log.accepted)
            await town.jump("2026-09-21 09:05", "Europe/Ljubljana")
            (prompt, *_) = await of_kind(town, "end_of_day", "U1")
            assert prompt.state is DeliveryState.PENDING
            assert (await digest(town, MONDAYS[0])).state is DeliveryState.PENDING
            async with bot.database.read_ledger() as ledger:
                ((held, waiting),) = await held_for(ledger)
            assert (held.suspended_reason, waiting > 2) == ("account_inactive", True)
            assert len(server.log.accepted) == before
        given = Settings(
            _env_file=None,
            slack_bot_token=server.bot_token,
            slack_api_url=server.api_url,
            database_url=database_url,
        )
        (found,) = [one async for one in examine(given) if one.what == "Workspace"]
        assert found.found == f"Northwind is held: account_inactive; {waiting} messages wait"
        assert "Install the app again at Slack" in found.mend
        server.double.installed = True
        async with running_bot(server, clock, database_url) as bot:
            town = StoryWorkspace(server, clock, bot)
            await town.bot.catch_up()
            await server.settled()
            prompt = await row(town, prompt.occurrence_key)
            assert (prompt.state, prompt.last_error) == (DeliveryState.SKIPPED, "late")
            keys = [key for key in server.log.keys() if key]  # noqa: SIM118 -- a method of the double's log
            weekly = (await digest(town, MONDAYS[0])).occurrence_key
            assert sorted(keys) == sorted(
                [
                    f"welcome_to_team:T1:U1:{T0.isoformat()}",
                    "test:kept",
                    weekly,
                    "manager_monday:T1:U3:2026-09-14",
                    "one_on_one_pack:T1:U3:U2:2026-09-21",
                ]
            )  # nothing lost, nothing twice, nothing too late
