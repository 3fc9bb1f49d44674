"""Teams: who is in one, who may change it, and what stays when people come and go."""

import pytest

from tests.setup_story import due, found_team, member, sets_up


async def test_a_manager_removes_a_rep_and_their_messages_stop(team):
    mia = team.person("mia")
    await mia.says("/team")
    await mia.clicks("People")
    assert "Reps (optional): (@Ana Kovač, @Ben Ito)" in mia.modal()
    await mia.chooses("Reps", ["ana", "raj"])
    await mia.submits()
    assert "No longer in the team: Ben Ito. Their messages stop." in mia.modal()
    assert await due(team, "U2") is None
    assert await due(team, "U4") is not None


async def test_a_team_is_renamed_but_not_to_a_name_that_is_taken(team):
    mia = team.person("mia")
    await sets_up(mia, "West", ["raj"])
    await mia.closes()
    await mia.says("/team people Field")
    await mia.fills("Team name", "west")
    await mia.submits()
    assert mia.modal_errors() == {"Team name": "Another team has that name. Choose a different one."}
    await mia.fills("Team name", "East")
    await mia.submits()
    assert "East is saved" in mia.modal()
    assert await found_team(team, "Field") is None


async def test_somebody_who_left_slack_stays_in_the_team_when_people_change(team):
    await team.server.change_person("U2", deleted=True)
    mia = team.person("mia")
    await mia.says("/team people")
    await mia.chooses("Reps", ["ana", "raj"])
    await mia.submits()
    field = await found_team(team, "Field")
    assert (await member(team, "U2")).team_id == field.id
    assert "No longer in the team" not in mia.modal()


@pytest.mark.parametrize("command", ["/team settings", "/team people", "/team settings Field"])
async def test_a_rep_does_not_change_the_team(team, command):
    said = (await team.person("ana").says(command))[0]
    assert "Field can be changed by its managers and by admins: Mia Horvat." in said
    assert team.person("ana").modal() is None


async def test_a_manager_of_one_team_neither_changes_nor_sees_another(team):
    mia = team.person("mia")
    await sets_up(mia, "West", ["raj"], managers=["raj"])
    await mia.closes()
    raj = team.person("raj")
    for command in ("/team settings Field", "/team people Field", "/team leave Field"):
        known, unknown = await raj.says(command), await raj.says(command.replace("Field", "Fjeld"))
        assert "You have no team “Field”. Yours: West." in known[0]
        assert [said.replace("Fjeld", "Field") for said in unknown] == known
    assert "You have no team “Field”." in (await raj.says("/team Field"))[0]
    assert "Mia Horvat" not in (await raj.says("/team"))[0]
    assert "[Settings]" in (await raj.says("/team"))[0]


async def test_the_list_shows_roles_and_local_times(team):
    shown = (await team.person("ana").says("/team"))[0]
    assert "Mia Horvat manager · 11:00 Europe/Ljubljana" in shown
    assert "Ben Ito rep · 05:00 America/New_York" in shown
    assert "[People]" not in shown


async def test_an_unknown_team_name_lists_those_one_sees(team):
    assert (
        "You have no team “Atlantis”. Yours: Field." in (await team.person("ana").says("/team Atlantis"))[0]
    )


async def test_without_any_team_the_way_in_is_said(town):
    for command in ("/team", "/team holidays", "/team settings", "/team people"):
        assert "/rainmaker setup makes one" in (await town.person("mia").says(command))[0]
        assert "You are in no team yet." in (await town.person("ana").says(command))[0]
    assert "You are in no team." in (await town.person("ana").says("/rainmaker settings"))[0]


async def test_who_is_in_no_team_and_only_wants_to_read_is_told_who_may(team):
    raj = team.person("raj")
    await team.known("raj")
    [said] = await raj.says("/team digest")
    assert "You are in no team yet. A manager or an admin can add you; then /team shows who is in it." in said
    assert await raj.says("/team holidays") == [said]
    assert await raj.says("/team Field") == [said]


async def test_a_question_which_team_has_a_button_for_each_that_does_what_was_asked(team):
    mia = team.person("mia")
    await sets_up(mia, "West", ["raj"], managers=["raj", "mia"])
    await mia.closes()
    [said] = await mia.says("/team")
    assert "Field 3 people" in said  # as its list has them, the manager among them
    assert "West 2 people" in said
    assert "[Field] [West]" in said
    [said] = await mia.says("/team settings")
    assert "Which team?" in said
    await mia.clicks("West")
    assert "Team settings" in (mia.modal() or "")
    await mia.closes()
    [said] = await mia.says("/runway team")
    assert "[Field] [West]" in said


async def test_a_manager_notes_a_reps_leave_by_name(team):
    [said] = await team.person("mia").says("/team leave Ana Friday")
    assert "Leave of Ana Kovač saved: Fri 18 Sep" in said
    [said] = await team.person("mia").says("/team leave kovac friday")
    assert "You have no team" in said
