"""The end of the day: what is open is ticked, the rest is moved in one tap, and it takes half the reading."""

import re
from datetime import timedelta

import pytest

from tests.stories.face import books
from tests.stories.face.books import TODAY, evening_comes
from tests.stories.face.seen import (
    chances,
    evening_of,
    home_lines,
    label,
    labels,
    message_lines,
    modal,
    plain,
    presses,
    progress,
    squeezed,
    takes_back,
    ticks,
    ticks_off,
    undoes,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

BEFORE = 937  # characters of the evening below, without its buttons, before the face was built (27 Nov 2026)


async def an_evening(town):
    """Two goals, two promises overdue, three due today, four tomorrow."""
    ana = town.person("ana")
    await books.a_record(town)
    for who, what, because in books.OVERDUE[:2]:
        await books.promised(town, "U1", who, what, TODAY - timedelta(days=3), because)
    for who, what, because in books.DUE_TODAY[:3]:
        await books.promised(town, "U1", who, what, TODAY, because)
    for who, what in books.TOMORROW:
        await books.promised(town, "U1", who, what, TODAY + timedelta(days=1))
    await ana.says("/goal 18k this quarter because two big renewals", channel="sales")
    await ana.says("/goal 45k next quarter because two big renewals", channel="sales")
    await evening_comes(town)
    return ana


@pytest.fixture
async def ana(team):
    return await an_evening(team)


def said(person):
    return "\n".join(message_lines(person, evening_of(person)))


async def test_the_characters_are_halved(ana):
    """The same evening, read without its buttons, is at most half of what it was."""
    assert len(said(ana)) <= BEFORE / 2, f"{len(said(ana))} characters."


async def test_the_first_line_is_how_many_are_open(ana):
    """“5 promises are still open.”, and nothing before it."""
    assert re.search(r"^(\D{0,20})\b5\b.*\bopen\b", message_lines(ana, evening_of(ana))[0])


async def test_the_open_promises_are_a_tick_list(ana):
    """Each is an option to tick, the overdue first; there are no rows of buttons."""
    found = [one.text for one in ticks(evening_of(ana).blocks)]
    assert len(found) == 5, "The evening has no tick list of five."
    assert "Granary Road" in found[0]
    assert "Snooze 1 h" not in labels(evening_of(ana).blocks)
    assert len(labels(evening_of(ana).blocks)) <= 14


async def test_thirteen_open_promises_are_ten_at_most_and_a_button(team):
    """Law 7: as many as a tick list takes at most, “and 3 more” with a button that shows them."""
    ana = team.person("ana")
    await books.many_promises(team, 13, TODAY)
    await evening_comes(team)
    evening = evening_of(ana)
    shown = set(re.findall(r"Account\d\d", "\n".join(message_lines(ana, evening))))
    assert 1 <= len(shown) <= 10
    everything = "\n".join([*message_lines(ana, evening), *labels(evening.blocks)])
    assert re.search(rf"\b{13 - len(shown)} more\b", everything)
    assert "/followup lists them" not in everything
    await presses(ana, r"\bmore\b(?!…)|show|\ball\b", where=team.dm("ana"))
    found = set(re.findall(r"Account\d\d", "\n".join([ana.modal() or "", *ana.sees()])))
    assert len(found) == 13


async def test_a_tick_counts_down_in_place_and_is_undone(ana, team):
    """The same message says one less, its notification too, and gives the promise back."""
    at, count = evening_of(ana).ts, len(ana.sees())
    await ticks_off(ana, "Kite Parcel", where=team.dm("ana"))
    assert evening_of(ana).ts == at
    assert len(ana.sees()) == count
    assert re.search(r"\b4\b.*\bopen\b", message_lines(ana, evening_of(ana))[0])
    assert re.search(r"\b4\b", evening_of(ana).text)
    await takes_back(ana, "Kite Parcel", where=team.dm("ana"))
    assert re.search(r"\b5\b.*\bopen\b", message_lines(ana, evening_of(ana))[0])


async def test_the_rest_goes_to_tomorrow_in_one_tap(ana, team):
    """Whatever is not ticked is moved to the next working day at once, in place, and can be taken back."""
    at, count = evening_of(ana).ts, len(ana.sees())
    await presses(ana, r"^Move the rest to tomorrow$", where=team.dm("ana"))
    assert (evening_of(ana).ts, len(ana.sees())) == (at, count)
    listed = "\n".join(await ana.says("/followup list", channel="sales"))
    assert "Overdue" not in listed
    for who in ("Granary Road", "Iron Lane", "Kite Parcel", "Westbound", "Delta Cold Store"):
        assert re.search(
            rf"{who}.*(Tue 15 Sep|tomorrow)|(Tue 15 Sep|tomorrow).*{who}", listed, re.IGNORECASE
        ), who
    await undoes(ana, where=team.dm("ana"))
    assert re.search(r"\b5\b.*\bopen\b", message_lines(ana, evening_of(ana))[0])


async def test_what_was_ticked_is_not_moved(ana, team):
    """The rest is what is left: a promise that was ticked stays done."""
    await ticks_off(ana, "Kite Parcel", where=team.dm("ana"))
    await presses(ana, r"^Move the rest to tomorrow$", where=team.dm("ana"))
    listed = "\n".join(await ana.says("/followup list", channel="sales"))
    assert "Kite Parcel" not in listed
    assert "Westbound" in listed


async def test_on_a_friday_the_rest_goes_to_the_next_working_day(team):
    """Nobody is given work for a Saturday: what the button says is the day it moves to."""
    ana = team.person("ana")
    await ana.says("/followup Acme fri send the ROI sheet", channel="sales")
    await ana.says("/followup Globex fri call Dana", channel="sales")
    await evening_comes(team, "2026-09-18")
    reads = label(evening_of(ana).blocks, r"^Move the rest")
    assert reads, "No button moves the rest."
    assert "tomorrow" not in reads
    await presses(ana, r"^Move the rest", where=team.dm("ana"))
    listed = "\n".join(await ana.says("/followup list", channel="sales"))
    assert "Mon 21 Sep" in listed
    assert "Sat 19 Sep" not in listed


async def test_tomorrow_is_one_line(ana):
    """Tomorrow's first three, and 1 more: one line, not a list."""
    lines = [one for one in message_lines(ana, evening_of(ana)) if "Birch & Son" in one]
    assert len(lines) == 1
    assert lines[0].startswith("Tomorrow")
    shown = [who for who, _ in books.TOMORROW if who in lines[0]]
    assert 1 <= len(shown) <= 3
    assert re.search(rf"\b{4 - len(shown)} more\b", lines[0]), lines[0]


async def test_one_goal_line_that_home_says_too(ana):
    """The goal that runs is one short line, with the same figures as on Home."""
    lines = [one for one in message_lines(ana, evening_of(ana)) if progress(one)]
    assert len(lines) == 1, "The evening has no one line for the goal."
    assert len(lines[0]) <= 100
    await ana.opens_home()
    there = "\n".join(home_lines(ana))
    assert progress(lines[0])[0] in progress(there)
    assert chances(lines[0])[0] in chances(there)


async def test_what_was_done_is_logged_in_one_tap_in_place(ana, team):
    """+1 call is counted in the same message."""
    at = evening_of(ana).ts
    await ana.clicks("+1 call", where=team.dm("ana"))
    assert "1 call" in next(
        "\n".join(message_lines(ana, one)) for one in ana._place(None).messages if one.ts == at
    )


async def test_ten_overdue_are_one_question(team):
    """Ten things that nobody did are asked about once: “Still alive?”, with answers for all of them."""
    ana = team.person("ana")
    await books.many_promises(team, 10, TODAY - timedelta(days=4))
    await team.jump("13:00", books.HERE)
    before = len(ana.sees())
    await evening_comes(team)
    assert len(ana.sees()) == before + 1
    evening = evening_of(ana)
    assert re.search(r"still alive\?", said(ana), re.IGNORECASE), said(ana)[:200]
    assert "10" in message_lines(ana, evening)[0]
    assert len(evening.blocks) <= 12
    assert len(set(re.findall(r"Account\d\d", said(ana)))) <= 5 or ticks(evening.blocks)


async def test_still_alive_is_answered_for_all_at_once(team):
    """One answer settles all ten, in place, and one Undo gives all ten back."""
    ana = team.person("ana")
    await books.many_promises(team, 10, TODAY - timedelta(days=4))
    await evening_comes(team)
    at = evening_of(ana).ts
    assert re.search(r"still alive\?", said(ana), re.IGNORECASE), "Nothing asks whether they are still alive."
    reads = await presses(ana, r"drop|no\b|move|tomorrow", where=team.dm("ana"))
    if ana.modal():
        await ana.submits()
    if ana.modal():
        await ana.closes()
    listed = "\n".join(await ana.says("/followup list", channel="sales"))
    assert "Overdue" not in listed, f"“{reads}” left some overdue."
    assert evening_of(ana).ts == at
    await undoes(ana, where=team.dm("ana"))
    assert "Overdue" in "\n".join(await ana.says("/followup list", channel="sales"))


async def test_the_rest_of_the_form_names_every_open_promise(ana, team):
    """Move or drop… opens one form for what is open, also from the evening."""
    await presses(ana, r"^Move or drop", where=team.dm("ana"))
    shown = modal(ana)
    assert [who for who in ("Granary Road", "Iron Lane", "Kite Parcel") if who not in shown] == []


async def test_everything_settled_is_said_in_a_line(ana, team):
    """When the last one is ticked the message says so, and offers nothing to move."""
    for who in ("Granary Road", "Iron Lane", "Kite Parcel", "Westbound", "Delta Cold Store"):
        await ticks_off(ana, who, where=team.dm("ana"))
    first = message_lines(ana, evening_of(ana))[0]
    assert re.search(r"settled|nothing|all done|everything", first, re.IGNORECASE), first
    assert squeezed(evening_of(ana).text) in squeezed(first) or squeezed(first) in squeezed(
        evening_of(ana).text
    )
    assert not label(evening_of(ana).blocks, r"^Move the rest")


async def test_the_notification_is_the_first_line_and_plain(ana):
    """What a locked phone shows is the answer."""
    pushed, first = evening_of(ana).text, message_lines(ana, evening_of(ana))[0]
    assert squeezed(first).startswith(squeezed(pushed).rstrip("…"))
    assert plain(pushed) == pushed.replace("&amp;", "&")
