"""A contact's time in use: said in plain words, asked about, moved to other days; and calls that nobody wants."""

import pytest

from tests.stories.craft.lived import clocks, names_contact
from tests.stories.pipeline import books as deals
from tests.stories.pipeline.books import HERE
from tests.stories.pipeline.walked import asks, card

pytestmark = pytest.mark.engines("sqlite")

CALL = "/followup Lockside tomorrow call Dana about the quote"


@pytest.fixture
async def ana(team):
    await deals.stands(team, "Lockside")
    return team.person("ana")


async def test_it_is_said_in_plain_words_and_taken_back(ana):
    await names_contact(ana, "Lockside", "Dana Roe")
    said = await asks(ana, "Dana prefers Tue 9–10")
    assert "best Tue 09:00–10:00" in said
    assert "New York, best Tue 09:00–10:00" in await asks(ana, "Dana is in New York")
    assert "never call" in await asks(ana, "never call Dana")
    await asks(ana, "/rainmaker undo")
    assert "never call" not in await card(ana, "Lockside")
    assert "15:00" in clocks(await asks(ana, CALL, "sales"))


async def test_who_is_not_known_or_could_be_two_is_asked_about(team, ana):
    await deals.stands(team, "Granary")
    assert "no contact called “Dana”" in await asks(ana, "/deal contact Dana prefers mornings")
    await names_contact(ana, "Lockside", "Dana Roe")
    await names_contact(ana, "Granary", "Dana Low")
    said = await asks(ana, "/deal contact Dana prefers mornings")
    assert "[Dana Roe at Lockside]" in said
    assert "[Dana Low at Granary]" in said
    await ana.clicks("Dana Low at Granary")
    assert "best 08:00–12:00" in await card(ana, "Granary")
    assert "best" not in await card(ana, "Lockside")


async def test_words_that_are_no_time_keep_what_was_known(ana):
    await names_contact(ana, "Lockside", "Dana Roe", zone="London", best="9-10")
    assert "contradict" in await asks(ana, "/deal contact Dana prefers mornings, only after 14:00")
    await names_contact(ana, "Lockside", "Dana Roe", decides=True)
    assert "decides – London, best 09:00–10:00" in await card(ana, "Lockside")


async def test_a_call_that_is_moved_takes_their_time_there(ana):
    """New York is six hours behind on Friday 23 October, and five on Tuesday 27 October."""
    await names_contact(ana, "Lockside", "Dana Roe", zone="New York", best="9-10")
    await asks(ana, "/followup Lockside 23 october call Dana about the quote", "sales")
    said = await asks(ana, "/followup move Lockside to 27 october", "sales")
    assert "14:00" in clocks(said), said
    said = await asks(ana, "/followup move Lockside to 28 october 11:00", "sales")
    assert "Your time stands" in said
    assert "11:00" in clocks(await asks(ana, "/followup move Lockside to 29 october", "sales"))


async def test_another_day_than_theirs_is_said(ana):
    await names_contact(ana, "Lockside", "Dana Roe", zone="New York", best="Thu 9-10")
    said = await asks(ana, CALL, "sales")
    assert "on another day than this. The next is Thu 17 Sep" in said


async def test_the_same_words_twice_are_one_promise(ana):
    await names_contact(ana, "Lockside", "Dana Roe", zone="New York", best="9-10")
    await asks(ana, CALL, "sales")
    assert "nothing was added" in await asks(ana, CALL, "sales")


async def test_a_logged_call_says_who_wants_none(ana):
    await names_contact(ana, "Lockside", "Dana Roe", never=True)
    said = await asks(ana, "/log call Lockside – spoke, next step demo on Friday", "sales")
    assert "Dana Roe asked never to be called." in said
    assert "never to be called" not in await asks(ana, "/log email Lockside – sent the quote", "sales")


async def test_what_is_written_takes_no_time_of_a_call(ana):
    await names_contact(ana, "Lockside", "Dana Roe", zone="New York", best="9-10")
    assert "New York" not in await asks(ana, "/followup Lockside tomorrow send Dana the quote", "sales")


async def test_nobody_is_asked_for_after_a_call_that_nobody_took(team, ana):
    assert "when is best" not in await asks(ana, "/log call Lockside – no answer", "sales")
    await team.jump("2026-09-15 10:00", HERE)
    assert "when is best" in await asks(ana, "/log call Lockside – spoke, next step demo on Friday", "sales")
