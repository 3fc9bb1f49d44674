"""Four lights: thing, way, time, all the time, in that order; the first red one is the one to act on (#67, #80)."""

import re

import pytest

from tests.sales_story import record, sold
from tests.stories.craft import books, lived
from tests.stories.craft.lived import NONSENSE, has, reads, tried
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks, texts

pytestmark = pytest.mark.engines("sqlite")

NAMES = (r"(right )?thing", r"(right )?way", r"(right )?time", r"all the time")
COLOURS = r"red|green|amber|yellow|🔴|🟢|🟡|🟠|❌|✅|cannot tell|can't tell|:red_circle:|:large_green_circle:"
RED = r"\bred\b|🔴|:red_circle:"
UNKNOWN = r"(cannot|can.t) tell( yet)?,? because|not enough[^\n]*(yet|to tell)"


def parts(said) -> list[str]:
    """What is said of each light, in their order; a light begins where its name stands beside a colour."""
    starts, lines = [], said.splitlines()
    for name in NAMES:
        start = next(
            (
                at
                for at, line in enumerate(lines)
                if at > (starts[-1] if starts else -1)
                and has(rf"^[\W\d]*{name}\b", re.sub(COLOURS, "", line, flags=re.IGNORECASE).strip())
            ),
            None,
        )
        assert start is not None, f"No light is called “{name}” after those before it:\n{said}"
        starts.append(start)
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


async def lights(person, of="") -> str:
    return await reads(person, r"all the time", f"/why lights{of}", f"/why{of} lights", helped="lights")


async def farmer(town, owner="U1"):
    """Wrong thing: nothing opened in 45 days, though much was done each day; Ben opens two a week."""
    past = [one for one in record(400, 4) if one["closed_on"] is not None]
    since = TODAY - days(46)
    await sold(town, [one for one in past if one["owner_id"] != owner or one["opened_on"] < since])
    dates = lived.workdays(TODAY - days(56), TODAY - days(3))
    await books.did(town, [books.Touch(day, "call", books.SPOKE, 6) for day in dates], owner=owner)
    for week in range(6):
        await books.opens(town, [f"Ben {week}a", f"Ben {week}b"], TODAY - days(3 + 7 * week), owner="U2")


async def test_four_lights_in_order_each_with_a_number_a_threshold_and_evidence_or_says_why_not(team, ana):
    """Thing, way, time, all the time (#80): number, threshold, evidence, or “cannot tell yet, because” (#67)."""
    await farmer(team)
    for part in parts(await lights(ana)):
        if not has(UNKNOWN, part):
            assert len(re.findall(r"\d+", part)) >= 2, part
            assert has(COLOURS, part), part


async def test_a_red_light_has_one_action(team, ana):
    """What to do about it (#67): a verb one can follow today stands with a red light."""
    await farmer(team)
    reds = [one for one in parts(await lights(ana)) if has(RED, one)]
    assert reds
    for one in reds:
        assert has(
            r"\b(open|call|ask|hold|plan|book|pick|write|agree|log|talk|put|stop|park|spread|name|keep)\b",
            one,
        ), one


async def test_the_first_red_light_is_the_one_to_act_on(team, ana):
    """The order decides (#80): the headline or the mark names the first red light, the wrong thing here."""
    await farmer(team)
    said = await lights(ana)
    reds = [number for number, one in enumerate(parts(said)) if has(RED, one)]
    assert reds, said
    assert reds[0] == 0, said
    head = said[: said.index(parts(said)[0].splitlines()[0])]
    assert has(r"thing|first", head + parts(said)[0]), said
    assert (
        len(re.findall(r"act on (this|it)|start here|begin (here|with)|first to act", said, re.IGNORECASE))
        <= 1
    )


async def test_without_a_record_no_light_is_lit(team, ana):
    """Nothing is known (#67): four times “cannot tell yet, because”, and no red."""
    said = await lights(ana)
    for part in parts(said):
        assert has(UNKNOWN, part), part
    assert not has(RED, said), said


async def test_a_manager_asks_for_a_reps(team, mia):
    """`/why lights @rep` (#67): Ana's by name."""
    await farmer(team)
    said = await lights(mia, " @ana")
    assert "Ana" in said, said
    assert len(parts(said)) == 4


