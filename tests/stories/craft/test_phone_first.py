"""Phone first: who got only e-mails, one's own yield for each channel, and no ranking of noise (#44)."""

import pytest

from tests.stories.craft import books, lived
from tests.stories.craft.lived import has, line_with, reads
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks, texts

pytestmark = pytest.mark.engines("sqlite")

ONLY = r"only (got )?(an )?e-?mail|e-?mails? only|nothing but e-?mail"
LINES = ("/why channels", "/why phone", "/why yield", "/why calls", "/pipeline channels")
HELPED = r"channel|phone|yield"
MAILED = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir")


async def mailed(town, names=MAILED):
    """Open deals whose customers got two mails each in the last two weeks, and no other word."""
    for name in names:
        touches = [books.Touch(TODAY - days(one), "email", "") for one in (10, 4)]
        await books.worked(town, name, touches, opened=TODAY - days(12))


async def yields(town, calls, mails):
    """So many of sixty calls, and of sixty mails, to as many customers were followed by a deal three days later."""
    for kind, good in (("call", calls), ("email", mails)):
        for number in range(60):
            name, on = f"{kind} {number:02}", TODAY - days(20 + number % 40)
            outcome = (books.SPOKE if kind == "call" else books.REPLIED) if number < good else books.NOBODY
            await books.did(town, [books.Touch(on, kind, outcome)], who=name)
            if number < good:
                await books.opens(town, [name], on + days(3))


async def channels(person, pattern=r"call|phone") -> str:
    return await reads(person, rf"(channel|phone|yield|call).*({pattern})", *LINES, helped=HELPED)


async def test_who_got_only_mails_is_counted_and_named(team, ana):
    """“Call before you email: 6 prospects have only e-mails” (#44): six, with the first of them by name."""
    await mailed(team)
    said = await lived.everything(ana, *LINES)
    line = line_with(said, ONLY)
    assert has(r"\b(6|six)\b", line), said
    assert any(name in said[said.index(line) :] for name in MAILED), said


async def test_who_was_called_is_no_longer_one_of_them(team, ana):
    """One of six is called (#44): five are left."""
    await mailed(team)
    await asks(ana, "/log call Alder – spoke, next step demo on Friday", "sales")
    line = line_with(await lived.everything(ana, *LINES), ONLY)
    assert has(r"\b(5|five)\b", line), line


async def test_who_never_wants_calls_is_not_among_them(team, ana):
    """“Never call” goes before phone first (#44, #57): five of six, and nobody is told to call Alder."""
    await mailed(team)
    await lived.names_contact(ana, "Alder", "Dana Roe", zone="Europe/London", never=True)
    said = await lived.everything(ana, *LINES)
    assert has(r"\b(5|five)\b", line_with(said, ONLY)), said
    assert not line_with(said, "Alder", r"^.*\bcall\b"), said


async def test_the_share_of_the_phone_is_said_beside_its_target(team, ana):
    """5 calls of 5 + 15 = 20 touches (#44): 25 %, and a target beside it."""
    monday = TODAY - days(7)
    for count, kind in ((5, "call"), (15, "email")):
        await books.did(team, [books.Touch(monday, kind, "", count)])
    line = line_with(await channels(ana, r"25\s?%"), r"25\s?%")
    assert has(r"target|of \d+\s?%|aim|goal|at least|\d+\s?%.*\d+\s?%", line), line


async def test_each_channel_has_its_own_yield(team, ana):
    """Sixty of each (#44): 24 of 60 calls led to a deal, 40 in 100; 3 of 60 mails did, 5 in 100. Calls come first."""
    await yields(team, 24, 3)
    said = await channels(ana, r"24 of 60|\b40\b")
    calls = line_with(said, r"call", r"24 of 60|\b40(\.0)?\b")
    mails = line_with(said, r"mail", r"\b3 of 60|\b5(\.0)?\b")
    assert calls, said
    assert mails, said
    assert said.index(calls) <= said.index(mails)


async def test_channels_that_differ_by_chance_are_not_ranked(team, ana):
    """12 of 60 beside 11 of 60 (#44): one apart is chance; nothing is called better, and it says why."""
    await yields(team, 12, 11)
    said = await channels(ana, r"12 of 60|\b20\b")
    assert has(r"chance|no (real )?difference|cannot (be )?t(ell|old)|too (close|few)|not enough", said), said
    assert not has(r"\b(better|best|worse|worst|pays (more|most)|ahead of)\b", said), said


async def test_of_five_touches_no_yield_is_claimed(team, ana):
    """Three calls and two mails (#44): no rate of anything."""
    await books.did(team, [books.Touch(TODAY - days(4), "call", books.SPOKE, 3)])
    await books.did(team, [books.Touch(TODAY - days(4), "email", "", 2)])
    said = await channels(ana, r"too few|not (yet )?enough|cannot tell|from \d+|too early")
    assert not has(r"\d+ (in|per|of) 100", said), said


async def test_a_yield_is_ones_own(team, ana):
    """Own yield (#44): Ben's sixty calls are not in Ana's reading, and hers is not in the channel."""
    await yields(team, 24, 3)
    await books.did(team, [books.Touch(TODAY - days(9), "call", books.NOBODY, 300)], owner="U2")
    said = await channels(ana, r"24 of 60|\b40\b")
    assert not has(r"\b3[06]0\b|Ben", said), said
    await lived.lives(team, "2026-09-14", "2026-09-21")
    assert not has(r"24 of 60", "\n".join(texts(team.person("ben"), "sales")))


async def test_it_comes_by_itself_and_not_every_day(team, ana):
    """Daily or weekly (#44): over a week it is read unasked, on Home or in a message, in two at most."""
    await mailed(team)
    before, seen = lived.mark(ana), []
    for day in lived.workdays(TODAY, TODAY + days(7)):
        await lived.lives(team, day, day)
        seen.append(has(ONLY, await lived.home(ana)))
    messages = [one for one in lived.since(ana, before) if has(ONLY, one)]
    assert messages or any(seen)
    assert len(messages) <= 2, messages
