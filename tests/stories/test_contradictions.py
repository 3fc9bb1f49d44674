"""One goal, one line: whatever surface says how it stands says the same, and no word denies the figure beside it."""

import re
from collections import defaultdict
from datetime import timedelta
from random import Random

import pytest

from sales.goals.runway.capacity import BEST_TIMES
from tests.known import T0
from tests.sales_story import deal, record, sold

TODAY = T0.date()
LINE = re.compile(
    r"(?P<title>\S+(?: 20\d\d)? (?:revenue|deals won|opportunities created|calls))  "
    r"(?P<far>\S+ of \S+|\S+, from \d+ \w+)(?P<rest>(?: · [^·\n([]+)*)"
)
CHANCE = re.compile(r"chance (?:(under|over) )?(\d+)%")
MOVED = re.compile(r"it was (\d+)%\. Since then, in points: ([^.]*)\.")
WORTH = re.compile(r"goes from (?:under |over )?(\d+)% to (?:under |over )?(\d+)%")
TO_OPEN = re.compile(r"(?:Open|Needed:|needed:) ([\d,]+) deals?")


def lines(text):
    """Every goal that a text says in a line, by title and amounts, with what is said of it."""
    flat = re.sub(r"\n(?=\d+ days? |on pace|just begun|reached|chance )", " · ", text)
    return [(found["title"], found["far"], found["rest"].strip()) for found in LINE.finditer(flat)]


async def book(town, seed):
    """Give the team a record of its own and goals that may be far too large, too small, or about to end."""
    drawn = Random(seed)
    await sold(town, record(drawn.choice((60, 200, 400)), seed))
    for _ in range(drawn.randrange(4)):
        opened = TODAY - timedelta(drawn.randrange(3, 80))
        await sold(town, [deal("U1", opened, value=drawn.randrange(1, 90) * 1_000_00)])
    ana, ben = town.person("ana"), town.person("ben")
    for period in ("this quarter", "next quarter", "this month"):
        size = drawn.choice((2, 12, 40, 900, 5_000))
        await ana.says(f"/goal {size}k {period} because it is {seed}")
    await ben.says(f"/goal {drawn.choice((9, 300))}k this quarter because it is {seed}")
    await ana.says(f"/goal {drawn.choice((3, 30))} deals this quarter because it is {seed}")
    await ana.says("/followup Acme today send the ROI sheet")
    return ana, ben, town.person("mia")


@pytest.mark.parametrize("seed", range(6))
async def test_home_goal_evening_digest_and_why_agree(team, seed):
    ana, _, mia = await book(team, seed)
    (goals,) = await ana.says("/goal")
    titles = [title for title, _, _ in lines(goals)]
    assert len(titles) == 4
    whys = [(await ana.says(f"/why {words}"))[0] for words in ("Q3 revenue", "Q4", "September", "deals won")]
    await ana.opens_home()
    said = [goals, *whys, ana.home()]
    (digest,) = await mia.says("/team digest")
    await mia.opens_home()
    said += [digest, mia.home()]
    await team.jump("16:36", "Europe/Ljubljana")
    evening = ana.sees()[-1]
    said.append(evening)
    told = defaultdict(set)
    for text in said:
        for title, far, rest in lines(text):
            told[title, far].add(rest)
    assert sum(len(lines(text)) for text in said) >= 3 * len(titles), "the surfaces say goals in lines"
    assert len(lines(evening)) == 1
    for (title, far), ways in told.items():
        assert len(ways) == 1, f"{title} {far}: {ways}"
        (way,) = ways
        chance = CHANCE.search(way)
        share = {"under": 0, "over": 100, None: int(chance[2])}[chance[1]] if chance else None
        if share is not None:
            assert "on pace" not in way or share >= 35
            assert not re.search(r"behind(?! the plan)", way) or share < 70
            assert not re.search(r"ahead", way) or share >= 35
    for why in whys:
        figure, moved = re.search(r"P\(hit\) (\d+)%", why), MOVED.search(why)
        if figure and moved:
            changes = [int(one.replace("−", "-")) for one in re.findall(r"[+−]?\d+(?=,|$)", moved[2])]
            assert sum(changes) == int(figure[1]) - int(moved[1]), why
    everything = "\n".join(said)
    for before, after in WORTH.findall(everything):
        assert int(after) - int(before) >= 3
    assert ana.home().count("Worth doing next") <= 1
    for count in TO_OPEN.findall(everything):
        assert int(count.replace(",", "")) < BEST_TIMES * 200, "nobody opens so many"
    assert "unrealistic" not in everything
    assert "▓" not in everything