async def test_a_manager_asks_for_the_teams(team, mia):
    """`/why lights team` (#67): the same four of the team together."""
    await farmer(team)
    said = await lights(mia, " team")
    assert has(r"team|Field", said), said
    assert len(parts(said)) == 4


async def test_a_rep_reads_nobody_elses(team, ana):
    """Their own alone (#67): Ben's and the team's are refused in plain words; Ana's own are not."""
    await farmer(team)
    assert parts(await lights(ana))
    for of in (" @ben", " team"):
        for line in (f"/why lights{of}", f"/why{of} lights"):
            assert not has(r"(thing|way)[\s\S]*all the time", await tried(ana, line)), line


async def test_a_red_light_reads_the_same_to_rep_and_manager(team, ana, mia):
    """No surface contradicts another (#67): the colours and numbers Mia reads of Ana are those Ana reads."""
    await farmer(team)
    mine, hers = parts(await lights(ana)), parts(await lights(mia, " @ana"))
    for one, other in zip(mine, hers, strict=True):
        assert has(RED, one) == has(RED, other), (one, other)
        assert re.findall(r"\d+", one)[:2] == re.findall(r"\d+", other)[:2], (one, other)


async def test_it_comes_when_somebody_falls_behind(team, ana):
    """Also when behind (#67): with a goal out of reach the lights come to Ana within two weeks, once."""
    await farmer(team)
    await asks(ana, "/goal 90k this quarter because of last year", "sales")
    await asks(ana, "/goal 90k next quarter because of last year", "sales")
    before = lived.mark(ana)
    await lived.lives(team, TODAY, TODAY + days(11))
    came = [one for one in lived.since(ana, before) if has(r"\blights?\b|thing[\s\S]*all the time", one)]
    assert came, lived.since(ana, before)
    assert len(came) <= 2, came


async def test_at_a_periods_end_it_comes_to_the_manager(team, ana, mia):
    """Period's end (#67, #11): Mia gets the team's four lights in the first week of October; the channel none."""
    await farmer(team)
    await asks(ana, "/goal 90k this quarter because of last year", "sales")
    await lived.lives(team, "2026-09-28", "2026-09-30")
    before, public = lived.mark(mia), len(texts(mia, "sales"))
    await lived.lives(team, "2026-10-01", "2026-10-07")
    came = [one for one in lived.since(mia, before) if has(r"thing[\s\S]*way[\s\S]*time", one)]
    assert len(came) == 1, lived.since(mia, before)
    assert not has(r"all the time", "\n".join(texts(mia, "sales")[public:]))


async def test_the_card_is_one_glance(team, ana):
    """One card (#67): at most twenty lines and sixteen hundred characters, the arithmetic folded."""
    await farmer(team)
    said = await lights(ana)
    assert len([one for one in said.splitlines() if one.strip()]) <= 20, said
    assert len(said) <= 1_600, len(said)
    assert not NONSENSE.search(said), said


async def test_a_rep_with_a_good_record_has_no_red_light(team, ana):
    """Healthy (#67): steady days, calls before mails, two deals a week opened early, three in five won; no red."""
    await books.sells_within(team, 20, lost=False)
    await healthy(team)
    said = await lights(ana)
    assert not has(RED, said), said


async def healthy(town):
    """Eight weeks of six calls, two mails and a meeting a day; two deals a week, each with its talks and next steps."""
    dates = lived.workdays(TODAY - days(56), TODAY - days(3))
    for kind, count, outcome in (("call", 6, books.SPOKE), ("email", 2, ""), ("meeting", 1, books.SPOKE)):
        await books.did(town, [books.Touch(day, kind, outcome, count) for day in dates])
    for week in range(8):
        for letter in "ab":
            opened = TODAY - days(5 + 7 * week)
            touches = [books.Touch(one) for one in lived.workdays(opened, TODAY - days(3))][::3]
            closed = opened + days(20) if week >= 4 else None
            name = f"Steady {week}{letter}"
            await books.worked(town, name, touches, opened=opened, closed=closed)
            if closed is None:
                await books.promised_for(town, name, TODAY + days(1))


async def test_what_was_mended_turns(team, ana):
    """Acted upon (#80): eight new deals later the first light is no longer red."""
    await farmer(team)
    assert has(RED, parts(await lights(ana))[0])
    for week in range(4):
        await books.opens(team, [f"New {week}a", f"New {week}b"], TODAY - days(1 + 7 * week))
    assert not has(RED, parts(await lights(ana))[0])
