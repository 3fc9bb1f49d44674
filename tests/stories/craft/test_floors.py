"""Floors for everybody: by role, the same for every tenure, the rep first and the manager after (#63, #64)."""

import re

import pytest

from tests.stories.craft import books, lived
from tests.stories.craft.lived import has, line_with, reads, tried
from tests.stories.face.seen import presses
from tests.stories.pipeline import books as deals
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks, fills_in

pytestmark = pytest.mark.engines("sqlite")

FLOORS = ("/team floors", "/team roles", "/team floor", "/team role", "/team activity")
HELPED = r"floor|role"
BELOW = r"\bfloor\b|\b\d+ of 20\b"


async def floors(person, pattern=r"SDR.*\d") -> str:
    return await reads(person, pattern, *FLOORS, helped=HELPED)


async def gives_role(mia, name, role) -> None:
    """Say what somebody is: in a line, else in the form behind what shows the roles."""
    for line in (f"/team role @{name} {role}", f"/team roles @{name} {role}", f"/team floors @{name} {role}"):
        said = await tried(mia, line)
        if has(rf"{name}[^\n]*{role}|{role}[^\n]*{name}", said) and not has(lived.REFUSED, said):
            return
    await lived.changes(mia, r"SDR", {name: rf"^{role}\b"}, *FLOORS, helped=HELPED)


async def sets_floor(mia, role, count) -> None:
    """Set what somebody in a role has to do in a week, to one number."""
    await lived.changes(mia, r"SDR", {role: str(count)}, *FLOORS, helped=HELPED)


async def test_three_roles_each_have_a_floor(mia):
    """SDR, AE and AM (#63): a number a week each, and that they are defaults."""
    said = await floors(mia)
    for role in ("SDR", "AE", "AM"):
        assert line_with(said, rf"\b{role}\b", r"\d"), said
    assert has(r"week", said), said


async def test_a_floor_is_edited_and_decides(team, mia, ana):
    """Editable (#63): twenty a week for an SDR; Ana reads of twenty."""
    await gives_role(mia, "ana", "SDR")
    await sets_floor(mia, "SDR", 20)
    assert has(r"\b20\b", await reads(ana, r"floor.*20|20.*floor", "/why floor", "/why floors", *FLOORS))


async def twenty(town, mia):
    """Ana and Ben are SDRs with a floor of twenty a week."""
    for name in ("ana", "ben"):
        await gives_role(mia, name, "SDR")
    await sets_floor(mia, "SDR", 20)
    return lived.mark(town.person("ana"), town.person("ben"), mia)


async def test_below_the_floor_in_mid_week_the_rep_hears_first(team, mia, ana):
    """Two of twenty by Wednesday (#63): Ana hears on Wednesday or Thursday; Mia hears after her and not before."""
    before = await twenty(team, mia)
    await asks(ana, "/log 2 calls", "sales")
    await lived.lives(team, TODAY, TODAY + days(7))
    hers = lived.arrived(ana, before, rf"({BELOW})[^\n]*\b20\b|\b2 of 20\b|\b20\b[^\n]*({BELOW})")
    assert hers, lived.since(ana, before)
    assert hers[0].day in (16, 17), hers
    to_mia = [
        one
        for one, text in zip(lived.arrived(mia, before, r"."), lived.since(mia, before), strict=True)
        if has(r"Ana", text) and has(BELOW, text)
    ]
    assert to_mia, lived.since(mia, before)
    assert hers[0] < to_mia[0], (hers, to_mia)


async def test_who_is_above_it_hears_nothing_nor_does_the_manager(team, mia, ana):
    """Twenty-one by Tuesday (#63): no word to Ana, and none of her to Mia."""
    before = await twenty(team, mia)
    await asks(ana, "/log 21 calls", "sales")
    await lived.lives(team, TODAY, TODAY + days(7))
    assert lived.arrived(ana, before, r"\bfloor\b") == []
    assert not [one for one in lived.since(mia, before) if "Ana" in one and has(r"\bfloor\b", one)]


async def test_who_catches_up_is_not_reported(team, mia, ana):
    """The rep first, the manager only after (#63): Ana hears on Wednesday and does the rest; Mia hears nothing."""
    before = await twenty(team, mia)
    await asks(ana, "/log 2 calls", "sales")
    await lived.lives(team, TODAY, TODAY + days(3))
    assert lived.arrived(ana, before, BELOW)
    await asks(ana, "/log 20 calls", "sales")
    await lived.lives(team, TODAY + days(4), TODAY + days(7))
    assert not [one for one in lived.since(mia, before) if "Ana" in one and has(r"\bfloor\b", one)]


