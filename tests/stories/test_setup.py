"""Setting up: a team made out of people, a user group and a channel, and everything that can be wrong."""

from datetime import UTC, date, datetime, time

from playground.faults import Fault
from tests.setup_story import clock_of, due, found_team, member, sets_up, skips_the_rest


async def test_an_admin_sets_up_the_first_team_and_everybody_gets_their_rhythm(town):
    town.server.workspace.people["U1"].is_admin = True
    ana = town.person("ana")
    await sets_up(ana, "Field", ["ana", "ben"], channel="sales")
    said = ana.modal()
    assert "Field is set up: 2 reps (Ana Kovač and Ben Ito), managed by Ana Kovač." in said
    assert (
        "Each rep gets one message around 16:30 their time on working days, only if something is due." in said
    )
    assert "Monday 09:00 (Europe/Ljubljana): digest in #sales." in said
    assert (
        "drop your CRM’s export in our direct messages: I show what would change before anything does."
        in said
    )
    assert "public holidays of Slovenia. Money is in EUR" in said
    assert await clock_of(town, "U1") == ("Europe/Ljubljana", time(16, 30), date(2026, 9, 14))
    assert await clock_of(town, "U2") == ("America/New_York", time(16, 30), date(2026, 9, 14))
    team = await found_team(town, "field")
    weekly = await due(town, str(team.id), "digest_weekly")
    assert weekly.next_due_at == datetime(2026, 9, 21, 7, 0, tzinfo=UTC)
    assert await due(town, str(team.id), "digest_daily") is None


async def test_a_founder_whose_zone_names_no_country_gets_a_team_without_one(town):
    town.server.workspace.add_person("U7", "una", "Una Where", tz="UTC", is_admin=True)
    una = town.person("una")
    await sets_up(una, "Nowhere", ["una"])
    assert "United States" not in una.modal()
    assert (await found_team(town, "Nowhere")).country is None


async def test_a_user_group_brings_its_people(town):
    town.server.workspace.groups["S1"].users.append("U0BOT")
    mia = town.person("mia")
    await sets_up(mia, "EMEA", [], group="EMEA")
    assert "2 reps (Ana Kovač and Raj Patel), managed by Mia Horvat" in mia.modal()
    assert "a bot" in mia.modal()
    assert "No digest yet" in mia.modal()


async def test_a_rep_may_not_set_up_once_there_is_a_team(team):
    said = await team.person("ana").says("/rainmaker setup")
    assert said == [
        "Rainmaker (only visible to you): Teams are made by managers, and by the admins and owners of this Slack "
        "workspace. Please ask one of them. Whoever runs me here can let you, too: ADMINS=U1 in my settings."
    ]
    assert team.person("ana").modal() is None


async def test_nobody_chosen_is_an_error_under_the_field(town):
    mia = town.person("mia")
    await sets_up(mia, "Field", [])
    assert "Choose at least one rep" in mia.modal_errors()["Reps"]
    assert await found_team(town, "Field") is None


async def test_bots_and_people_who_left_are_refused_by_name(town):
    town.server.workspace.add_person("U7", "old", "Olga Past", deleted=True)
    town.server.workspace.add_person("U8", "deploy", "Deploybot", is_bot=True)
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana", "Olga Past", "Deploybot"])
    said = mia.modal_errors()["Reps"]
    assert "Olga Past (deactivated in Slack)" in said
    assert "Deploybot (a bot)" in said
    assert "Ana" not in said
    assert await member(town, "U8") is None
    assert await found_team(town, "Field") is None


async def test_a_digest_channel_without_us_says_the_mend_and_works_after_the_invitation(town):
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana"], channel="random")
    assert mia.modal_errors() == {
        "Digest channel": "I am not in #random. Invite @Rainmaker to it first, then save again."
    }
    await mia.invites_bot("random")
    await mia.submits()
    await skips_the_rest(mia)
    assert "digest in #random" in mia.modal()


async def test_a_private_or_archived_digest_channel_is_refused(town):
    town.server.workspace.add_channel("C8", "secret", ["U3"], kind="private", with_bot=False)
    town.server.workspace.add_channel("C9", "attic", ["U3"]).archived = True
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana"], channel="secret")
    assert "I cannot see that channel" in mia.modal_errors()["Digest channel"]
    town.expected += town.server.problems
    await mia.chooses("Digest channel", "attic")
    await mia.submits()
    assert mia.modal_errors()["Digest channel"] == "#attic is archived. Choose another channel."


async def test_a_name_that_exists_adds_people_and_removes_nobody(team):
    mia = team.person("mia")
    await sets_up(mia, "FIELD", ["raj"])
    assert "This team existed already" in mia.modal()
    assert "3 reps (Ana Kovač, Ben Ito and Raj Patel)" in mia.modal()
    assert "digest in #sales" in mia.modal()  # leaving the channel empty took nothing away
    assert (await found_team(team, "Field")).name == "Field"


async def test_somebody_in_another_team_is_moved_and_that_is_said(team):
    mia = team.person("mia")
    await sets_up(mia, "West", ["ben", "raj"])
    assert "Ben Ito moved here from Field." in mia.modal()
    west = await found_team(team, "West")
    assert (await member(team, "U2")).team_id == west.id
    assert await due(team, "U2") is not None


async def test_a_manager_takes_nobody_from_a_team_of_somebody_else(team):
    mia = team.person("mia")
    await sets_up(mia, "West", ["raj"], managers=["raj"])
    await mia.closes()
    raj = team.person("raj")
    await sets_up(raj, "West", ["raj", "ana"])
    assert raj.modal_errors() == {
        "Reps": "Ana Kovač is in another team. Ask its manager or an admin to move them."
    }
    assert (await member(team, "U1")).team_id == (await found_team(team, "Field")).id


async def test_a_hostile_name_is_text(town):
    mia = town.person("mia")
    await sets_up(mia, "<!channel> <https://evil.example|Q4>", ["ana"])
    assert "<!channel> <https://evil.example|Q4> is set up" in mia.modal()
    await mia.closes()
    assert "<!channel>" in (await mia.says("/team"))[0]


async def test_a_slow_list_of_groups_does_not_keep_the_form_from_opening(town):
    town.server.faults.plan("usergroups.list", Fault("ratelimited"))
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana"])
    assert "Field is set up" in mia.modal()
    town.expected += town.server.problems


async def test_a_word_that_is_no_command_is_named_before_the_list(team):
    [said] = await team.person("ana").says("/rainmaker foo")
    assert "There is no “foo”. What Rainmaker can do" in said
    assert "/followup" in said
    [said] = await team.person("ana").says("/rainmaker help")
    assert "There is no" not in said
