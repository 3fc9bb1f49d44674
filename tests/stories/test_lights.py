"""The four lights as they are read: a team's with whom each is about, Home while a goal is behind, plain words."""

from datetime import timedelta

import pytest

from tests.stories.craft import books
from tests.stories.craft.lived import has, home, lives, mark, since, tried
from tests.stories.craft.test_four_lights import RED, farmer, parts
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")


async def test_a_teams_light_says_for_whom_it_is_the_first(team):
    """The team opened enough together, and Ana did not."""
    await farmer(team)
    said = await tried(team.person("mia"), "/why lights team")
    first = parts(said)[0]
    assert not has(RED, first), said
    assert "First for Ana" in first, said


async def test_home_names_the_light_to_act_on_while_a_goal_is_behind(team):
    ana = team.person("ana")
    await farmer(team)
    assert "four lights" not in await home(ana)
    await asks(ana, "/goal 90k this quarter because of last year", "sales")
    said = await home(ana)
    assert "is behind. First of the four lights: the right thing" in said, said
    assert "0 deals opened in 30 days" in said, said


async def test_lights_are_asked_for_in_plain_words(team):
    """A rep without a record reads four reasons, and no empty card."""
    ana = team.person("ana")
    for words in ("show me my lights", "what should I change?"):
        said = await asks(ana, words)
        assert len(parts(said)) == 4, said
    assert "Nothing is logged yet" in await asks(ana, "my streak")


async def test_a_name_nobody_has_is_refused_and_a_goal_keeps_its_words(team):
    mia = team.person("mia")
    assert "Nobody here is called @nemo" in await asks(mia, "/why lights @nemo", "sales")
    assert "all the time" not in await asks(mia, "/why traffic lights for Acme", "sales")


async def test_fridays_end_with_active_days(team):
    """With the prompt that comes anyway, and on no other day."""
    ana = team.person("ana")
    dates = [TODAY - timedelta(days=back) for back in range(1, 60)]
    await books.did(team, [books.Touch(day) for day in dates if day.weekday() < 5])
    for day in (TODAY + days(3), TODAY + days(4)):
        await books.promised_for(team, f"Acme {day.day}", day)
    before = mark(ana)
    await lives(team, TODAY + days(3), TODAY + days(3))
    assert not has(r"active on", "\n".join(since(ana, before))), since(ana, before)
    await lives(team, TODAY + days(4), TODAY + days(4))
    assert has(r"active on \d+ of \d+ working days", "\n".join(since(ana, before))), since(ana, before)
