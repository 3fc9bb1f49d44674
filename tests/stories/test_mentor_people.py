"""Mentors where people come and go: who leaves, is moved, switched it off, or answers late (#72)."""

import pytest

from storage.nudges.mute import mutes
from tests.known import WORKSPACE
from tests.stories.craft.lived import has, mark, since, tried
from tests.stories.face.seen import presses
from tests.stories.led.led import people
from tests.stories.pressed_leader import is_proposed

pytestmark = pytest.mark.engines("sqlite")
OFFER = r"Twenty minutes with Ben"
WANTS = r"Ana .* would like twenty minutes"


def dm(person) -> str:
    return person._place(None).id


async def asked(team):
    """Ana said yes, and Ben has been asked."""
    await is_proposed(team)
    await presses(team.person("ana"), r"^yes", where=dm(team.person("ana")))
    await team.jump("2026-09-14 16:30", "Europe/Ljubljana")


async def test_who_left_the_team_is_not_asked(team):
    ana, ben = team.person("ana"), team.person("ben")
    await is_proposed(team)
    await people(team, ("U1",))
    before = mark(ben)
    await presses(ana, r"^yes", where=dm(ana))
    await team.jump("2026-09-14 16:30", "Europe/Ljubljana")
    assert has(r"Ben Ito is not in your team any more", since(ana, {"U1": 0})[-1])
    assert not has(r"twenty", "\n".join(since(ben, before)))


async def test_a_rep_who_leaves_before_the_question_leaves_nothing_with_the_colleague(team):
    ana, ben = team.person("ana"), team.person("ben")
    await is_proposed(team)
    await presses(ana, r"^yes", where=dm(ana))
    await people(team, ("U2",))
    before = mark(ben)
    await team.jump("2026-09-14 16:30", "Europe/Ljubljana")
    assert not has(r"twenty|Ana", "\n".join(since(ben, before)))


async def test_a_time_that_is_over_is_asked_again(team):
    ben = team.person("ben")
    await asked(team)
    await team.jump("2026-09-17 16:30", "Europe/Ljubljana")
    await presses(ben, r"Wed 16 Sep", where=dm(ben))
    said = since(ben, {"U2": 0})
    assert any(has(r"That time is over by now", one) for one in said), said
    await presses(ben, r"\d\d:\d\d", where=dm(ben))
    await team.jump("2026-09-18 10:00", "Europe/Ljubljana")
    assert has(r"Ben Ito has twenty minutes for you on", "\n".join(since(team.person("ana"), {"U1": 0})))


@pytest.mark.parametrize("off", ["ana", "ben"])
async def test_what_was_agreed_on_can_be_called_off_by_either(team, off):
    """The other hears it without a reason, and nobody is asked afterwards what came of it."""
    ana, ben = team.person("ana"), team.person("ben")
    await asked(team)
    await presses(ben, r"\d\d:\d\d", where=dm(ben))
    await team.jump("2026-09-15 09:00", "Europe/Ljubljana")
    who, other = (ana, ben) if off == "ana" else (ben, ana)
    before = mark(other)
    await presses(who, r"^Call it off", where=dm(who))
    assert has(r"are off\. .* hears it from me", "\n".join(since(who, {who.person.id: 0})))
    await team.jump("2026-09-15 16:30", "Europe/Ljubljana")
    assert has(r"cannot make the twenty minutes", "\n".join(since(other, before)))
    for day in ("16", "17", "18", "21"):
        await team.jump(f"2026-09-{day} 16:30", "Europe/Ljubljana")
    assert not has(r"Did the twenty minutes", "\n".join(since(ana, {"U1": 0})))
    assert has(r"called off", await tried(ana, "/why lights"))


async def test_the_way_back_from_a_no(team):
    ana, ben = team.person("ana"), team.person("ben")
    await is_proposed(team)
    await presses(ana, r"^no", where=dm(ana))
    assert "Ben" not in await tried(ana, "/why lights")
    await presses(ana, r"after all", where=dm(ana))
    await team.jump("2026-09-14 16:30", "Europe/Ljubljana")
    assert has(WANTS, "\n".join(since(ben, {"U2": 0})))


async def test_it_is_switched_off_like_any_kind(team):
    """And whoever switched it off is neither proposed a colleague nor asked for a talk."""
    ana = team.person("ana")
    await is_proposed(team)
    await presses(ana, r"^switch off", where=dm(ana))
    async with team.bot.database.read(WORKSPACE) as scope:
        assert "mentor" in await mutes(scope, "U1")


async def test_managers_read_nothing_of_it(team):
    mia = team.person("mia")
    await asked(team)
    await team.jump("2026-09-15 16:30", "Europe/Ljubljana")
    lines = ("/why lights @ana", "/team 1on1 @ana", "/why lights team", "/team progress")
    said = "\n".join([*since(mia, {"U3": 0}), *[await tried(mia, one) for one in lines]])
    assert not has(r"twenty minutes", said)
    assert has(r"Ben Ito was asked", await tried(team.person("ana"), "/why lights"))
