"""A rep adds deals, wins and loses them, and each step says what it did to the number."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from sales.pipeline.opportunity import Opportunity, Stage
from sales.value import changed
from storage.people.member import save_member
from storage.pipeline.debrief import DebriefRow, debrief_of
from storage.pipeline.opportunity import add_opportunity, change_opportunity, closed_deals, live_deals
from storage.row_image import image
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand

TODAY = T0.date()
ALONE = "Rainmaker (only visible to you): "
LACKS_ALL = (
    "It counts in no forecast yet. Missing: that they spoke with us, a need and a next step with a day.\n"
    "☐ They spoke with us\n☐ They have a need we can meet\n[Next step…] [Count it anyway…]"
)
TO_FIND_OUT = (
    "Find out: whether there is a budget, who decides, whether they need it and whether they want it from you."
    " [Can they, will they…]"
)
ON_ITS_CARD = LACKS_ALL.replace("[Next step…] ", "")  # which stands in the card's own row


async def rows(town, user="U1"):
    async with town.bot.database.read(WORKSPACE) as scope:
        live = await live_deals(scope, user, TODAY)
        return [*live, *await closed_deals(scope, user, TODAY)]


async def the_row(town):
    (row,) = await rows(town)
    return row


async def stored(town, user="U1", **values):
    """A deal that was there before, as an import leaves it."""
    known = {"name": "Acme", "owner_id": user, "value_minor": 2_400_000, "opened_on": date(2026, 8, 3)}
    async with town.bot.database.write(WORKSPACE) as scope:
        return await add_opportunity(scope, Opportunity(**{**known, **values}), T0)


async def test_a_deal_is_added_shown_and_listed(team):
    ana = team.person("ana")
    assert await ana.says("/deal Acme 24k closes 15 Dec") == [
        f"{ALONE}Added: Acme, $24,000, closes Tue 15 Dec. It is a suspect.\n{LACKS_ALL}\n{TO_FIND_OUT}\n[Undo] [Edit…]"
    ]
    row = await the_row(team)
    assert (row.stage, row.opened_on, row.value_minor, row.currency) == (
        Stage.SUSPECT,
        None,
        2_400_000,
        "USD",
    )
    assert await ana.says("/deal") == [
        f"{ALONE}None of your deals is open.\n"
        "0 of 1 deal counts in the forecast. 1 suspect, missing that they spoke, a need and a next step.\n"
        "Acme · $24,000 · suspect · closes Tue 15 Dec [Show]"
    ]
    assert await ana.says("/deal acm") == [
        f"{ALONE}Acme · $24,000 · suspect · closes Tue 15 Dec (2026-12-15)\n{ON_ITS_CARD}\n"
        "[Next step…] [Prepare] [Contact…] [Obstacle…] [Can they, will they…]"
        " (⋯ It is a tender…, Park until…, History, Merge with another deal…)\n"
        "[Won] [Lost…] [Edit…] [All deals]"
    ]


async def test_the_list_shows_value_age_and_stage_and_leads_to_each_deal(team):
    ana = team.person("ana")
    await stored(team, stage_label="Engaging", account="Acme Corp", product="GTX Pro")
    await stored(team, name="Borealis", opened_on=None, stage=Stage.SUSPECT)
    (listed,) = await ana.says("/deal")
    assert listed == (
        f"{ALONE}You have 1 open deal, $24,000.\n"
        "1 of 2 deals count in the forecast. 1 suspect, missing that they spoke, a need and a next step.\n"
        "Acme · $24,000 · open 42 days · Engaging [Show]\nBorealis · $24,000 · suspect [Show]"
    )
    await ana.clicks("Show", near="Acme")
    assert "Account: Acme Corp · Product: GTX Pro" in ana.sees()[-1]
    await ana.clicks("All deals")
    assert ana.sees() == [listed]


async def test_somebody_without_deals_is_told_how_to_add_one(team):
    assert await team.person("ana").says("/deal") == [
        f"{ALONE}You have no open deal. To add one, type /deal Acme 24k."
    ]


async def test_a_win_moves_the_goal_and_undo_moves_it_back(team):
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    await stored(team)
    before = image(await the_row(team))
    (said,) = await ana.says("/deal won Acme 84k")
    assert said == (
        f"{ALONE}Won: Acme, $84,000. It stood at $24,000 before.\n"
        "Q3 2026 revenue: $84,000 of $120,000\n[Undo] [Edit…]\n"
        "What decided it?\n[Fit] [They trust us] [Price] [Timing] [In my words…]"
    )
    row = await the_row(team)
    assert (row.stage, row.closed_on, row.value_minor) == (Stage.WON, TODAY, 8_400_000)
    await ana.clicks("Undo")
    assert ana.sees()[-1] == f"{ALONE}Undone: Acme won. As before: Acme, $24,000, open."
    assert image(await the_row(team)) == before
    assert "$0" in (await ana.says("/goal"))[0]


async def test_a_deal_added_moves_the_goal_for_opportunities(team):
    ana = team.person("ana")
    await ana.says("/goal 5 opportunities this month")
    assert "opportunities created" not in (await ana.says("/deal Acme 24k"))[0]
    await ana.clicks("Count it anyway…")
    await ana.chooses("Why does it count?", "They asked for a quote")
    await ana.submits()
    assert "September 2026 opportunities created: 1 of 5" in ana.sees()[-1]


async def test_winning_on_an_earlier_day_counts_for_that_day(team):
    ana = team.person("ana")
    await stored(team)
    assert "Won: Acme, $24,000, on Fri 11 Sep." in (await ana.says("/deal won Acme last friday"))[0]
    assert (await the_row(team)).closed_on == date(2026, 9, 11)
    await ana.says("/rainmaker undo")
    (said,) = await ana.says("/deal won Acme 1 Aug 2026")
    assert "Acme was opened on Mon 3 Aug; it cannot close before that day." in said
    assert (await the_row(team)).stage is Stage.OPEN


@pytest.mark.parametrize("again", ["/deal won Acme", "/deal lost Acme price", "/deal Acme lost: price"])
async def test_a_deal_won_already_says_when_and_offers_the_way_back(team, again):
    ana = team.person("ana")
    await stored(team)
    await ana.says("/deal won Acme")
    assert await ana.says(again) == [
        f"{ALONE}Acme was won on Mon 14 Sep at $24,000. Nothing was changed.\n[Undo]"
    ]
    await team.clock.advance(timedelta(minutes=11))
    assert (await ana.says(again))[0].endswith("Nothing was changed.\n[Reopen]")
    await ana.clicks("Reopen")
    assert "Open again: Acme, $24,000." in ana.sees()[-1]
    row = await the_row(team)
    assert (row.stage, row.closed_on, row.opened_on) == (Stage.OPEN, None, date(2026, 8, 3))


async def test_further_business_with_an_old_customer_is_a_deal_of_its_own(team):
    ana = team.person("ana")
    await stored(team, stage=Stage.WON, closed_on=date(2026, 8, 20))
    assert await ana.says("/deal won Acme 5k") == [
        f"{ALONE}Acme was won on Thu 20 Aug at $24,000. Nothing was changed.\n"
        "[Reopen] [Add another as won, $5,000]"
    ]
    await ana.clicks("Add another as won, $5,000")
    assert "Won: Acme, $5,000." in ana.sees()[-1]
    assert sorted((row.value_minor, row.stage) for row in await rows(team)) == [
        (500_000, Stage.WON),
        (2_400_000, Stage.WON),
    ]


async def test_won_pressed_twice_has_one_effect(team):
    ana = team.person("ana")
    await stored(team)
    await ana.says("/deal Acme", channel="sales")
    await ana.says("/deal Acme")
    await ana.clicks("Won", where="sales")
    won = image(await the_row(team))
    await ana.clicks("Won")
    assert "Nothing was changed." in ana.sees()[-1]
    assert image(await the_row(team)) == won


async def test_lost_without_a_reason_asks_why_and_whether_we_should_have_been_there(team):
    ana = team.person("ana")
    await stored(team)
    before = image(await the_row(team))
    await ana.says("/deal Acme")
    await ana.clicks("Lost…")
    assert "Should we have been there at all? (optional)" in ana.modal()
    assert (await the_row(team)).stage is Stage.OPEN
    await ana.chooses("Should we have been there at all?", "No, it was not for us")
    await ana.fills("What decided it?", "Bought on price alone")
    await ana.submits()
    assert ana.modal() is None
    assert ana.sees() == [
        f"{ALONE}Lost: Acme, $24,000. Why: Bought on price alone.\n"
        "It was not for us: worth remembering before the next one like it.\n[Undo] [Edit…]"
    ]
    row = await the_row(team)
    async with team.bot.database.read(WORKSPACE) as scope:
        told = await debrief_of(scope, row.id)
    assert (row.stage, told.reason, told.should_have_been_there) == (
        Stage.LOST,
        "Bought on price alone",
        False,
    )
    await ana.clicks("Undo")
    assert image(await the_row(team)) == before
    async with team.bot.database.read(WORKSPACE) as scope:
        assert list(await scope.session.exec(select(DebriefRow))) == []


async def test_lost_with_a_reason_is_done_and_without_opens_the_form(team):
    ana = team.person("ana")
    await stored(team)
    assert await ana.says("/deal lost Acme") == []
    assert "Deal lost\nAcme · $24,000" in ana.modal()
    await ana.fills("What decided it?", "\u202e")
    await ana.submits()
    assert "price" in ana.modal_errors()["What decided it?"]
    await ana.closes()
    assert (await the_row(team)).stage is Stage.OPEN
    assert "Lost: Acme, $24,000. Why: price." in (await ana.says("/deal lost Acme price"))[0]


async def test_the_same_name_again_is_asked_about_and_adds_nothing_by_itself(team):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k")
    assert "This deal is there already; nothing was added." in (await ana.says("/deal acme 24k"))[0]
    (said,) = await ana.says("/deal Acme 30k")
    assert "You have a deal called “Acme” already. Change it, or is this another one?" in said
    assert len(await rows(team)) == 1
    await ana.clicks("Set to $30,000")
    assert "Saved: value $30,000, was $24,000. [Undo]\nAcme · $30,000" in ana.sees()[-1]
    await ana.says("/deal Acme 5k")
    await ana.clicks("Add another deal")
    assert [row.value_minor for row in await rows(team)] == [3_000_000, 500_000]


async def test_several_deals_that_fit_are_a_choice(team):
    ana = team.person("ana")
    await stored(team, name="Acme renewal")
    await stored(team, name="Acme rollout", value_minor=900_000)
    (said,) = await ana.says("/deal won acme 12k")
    assert "2 of your deals fit “acme”. Which one?" in said
    await ana.clicks("This one", near="Acme rollout")
    assert "Won: Acme rollout, $12,000. It stood at $9,000 before." in ana.sees()[-1]
    assert {row.name: row.stage for row in await rows(team)} == {
        "Acme renewal": Stage.OPEN,
        "Acme rollout": Stage.WON,
    }


async def test_a_close_spelling_is_never_acted_on_without_asking(team):
    ana = team.person("ana")
    await stored(team)
    (said,) = await ana.says("/deal won Acmee")
    assert "You have no deal called “Acmee”. Did you mean this one?" in said
    assert (await the_row(team)).stage is Stage.OPEN
    await ana.clicks("This one")
    assert (await the_row(team)).stage is Stage.WON


async def test_a_deal_nobody_added_can_be_won_at_once(team):
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    await ana.says("/deal won Zeta 5k")
    await ana.clicks("Add it as won, $5,000")
    assert "Won: Zeta, $5,000.\nQ3 2026 revenue: $5,000 of $120,000" in ana.sees()[-1]
    await ana.clicks("Undo")
    assert await rows(team) == []
    assert "You have no deal called “Zeta”." in (await ana.says("/deal won Zeta"))[0]


async def test_the_form_edits_and_says_what_changed(team):
    ana = team.person("ana")
    await stored(team)
    await ana.says("/deal Acme")
    await ana.clicks("Edit…")
    await ana.fills("Name", "Acme depot")
    await ana.fills("Value", "30,000.50")
    await ana.chooses("Expected close", "2026-12-15")
    await ana.submits()
    (card,) = ana.sees()
    assert card.startswith(
        f"{ALONE}Saved: name Acme depot, was Acme; value $30,000.50, was $24,000; expected close Tue 15 Dec. [Undo]\n"
        "Acme depot · $30,000.50 · open 42 days · closes Tue 15 Dec (2026-12-15)\n"
    )
    assert card.endswith("[Won] [Lost…] [Edit…] [All deals]")
    await ana.clicks("Edit…")
    await ana.submits()
    assert "nothing was changed" in ana.sees()[-1]


@pytest.mark.parametrize(
    ("label", "typed", "error"),
    [
        ("Name", "\u202e", "A deal needs a name."),
        ("Value", "lots", "does not read as an amount"),
        ("Value", "-5k", "below zero"),
        ("Value", "99999999999999999", "digit too many"),
        ("Value", "€5k", "€5k is in EUR; it is counted in USD here. Type the amount in USD."),
        ("Expected close", "2026-09-01", "That day is over."),
    ],
)
async def test_the_form_says_the_fault_under_its_field(team, label, typed, error):
    ana = team.person("ana")
    await stored(team)
    await ana.says("/deal Acme")
    await ana.clicks("Edit…")
    await ana.fills(label, typed)
    await ana.submits()
    assert error in ana.modal_errors()[label]


async def test_moving_parking_and_opening_again(team):
    ana = team.person("ana")
    await stored(team)
    assert "expected close Tue 15 Dec" in (await ana.says("/deal move Acme to 15 Dec"))[0]
    (said,) = await ana.says("/deal park Acme until 1 Oct")
    assert "It is in no forecast, and opens again by itself on Thu 1 Oct." in said
    row = await the_row(team)
    assert (row.stage, row.parked_until) == (Stage.PARKED, date(2026, 10, 1))
    assert "None of your deals is open.\n1 parked." in (await ana.says("/deal"))[0]
    await ana.says("/deal reopen Acme")
    assert (await the_row(team)).stage is Stage.OPEN
    for _ in range(3):
        await ana.says("/rainmaker undo")
    row = await the_row(team)
    assert (row.stage, row.expected_on, row.parked_until) == (Stage.OPEN, None, None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/deal Acme 99999999999999999", "Is there a digit too many?"),
        ("/deal Acme -5k", "below zero"),
        ("/deal Acme 0", "above zero"),
        ("/deal Acme " + "very " * 2000, "2,000 is the most that fits"),
        ("/deal " + "A" * 300 + " 24k", "200 is the most that fits"),
        ("/deal won", "Which deal is it?"),
        ("/deal close Acme", "Won or lost?"),
        ("/deal Acme 24k closes yesterday", "is in the past"),
    ],
)
async def test_what_cannot_stand_is_refused_with_the_mend_and_nothing_is_kept(team, line, said):
    (answer,) = await team.person("ana").says(line)
    assert said in answer
    assert await rows(team) == []


@pytest.mark.parametrize("name", ["<!channel>", "<@U2> & Co", "🚀 Söhne", "שלום בעמ"])
async def test_names_are_shown_as_typed_and_ring_nobody(team, name):
    ana = team.person("ana")
    (said,) = await ana.says(f'/deal "{name}" 24k')
    assert (await the_row(team)).name == name
    assert name in said or name.startswith("<@")
    assert team.person("ben").unread("sales") == 0
    assert name in (await ana.says("/deal"))[0] or name.startswith("<@")


async def handed_over(town, user):
    """Give the only deal to somebody else, as a manager or an import does."""
    async with town.bot.database.write(WORKSPACE) as scope:
        (row,) = await live_deals(scope, user, TODAY)
        await change_opportunity(scope, row, changed(Opportunity, row, owner_id="U2"), by_hand())


async def test_a_deal_that_became_somebody_elses_is_theirs_alone(team):
    ana = team.person("ana")
    await stored(team)
    await ana.says("/deal Acme")
    await handed_over(team, "U1")
    await ana.clicks("Won")
    assert "not yours to change" in ana.sees()[-1]
    assert "You have no deal called “Acme”." in (await ana.says("/deal Acme"))[0]
    assert [row.stage for row in await rows(team, "U2")] == [Stage.OPEN]


async def test_a_manager_may_close_a_reps_deal_and_the_reps_goal_moves(team):
    ben, mia = team.person("ben"), team.person("mia")
    async with team.bot.database.write(WORKSPACE) as scope:
        await save_member(scope, "U3", is_admin=False)
    await ben.says("/goal 120k this quarter")
    await stored(team, user="U3")
    await mia.says("/deal Acme")
    await handed_over(team, "U3")
    await mia.clicks("Won")
    assert "Won: Acme, $24,000.\nQ3 2026 revenue: $24,000 of $120,000" in mia.sees()[-1]
    assert "Acme" not in (await ben.says("/rainmaker undo"))[0]
    await mia.clicks("Undo")
    assert [row.stage for row in await rows(team, "U2")] == [Stage.OPEN]


async def test_what_is_known_later_is_not_known_today(team):
    ana = team.person("ana")
    await stored(team, name="Future", opened_on=date(2026, 10, 1))
    await stored(team, name="Acme", stage=Stage.WON, stage_label="Won", closed_on=date(2026, 12, 1))
    (said,) = await ana.says("/deal")
    assert said == f"{ALONE}You have 1 open deal, $24,000.\nAcme · $24,000 · open 42 days [Show]"
    assert "You have no deal called “Future”." in (await ana.says("/deal Future"))[0]
    await ana.says("/deal won Acme")
    assert (await the_row(team)).closed_on == TODAY


async def test_somebody_without_a_team_is_told_what_to_do(town):
    assert "You are in no team." in (await town.person("raj").says("/deal Acme 24k"))[0]


async def test_a_deal_that_is_lost_already_is_told_of_and_no_choice_is_asked_for(team):
    ana = team.person("ana")
    await ana.says("/deal Cargo Nine 24k")
    await ana.says("/deal won Cargo Nine")
    await ana.says("/deal Cargo Nine 12k")
    await ana.says("/deal lost Cargo Nine: price")
    [said] = await ana.says("/deal lost Cargo Nine")
    assert "Which one?" not in said
    assert "Cargo Nine was lost on Mon 14 Sep. Nothing was changed." in said
