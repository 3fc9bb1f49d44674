"""The daily note of drills: off until it is switched on, in the morning of working days, and away without a cause."""

import pytest

from tests.setup_story import sets_up
from tests.stories.drilled.drilled import (
    BEGIN,
    BOX,
    DRILL,
    TODAY,
    asked,
    books,
    days,
    direct,
    drills,
    drills_on,
    goes_on,
    has,
    label,
    lives,
    mark,
    morning,
    notes,
    now,
    presses,
    since,
    switches,
    told,
    tried,
    wants_notes,
)  # fmt: skip
from tests.stories.face.test_mornings_and_periods import wants_mornings

pytestmark = pytest.mark.engines("sqlite")

TUESDAY = "2026-09-15"


async def test_without_a_yes_none_comes(team, ana):
    """Off at first (#68): a week passes, due cards and all, and no message is of drills."""
    await wants_notes(ana)
    await switches(ana, BOX, on=False)
    await drills(ana)
    before = mark(ana)
    await lives(team, TUESDAY, "2026-09-21")
    assert notes(ana, before) == []


async def test_the_box_is_off_at_first(team, ana):
    """Opt-in (#68): the settings have the box without a tick; switched on, it stands ticked."""
    said = await tried(ana, "/rainmaker settings")
    assert has(rf"☐[^☑☐\n]*({BOX})|({BOX})[^\n]*(☐|\boff\b)", said), said
    await wants_notes(ana)
    said = await tried(ana, "/rainmaker settings")
    assert has(rf"☑[^☑☐\n]*({BOX})|({BOX})[^\n]*(☑|\bon\b)", said), said


async def test_it_comes_in_the_morning_and_begins_there(team, ana):
    """At her slot (#68): one message by noon, whose button begins the drill in the same message."""
    await wants_notes(ana)
    before = await morning(team, ana, day=TUESDAY)
    came = notes(ana, before)
    assert len(came) == 1, came
    assert label(told(ana)[-1].blocks, BEGIN), came
    count = len(told(ana))
    if not asked(ana):
        await presses(ana, BEGIN, where=direct(ana))
    assert len(await goes_on(ana, "Good")) == 6
    assert len(told(ana)) == count


async def test_it_comes_once_a_day(team, ana):
    """Not a nag (#68): left alone, it is not said again on that day."""
    await wants_notes(ana)
    before = mark(ana)
    await lives(team, TUESDAY, TUESDAY)
    assert len(notes(ana, before)) == 1, notes(ana, before)


async def test_who_drilled_already_hears_nothing(team, ana):
    """Done (#68): three minutes before work, and no note comes of that day."""
    await wants_notes(ana)
    await drills_on(team, ana, TUESDAY, hour="07:15")
    assert notes(ana, await morning(team, ana, day=TUESDAY)) == []


async def test_with_nothing_due_none_comes(team, ana):
    """Nothing due (#68): ten new ones learned by Tuesday, due in eight days, and Thursday is silent."""
    await wants_notes(ana)
    await drills(ana, "Easy")
    await drills_on(team, ana, TUESDAY, "Easy", hour="07:15")
    assert notes(ana, await morning(team, ana, day="2026-09-17")) == []


@pytest.mark.parametrize("day", ["2026-09-19", "2026-10-12"], ids=["Saturday", "Columbus Day"])
async def test_a_day_off_is_one(team, ana, day):
    """Working days (#68): no note on a weekend and on a holiday."""
    await wants_notes(ana)
    assert notes(ana, await morning(team, ana, day=day)) == []


async def test_on_leave_none_comes(team, ana):
    """On leave (#68): nothing on Tuesday and Wednesday, and one on the day she is back."""
    await wants_notes(ana)
    await books.on_leave(team, TODAY + days(1), TODAY + days(2))
    for day in (TUESDAY, "2026-09-16"):
        assert notes(ana, await morning(team, ana, day=day)) == []
    assert len(notes(ana, await morning(team, ana, day="2026-09-17"))) == 1


async def test_it_rides_in_the_morning_note(team, ana):
    """One message (#68): with a promise for today and both switched on, they come together."""
    await ana.says("/followup Acme tue send the ROI sheet", channel="sales")
    await wants_mornings(ana)
    await wants_notes(ana)
    before = await morning(team, ana, day=TUESDAY)
    came = since(ana, before)
    assert len(came) == 1, came
    assert "Acme" in came[0]
    assert has(DRILL, came[0]), came


async def test_it_says_why_it_came_and_can_be_switched_off(team, ana):
    """Why (#68): `/why` tells of it, and with the box off none comes the day after."""
    await wants_notes(ana)
    await morning(team, ana, day=TUESDAY)
    assert has(DRILL, await tried(ana, "/why"))
    await switches(ana, BOX, on=False)
    assert notes(ana, await morning(team, ana, day="2026-09-16")) == []


async def test_the_welcome_offers_it(team, raj):
    """At the welcome (#68): what Raj reads when he is put into a team offers it, and one yes brings it."""
    mia = team.person("mia")
    await team.jump("2026-10-01 12:00", "Asia/Kolkata")
    await sets_up(mia, "Field", ["ana", "ben", "raj"])
    await mia.closes()
    hello = next((one for one in reversed(told(raj)) if label(one.blocks or [], BOX)), None)
    assert hello, now(raj)
    await presses(raj, BOX, where=direct(raj))
    if raj.modal():
        if not has(rf"☑[^☑☐\n]*({BOX})", raj.modal()):
            await raj.ticks("rill")
        await raj.submits()
        if raj.modal():
            await raj.closes(everything=True)
    before = mark(raj)
    await lives(team, "2026-10-02", "2026-10-05", zone="Asia/Kolkata")
    assert notes(raj, before)
