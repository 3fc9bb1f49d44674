"""Admins: whom Slack calls one, whom the operator names, and who comes from another workspace."""

import pytest

from bot.admins import appoint
from tests.double import stored
from tests.forged import add_described, hears, spoken
from tests.known import WORKSPACE
from tests.setup_story import found_team, member, sets_up


async def names(town, *admins):
    """Start anew with these people in ADMINS."""
    await appoint(town.bot.database, town.bot.slack, WORKSPACE, frozenset(admins))


async def test_whom_the_operator_names_makes_the_first_team(town):
    ana = town.person("ana")
    assert "ADMINS=U1 in my settings." in (await ana.says("/rainmaker setup"))[0]
    await names(town, "U1")
    await sets_up(ana, "Field", ["ana"])
    assert await found_team(town, "Field") is not None


async def test_who_is_named_no_more_is_an_admin_only_if_slack_says_so(team):
    await names(team, "U1", "U3")
    assert (await member(team, "U1")).administers
    await team.server.change_person("U1", display_name="Ana K.")
    assert (await member(team, "U1")).administers
    await names(team)
    assert not (await member(team, "U1")).administers
    assert (await member(team, "U3")).administers


async def test_a_name_that_slack_does_not_know_stops_nobody(town):
    await names(town, "U0NOBODY", "U4")
    assert (await member(town, "U4")).administers
    town.expected += town.server.problems


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ana", "An admin or owner of this Slack workspace makes it with /rainmaker setup."),
        ("mia", "Setting one up takes a minute"),
    ],
)
async def test_home_and_hello_say_what_happens_next_before_there_is_a_team(town, name, words):
    person = town.person(name)
    await person.opens_home()
    assert words in person.home()
    assert "/rainmaker setup" in "\n".join(person.sees())
    assert ("[Set up a team]" in person.home()) is (name == "mia")


async def test_home_of_an_admin_in_no_team_does_not_say_that_there_is_none(team):
    await team.known("raj")
    await team.server.change_person("U4", is_admin=True)
    raj = team.person("raj")
    await raj.opens_home()
    assert "You are in no team yourself. /team shows those that are yours to see" in raj.home()
    await team.server.change_person("U4", is_admin=False)
    await raj.opens_home()
    assert "A manager or an admin adds you with /team people." in raj.home()


@pytest.mark.parametrize(
    "said",
    [
        {"team_id": "T9OTHER"},
        {"is_stranger": True},
        {"team_id": "T1", "enterprise_user": {"id": "W8", "teams": ["T9OTHER"]}},
    ],
)
async def test_somebody_of_another_workspace_is_refused_and_nothing_is_kept_of_them(team, said):
    add_described(team, "U8", "otto", "Otto Out", **said)
    team.server.workspace.channels["C1"].members.append("U8")
    otto = team.person("otto")
    before = await stored(team)
    for line in ("/log 2 calls", "/team", "/rainmaker setup", "/goal"):
        [answer] = await otto.says(line, channel="sales")
        assert "You belong to another Slack workspace" in answer
    assert await stored(team) == before


async def test_somebody_of_several_workspaces_of_an_organisation_is_ours_too(team):
    add_described(
        team,
        "U8",
        "otto",
        "Otto In",
        team_id="T9OTHER",
        enterprise_user={"id": "W8", "teams": ["T9OTHER", WORKSPACE]},
    )
    team.server.workspace.channels["C1"].members.append("U8")
    assert "Logged 2 calls" in (await team.person("otto").says("/log 2 calls", channel="sales"))[0]


async def test_nobody_is_told_by_name_who_is_in_other_teams(team):
    mia = team.person("mia")
    await sets_up(mia, "West", ["raj"], managers=["raj"])
    await mia.closes()
    raj = team.person("raj")
    known = await hears(team, "raj", spoken(team, "raj", "goal set @ana 12 deals this quarter"))
    unknown = await hears(team, "raj", spoken(team, "raj", "goal set @zed 12 deals this quarter"))
    assert raj.sees()
    assert [said.replace("@zed", "@ana") for said in unknown] == known


async def test_home_gives_a_closed_account_back_only_if_slack_does(team):
    await team.server.change_person("U2", deleted=True)
    ben = team.person("ben")
    await ben.opens_home()
    assert not (await member(team, "U2")).active
    assert "My goals" not in str(ben.home())
    team.server.workspace.people["U2"].deleted = False
    await ben.opens_home()
    assert (await member(team, "U2")).active