async def test_the_same_floor_holds_for_five_years_and_for_none(team, mia, ana):
    """No opt-out for seniors (#64): Ana's record of 400 deals makes her floor neither higher nor lower than Ben's."""
    await deals.a_record(team)
    before = await twenty(team, mia)
    await lived.lives(team, TODAY, TODAY + days(4), lived.BOTH)
    for person in (ana, team.person("ben")):
        assert lived.arrived(person, before, r"of 20\b|floor[^\n]*\b20\b|\b20\b[^\n]*floor"), lived.since(
            person, before
        )


async def test_who_joined_this_week_has_a_ramp(team, mia):
    """Ramped for who joins (#64): Raj is a rep since today; his floor is under the twenty of the others."""
    await twenty(team, mia)
    await mia.says("/team people", channel="sales")
    await mia.chooses("Reps", ["ana", "ben", "raj"])
    await mia.submits()
    await mia.closes(everything=True)
    await gives_role(mia, "raj", "SDR")
    raj = team.person("raj")
    said = await reads(raj, r"floor.*\d|\d.*floor", "/why floor", "/why floors", *FLOORS)
    own = [int(one) for one in re.findall(r"(?:\bof|floor\D{0,30}?)\s*(\d+)\b", said, re.IGNORECASE)]
    assert own, said
    assert min(own) < 20, said
    assert has(r"ramp|first (week|month|quarter)|joined|since", said), said


async def test_a_week_of_leave_has_no_floor(team, mia, ana):
    """Away Monday to Friday (#63): no word to Ana or of her."""
    before = await twenty(team, mia)
    await books.on_leave(team, TODAY, TODAY + days(4))
    await lived.lives(team, TODAY, TODAY + days(7), lived.BOTH)
    assert lived.arrived(team.person("ben"), before, BELOW)
    assert lived.arrived(ana, before, r"\bfloor\b") == []
    assert not [one for one in lived.since(mia, before) if "Ana" in one and has(r"\bfloor\b", one)]


async def test_service_work_can_be_logged(ana):
    """The activity kind `service` (#64): counted as itself, with undo."""
    said = await asks(ana, "/log 7 service", "sales")
    assert has(r"Logged 7 service", said), said
    assert "[Undo]" in said


@pytest.mark.parametrize(("service", "calls", "told"), [(7, 3, True), (5, 5, False)])
async def test_service_above_sixty_per_cent_is_told_to_the_manager(team, mia, ana, service, calls, told):
    """7 of 10 = 70 % is above 60 % (#64), 5 of 10 = 50 % is not; each working day of two weeks."""
    before = lived.mark(ana, mia)
    for day in lived.workdays(TODAY, TODAY + days(11)):
        await lived.lives(team, day, day, hours=("11:30",))
        assert has(r"Logged", await asks(ana, f"/log {service} service, {calls} calls", "sales"))
        await lived.lives(team, day, day)
    found = [one for one in lived.since(mia, before) if "Ana" in one and has(r"service", one)]
    assert bool(found) is told, lived.since(mia, before)
    assert not told or has(r"70\s?%|7 of 10|70 of 100", "\n".join(found))


async def test_a_month_without_a_new_deal_is_told_whoever_it_is(team, mia):
    """0 opened in 30 days (#64): Ana's last was 33 days ago, Ben's 20; Ana is named to Mia, Ben is not."""
    await deals.stands(team, "Granary", age=33)
    await deals.stands(team, "Lockside", age=20, owner="U2")
    before = lived.mark(mia)
    await lived.lives(team, TODAY, TODAY + days(7))
    found = [
        one
        for one in lived.since(mia, before)
        if has(r"30 days|month", one) and has(r"new|opened|created", one)
    ]
    assert any("Ana" in one for one in found), lived.since(mia, before)
    assert not any(line_with(one, "Ben", r"30 days|month") for one in found), found


async def test_a_floor_that_is_none_is_an_error_under_its_field(mia):
    """“-5” a week (#63): nothing is changed, and the mend stands under the field."""
    await lived.opened(mia, r"SDR", *FLOORS, helped=HELPED)
    if not mia.modal():
        await presses(mia, r"^(edit|change|set)\b", where="sales")
    named = [one["label"]["text"] for one in lived.form_inputs(mia) if has(r"SDR", one["label"]["text"])]
    assert named, mia.modal()
    await fills_in(mia, {re.escape(named[0]): "-5"})
    assert mia.modal_errors(), mia.modal()
