"""A deal's history holds every change, whatever it was made on, and one undo takes the line back too (#23)."""

import pytest

from playground.visitor.search import NotSeen
from tests.sales_story import opens_deal
from tests.stories.face.seen import takes_back, ticks_off
from tests.stories.pipeline import books
from tests.stories.pipeline.walked import does, turns_to

HERE = books.HERE
pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def ana(team):
    await books.stands(team, "Lockside", age=20)
    return team.person("ana")


async def history(person, name="Lockside"):
    await person.says(f"/deal {name}")
    try:
        await person.chooses("⋯", "History")
    except NotSeen:
        await person.clicks("History")
    found = person.modal()
    await person.closes(everything=True)
    return found


async def test_contacts_and_obstacles_are_told_with_their_days(ana, team):
    await ana.says("/deal Lockside")
    await ana.clicks("Contact…")
    await ana.fills("Who is it?", "Dana Roe")
    await ana.chooses("Is it them who decides?", "Yes, it is their decision")
    await ana.submits()
    await ana.says("/deal Lockside")
    await ana.clicks("Obstacle…")
    await ana.fills("What could stop it?", "Legal wants papers")
    await ana.chooses("By when is it out of the way?", "2026-09-25")
    await ana.submits()
    told = await history(ana)
    assert "14 Sep: contact Dana Roe, decides (you)" in told
    assert "14 Sep: in the way: Legal wants papers, until Fri 25 Sep (you)" in told
    await ana.says("/rainmaker undo")
    assert "Legal" not in await history(ana)


async def test_what_it_shows_its_gate_and_why_it_counts_or_was_lost(team):
    ana = team.person("ana")
    await ana.says("/deal Globex 8k")
    await ticks_off(ana, "need")
    await takes_back(ana, "need")
    told = await history(ana, "Globex")
    assert "14 Sep: shows a need (you)" in told
    assert "14 Sep: no longer shows a need (you)" in told
    await opens_deal(ana, "/deal Initech 8k")
    told = await history(ana, "Initech")
    assert "14 Sep: counted anyway: They asked for a quote (you)" in told
    await ana.says("/deal lost Initech they bought elsewhere")
    assert "14 Sep: because: they bought elsewhere (you)" in await history(ana, "Initech")


async def test_a_price_asked_for_granted_and_refused(ana, team):
    mia = team.person("mia")
    await team.jump("2026-09-29 16:00", HERE)
    for wish in ("3,600", "3,500"):
        await ana.says(f"/deal edit Lockside {wish}", channel="sales")
        await ana.fills("What is this worth to them, in their words?", "Two hours a day")
        await ana.submits()
        await ana.closes(everything=True)
        if wish == "3,600":
            await mia.clicks("No…")
            await mia.fills("Why not? They read it as you write it.", "Below cost")
            await mia.submits()
        else:
            await mia.clicks("Grant", near="$3,500")
    told = await history(ana)
    for line in (
        "29 Sep: a manager was asked for $3,600 (you)",
        "29 Sep: $3,600 refused: Below cost (Mia Horvat)",
        "29 Sep: worth to them: “Two hours a day” (you)",
        "29 Sep: a manager was asked for $3,500 (you)",
        "29 Sep: $3,500, was $4,000 (Mia Horvat)",
        "29 Sep: $3,500 granted (Mia Horvat)",
    ):
        assert line in told


async def test_one_that_is_parked_anew_is_not_said_to_be_parked_no_more(ana, team):
    await ana.says("/deal park Lockside until 25 Sep")
    await ana.says("/deal park Lockside")
    told = await history(ana)
    assert "14 Sep: parked without a day, was Fri 25 Sep (you)" in told
    assert "parked no more" not in told
    await ana.says("/deal park Lockside until 25 Sep")
    await ana.says("/deal reopen Lockside")
    told = await history(ana)
    assert told.count("parked without a day") == 1
    assert "14 Sep: open again, was parked (you)" in told


async def test_whose_doing_it_was_is_told_where_the_rep_looks_anyway(ana, team):
    """A manager's doing: on Home, with the evening's prompt and in the debrief; no message of its own."""
    mia = team.person("mia")
    await books.stands(team, "Granary", age=20)
    await turns_to(mia, "Granary", line="/pipeline @ana")
    await does(mia, r"^I know why", near="Granary")
    assert (
        "Left as it is: Granary. Ana Kovač is not asked about it either; its history says it was you"
        in (mia.sees()[-1])
    )
    assert "“No next step”: known why, so it is not asked about until something happens (Mia Horvat)" in (
        await history(ana, "Granary")
    )
    await turns_to(mia, "Lockside", line="/pipeline @ana")
    await does(mia, r"^Lost", {r"what|why|reason": "They bought elsewhere"})
    count = len(ana.sees())
    await ana.opens_home()
    told = ana.home()
    assert "Changed by others\nLockside · 14 Sep: because: They bought elsewhere (Mia Horvat)" in told
    assert "Lockside · 14 Sep: lost, was open (Mia Horvat)" in told
    await team.jump("2026-09-14 12:05", HERE)
    (asked,) = [one for one in ana.sees()[count:] if "was lost" in one]
    assert "Lockside was lost · $4,000. Mia Horvat marked it as lost. A minute now helps" in asked


async def test_ones_own_doing_is_no_news_to_oneself(ana, team):
    await ana.says("/deal edit Lockside 7k")
    await ana.opens_home()
    assert "Changed by others" not in ana.home()
    await ana.says("/deal lost Lockside price")
    await team.jump("2026-09-14 12:05", HERE)
    assert "marked" not in ana.sees()[-1]
