"""The Show: four weeks of the sample team read whole, each mechanism with what it brought, and 200 simulated reps."""

import re
from collections import defaultdict
from pathlib import Path
from statistics import median

import pytest

from tests.stories.craft import simulated
from tests.stories.craft.lived import has, tried
from tests.stories.craft.sample_weeks import ANA, MIA, PAUSED, REPS, four_weeks
from tests.stories.craft.test_four_lights import RED, UNKNOWN, parts
from tests.stories.face.seen import squeezed, statuses

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.large]

PAGE = Path(__file__).parents[3] / "docs" / "mechanisms.md"
NUMBERS = (8, 12, 19, 44, *range(53, 60), 61, *range(63, 68), 80)
BROUGHT = {  # what four weeks have to bring of each, by words; the number is the mechanism's
    8: r"\b\d+( of \d+)?( more)? (conversations?|talks?)\b[\s\S]{0,80}next steps?",
    12: r"(two|2) weeks[^\n]{0,60}(pace|behind|plan|below|under)|(below|under|behind)[^\n]{0,60}(two|2) weeks",
    19: r"\b\d{2,3} (touches|calls|activities)[^\n]{0,30}(→|for|led|and) (only )?(0|1|one|no)\b[^\n]*(opp|deal)",
    44: r"only (got )?(an )?e-?mail|e-?mails? only",
    53: r"(no word|silent|heard nothing|not (been )?spoken)[^\n]{0,30}\d+ (working )?days|past its cadence",
    54: r"(fourth|4th|three|3) (touch|mail|e-mail|attempt|time)[^\n]{0,60}(without|unanswered|answer)",
    57: r"(best|good)[^\n]{0,30}(reach|call)|when (is|to)[^\n]{0,30}(best|reach)",
    58: r"worth their time|what is in it for",
    59: r"what happens next|no next step",
    61: r"too late|counts? (for|towards?|in)[^\n]{0,20}(Aug|next|Q3|this quarter)",
    63: r"\bfloor\b",
    64: r"service[^\n]*\d+\s?%|\d+\s?%[^\n]*service",
    65: r"(Vale Couriers|Saltmarsh)[^\n]*(target|touched)|(target|touched)[^\n]*(Vale Couriers|Saltmarsh)",
    66: r"feast|famine|streak|active days?",
    67: r"thing[\s\S]{0,800}way[\s\S]{0,800}time[\s\S]{0,800}all the time",
}


@pytest.fixture
async def weeks(database_url, tmp_path):
    """Four weeks in which nobody asked for more than comes anyway."""
    return await four_weeks(database_url, tmp_path, opted_in=False)


@pytest.fixture
async def full(database_url, tmp_path):
    """The same with everything switched on that a rep can ask for."""
    return await four_weeks(database_url, tmp_path, opted_in=True)


async def test_each_mechanism_brought_something_to_read(weeks):
    """The table of the mechanisms with the message each produced: none is on paper alone."""
    said = weeks.everything
    assert [number for number, words in BROUGHT.items() if not has(words, said)] == []


def test_the_page_of_the_mechanisms_says_that_they_are_here():
    """The number in code, docs and tests: none of this issue's is still to come."""
    said = PAGE.read_text("utf-8")
    entries = {one: said.split(f"\n### {one}. ")[1].split("\n### ")[0] for one in NUMBERS}
    assert [one for one, entry in entries.items() if "State: to come" in entry] == []


async def test_no_message_comes_at_night(weeks, full):
    """Between eight and seven on the clock of whom it is for, on working days, opt-ins or not; holds today."""
    for one in (*weeks.came, *full.came):
        assert 8 <= one.at.hour < 19, one
        assert one.at.weekday() <= 4, one


async def test_no_rep_is_told_the_same_twice(weeks, full):
    """Read whole: no two messages to one person are alike."""
    for played in (weeks, full):
        for name in (*REPS, MIA):
            said = [squeezed(one.text) for one in played.came if one.to == name]
            twice = {one for one in said if said.count(one) > 1}
            assert not twice, (name, twice)


