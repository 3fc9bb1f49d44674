"""Who may take whom into a team, who makes the first, and what people see who are in none, or in Slack no more."""

from datetime import timedelta

import pytest

from storage.pipeline.account import AccountRow
from tests.double import stored
from tests.forged import add_described, describe_channel, hears, spoken
from tests.known import WORKSPACE
from tests.sales_story import opens_deal
from tests.setup_story import found_team, member, sets_up
from tests.undelivered import provoked

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"
GUESTS = {
    "a guest": {"is_restricted": True},
    "a guest of one channel": {"is_restricted": True, "is_ultra_restricted": True},
    "a stranger": {"is_stranger": True},
    "somebody of another workspace": {"team_id": "T9OTHER"},
}


# the first team


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="anybody"),
        *(pytest.param(said, id=name) for name, said in GUESTS.items()),
    ],
)
async def test_the_first_team_is_not_made_by_whoever_comes_first(town, said):
    add_described(town, "U8", "gus", "Gus First", **said)
    gus = town.person("gus")
    answer = "\n".join(await gus.says("/rainmaker setup"))
    assert gus.modal() is None
    assert "admin" in answer.casefold() or "owner" in answer.casefold()
    assert (await stored(town))["team"] == []


@pytest.mark.parametrize(
    "said", [{"is_admin": True}, {"is_owner": True}, {"is_primary_owner": True, "is_owner": True}]
)
async def test_the_first_team_is_made_by_an_admin_or_owner(town, said):
    add_described(town, "U8", "ada", "Ada Min", **said)
    await sets_up(town.person("ada"), "Field", ["ana"])
    assert (await found_team(town, "Field")) is not None


@pytest.mark.parametrize("said", [GUESTS["a guest"], GUESTS["a guest of one channel"]], ids=["many", "one"])
async def test_a_guest_is_not_made_a_manager_without_a_word(town, said):
    add_described(town, "U8", "gus", "Gus Guest", **said)
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana"], managers=["mia", "Gus Guest"])
    assert "guest" in (str(mia.modal_errors()) + str(mia.modal())).casefold().replace("gus guest", "")


# another team's manager, and admins


async def west(town):
    """A second team, West, which Raj manages and is no rep of."""
    town.server.workspace.add_person("U5", "eva", "Eva West", tz=HERE)
    mia = town.person("mia")
    await sets_up(mia, "West", ["eva"], managers=["raj"])
    await mia.closes()
    return town.person("raj")


@pytest.mark.parametrize(
    "taken",
    [
        pytest.param("mia", id="another team's manager"),
        pytest.param("ada", id="an admin"),
        pytest.param("ana", id="another team's rep"),
    ],
)
async def test_a_manager_takes_no_manager_or_admin_into_a_team_unasked(team, taken):
    team.server.workspace.add_person("U6", "ada", "Ada Min", tz=HERE, is_admin=True)
    await team.known("ada")
    user_id = team.person(taken).person.id
    raj = await west(team)
    before = (await member(team, user_id)).team_id
    await sets_up(raj, "West", ["eva", taken])
    assert (await member(team, user_id)).team_id == before
    shown = str(raj.modal_errors()) + str(raj.modal())
    assert "ask" in shown.casefold() or "yes" in shown.casefold()


@pytest.mark.parametrize("who", ["mia", "ada"])
async def test_a_manager_sets_no_goal_for_a_manager_or_admin_they_took(team, who):
    team.server.workspace.add_person("U6", "ada", "Ada Min", tz=HERE, is_admin=True)
    await team.known("ada")
    raj = await west(team)
    await sets_up(raj, "West", ["eva", who])
    await raj.closes()
    await raj.says(f"/goal set @{who} 12 deals this quarter", channel="sales")
    assert (await stored(team))["goal"] == []


# channels that others read


async def digest_day(town):
    for moment in ("2026-09-21T09:10", "2026-09-21T09:11"):  # a week is caught up with in two beats
        await town.jump(moment, HERE)
    return [text for text in town.person("ana").sees("sales") if text.startswith("Rainmaker:")]


@pytest.mark.parametrize("said", [{"is_ext_shared": True}, {"is_shared": True, "is_ext_shared": True}])
async def test_a_digest_channel_that_was_shared_meanwhile_gets_no_digest_before_a_manager_says_yes(
    team, said
):
    await opens_deal(team.person("ana"), "/deal Acme 24k", "sales")
    describe_channel(team, "C1", **said)
    assert await digest_day(team) == []
    assert "sales" in "\n".join(team.person("mia").sees())


async def test_a_digest_channel_with_a_guest_needs_a_managers_yes(team):
    add_described(team, "U8", "gus", "Gus Guest", is_restricted=True)
    team.server.workspace.channels["C1"].members.append("U8")
    await opens_deal(team.person("ana"), "/deal Acme 24k", "sales")
    assert await digest_day(team) == []
    assert "sales" in "\n".join(team.person("mia").sees())


async def test_a_digest_channel_of_our_own_people_gets_the_digest(team):
    await opens_deal(team.person("ana"), "/deal Acme 24k", "sales")
    assert len(await digest_day(team)) == 1


# deactivated


