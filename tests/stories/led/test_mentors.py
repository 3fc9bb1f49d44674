"""Mentors: on a weak light the colleague who is strongest on it, asked for by the rep alone, for twenty minutes."""

from contextlib import suppress

import pytest

from tests.stories.craft.lived import clocks
from tests.stories.led.led import (
    TODAY,
    a_week,
    books,
    days,
    has,
    healthy,
    joined,
    lives,
    mark,
    pack,
    people,
    presses,
    red_thing,
    since,
    texts,
    tried,
    was_lost,
    was_won,
    workdays,
)
from tests.stories.led.named import channel_since

pytestmark = pytest.mark.engines("sqlite")

OFFER = r"mentor|20[- ]min|twenty[- ]min|\b20 min|strongest|good at|knows how"
TOPIC = r"open(ing)? (new )?(deals?|opportunit)|right thing|creat\w+|new (deals|opportunit)|prospect"
YES = r"^(yes|ask|sure|please|go ahead)"
NO = r"^(no\b|not now|not this|rather not)"
TAKES = r"^(yes|sure|happy|gladly|take)|\d{1,2}:\d\d"
PRIVATE = r"\bred\b|🔴|45 days|weak|nothing opened|0 (deals|opened)|light|behind|\d+\s?%"
ASKED = r"(did|was|were|has)\b[^\n]*(help|happen|useful|worth|meet|talk|took place)[^\n]*\?"


async def idle(town, owner="U1") -> None:
    """The light of the right thing is red: much done each day, nothing opened in 45 days."""
    for week in range(30):
        closed = TODAY - days(47 + 7 * week)
        await was_won(town, f"{owner} old win {week:02}", closed, owner=owner)
        await was_lost(town, f"{owner} old loss {week:02}", closed, owner=owner)
    dates = workdays(TODAY - days(56), TODAY - days(3))
    await books.did(town, [books.Touch(day, "call", books.SPOKE, 6) for day in dates], owner=owner)


@pytest.fixture
async def pair(team):
    """Ana opens nothing; Ben, seven hours of flight away, opens two a week and has no red light."""
    await red_thing(team)
    await healthy(team, owner="U2")
    return team


def offers_to(person, before, name="Ben") -> list[str]:
    """What came to somebody since that offers twenty minutes with a colleague by name."""
    return [one for one in since(person, before) if has(OFFER, one) and name in one]


async def offered(town, ana, *others):
    """Live until Ana is offered a colleague, two weeks at most; the mark stands before it."""
    before = mark(ana, *others)
    await lives(town, "2026-09-15", "2026-09-25")
    assert any(has(OFFER, one) for one in since(ana, before)), since(ana, before)
    return before


async def accepts(ana) -> None:
    await presses(ana, YES, where=ana._place(None).id)
    if ana.modal():
        await ana.submits()


async def agreed(town, ana, ben):
    """Ana says yes, and Ben does; what stands with each of them then."""
    before = await offered(town, ana, ben)
    await accepts(ana)
    await lives(town, "2026-09-28", "2026-09-28")
    await presses(ben, TAKES, where=ben._place(None).id)
    if ben.modal():
        await ben.submits()
    await lives(town, "2026-09-29", "2026-09-29")
    return "\n".join(since(ana, before)), "\n".join(since(ben, before))


async def test_it_is_proposed_to_the_rep_first(pair, ana, ben, raj):
    """The rep first (#72): Ana reads of Ben and of what, with a yes and a no; Ben and the channel read nothing."""
    at = len(texts(raj, "sales"))
    before = await offered(pair, ana, ben)
    [said] = offers_to(ana, before)
    assert has(TOPIC, said), said
    assert has(r"\[(yes|ask|sure|please|go ahead)", said), said
    assert has(r"\[(no\b|not now|not this|rather not)", said), said
    assert not any("Ana" in one for one in since(ben, before)), since(ben, before)
    assert not has(OFFER, channel_since(raj, at))


async def test_after_a_yes_the_colleague_hears_the_topic_only(pair, ana, ben):
    """The topic alone (#72): Ben reads that Ana would like twenty minutes on opening deals, and none of her figures."""
    before = await offered(pair, ana, ben)
    await accepts(ana)
    await lives(pair, "2026-09-28", "2026-09-28")
    found = [one for one in since(ben, before) if "Ana" in one]
    assert len(found) == 1, since(ben, before)
    assert has(TOPIC, found[0]), found[0]
    assert has(r"20|twenty", found[0]), found[0]
    assert not has(PRIVATE, found[0]), found[0]


async def test_a_slot_suits_both(pair, ana, ben):
    """Twenty minutes for both (#72): one time, said to each on their own clock, in the working hours of both."""
    to_ana, to_ben = await agreed(pair, ana, ben)
    here = [int(one[:2]) * 60 + int(one[3:]) for one in clocks(to_ana)]
    there = [int(one[:2]) * 60 + int(one[3:]) for one in clocks(to_ben)]
    both = [one for one in here if one - 6 * 60 in there]
    assert both, (to_ana, to_ben)
    assert any(15 * 60 <= one <= 18 * 60 + 40 for one in both), (to_ana, to_ben)


