"""What comes by itself besides the evening: the morning note, wins, the end and the start of a period."""

import re

import pytest

from tests.stories.face import books
from tests.stories.face.books import HERE
from tests.stories.face.seen import label, message_lines, newest, presses, switches_on

pytestmark = pytest.mark.engines("sqlite")


async def wants_mornings(person):
    await person.says("/rainmaker settings", channel="sales")
    await switches_on(person, r"morning")
    await person.submits()
    assert not person.modal_errors(), person.modal_errors()
    if person.modal():
        await person.closes(everything=True)


async def morning(town, day, name="ana"):
    """Live through a morning, welcomes being over; return what came in it."""
    person = town.person(name)
    await town.jump(f"{day} 07:55", HERE)
    before = len(person.sees())
    await town.jump(f"{day} 09:30", HERE)
    return person.sees()[before:]


async def test_without_a_yes_no_morning_note_comes(team):
    """The morning is for who asked for it."""
    await team.person("ana").says("/followup Acme tue send the ROI sheet", channel="sales")
    await team.jump("13:00", HERE)
    assert [one for one in await morning(team, "2026-09-15") if "Acme" in one] == []


async def test_the_morning_note_says_todays_promises_in_one_message(team):
    """Who wants it gets today's promises and the one thing worth doing, before half past nine, as one message."""
    ana = team.person("ana")
    await ana.says("/followup Acme tue send the ROI sheet", channel="sales")
    await ana.says("/followup Globex wed call Dana", channel="sales")
    await wants_mornings(ana)
    await team.jump("13:00", HERE)
    came = await morning(team, "2026-09-15")
    assert len(came) == 1, came
    assert "Acme" in came[0]
    assert len(message_lines(ana, newest(ana))) <= 10


async def test_the_morning_is_silent_when_there_is_nothing(team):
    """Nothing due and nothing worth doing: no note."""
    ana = team.person("ana")
    await ana.says("/followup Acme thu send the ROI sheet", channel="sales")
    await wants_mornings(ana)
    await team.jump("13:00", HERE)
    assert await morning(team, "2026-09-15") == []


async def test_no_morning_note_on_a_weekend(team):
    """A promise for a Saturday does not wake anybody on it."""
    ana = team.person("ana")
    await ana.says("/followup Acme sat send the ROI sheet", channel="sales")
    await wants_mornings(ana)
    await team.jump("13:00", HERE)
    assert await morning(team, "2026-09-19") == []


async def test_the_welcome_offers_the_morning_note(team):
    """One tap in the welcome switches it on."""
    ana = team.person("ana")
    await ana.opens_home()
    await team.jump("13:00", HERE)
    said = next(
        (one for one in reversed(ana._place(None).messages) if label(one.blocks or [], r"morning")), None
    )
    assert said, "No message offers the morning note."
    await presses(ana, r"morning", where=team.dm("ana"))
    if ana.modal():
        await ana.submits()
    await ana.says("/followup Acme tue send the ROI sheet", channel="sales")
    assert [one for one in await morning(team, "2026-09-15") if "Acme" in one]


# wins


async def wants_wins(town):
    mia = town.person("mia")
    await mia.says("/team settings", channel="sales")
    await switches_on(mia, r"\bwins?\b(?!.*digest shows)")
    await mia.submits()
    assert not mia.modal_errors(), mia.modal_errors()
    if mia.modal():
        await mia.closes(everything=True)


def posts(town, words):
    """What everybody reads of something in #sales: answers to one person alone are none."""
    return [one for one in town.person("ben").sees("sales") if words in one]


async def test_wins_are_not_posted_unless_the_team_wants_them(team):
    """A team that did not ask reads of a win on Monday, in the digest."""
    ana = team.person("ana")
    await ana.says("/deal Acme 24k", channel="sales")
    await ana.says("/deal won Acme 26k", channel="sales")
    await team.jump("16:00", HERE)
    assert posts(team, "Acme") == []


async def test_a_win_is_posted_once(team):
    """Who, what, how much: once a deal, however often it is touched afterwards."""
    await wants_wins(team)
    ana = team.person("ana")
    await ana.says("/deal Acme 24k", channel="sales")
    await ana.says("/deal won Acme 26k", channel="sales")
    await team.jump("14:00", HERE)
    [post] = posts(team, "Acme")
    assert "Ana" in post
    assert re.search(r"\$26,000|\$26k", post)
    await ana.says("/deal edit Acme 27k", channel="sales")
    await ana.says("/deal won Acme 27k", channel="sales")
    await team.jump("2026-09-15 14:00", HERE)
    assert len(posts(team, "Acme")) == 1


