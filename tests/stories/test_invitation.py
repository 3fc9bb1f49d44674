"""Invitations: whoever leads elsewhere is asked before somebody takes them into a team."""

from datetime import timedelta

import pytest

from storage.people.member import save_member
from storage.people.team import managers_of
from tests.double import at_once, click_on, clicked_again, stored
from tests.known import WORKSPACE
from tests.setup_story import due, found_team, member, sets_up

HERE = "Europe/Ljubljana"


@pytest.fixture
async def asked(team):
    """Raj, who manages West, chose Mia of Field as a rep of his: she was asked."""
    team.server.workspace.add_person("U5", "eva", "Eva West", tz=HERE)
    mia, raj = team.person("mia"), team.person("raj")
    await sets_up(mia, "West", ["eva"], managers=["raj"])
    await mia.closes()
    await team.server.change_person("U3", is_admin=False)
    await sets_up(raj, "West", ["eva", "mia"])
    return team


async def answers(town, label):
    await town.person("mia").clicks(label, where=town.dm("mia"))
    await town.server.settled()


async def test_the_rest_is_saved_and_the_summary_says_who_was_asked(asked):
    said = asked.person("raj").modal()
    assert "West is saved: 1 rep (Eva West), managed by Raj Patel." in said
    assert "Mia Horvat leads elsewhere, so I asked first: a yes brings them in" in said
    question = asked.person("mia").sees()[-1]
    assert "Raj Patel asks you to join West as rep." in question
    assert "[Join]" in question
    assert (await member(asked, "U3")).team_id == (await found_team(asked, "Field")).id


async def test_a_yes_joins_and_whoever_asked_hears_it(asked):
    field = await found_team(asked, "Field")
    await answers(asked, "Join")
    west = await found_team(asked, "West")
    now = await member(asked, "U3")
    assert (now.team_id, now.is_rep) == (west.id, True)
    assert await due(asked, "U3") is not None
    assert "You are in West now, as rep. You came from Field." in asked.person("mia").sees()[-2]
    assert "Raj Patel put you into West." in asked.person("mia").sees()[-1]
    assert "Mia Horvat said yes and is in West now, as rep." in asked.person("raj").sees()[-1]
    async with asked.bot.database.read(WORKSPACE) as scope:
        assert await managers_of(scope, field.id) == ["U3"]


async def test_a_yes_is_undone_for_ten_minutes_and_puts_everything_back(asked):
    before = await member(asked, "U3")
    await answers(asked, "Join")
    await answers(asked, "Undo")
    after = await member(asked, "U3")
    assert (after.team_id, after.is_rep, after.is_manager) == (
        before.team_id,
        before.is_rep,
        before.is_manager,
    )
    assert "Undone: everything is as it was before you joined West." in asked.person("mia").sees()[-2]
    assert "Mia Horvat took the yes back" in asked.person("raj").sees()[-1]


async def test_a_yes_is_not_undone_later(asked):
    await answers(asked, "Join")
    await asked.clock.advance(timedelta(minutes=11))
    await answers(asked, "Undo")
    assert (await member(asked, "U3")).team_id == (await found_team(asked, "West")).id
    assert "Undo works for 10 minutes." in "\n".join(asked.person("mia").sees())


async def test_not_now_changes_nothing_and_can_become_a_yes(asked):
    before = await member(asked, "U3")
    await answers(asked, "Not now")
    assert (await member(asked, "U3")).team_id == before.team_id
    assert "Nothing changed: you are not in West." in asked.person("mia").sees()[-1]
    assert (
        "Mia Horvat will not join West for now. Everything else you saved stays."
        in asked.person("raj").sees()[-1]
    )
    await answers(asked, "Join after all")
    assert (await member(asked, "U3")).team_id == (await found_team(asked, "West")).id


async def test_two_presses_are_one_yes(asked):
    click = click_on(asked, asked.person("mia"), "invitation.join")
    await at_once(asked, click, clicked_again(asked, click))
    assert len([text for text in asked.person("raj").sees() if "said yes" in text]) == 1
    assert (await member(asked, "U3")).team_id == (await found_team(asked, "West")).id


async def test_saving_again_does_not_ask_again(asked):
    raj = asked.person("raj")
    await raj.closes()
    await sets_up(raj, "West", ["eva", "mia"])
    assert "so I asked first" in raj.modal()
    assert len([text for text in asked.person("mia").sees() if "asks you to join" in text]) == 1


async def test_a_withdrawn_invitation_says_so(asked):
    before = await member(asked, "U3")
    await asked.person("raj").clicks("Withdraw it")
    assert "Withdrawn: Mia Horvat will not be asked any more." in asked.person("raj").modal()
    await answers(asked, "Join")
    assert "This invitation was withdrawn. Nothing changed." in asked.person("mia").sees()[-1]
    assert (await member(asked, "U3")).team_id == before.team_id


async def test_an_expired_invitation_says_so(asked):
    before = await member(asked, "U3")
    await asked.clock.advance(timedelta(days=15))
    await answers(asked, "Join")
    said = "\n".join(asked.person("mia").sees())
    assert "This invitation to West has expired. Raj Patel can ask you again with /team people." in said
    assert (await member(asked, "U3")).team_id == before.team_id


async def test_an_invitation_by_somebody_who_may_not_ask_any_more_is_withdrawn(asked):
    async with asked.bot.database.write(WORKSPACE) as scope:
        await save_member(scope, "U4", active=False)
    await answers(asked, "Join")
    assert "This invitation was withdrawn." in asked.person("mia").sees()[-1]


async def test_nobody_answers_for_somebody_else(asked):
    click = click_on(asked, asked.person("mia"), "invitation.join")
    before = (await stored(asked))["invitation"]
    click["user"]["id"] = "U2"
    await at_once(asked, click)
    assert (await stored(asked))["invitation"] == before


async def test_an_admins_form_is_a_yes(team):
    mia = team.person("mia")
    await sets_up(mia, "West", ["raj"], managers=["raj"])
    await mia.closes()
    await sets_up(mia, "East", ["ben"], managers=["raj"])
    assert "managed by Raj Patel" in mia.modal()
    assert "asked first" not in mia.modal()


@pytest.mark.parametrize(
    ("first", "action", "who"),
    [
        (None, "invitation.not_now", "mia"),
        ("Join", "invitation.take_back", "mia"),
        (None, "invitation.withdraw", "raj"),
    ],
)
async def test_a_second_press_changes_and_tells_nothing_more(asked, first, action, who):
    if first:
        await answers(asked, first)
    click = click_on(asked, asked.person(who), action)
    await at_once(asked, click)
    once = await stored(asked)
    await at_once(asked, clicked_again(asked, click))
    assert await stored(asked) == once
