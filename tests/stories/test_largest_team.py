"""The largest team there may be, a hundred reps: its manager's Home, all of them at once, and the digest stay short."""

import re

import pytest

from sales.people.setup import MOST_REPS
from tests.stories.face import books
from tests.stories.face.seen import every_message, home_blocks, home_lines, label, newest, presses, size

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.large]


async def test_a_hundred_reps_are_as_short_as_two(team):
    await books.a_large_team(team, MOST_REPS)
    mia = team.person("mia")
    await mia.opens_home()
    assert len(home_blocks(mia)) <= 20
    assert size(home_blocks(mia)) <= 10_000
    people = re.compile(r"Rep \d\d\d Surname|Ana Kovač|Ben Ito")
    assert len([one for one in home_lines(mia) if people.match(one)]) <= 5
    assert label(home_blocks(mia), rf"^All {MOST_REPS}$")
    known = len(every_message(team))
    await presses(mia, rf"^All {MOST_REPS}$", where="home")
    new = every_message(team)[known:]
    assert new
    assert max(size(one.blocks) for one in new) <= 10_000
    await mia.says("/team digest", channel="sales")
    assert size(newest(mia, "sales").blocks) <= 10_000
