"""Deals typed in a line: changed, asked about and filled in, with the way back."""

import pytest

from sales.pipeline.opportunity import Stage, Waking
from storage.pipeline.account import AccountRow
from tests.known import WORKSPACE
from tests.phrase_town import know_accounts
from tests.stories.test_opportunity import rows, the_row

pytestmark = pytest.mark.engines("sqlite")


async def value(town, name):
    return next(row.value_minor for row in await rows(town) if row.name == name)


async def test_a_deal_is_changed_in_a_line_and_changed_back(team):
    ana = team.person("ana")
    await ana.says("/deal Umbrella 40k closes 30 nov")
    (said,) = await ana.says("/deal edit Umbrella 45k closes 15 dec")
    assert "value $45,000, was $40,000; expected close Tue 15 Dec, was Mon 30 Nov" in said
    await ana.says("/rainmaker undo")
    row = await the_row(team)
    assert (row.value_minor, str(row.expected_on)) == (4_000_000, "2026-11-30")


async def test_expecting_is_changing_and_closing_for_an_amount_is_winning(team):
    ana = team.person("ana")
    await ana.says("/deal Hooli 30k")
    await ana.says("Hooli expects 50k in november")
    row = await the_row(team)
    assert (row.value_minor, str(row.expected_on)) == (5_000_000, "2026-11-30")
    await ana.says("closed hooli for 31k!!")
    row = await the_row(team)
    assert (row.stage, row.value_minor) == (Stage.WON, 3_100_000)


async def test_editing_without_a_word_opens_the_form(team):
    ana = team.person("ana")
    await ana.says("/deal Umbrella 40k")
    await ana.says("/deal edit umbrella")
    assert "Edit deal" in ana.modal()
    await ana.fills("Value", "45k")
    await ana.submits()
    assert await value(team, "Umbrella") == 4_500_000


async def test_a_value_far_above_all_others_is_asked_about_and_each_answer_does_what_it_says(team):
    ana = team.person("ana")
    await ana.says("/deal Wayne 200k")
    (said,) = await ana.says("/deal Acme 24m")
    assert "far above your team's largest deal, $200,000" in said
    await ana.clicks("Acme, $24,000")
    assert await value(team, "Acme") == 2_400_000
    await ana.says("/deal Globex 24m")
    await ana.clicks("Globex, $24,000,000")
    assert await value(team, "Globex") == 2_400_000_000


async def test_several_amounts_are_asked_about_once(team):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k-30k closes 15 dec")
    assert await rows(team) == []
    await ana.clicks("$30,000")
    row = await the_row(team)
    assert (row.name, row.value_minor, str(row.expected_on)) == ("Acme", 3_000_000, "2026-12-15")


async def test_what_was_not_understood_stands_in_the_form_and_is_put_right_there(team):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k-30k champion dana closes 15 dec")
    await ana.clicks("Fill in a form…")
    shown = ana.modal()
    assert "‘24k-30k’" in shown
    assert "‘Acme champion dana’" in shown
    assert "2026-12-15" in shown
    await ana.submits()
    assert "more than one amount" in str(ana.modal_errors())
    await ana.fills("Value", "27k")
    await ana.fills("Name", "Acme")
    await ana.submits()
    row = await the_row(team)
    assert (row.name, row.value_minor, str(row.expected_on)) == ("Acme", 2_700_000, "2026-12-15")


async def test_another_currency_is_kept_and_said(team):
    ana = team.person("ana")
    (said,) = await ana.says("/deal Acme EUR 30k")
    row = await the_row(team)
    assert (row.value_minor, row.currency) == (3_000_000, "EUR")
    assert "no goal in USD counts this one" in said
    (said,) = await ana.says("/deal edit Acme $40k")
    assert "Acme is in EUR, and that amount is in USD" in said
    assert (await the_row(team)).value_minor == 3_000_000
    await ana.says("/deal edit Acme EUR 35k")
    assert (await the_row(team)).value_minor == 3_500_000
    (said,) = await ana.says("/deal edit Acme 40k")
    assert "value €40,000, was €35,000" in said  # an amount without a currency is in the deal's own
    row = await the_row(team)
    assert (row.value_minor, row.currency) == (4_000_000, "EUR")


@pytest.mark.parametrize("typed", ["Umbrela", "Umbrlla", "Mbrella", "Umbrellla"])
async def test_a_name_one_letter_from_a_deals_is_asked_about_once(team, typed):
    ana = team.person("ana")
    await ana.says("/deal Umbrella 40k")
    (said,) = await ana.says(f"/deal {typed} 45k")
    assert "Did you mean Umbrella?" in said
    assert await value(team, "Umbrella") == 4_000_000
    await ana.clicks(f"Add {typed}, $45,000")
    assert await value(team, typed) == 4_500_000


async def test_a_figure_makes_another_name(team):
    ana = team.person("ana")
    await ana.says("/deal Acme pilot 2 40k")
    await ana.says("/deal Acme pilot 3 45k")
    assert await value(team, "Acme pilot 3") == 4_500_000


