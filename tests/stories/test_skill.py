"""Skills as they are lived with: the line of a week, what a manager reads, and what brings a card first (#71)."""

import pytest

from storage.nudges.mute import set_mutes
from tests.known import WORKSPACE
from tests.stories.craft import books
from tests.stories.craft.lived import has, mark, since, tried
from tests.stories.face.seen import presses
from tests.stories.led.led import people
from tests.stories.pipeline.books import HERE, TODAY, days
from tests.stories.pipeline.walked import asks, text_of, told

pytestmark = pytest.mark.engines("sqlite")
LINE = r"You e-mail in 60% of your touches"


async def touched(town, owner="U1"):
    """Of five touches three are e-mails, on each of ten days."""
    for back in range(3, 13):
        day = TODAY - days(back)
        some = [books.Touch(day, "email", "", 3), books.Touch(day, "call", books.SPOKE, 2)]
        await books.did(town, some, owner=owner)


async def wants(town, *kinds, user_id="U1"):
    async with town.bot.database.write(WORKSPACE) as scope:
        await set_mutes(scope, user_id, [], kinds)


async def mornings(town, person, first, count=5):
    """What came on each of some mornings, one text a day."""
    found = []
    for number in range(count):
        day = first + days(number)
        await town.jump(f"{day} 07:45", HERE)
        before = mark(person)
        await town.jump(f"{day} 09:30", HERE)
        found.append("\n".join(since(person, before)))
    return found


async def test_the_line_stands_in_the_first_morning_note_of_a_week(team):
    ana = team.person("ana")
    await touched(team)
    await wants(team, "morning", "drill")
    for number in range(12):
        await books.promised_for(team, f"Depot {number}", TODAY + days(number))
    said = await mornings(team, ana, TODAY + days(1), 4)
    assert [has(LINE, one) for one in said] == [True, False, False, False], said
    said = await mornings(team, ana, TODAY + days(7), 3)
    assert [has(LINE, one) for one in said] == [True, False, False], said


async def test_without_a_morning_note_it_stands_below_the_first_card(team):
    ana = team.person("ana")
    await touched(team)
    await wants(team, "drill")
    said = await mornings(team, ana, TODAY + days(1), 3)
    assert [has(LINE, one) for one in said] == [True, False, False], said
    assert has(r"Show the answer", said[0])
    assert not said[0].startswith("You e-mail")


async def test_who_did_not_ask_for_practice_reads_no_line(team):
    ana = team.person("ana")
    await touched(team)
    await wants(team, "morning")
    await books.promised_for(team, "Depot", TODAY + days(1))
    (said,) = await mornings(team, ana, TODAY + days(1), 1)
    assert has("Depot", said)
    assert not has(LINE, said)


async def test_start_brings_the_card_that_is_due_and_says_why(team):
    ana = team.person("ana")
    await touched(team)
    await asks(ana, "/drill skills")
    await presses(ana, r"^start")
    assert has(r"e-mail", text_of(ana, told(ana)[-1])), text_of(ana, told(ana)[-1])
    await presses(ana, r"^show the answer")
    assert has(r"You e-mail a lot lately", text_of(ana, told(ana)[-1]))


async def test_a_manager_reads_one_rep_as_they_read_themselves(team):
    ana, mia = team.person("ana"), team.person("mia")
    await touched(team)
    own, hers = await asks(ana, "/drill skills"), await asks(mia, "/drill skills @ana")
    rows = [one for one in own.splitlines() if one.startswith("•")]
    assert len(rows) == 6
    assert [one for one in hers.splitlines() if one.startswith("•")] == rows
    assert has(r"Ana Kovač e-mails in 60% of their touches", hers)
    assert not has(r"\[Start\]", hers)


async def test_an_admin_who_manages_nobody_reads_nothing(team):
    mia = team.person("mia")
    await touched(team)
    await people(team, ["U1", "U2"], managers=["U4"])
    for line in ("/team skills", "/drill skills @ana"):
        said = await tried(mia, line)
        assert has(r"private", said), said
        assert not has(r"\d%", said), said


async def test_other_words_are_told_what_it_reads(team):
    said = await tried(team.person("ana"), "/drill skills of everybody")
    assert has(r"`?/drill skills`? shows your own", said), said


async def test_a_team_of_many_says_how_the_others_are_read(team):
    mia = team.person("mia")
    reps = []
    for number in range(45):
        team.server.workspace.add_person(f"U6{number:03}", f"many{number:02}", f"Many {number:02}", tz=HERE)
        reps.append(f"U6{number:03}")
        await team.known(f"many{number:02}")
    await people(team, ["U1", "U2", *reps])
    said = await asks(mia, "/team skills")
    assert has(r"And 7 reps more", said), said[-300:]
