"""Worth their time in one tap, a path out of every conversation, and what one's own promises are worth (#58, #59)."""

import re

import pytest

from tests.stories.craft import books, lived
from tests.stories.craft.lived import has, reads, tried
from tests.stories.face.seen import presses
from tests.stories.pipeline.books import HERE, TODAY, days
from tests.stories.pipeline.walked import about, asks, findings, texts

pytestmark = pytest.mark.engines("sqlite")

ASIDE = r"^(done|change|undo|why|snooze|move|drop|edit|open|all|⋯|tomorrow|skip|later|not now|reopen|keep)"
PROMISES = ("/why promises", "/followup promises", "/followup kept", "/why calibration", "/why friday")
COUNTED = r"\bkept\b"
SLIPS = r"(4|four) (times )?(in|of|out of) (10|ten)|40\s?%"


def reasons(person) -> list[str]:
    """What the newest answer offers in one tap besides what every follow-up offers."""
    return [one for one in lived.menu(person) if not has(ASIDE, one)]


async def test_just_checking_in_is_offered_reasons_to_tap(ana):
    """One tap instead of typing (#58): at least two reasons worth a customer's time stand under the answer."""
    await asks(ana, "/followup Acme friday just checking in", "sales")
    assert len(reasons(ana)) >= 2, lived.menu(ana)


async def test_a_tap_is_all_it_takes(ana):
    """A reason tapped (#58): no form opens, and the follow-up carries it."""
    await asks(ana, "/followup Acme friday just checking in", "sales")
    assert reasons(ana), lived.menu(ana)
    chosen = reasons(ana)[0]
    await presses(ana, re.escape(chosen), where="sales")
    assert ana.modal() is None
    said = await tried(ana, "/followup list Acme") + "\n".join(texts(ana, "sales")[-2:])
    assert has(r"worth their time|because|" + re.escape(chosen), said), said
    assert len(reasons(ana)) == 0 or chosen not in reasons(ana)


async def test_no_reason_never_blocks(ana):
    """It asks and stores all the same (#58); holds today and must stay so."""
    await asks(ana, "/followup Acme friday just checking in", "sales")
    assert "18 Sep" in await tried(ana, "/followup list Acme")


async def test_conversations_that_led_nowhere_are_counted_by_the_audit(team, ana):
    """Two conversations, no next step said of each (#59): the finding of Lockside counts both."""
    await books.worked(team, "Lockside")
    for day in ("2026-09-14", "2026-09-15"):
        await team.jump(f"{day} 11:30", HERE)
        await asks(ana, "/log call Lockside – spoke, no next step", "sales")
    pages = await findings(ana)
    assert about(pages, "Lockside", r"\b(2|two) (conversations|talks|calls)|(2|two) times"), pages


async def test_kept_moved_and_missed_are_told_apart(team, ana):
    """Promises of last week (#59): three kept on their day, two moved and then kept, one missed and open: 3, 2, 1."""
    monday = TODAY - days(7)
    for number in range(3):
        await books.promised_for(team, f"Kept {number}", monday + days(1), monday + days(1))
    for number in range(2):
        await books.promised_for(team, f"Moved {number}", monday + days(3), monday + days(3), moves=1)
    await books.promised_for(team, "Missed", monday + days(2))
    said = await reads(ana, COUNTED, *PROMISES, helped=r"promise|kept")
    for count, word in ((3, "kept"), (2, "moved"), (1, "missed")):
        assert has(rf"\b{count}\b( promises?)?( were| was)? {word}|{word}:? {count}\b", said), said


async def test_moving_one_asks_why_in_a_tap_and_blocks_nothing(ana):
    """Slip reasons (#59): it is moved at once, and two or more reasons can be tapped, such as “they asked”."""
    await asks(ana, "/followup Acme tomorrow send the ROI sheet because they asked", "sales")
    said = await asks(ana, "/followup move Acme to monday", "sales")
    assert "21 Sep" in said
    assert len(reasons(ana)) >= 2, lived.menu(ana)
    assert any(has(r"they|customer|them", one) for one in reasons(ana)), reasons(ana)


async def test_why_things_slip_is_counted(team, ana):
    """Two slipped because the customer asked (#59): the reading of one's promises says so."""
    for name in ("Acme", "Globex"):
        await asks(ana, f"/followup {name} tomorrow send the sheet because they asked", "sales")
        await asks(ana, f"/followup move {name} to monday", "sales")
        assert reasons(ana), lived.menu(ana)
        await presses(ana, r"they|customer|them", where="sales")
    said = await reads(ana, r"moved|slip", *PROMISES, helped=r"promise|kept")
    assert has(r"\b2\b[^\n]*(they|customer|asked)|(they|customer)[^\n]*\b2\b", said), said


async def fridays(town, count, late):
    """Promises for Friday 21 and 28 August: so many done on the Monday after, the others on their day."""
    for number in range(count):
        friday = TODAY - days(17 if number % 2 else 24)
        done = friday + days(3) if number < late else friday
        await books.promised_for(town, f"Customer {number:02}", friday, done)


async def test_when_you_say_friday_it_is_monday_four_times_in_ten(team, ana):
    """Ten promises for a Friday, four done on the Monday after (#59): 4 of 10, by the names of both days."""
    await fridays(team, 10, 4)
    said = await reads(ana, SLIPS, *PROMISES, helped=r"promise|kept")
    assert has(r"friday", said), said
    assert has(r"monday", said), said


async def test_of_three_promises_nothing_is_claimed(team, ana):
    """Three are no habit (#59): no share of anything, and it says that there are too few."""
    await fridays(team, 3, 2)
    said = await reads(ana, r"promis|kept", *PROMISES, helped=r"promise|kept")
    assert not has(r"\d\s?%|\b(2|two) (times )?(in|of|out of) (3|three)\b[^\n]*monday", said), said
    assert has(r"too few|too early|not (yet )?enough|cannot tell|from \d+", said), said


async def test_it_is_private(team, ana, mia):
    """Private (#59): neither the manager nor the channel reads how often Ana's Friday is a Monday."""
    await fridays(team, 10, 4)
    assert await reads(ana, SLIPS, *PROMISES, helped=r"promise|kept")
    for line in (
        "/why @ana promises",
        "/why @ana calibration",
        "/why @ana friday",
        "/pipeline @ana",
        "/team progress",
    ):
        assert not has(SLIPS, await tried(mia, line))
    await lived.lives(team, "2026-09-14", "2026-09-21")
    assert not has(SLIPS, "\n".join([*texts(mia), *texts(mia, "sales"), await lived.home(mia)]))
