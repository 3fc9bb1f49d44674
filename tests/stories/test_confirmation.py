"""What a confirmation says will happen is what happens: reminders, evenings, days off, pauses and switches."""

from datetime import date

import pytest

from storage.people.leave import add_leave
from tests.known import WORKSPACE

pytestmark = pytest.mark.engines("sqlite")
HERE = "Europe/Ljubljana"


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [
        ("Acme today call", "I'll ask today around 16:30 if it is still open."),
        ("Acme thu call", "I'll ask that day around 16:30 if it is still open."),
        ("Acme sat call", "I'll ask on Mon 21 Sep around 16:30 if it is still open."),
        ("Acme fri 10am call", "I'll bring it up then, and ask around 16:30 if it is still open."),
        ("Acme fri 3pm call", "I'll bring it up then."),  # a reminder that late makes that evening silent
        ("Acme fri 6pm call", "I'll bring it up then."),
        (
            "Acme sat 10am call",
            "I'll bring it up then, and ask on Mon 21 Sep around 16:30 if it is still open.",
        ),
        ("Acme 2 jan call", "I'll ask on Mon 4 Jan 2027 around 16:30 if it is still open."),
    ],
)
async def test_it_says_when_it_comes_up_again(team, typed, ahead):
    [said] = await team.person("ana").says(f"/followup {typed}")
    assert said.splitlines()[1].startswith(ahead)


async def test_leave_and_a_pause_put_the_evening_off_and_a_switch_takes_it_away(team):
    ana = team.person("ana")
    async with team.bot.database.write(WORKSPACE) as scope:
        await add_leave(scope, "U1", date(2026, 9, 16), date(2026, 9, 18))
    assert "ask on Mon 21 Sep around 16:30" in (await ana.says("/followup Acme thu call"))[0]
    await ana.says("/rainmaker pause until 22 sep 18:00")
    assert "ask on Wed 23 Sep around 16:30" in (await ana.says("/followup Globex fri call"))[0]
    await ana.says("/rainmaker resume")
    await ana.says("/rainmaker settings")
    await ana.chooses("Your day", ["Plan check-in"])
    await ana.submits()
    await ana.closes()
    assert "It stands on App Home that day." in (await ana.says("/followup Hooli tue call"))[0]
    assert "I'll bring it up then." in (await ana.says("/followup Initech tue 10am call"))[0]


async def test_home_moves_what_is_late_in_one_press_and_shows_what_others_owe_apart(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today call")
    await ana.says("/followup Globex owes me the NDA today")
    await team.jump("tomorrow 10:00", HERE)
    await ana.opens_home()
    assert "Today  1 promise is overdue. Tick what is done." in ana.home()
    assert "Waiting for  Tick what came.\n☐ Globex the NDA (since Mon 14 Sep · they owe you)" in ana.home()
    await ana.clicks("Move all to tomorrow", where="home")
    assert "Acme, call, moved to Wed 16 Sep. [Undo]" in ana.home()
    assert "☐ Globex" in ana.home()
    await ana.clicks("Undo", where="home")
    assert "☐ Acme call (since Mon 14 Sep)" in ana.home()


async def test_a_list_that_is_out_of_date_ticks_what_is_open_and_leaves_the_rest(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today call")
    await ana.says("/followup Globex today call")
    await ana.says("/followup")
    await ana.opens_home()
    await ana.ticks("Acme", where="home")
    await ana.ticks("Acme", where=team.dm("ana"))  # on the other device, where it stands unticked yet
    [listed] = [text for text in ana.sees() if "open follow-up" in text]
    assert "☐ Acme" not in listed
    assert "☐ Globex" in listed
    assert "Undone: Acme, call, done." in (await ana.says("/rainmaker undo"))[0]
