"""Incentives where goals end, change hands or are several, and where others might look (#4)."""

import pytest

from tests.stories.craft.lived import has, tried
from tests.stories.face.seen import presses
from tests.stories.files.chat import files_given
from tests.stories.led.led import asks, fills, goal, types, was_won
from tests.stories.pipeline.books import TODAY, days

pytestmark = pytest.mark.engines("sqlite")
RULE = "/goal incentive 7.5% of revenue over 100k"


@pytest.fixture
async def hers(team):
    """Ana won $110,000 of $120,000, and wrote down her commission."""
    ana = team.person("ana")
    await was_won(team, "Granary Road", TODAY - days(4), value=110_000_00)
    await goal(ana, "/goal 120k this quarter")
    await types(ana, RULE)
    return ana


async def test_no_export_of_others_has_it(team, hers):
    """Mia, who is an admin, takes everything out; Ana's own export has it."""
    mia = team.person("mia")
    await mia.says("/rainmaker export")
    await hers.says("/rainmaker export")
    await team.server.settled()
    assert "incentive" not in str(sorted(files_given(mia)))
    assert "incentive" in str(sorted(files_given(hers)))


async def test_of_several_goals_it_asks_which(team, hers):
    await goal(hers, "/goal 40k this month")
    said = await asks(hers, "/goal incentive 2% of revenue", "sales")
    assert has(r"To which goal", said), said
    await presses(hers, r"\$40,000", where="sales")
    assert "2% of revenue" in hers.modal()
    await fills(hers, {r"note": "a long weekend"})
    said = await types(hers, "/goal incentive")
    assert has(r"\$750", said), said
    assert has(r"\$2,200", said), said
    assert "a long weekend" in said


async def test_a_closed_goal_brings_nothing_any_more(team, hers):
    await asks(hers, "/goal close", "sales")
    await presses(hers, r"^close", where="sales")
    await hers.submits()
    await hers.closes(everything=True)
    assert not has(r"\$750", await tried(hers, "/goal"))
    assert has(r"no goal", await tried(hers, "/goal incentive"))


async def test_emptied_it_is_taken_out_and_undone_it_is_back(team, hers):
    await asks(hers, "/goal incentive", "sales")
    await presses(hers, r"^edit", where="sales")
    await hers.fills("Commission", "")
    await hers.submits()
    await hers.closes(everything=True)
    assert not has(r"\$750", await tried(hers, "/goal"))
    await hers.says("/rainmaker undo", channel="sales")
    assert has(r"\$750", await tried(hers, "/goal"))


async def test_a_goal_that_counts_deals_takes_a_note_alone(team):
    ana = team.person("ana")
    await asks(ana, "/goal 10 opportunities this quarter because of last year", "sales")
    assert has(r"share of revenue", await tried(ana, "/goal incentive 2% of revenue"))
    await asks(ana, "/goal incentive", "sales")
    await presses(ana, r"^add", where="sales")
    assert "Commission" not in ana.modal()
    await fills(ana, {r"note": "dinner at the lake"})
    assert "dinner at the lake" in await tried(ana, "/goal")


async def test_somebody_elses_is_refused_in_a_sentence(team, hers):
    said = await tried(team.person("mia"), "/goal incentive @ana")
    assert has(r"for their eyes alone", said), said
