"""Referrals: asked for two weeks after a win or a happy word, once, and counted to introductions and deals."""

import pytest

from tests.stories.craft.lived import has, home, line_with, lives, mark, since
from tests.stories.leads import books
from tests.stories.leads.books import HERE, TODAY, days
from tests.stories.leads.prospected import REFERRALS, adds, counted, does, reads
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

ASK = r"introduc|referr"


async def asked(person, before, name="Alder Yard") -> list[str]:
    """What a rep was told of asking this customer for an introduction since a mark, Home among it."""
    shown = [one for one in (await home(person)).splitlines() if name in one and has(ASK, one)]
    return [one for one in since(person, before) if name in one and has(ASK, one)] + shown


async def test_two_weeks_after_a_win_an_introduction_is_worth_asking(team, ana):
    """Won on the 14th (#42): nothing until Friday the 25th, and on Monday the 28th whom to ask, by name."""
    await books.ended(team, "Alder Yard", TODAY, contact="Dana Poe")
    before = mark(ana)
    await lives(team, "2026-09-14", "2026-09-25")
    assert await asked(ana, before) == []
    await lives(team, "2026-09-28", "2026-09-29")
    found = await asked(ana, before)
    assert found
    assert has(r"Dana", "\n".join(found)), found


async def test_two_weeks_that_end_on_a_weekend_end_on_monday(team, ana):
    """Won on Saturday the 12th (#42): the 26th is a Saturday, so Monday; no word on a day off."""
    await books.ended(team, "Alder Yard", TODAY - days(2), contact="Dana Poe")
    before = mark(ana)
    await lives(team, "2026-09-14", "2026-09-25")
    await team.jump("2026-09-26 11:00", HERE)
    await team.jump("2026-09-27 11:00", HERE)
    assert [one for one in since(ana, before) if "Alder Yard" in one and has(ASK, one)] == []
    await lives(team, "2026-09-28", "2026-09-28")
    assert await asked(ana, before)


async def test_a_happy_word_is_as_good_as_a_win(team, ana):
    """A customer of last year who is happy (#42): two weeks after it was logged they are worth asking."""
    await books.ended(team, "Alder Yard", TODAY - days(300), contact="Dana Poe")
    before = mark(ana)
    await asks(ana, "/log call Alder Yard – spoke, they are very happy with it", "sales")
    await lives(team, "2026-09-14", "2026-09-25")
    assert await asked(ana, before) == []
    await lives(team, "2026-09-28", "2026-09-29")
    assert await asked(ana, before)


async def test_who_was_asked_is_not_brought_up(team, ana):
    """Asked on the second day (#42): two weeks after the win nothing is left to ask them; of the other there is."""
    for name in ("Alder Yard", "Birch Mill"):
        await books.ended(team, name, TODAY, contact="Dana Poe")
    await team.jump("2026-09-15 10:00", HERE)
    await asks(ana, "/log referral ask Alder Yard", "sales")
    before = mark(ana)
    await lives(team, "2026-09-15", "2026-09-29")
    assert await asked(ana, before) == []
    assert await asked(ana, before, "Birch Mill")


async def test_asks_introductions_and_deals_are_counted(ana):
    """Three asks, two introductions, one deal (#42): one line, each number with its word."""
    for name in ("Alder Yard", "Birch Mill", "Cedar Works"):
        await asks(ana, f"/log referral ask {name}", "sales")
    await adds(ana, "Kim Lee", "Dogwood", source="Referral")
    await adds(ana, "Max Orr", "Elm Foods", source="Referral")
    await does(ana, "qualify", "Kim Lee")
    said = await reads(ana, r"introduc", *REFERRALS, helped=r"referrals?")
    line = line_with(said, r"introduc", r"\b3\b")
    assert counted(line, 3, 2, 1) or all(
        has(rf"\b{count} {word}", said) for count, word in ((3, "ask"), (2, "introduc"), (1, "deal"))
    ), said
