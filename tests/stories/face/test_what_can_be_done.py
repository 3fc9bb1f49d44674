"""Only what can be acted on: advice somebody can take today, and no number that nobody could reach."""

import re
from datetime import timedelta

import pytest

from tests.stories.face import books
from tests.stories.face.books import HERE, TODAY
from tests.stories.face.seen import home_blocks, home_lines, label, presses

pytestmark = pytest.mark.engines("sqlite")

MOST = 2 * 2 * 16  # twice two deals opened a week, the pace of `sells_weekly`, from now to the end of Q4
ASKED = (
    re.compile(
        r"\b(?:open|needs?|takes?|about|opportunities,) ([\d,]+) (?:more |new )?(?:deals|opportunit)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:open|needed:?)(?: about)? ([\d,]*\d)\b(?!%)", re.IGNORECASE),
)


async def everything(town):
    """All that Ana is told of her goals, and her team with her, over a few days."""
    ana, mia = town.person("ana"), town.person("mia")
    await ana.opens_home()
    told = [ana.home()]
    for line in ("/goal", "/runway"):
        told += await ana.says(line, channel="sales")
    await mia.opens_home()
    told += [
        mia.home(),
        *await mia.says("/team digest", channel="sales"),
        *await mia.says("/runway team", channel="sales"),
    ]
    await town.jump("2026-09-15 16:40", HERE)
    return "\n".join([*told, *ana.sees()])


@pytest.fixture
async def hopeless(team):
    """A book whose goal of next quarter nobody could reach: fifty million at one win of $5,000 a week."""
    await books.sells_weekly(team, "U1")
    await books.still_open(team, "U1", 6, TODAY - timedelta(days=10))
    await team.person("ana").says("/goal 50m next quarter because they said so", channel="sales")
    await team.person("ana").says("/followup Acme tomorrow call them", channel="sales")
    return team


async def test_nobody_is_told_to_open_thousands_of_deals(hopeless):
    """Never more deals than twice the best pace allows, on any surface (law 3)."""
    said = await everything(hopeless)
    counts = {int(one.replace(",", "")) for pattern in ASKED for one in pattern.findall(said)}
    assert [one for one in sorted(counts) if one > MOST] == []


async def test_no_millions_of_new_deals_are_asked_for(hopeless):
    """“$100,000,000 in new opportunities” is no advice."""
    said = await everything(hopeless)
    assert re.findall(r"\$\d[\d,.]*(?:,\d{3},\d{3}|m| million) (?:in|of) new", said) == []


async def test_beyond_what_is_possible_the_target_is_talked_about(hopeless):
    """It says that more is asked than can be opened in time, and to talk about the target."""
    ana = hopeless.person("ana")
    await ana.opens_home()
    told = "\n".join(
        [
            *home_lines(ana),
            *await ana.says("/goal", channel="sales"),
            *await ana.says("/runway", channel="sales"),
        ]
    )
    assert re.search(r"more than can be opened|talk about the target", told, re.IGNORECASE), told


async def test_a_goal_that_is_reached_asks_for_nothing(team):
    """Nothing is to do for a goal that is reached: no advice, no gap, no deals to open."""
    ana = team.person("ana")
    await books.sells_weekly(team, "U1")
    await ana.says("/goal 20k this quarter because of last year", channel="sales")
    await ana.opens_home()
    said = "\n".join(home_lines(ana))
    assert re.search(r"reached", said, re.IGNORECASE), said
    assert not re.search(r"worth doing|to go\b|behind|open \d+ deals|still needed", said, re.IGNORECASE), said


async def test_advice_is_not_won_twice_as_readily(team):
    """Advice is an action: no “so that they are won twice as readily”, no “so that none is lost”."""
    await books.a_record(team)
    await team.person("ana").says("/goal 18k this quarter because two big renewals", channel="sales")
    await team.person("ana").says("/goal 45k next quarter because two big renewals", channel="sales")
    said = await everything(team)
    assert not re.search(r"twice as readily|so that none is lost|Moves it most", said)


async def test_advice_names_what_to_do_and_says_why(team):
    """The one thing begins with an action, names a deal, a customer or a number, and has its reason behind Why."""
    await books.a_record(team)
    ana = team.person("ana")
    await ana.says("/goal 45k next quarter because two big renewals", channel="sales")
    await ana.opens_home()
    lines = home_lines(ana)
    at = next(
        (number for number, one in enumerate(lines) if re.search("worth doing", one, re.IGNORECASE)), None
    )
    assert at is not None, "Home names nothing worth doing."
    advice = re.sub(r"(?i)worth doing( next)?:?", "", " ".join(lines[at : at + 2])).strip()
    assert re.match(
        r"(Open|Call|Ask|Send|Book|Close|Talk|Write|Move|Clear|Visit|Meet|Log|Finish|Answer|Work|Chase|Agree|Advance|Bring|Get|Choose|Settle|Win|Park|Drop|Plan|Offer|Confirm|Tell)",
        advice,
    ), advice
    before = len(ana.sees())
    assert label(home_blocks(ana), r"^Why"), "The advice has no Why."
    await presses(ana, r"^Why", where="home")
    assert re.search(r"\d", "\n".join([ana.modal() or "", *ana.sees()[before:]]))


async def test_advice_that_moves_less_than_three_points_is_not_given(team):
    """Where it says from where to where the chance goes, that is three points or more."""
    await books.a_record(team)
    ana = team.person("ana")
    for target in ("15k this quarter", "18k this quarter", "45k next quarter", "30k next quarter"):
        await ana.says(f"/goal {target} because of last year", channel="sales")
        await ana.opens_home()
        for before, after in re.findall(r"from (\d+)\s?% to (\d+)\s?%", ana.home()):
            assert int(after) - int(before) >= 3, ana.home()
        assert not re.search(r"Moves it most", ana.home())
        await ana.says("/rainmaker undo", channel="sales")


async def test_no_deal_is_asked_for_that_cannot_be_won_in_time(team):
    """Sixteen days before the end, at 89 days a deal, nobody is told to open deals for this quarter."""
    await books.a_record(team)
    ana = team.person("ana")
    await ana.says("/goal 18k this quarter because two big renewals", channel="sales")
    await ana.opens_home()
    assert not re.search(r"open \d+ (deals|opportunit)", "\n".join(home_lines(ana)), re.IGNORECASE)