@pytest.mark.parametrize(
    "said", ["/log 2 calls", "/goal", "/team", "/followup", "/deal Acme 24k", "/why", "/runway"]
)
async def test_somebody_deactivated_sees_and_changes_nothing(team, said):
    await team.person("ben").says("/deal Secret 24k", channel="sales")
    await team.server.change_person("U2", deleted=True)
    before = await stored(team)
    answer = "\n".join(await team.person("ben").says(said, channel="sales"))
    assert await stored(team) == before
    assert not any(word in answer for word in ("Ana Kovač", "Secret", "Mia Horvat", "2 calls"))


async def test_somebody_whom_slack_has_deactivated_without_telling_us_is_noticed(team):
    team.server.workspace.people["U2"].deleted = True
    await team.clock.advance(timedelta(days=2))
    await team.bot.catch_up()
    before = (await stored(team))["activity"]
    await hears(team, "ben", spoken(team, "ben", "log 2 calls"))
    provoked(team)
    assert (await stored(team))["activity"] == before


# in no team


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("/team", id="team"),
        pytest.param("/team Field", id="named"),
        pytest.param("/team people Field", id="people"),
        pytest.param("/team scoreboard Field", id="scoreboard"),
        pytest.param("/team digest Field", id="digest"),
        pytest.param("/goal history @ana", id="history"),
        pytest.param("/why @ana revenue", id="why"),
    ],
)
async def test_who_is_in_no_team_sees_no_teams_members(team, said):
    raj = team.person("raj")
    await team.person("ana").says("/deal Secret 24k", channel="sales")
    answer = "\n".join(await raj.says(said, channel="sales")) + str(raj.modal())
    assert not any(name in answer for name in ("Ana Kovač", "Ben Ito", "Secret", "24"))


@pytest.mark.parametrize(
    "say",
    [
        "/deal {}",
        "/deal won {}",
        "/deal lost {}",
        "/followup {} Fri call them",
        "/why {}",
    ],
)
async def test_account_names_of_another_team_are_not_confirmed(team, say):
    """What somebody reads of a name that another team knows is what they read of one that nobody knows."""
    await team.person("ana").says("/deal Globex 24k", channel="sales")
    await west(team)
    team.server.workspace.channels["C1"].members.append("U5")
    eva = team.person("eva")
    await eva.says("/followup Initech Fri call them")  # after which a hint is not given again
    known = "\n".join(await eva.says(say.format("Globex"), channel="sales"))
    unknown = "\n".join(await eva.says(say.format("Glofex"), channel="sales"))
    assert known.replace("Globex", "X").replace("globex", "x") == unknown.replace("Glofex", "X").replace(
        "glofex", "x"
    )
    typo = "\n".join(await eva.says(say.format("Globx"), channel="sales"))
    assert "Globex" not in typo


async def typed_both_ways(team, say, theirs, nobodys):
    """What Eva of another team reads of a customer of Ana's, and of a name that nobody has."""
    eva = team.person("eva")
    known = "\n".join(await eva.says(say.format(theirs), channel="sales"))
    await eva.says("/rainmaker undo", channel="sales")
    unknown = "\n".join(await eva.says(say.format(nobodys), channel="sales"))
    return known.replace(theirs, "X"), unknown.replace(nobodys, "X")


@pytest.mark.parametrize(
    ("theirs", "nobodys"),
    [
        pytest.param("Redwod", "Bluewod", id="slip"),
        pytest.param("redwood", "bluewood", id="small letters"),
    ],
)
@pytest.mark.parametrize("say", ["/followup {} Fri call them", "/log call {} - spoke"])
@pytest.mark.parametrize("listed", [True, False])
async def test_a_customer_of_another_team_is_not_told(team, say, theirs, nobodys, listed):
    """The account list is everybody's, but not whom another team does business with."""
    ana = team.person("ana")
    if listed:
        async with team.bot.database.write(WORKSPACE) as scope:
            scope.session.add(AccountRow(workspace_id=WORKSPACE, name="Redwood", name_key="redwood"))
    await ana.says("/deal Redwood 24k", channel="sales")
    await west(team)
    team.server.workspace.channels["C1"].members.append("U5")
    await team.person("eva").says("/followup Initech Fri call them")  # after which a hint is not given again
    known, unknown = await typed_both_ways(team, say, theirs, nobodys)
    assert known == unknown


async def test_an_account_that_is_nobodys_customer_is_known_to_every_team(team):
    async with team.bot.database.write(WORKSPACE) as scope:
        scope.session.add(AccountRow(workspace_id=WORKSPACE, name="Redwood", name_key="redwood"))
    await west(team)
    [said] = await team.person("eva").says("/followup Redwod Fri call them")
    assert "Did you mean Redwood?" in said


async def test_how_large_another_teams_deals_are_is_not_told(team):
    """What a value is held against is the person's own team's largest deal."""
    await team.person("ana").says("/deal Redwood 24k", channel="sales")
    await west(team)
    [said] = await team.person("eva").says("/deal Initech USD 2.4m")
    assert "largest deal" not in said
    assert "Added: Initech, $2,400,000" in said
    [said] = await team.person("ana").says("/deal Initech 2.4m", channel="sales")
    assert "far above your team's largest deal, $24,000" in said
