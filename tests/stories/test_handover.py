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


async def test_what_two_talked_about_goes_along(team):
    """The page of a 1:1, its notes and what was agreed on are the pair's, whichever account one of them has."""
    mia = team.person("mia")
    await mia.says("/team 1on1 @ana: her holiday", channel="sales")
    await mia.clicks("Note…", where="sales")
    await mia.fills("Note", "She looks at flats in Graz")
    await mia.submits()
    await team.server.change_person("U1", deleted=True)
    old = team.server.workspace.people["U1"]
    team.server.workspace.add_person("U9", "ana2", "Ana Kovač", tz=old.tz, email=old.email)
    team.server.workspace.channels["C1"].members.append("U9")
    new = team.person("ana2")
    await new.opens_home()
    await new.clicks("Move it to me", where=team.dm("ana2"))
    await team.server.settled()
    await new.says("/team 1on1", channel="sales")
    said = new.sees("sales")[-1]
    assert "her holiday" in said
    assert "flats in Graz" in said
    await new.clicks("Undo", where=team.dm("ana2"))
    await team.server.settled()
    rows = await stored(team)
    for table in ("agenda_item", "talk_note"):
        assert all("'U9'" not in row for row in rows[table])


async def test_a_manager_offers_it_where_the_address_is_another(returned):
    returned.server.workspace.people["U9"].email = "other@northwind.example"
    mia, new = returned.person("mia"), returned.person("ana2")
    await new.says("/log 2 calls", channel="sales")
    assert not any("closed" in text for text in new.sees())
    await mia.says("/team handover", channel="sales")
    await mia.chooses("Who leaves", "Ana Kovač (account closed)")
    await mia.chooses("Who takes over", "ana2")
    await mia.chooses("A new account", ["They are one person, with a new account"])
    await mia.submits()
    assert "Ana Kovač was asked. Nothing moves until they say yes." in mia.modal()
    assert "Mia Horvat says that the closed account Ana Kovač was yours." in "\n".join(new.sees())


async def test_nobody_is_offered_the_account_of_somebody_who_is_still_here(team):
    team.server.workspace.add_person("U9", "ana2", "Ana Kovač", email="ana@northwind.example")
    team.server.workspace.channels["C1"].members.append("U9")
    await team.person("ana2").says("/log 2 calls", channel="sales")
    assert not any("closed" in text for text in team.person("ana2").sees())
    await team.person("mia").says("/team handover", channel="sales")
    assert "new account" not in team.person("mia").modal()


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


@pytest.fixture
async def leaving(team):
    """Ben has two deals, one of them won, two promises, one at a time of its own, a goal, and his own aim of calls."""
    ben = team.person("ben")
    for line in (
        "/deal Borealis 24k",
        "/deal Cobalt 5k",
        "/deal won Cobalt 5k",
        "/followup Borealis today 18:00 send the contract",
        "/followup Delta Fri call them",
        "/goal 40k this quarter because of last year",
        "/goal 50 calls this week",
    ):
        await ben.says(line, channel="sales")
    return team


async def hands_over(mia):
    await mia.says("/team", channel="sales")
    await mia.clicks("Hand over…", where="sales")
    await mia.chooses("Who leaves", "Ben Ito")
    await mia.chooses("Who takes over", "Ana Kovač")
    await mia.submits()


async def goal_of(town, name):
    return "\n".join(await town.person(name).says("/goal", channel="sales"))


async def test_what_is_open_goes_to_another_and_what_is_won_stays(leaving):
    mia, ana, ben = (leaving.person(name) for name in ("mia", "ana", "ben"))
    await ana.says("/goal 20k this quarter because of last year", channel="sales")
    await hands_over(mia)
    assert "Ana Kovač has what Ben Ito had open: 1 deal, 2 follow-ups and 1 goal." in mia.modal()
    await mia.closes(everything=True)
    assert "of $55k" in await goal_of(leaving, "ana")  # 20k of her own, and the 35k that he was missing
    his = await goal_of(leaving, "ben")
    assert "$5,000 of $5,000" in his or "$5k of $5k" in his
    assert "50" in his
    assert "Borealis" not in "\n".join(await ben.says("/followup list", channel="sales"))
    await leaving.jump("2026-09-14 14:30", "Europe/Ljubljana")
    said = [one for one in ana.sees() if "Ben Ito had open" in one]
    assert len(said) == 1
    assert "Mia Horvat gave you what Ben Ito had open: 1 deal, 2 follow-ups and 1 goal." in said[0]
    assert not any("your goal" in one for one in ana.sees())
    await leaving.jump("2026-09-14 18:05", "Europe/Ljubljana")
    assert any("Borealis" in one and "contract" in one for one in ana.sees())
    assert not any("Borealis" in one and "contract" in one for one in ben.sees())


async def test_a_hand_over_is_undone_as_one_and_nobody_hears_of_it(leaving):
    mia, ana = leaving.person("mia"), leaving.person("ana")
    before = await stored(leaving)
    await hands_over(mia)
    await mia.clicks("Undo")
    await mia.closes(everything=True)
    after = await stored(leaving)
    for table in ("goal", "goal_change", "followup", "opportunity", "handover"):
        assert after[table] == before[table]
    await leaving.jump("2026-09-14 15:30", "Europe/Ljubljana")
    assert not any("Ben Ito had open" in one for one in ana.sees())


@pytest.mark.parametrize(
    ("heir", "said"), [("Ben Ito", "they have it already"), ("Raj Patel", "a team that you look after")]
)
async def test_who_cannot_take_over_is_said_under_the_field(leaving, heir, said):
    mia = leaving.person("mia")
    await mia.says("/team handover", channel="sales")
    await mia.chooses("Who leaves", "Ben Ito")
    await mia.chooses("Who takes over", heir)
    await mia.submits()
    assert said in " ".join(mia.modal_errors().values())
    await mia.chooses("Who leaves", "Ana Kovač")
    await mia.chooses("Who takes over", "Ben Ito")
    await mia.submits()
    assert "has no open deal, no follow-up, and no goal with anything missing" in mia.modal()