async def test_small_wins_stand_together(team):
    """Five deals won within minutes are not five messages."""
    await wants_wins(team)
    ana = team.person("ana")
    for number in range(5):
        await ana.says(f"/deal Small{number} 900", channel="sales")
        await ana.says(f"/deal won Small{number} 900", channel="sales")
    await team.jump("2026-09-15 14:00", HERE)
    found = posts(team, "Small")
    assert 1 <= len(found) <= 2
    assert len(set(re.findall(r"Small\d", "\n".join(found)))) == 5 or re.search(r"\b5\b", "\n".join(found))


# a period ends, a period begins


async def through_the_turn(town):
    """From Monday 28 September to Thursday 8 October, a day at a time."""
    for day in ("09-28", "09-29", "09-30", "10-01", "10-02", "10-05", "10-06", "10-07", "10-08"):
        for time in ("09:20", "16:40"):
            await town.jump(f"2026-{day} {time}", HERE)


async def turn_of(team):
    """Ana and Ben had goals for Q3, Ana has one for Q4: the quarter turns."""
    await books.sells_weekly(team, "U1")
    await books.sells_weekly(team, "U2", 4_000_00)
    for name in ("ana", "ben"):
        await team.person(name).says("/goal 60k this quarter because of last year", channel="sales")
    await team.person("ana").says("/goal 62k next quarter because of last year", channel="sales")
    await through_the_turn(team)
    return team


KEPT = []


@pytest.fixture
async def turned(team):
    return await turn_of(team)


@pytest.fixture
async def over(team):
    """The same, played once for a process, to read what came: nothing can be pressed there any more."""
    if not KEPT:
        KEPT.append(await turn_of(team))
    return KEPT[0]


OVER = re.compile(r"Q3[^\n]*(\bover\b|came to|ended)|(\bover\b|came to|ended)[^\n]*Q3", re.IGNORECASE)


async def test_the_end_of_a_period_is_told_to_its_owner_once(over):
    """What Q3 came to, with its sum, in one message."""
    ana = over.person("ana")
    told = [one for one in ana.sees() if OVER.search(one)]
    assert len(told) == 1, told
    assert re.search(r"\$\d", told[0])


async def test_the_end_of_a_period_is_in_the_digest_once(over):
    """The team reads once what the quarter came to, against what was aimed at."""
    told = [one for one in over.person("ana").sees("sales") if OVER.search(one) and "only visible" not in one]
    assert len(told) == 1, told
    assert re.search(r"\$120k|\$120,000", told[0])


async def test_who_has_no_goal_for_the_new_period_is_asked_once_with_a_suggestion(over):
    """On 1 or 2 October, or the 5th: Ben, with what he won last quarter as the measure, and one tap to take it."""
    ben = over.person("ben")
    asked = [
        one
        for one in ben._place(None).seen_by("U2")
        if "Q4" in "\n".join(message_lines(ben, one))
        and "?" in "\n".join(message_lines(ben, one))
        and label(one.blocks or [], r"\$|set|yes|take")
    ]
    assert len(asked) == 1, "Ben was asked for a goal of Q4 " + (
        f"{len(asked)} times." if asked else "never."
    )
    assert asked[0].at.date().isoformat() in ("2026-10-01", "2026-10-02", "2026-10-05")
    assert re.search(r"\$\d", "\n".join(message_lines(ben, asked[0])))


async def test_who_has_a_goal_is_not_asked(over):
    """Ana set hers before: nobody asks her for one."""
    ana = over.person("ana")
    assert [
        one for one in ana.sees() if re.search(r"no goal|set (a|your) goal|goal for Q4\?", one, re.IGNORECASE)
    ] == []


async def test_the_suggestion_is_taken_in_one_tap(turned):
    """The button sets the goal of Q4, in place, and it is on Home."""
    ben = turned.person("ben")
    asked = [
        one
        for one in ben._place(None).seen_by("U2")
        if "Q4" in "\n".join(message_lines(ben, one)) and label(one.blocks or [], r"\$|^set|^yes|^take")
    ]
    assert asked, "Ben was never asked for a goal of Q4."
    await presses(ben, r"\$|^set|^yes|^take", where=turned.dm("ben"))
    if ben.modal():
        await ben.submits()
        if ben.modal():
            await ben.closes(everything=True)
    await ben.opens_home()
    assert re.search(r"Q4[^\n]*\$|\$[^\n]*Q4", ben.home()), ben.home()