async def test_an_exact_name_is_never_ambiguous(team):
    ana = team.person("ana")
    async with team.bot.database.write(WORKSPACE) as scope:
        scope.session.add(AccountRow(workspace_id=WORKSPACE, name="Globex", name_key="globex"))
    await ana.says("/deal Globex 25k")
    await ana.says("/deal Globex renewal 60k")
    await ana.says("/deal won globex")
    stages = {row.name: row.stage for row in await rows(team)}
    assert stages == {"Globex": Stage.WON, "Globex renewal": Stage.SUSPECT}


async def test_words_behind_a_name_are_asked_about_and_left_out(team):
    ana = team.person("ana")
    await ana.says("/deal Hooli 30k")
    (said,) = await ana.says("/deal won hooli thanks to ben")
    assert "What is “thanks to ben”?" in said
    await ana.clicks("Won: Hooli")
    assert (await the_row(team)).stage is Stage.WON


async def test_an_unknown_deal_that_is_to_be_changed_can_be_added(team):
    ana = team.person("ana")
    await ana.says("/deal edit Nosuch 45k closes 15 dec")
    await ana.clicks("Add Nosuch, $45,000, closes Tue 15 Dec 2026")
    row = await the_row(team)
    assert (row.name, row.value_minor, str(row.expected_on)) == ("Nosuch", 4_500_000, "2026-12-15")


async def test_a_new_deal_whose_name_is_one_letter_off_an_account_is_asked_about(team):
    ana = team.person("ana")
    await know_accounts(team)
    [asked] = await ana.says("/deal Initec 24k closes 15 dec")
    assert "Did you mean Initech?" in asked
    await ana.clicks("Initech")
    assert "Added: Initech, $24,000, closes Tue 15 Dec." in ana.sees()[-1]
    [asked] = await ana.says("/deal Globx 24k")
    assert "Did you mean Globex?" in asked
    await ana.clicks("Globx as typed")
    assert "Added: Globx, $24,000." in ana.sees()[-1]


async def test_why_a_deal_was_won_is_kept_as_what_decided_it(team):
    ana = team.person("ana")
    await ana.says("/deal Hooli 30k")
    (said,) = await ana.says("/deal won hooli, 31,500 they loved the savings")
    assert "What is “they loved the savings”?" in said
    await ana.clicks("Won: Hooli, $31,500, because they loved the savings")
    assert "Won: Hooli, $31,500. It stood at $30,000 before. Why: they loved the savings." in ana.sees()[-1]
    assert "What decided it?" not in ana.sees()[-1]
    (card,) = await ana.says("/deal hooli")
    assert "Decided by “they loved the savings”." in card
    await ana.says("/rainmaker undo")
    assert "they loved" not in (await ana.says("/deal hooli"))[0]


async def test_until_something_that_is_no_day_is_asked_and_kept_as_why(team):
    ana = team.person("ana")
    await ana.says("/deal Hooli 30k")
    (said,) = await ana.says("/deal park hooli until the funding round")
    assert "I cannot tell when “until the funding round” is. When should it open again?" in said
    await ana.clicks("When I log something with them")
    row = await the_row(team)
    assert (row.stage, row.parked_until, row.wakes) == (Stage.PARKED, None, Waking.ACTIVITY)
    (said,) = await ana.says("/log 1 call Hooli")
    assert "Hooli was parked until you were in touch again" in said


async def test_what_was_typed_is_done_to_whichever_of_two_deals_is_chosen(team):
    ana = team.person("ana")
    for name in ("Hooli north", "Hooli south"):
        await ana.says(f'/deal "{name}" 30k')
    await ana.says("/deal park hooli until 1 oct")
    await ana.clicks("This one", near="Hooli south")
    await ana.says("/deal move hooli to 15 dec")
    await ana.clicks("This one", near="Hooli north")
    told = {row.name: (row.stage, str(row.parked_until), str(row.expected_on)) for row in await rows(team)}
    assert told["Hooli south"] == (Stage.PARKED, "2026-10-01", "None")
    assert told["Hooli north"][2] == "2026-12-15"


async def test_a_verb_beside_a_name_is_asked_about_and_cuts_no_other_deal(team):
    ana = team.person("ana")
    await ana.says('/deal "Park Hotel" 24k')
    (said,) = await ana.says("/deal Move Hotel 5k to Friday")
    assert "Is “Move” part of the name? In quotes it always is." in said
    assert await value(team, "Park Hotel") == 2_400_000
    await ana.clicks("Add Move Hotel, $5,000, closes Fri 18 Sep 2026")
    assert (await value(team, "Move Hotel"), await value(team, "Park Hotel")) == (500_000, 2_400_000)
    await ana.says("/deal New Balance 7k")
    await ana.clicks("Add New Balance, $7,000")
    assert await value(team, "New Balance") == 700_000
    (said,) = await ana.says("/deal help")
    assert "quotes" in said