async def test_what_came_of_it_is_kept(pair, ana, ben):
    """Outcome kept (#72): after the slot Ana is asked in a tap, and her page of the 1:1 says that it took place."""
    before = mark(ana)
    await agreed(pair, ana, ben)
    await lives(pair, "2026-09-30", "2026-10-09")
    assert any(has(ASKED, one) for one in since(ana, before)), since(ana, before)
    await presses(ana, r"^(yes|it (did|helped|was)|helped|useful)", where=ana._place(None).id)
    said = "\n".join([await pack(ana, ""), await tried(ana, "/why lights")])
    assert "Ben" in said, said


async def test_a_no_is_the_end_of_it(pair, ana, ben):
    """A no (#72): Ben never hears of it, and Ana is not asked again in the month after."""
    before = await offered(pair, ana, ben)
    await presses(ana, NO, where=ana._place(None).id)
    await lives(pair, "2026-09-28", "2026-10-16", hours=("09:15", "16:45"))
    assert len(offers_to(ana, before)) <= 1, offers_to(ana, before)
    assert not any("Ana" in one for one in since(ben, before)), since(ben, before)


async def test_the_colleague_may_say_no(pair, ana, ben):
    """Ben has no time (#72): a no of his is told to Ana without a reason or blame, and he is not asked again."""
    before = await offered(pair, ana, ben)
    await accepts(ana)
    await lives(pair, "2026-09-28", "2026-09-28")
    await presses(ben, NO, where=ben._place(None).id)
    if ben.modal():
        await ben.closes(everything=True)
    await lives(pair, "2026-09-29", "2026-10-09")
    said = "\n".join(since(ana, before))
    assert has(r"Ben[^\n]*(cannot|can't|no time|not|another time)", said), said
    assert len([one for one in since(ben, before) if "Ana" in one]) == 1


async def test_the_strongest_is_proposed(team, ana):
    """The strongest (#72): of Ben, who opened one deal in six weeks, and Rep1, who opens two a week, it is Rep1."""
    [rep1] = await joined(team, 1)
    await idle(team)
    await healthy(team, owner=rep1)
    await books.opens(team, ["Other"], TODAY - days(20), owner="U2")
    before = await offered(team, ana)
    assert offers_to(ana, before, "Rep1"), since(ana, before)
    assert offers_to(ana, before) == []


async def test_where_nobody_is_better_nobody_is_named(team, ana, ben):
    """Only where the difference is real (#72): while Ben opens nothing either none is offered; once he does, he is."""
    await idle(team)
    await idle(team, "U2")
    before = mark(ana, ben)
    await lives(team, "2026-09-15", "2026-09-25")
    assert offers_to(ana, before) == []
    assert offers_to(ben, before, "Ana") == []
    for week in range(8):
        names = [f"Harbour {week} {letter}" for letter in "abc"]
        await books.opens(team, names, TODAY + days(14 - 5 * week), owner="U2")
    await lives(team, "2026-09-28", "2026-10-16", hours=("09:15", "16:45"))
    assert offers_to(ana, before), since(ana, before)


async def test_who_is_away_is_not_proposed(team, ana):
    """Away (#72): Ben is the strongest and on leave for a month; Rep1, who opens nearly as much, is proposed."""
    [rep1] = await joined(team, 1)
    await idle(team)
    for owner in ("U2", rep1):
        await healthy(team, owner=owner)
    await books.on_leave(team, TODAY, TODAY + days(30), owner="U2")
    before = await offered(team, ana)
    assert offers_to(ana, before, "Rep1"), since(ana, before)
    assert offers_to(ana, before) == []


async def test_a_yes_pressed_twice_is_one(pair, ana, ben):
    """A double click (bad input): Ben is asked once."""
    before = await offered(pair, ana, ben)
    await accepts(ana)
    with suppress(AssertionError):  # where the button is gone by now
        await accepts(ana)
    await lives(pair, "2026-09-28", "2026-09-28")
    assert len([one for one in since(ben, before) if "Ana" in one]) == 1, since(ben, before)


async def test_alone_there_is_nobody_to_ask(team, ana):
    """A team of one (bad input): nobody of another team is named; with Ben in it he is."""
    await red_thing(team)
    await healthy(team, owner="U2")
    await people(team, ("U1",))
    before = mark(ana)
    await a_week(team, "2026-09-14")
    await a_week(team)
    assert not any(has(r"mentor|20[- ]min", one) for one in since(ana, before))
    await people(team, ("U1", "U2"))
    await lives(team, "2026-09-28", "2026-10-09")
    assert offers_to(ana, before), since(ana, before)
