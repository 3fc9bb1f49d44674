"""The same person under a new account: what the closed one had is offered to them, and moves if they say yes."""

from datetime import timedelta

import pytest

from tests.double import at_once, click_on, clicked_again, stored
from tests.setup_story import due, found_team, member

MINE = ("goal", "followup", "activity", "opportunity")


@pytest.fixture
async def returned(team):
    """Ana worked, her account was closed, and she says something with a new one of the same address."""
    ana = team.person("ana")
    for line in ("/goal 120k this quarter", "/deal Acme 24k", "/followup Acme Fri call Dana", "/log 5 calls"):
        await ana.says(line, channel="sales")
    await team.server.change_person("U1", deleted=True)
    old = team.server.workspace.people["U1"]
    team.server.workspace.add_person("U9", "ana2", "Ana Kovač", tz=old.tz, email="ANA@northwind.example")
    team.server.workspace.channels["C1"].members.append("U9")
    return team


async def theirs(town, user_id):
    rows = await stored(town)
    return {table: sum(f"'{user_id}'" in row for row in rows[table]) for table in MINE}


async def test_it_is_offered_and_without_a_yes_nothing_moves(returned):
    before = await theirs(returned, "U1")
    new = returned.person("ana2")
    await new.says("/log 2 calls", channel="sales")
    offer = "\n".join(new.sees())
    assert "Your address is that of Ana Kovač, whose account was closed in Slack." in offer
    assert "Nothing moves unless you say yes." in offer
    await new.clicks("No", where=returned.dm("ana2"))
    await returned.server.settled()
    assert await theirs(returned, "U1") == before
    assert (await member(returned, "U9")).team_id is None
    assert "Nothing moved." in "\n".join(new.sees())


async def test_a_yes_moves_everything_in_one_go_and_undo_puts_it_back(returned):
    before, field = await theirs(returned, "U1"), await found_team(returned, "Field")
    new = returned.person("ana2")
    await new.opens_home()
    rows = await stored(returned)
    await new.clicks("Move it to me", where=returned.dm("ana2"))
    await returned.server.settled()
    assert await theirs(returned, "U9") == before
    now = await member(returned, "U9")
    assert (now.team_id, now.is_rep) == (field.id, True)
    assert await due(returned, "U9") is not None
    assert "moved to you, and you are in Field" in "\n".join(new.sees())
    assert "Acme" in (await new.says("/deal", channel="sales"))[0]
    await new.clicks("Undo", where=returned.dm("ana2"))
    await returned.server.settled()
    after = await stored(returned)
    for table in (*MINE, "team_manager"):
        assert after[table] == rows[table]
    assert await theirs(returned, "U1") == before
    assert (await member(returned, "U9")).team_id is None
    assert (await member(returned, "U1")).team_id == field.id


async def test_two_presses_move_it_once_and_undo_ends_after_ten_minutes(returned):
    new = returned.person("ana2")
    await new.opens_home()
    click = click_on(returned, new, "handover.yes")
    await at_once(returned, click, clicked_again(returned, click))
    assert (await theirs(returned, "U1"))["goal"] == 0
    await returned.clock.advance(timedelta(minutes=11))
    await new.clicks("Undo", where=returned.dm("ana2"))
    await returned.server.settled()
    assert "Undo works for 10 minutes." in "\n".join(new.sees())
    assert (await theirs(returned, "U1"))["goal"] == 0


async def test_a_manager_offers_it_where_the_address_is_another(returned):
    returned.server.workspace.people["U9"].email = "other@northwind.example"
    mia, new = returned.person("mia"), returned.person("ana2")
    await new.says("/log 2 calls", channel="sales")
    assert not any("closed" in text for text in new.sees())
    await mia.says("/team handover", channel="sales")
    await mia.chooses("Closed account", "Ana Kovač")
    await mia.chooses("Their new account", "ana2")
    await mia.submits()
    assert "Ana Kovač was asked. Nothing moves until they say yes." in mia.modal()
    assert "Mia Horvat says that the closed account Ana Kovač was yours." in "\n".join(new.sees())


async def test_nobody_is_offered_the_account_of_somebody_who_is_still_here(team):
    team.server.workspace.add_person("U9", "ana2", "Ana Kovač", email="ana@northwind.example")
    team.server.workspace.channels["C1"].members.append("U9")
    await team.person("ana2").says("/log 2 calls", channel="sales")
    assert not any("closed" in text for text in team.person("ana2").sees())
    assert "deactivated" in (await team.person("mia").says("/team handover", channel="sales"))[0]


async def test_an_account_that_is_back_is_not_handed_over(returned):
    new = returned.person("ana2")
    await new.opens_home()
    await returned.server.change_person("U1", deleted=False)
    await new.clicks("Move it to me", where=returned.dm("ana2"))
    await returned.server.settled()
    assert "This offer does not stand any more." in "\n".join(new.sees())
    assert (await theirs(returned, "U9"))["goal"] == 0


@pytest.mark.parametrize(("first", "action"), [(None, "handover.no"), ("Move it to me", "handover.undo")])
async def test_a_second_press_changes_nothing_more(returned, first, action):
    new = returned.person("ana2")
    await new.opens_home()
    if first:
        await new.clicks(first, where=returned.dm("ana2"))
        await returned.server.settled()
    click = click_on(returned, new, action)
    await at_once(returned, click)
    once = await stored(returned)
    await at_once(returned, clicked_again(returned, click))
    assert await stored(returned) == once