async def test_four_messages_a_day_are_the_most(weeks, full):
    """≤ 4 a rep a day, whatever is switched on."""
    for played in (weeks, full):
        for whose, came in played.a_day().items():
            assert len(came) <= 4, (whose, [one.text[:80] for one in came])


async def test_half_of_the_days_bring_one_message_or_none(weeks):
    """Median ≤ 1 over six reps and twenty days where nobody asked for more."""
    assert median(len(came) for came in weeks.a_day().values()) <= 1


async def test_with_everything_on_half_of_the_days_bring_two_at_most(full):
    """Median ≤ 2 with opt-ins."""
    assert median(len(came) for came in full.a_day().values()) <= 2


async def test_no_message_contradicts_another_of_its_day(weeks, full):
    """One goal is not behind in one message and ahead in another of the same day."""
    for played in (weeks, full):
        for whose, came in played.a_day().items():
            words = defaultdict(set)
            for line in "\n".join(one.text for one in came).splitlines():
                if goal := re.search(r"\b(Q[1-4]|July|August)( 2026)? revenue", line):
                    words[goal[0]] |= {"behind" if "behind" in one else "well" for one in statuses(line)}
            assert all(len(one) <= 1 for one in words.values()), (whose, words)


async def test_who_is_to_be_left_alone_is_on_no_list_afterwards(weeks):
    """Paused on Friday the 17th after three mails: no message of the week after sends Ben to call them."""
    assert weeks.paused_at is not None, "Ben was not asked before his fourth mail."
    for one in weeks.came:
        if one.to == "ben.ito" and 0 < (one.at - weeks.paused_at).days < 7:
            wrong = [
                line for line in one.text.splitlines() if PAUSED in line and has(r"call|no word|silent", line)
            ]
            assert not wrong, one


async def test_the_rep_who_sells_as_one_should_is_left_alone(weeks):
    """Ana hears of no floor, no pace and no lights in four weeks."""
    assert has(r"\bfloor\b", weeks.everything), "Nobody hears of a floor."
    for one in weeks.came:
        if one.to == ANA:
            assert not has(r"below (the|your) floor|two weeks (under|below)|feast", one.text), one


# two hundred simulated reps


async def _first_red(mia, handle) -> int | None:
    said = await tried(mia, f"/why lights @{handle}")
    assert has(r"all the time", said), said
    return next((at for at, one in enumerate(parts(said)) if has(RED, one) and not has(UNKNOWN, one)), None)


async def verdicts(team, people):
    """The first red light of each simulated rep, as a manager reads it: (planted, which)."""
    assert has(r"Logged", await tried(team.person("ana"), "/log 1 service")), "Service cannot be logged yet."
    await simulated.moved_in(team, people)
    return [(one, await _first_red(team.person("mia"), one.handle)) for one in people]


async def test_the_planted_cause_is_found_and_the_healthy_are_not_red(team, simulated_reps):
    """200 reps of one seed, thresholds fixed beforehand: the first red light is the planted one for ≥ 80 % of the 160
    with a cause (128 of them), and ≤ 10 % of the 40 healthy ones (4 of them) have a red light."""
    found = await verdicts(team, simulated_reps)
    sick = [(one, red) for one, red in found if one.light]
    right = [one for one, red in sick if red == simulated.LIGHTS[one.light]]
    by_cause = defaultdict(lambda: defaultdict(int))
    for one, red in found:
        by_cause[one.cause][red] += 1
    assert len(right) >= simulated.RIGHT_FOR * len(sick), {
        key: dict(value) for key, value in by_cause.items()
    }
    healthy = [red for one, red in found if one.light is None]
    assert sum(red is not None for red in healthy) <= simulated.HEALTHY_RED * len(healthy), by_cause


def test_the_simulation_is_what_it_says():
    """Two hundred, each with one cause, the same ones each time, and more than one kind for each light; holds today."""
    everybody = simulated.planted()
    assert everybody == simulated.planted()
    assert len(everybody) == sum(count for count, _ in simulated.CAUSES.values()) == 200
    assert {one.light for one in everybody} == {*simulated.LIGHTS, None}
