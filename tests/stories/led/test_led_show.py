"""The Show: a quarter played, what the manager received each week, and every message × every reader."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.stories.led.led import MONDAY, NAMES, PACK, RETROSPECTIVE, has, head
from tests.stories.led.quarter import DEED, FIRST, ITEM, NOTE, PLEDGE, WHY, a_quarter

PAGE = Path(__file__).parents[3] / "docs" / "mechanisms.md"
HERE_BY_NOW = (4, 6, 7, 9, 11, 72, 76, 81, 82)
JARGON = (
    r"P\(|posterior|nudge_|motion_|kind=|one_on_one|light_|persona_|\bnan\b|\binf\b|Traceback|\{\{|\bU[1-4]\b"
)
BLAME = r"blame|lazy|failed to|let (us|the team) down|underperform|worst|excuse|bottom of"
WEEKS = [FIRST + timedelta(days=4 + 7 * one) for one in range(13)]  # Mondays, from 5 October to 28 December

# What is private, and who may read it; whoever may has to have read it somewhere.
SECRETS = {
    "a note of a 1:1": (re.escape(NOTE), {"ana", "mia"}),
    "an item of an agenda": (re.escape(ITEM), {"ben", "mia"}),
    "an incentive": (r"weekend in Bled|7\.5\s?%", {"ana"}),
    "what Ana aims for": (r"\$61[.,]3", {"ana", "mia"}),
    "what Ben aims for": (r"\$47[.,]9", {"ben", "mia"}),
    "what Rep1 aims for": (r"\$20[.,]7", {"rep1", "mia"}),
    "what the leader changes": (re.escape(PLEDGE), {"mia"}),
    "why a suspect counts": (re.escape(WHY), {"ana", "mia"}),  # Ana wrote it, and need not read it again
}
VERDICT = (
    r"chance|\bbehind\b|overdue|\bmissed\b|\bmiss\b|\bred\b|🔴|came to|hard talk|not kept|no deal opened|below plan|"
    r"worth a talk|silen|suspect|weak"
)
REP_NAMES = {"ana": "Ana", "ben": "Ben", "rep1": "Rep1"}


def packs_of(quarter, week: date, name: str) -> list[str]:
    found = in_week(quarter, week)
    return [one for _, one in found if has(PACK, head(one)) and name in head(one)]


def in_week(quarter, week: date):
    """What came to the manager from a Monday to its Sunday."""
    return [one for one in quarter.to_mia if week <= one[0].date() <= week + timedelta(days=6)]


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_every_week_brought_its_monday_and_its_packs(team):
    """Thirteen weeks (#5, #6): one Monday message each, no rep twice, Ana and Ben in nine of them or more."""
    quarter = await a_quarter(team)
    times: Counter[str] = Counter()
    for week in WEEKS:
        found = [
            one for _, one in in_week(quarter, week) if has(MONDAY, head(one)) and not has(PACK, head(one))
        ]
        assert len(found) == 1, (week, [head(one) for one in found])
        for name in REP_NAMES.values():
            count = len(packs_of(quarter, week, name))
            assert count <= 1, (week, name)
            times[name] += count
    assert min(times["Ana"], times["Ben"]) >= 9, times


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_no_day_brought_the_manager_more_than_four(team):
    """A budget (#5, #6): four a day at most, on working days; Monday's and the packs between eight and eleven."""
    quarter = await a_quarter(team)
    assert any(has(PACK, head(one)) for _, one in quarter.to_mia)
    per_day = Counter(at.date() for at, _ in quarter.to_mia)
    assert max(per_day.values()) <= 4, per_day.most_common(3)
    for at, one in quarter.to_mia:
        assert at.weekday() < 5, (at, head(one))
        if has(PACK, head(one)):
            assert 8 * 60 <= at.hour * 60 + at.minute <= 11 * 60, (at, head(one))


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_what_came_reads_as_a_manager_would_read_it(team):
    """Read whole (#5, #6, #11): short, plain words, nothing of the machinery, no blame, no week like the last."""
    quarter = await a_quarter(team)
    mondays, packs = [], defaultdict(list)
    for _, one in quarter.to_mia:
        assert not has(JARGON, one), one
        assert not has(BLAME, one), one
        assert len([line for line in one.splitlines() if line.strip()]) <= 45, one
        if has(PACK, head(one)):
            packs[next((name for name in REP_NAMES.values() if name in head(one)), "")].append(one)
        elif has(MONDAY, head(one)):
            mondays.append(one)
    assert len(mondays) >= len(WEEKS), len(mondays)
    for several in (mondays, packs["Ana"], packs["Ben"]):
        assert all(one != other for one, other in pairwise(several))


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_the_quarter_had_one_of_each(team):
    """What is checked was there (#5–#7, #9, #11): packs, Mondays, looks back, kudos, a word under pressure."""
    quarter = await a_quarter(team)
    to_mia = [head(one) for one in quarter.texts_of("mia", "direct")]
    for kind in (PACK, MONDAY, RETROSPECTIVE):
        assert any(has(kind, one) for one in to_mia), kind
    assert any(DEED in one for one in quarter.texts_of("raj", "sales"))
    late = [
        one.text
        for one in quarter.read
        if one.by == "ana" and one.where == "direct" and one.on >= date(2026, 12, 1)
    ]
    falls = r"(chance|likely|goal)[^\n]*(fell|fallen|dropp|slipp|lower|→|went down)|(fell|fallen|dropp)[^\n]*chance"
    assert any(has(falls, head(one, 4)) for one in late), [head(one) for one in late]


@pytest.mark.large
@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("secret", SECRETS)
async def test_each_secret_was_read_by_whom_it_is_for(team, secret):
    """Every message × every reader (#4, #6, #9, #11): each secret by those who may, by nobody else, anywhere."""
    quarter = await a_quarter(team)
    words, allowed = SECRETS[secret]
    found = {one.by: (one.where, one.on, one.text) for one in quarter.read if has(words, one.text)}
    strangers = {name: where for name, where in found.items() if name not in allowed}
    assert strangers == {}, strangers
    assert allowed - set(found) <= ({"ana"} if words == re.escape(WHY) else set()), (secret, set(found))


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_no_verdict_on_a_rep_reached_a_third(team):
    """Every message × every reader (#9, #11): no line that judges a rep by name reaches anyone but them and Mia."""
    quarter = await a_quarter(team)
    mine = [one for one in quarter.read if one.by == "mia" and has(PACK, head(one.text))]
    assert mine
    assert any(has(VERDICT, one.text) for one in mine), [head(one.text) for one in mine[:3]]
    leaks = []
    for one in quarter.read:
        for name, called in REP_NAMES.items() if one.by != "mia" else ():
            if name != one.by:
                wrong = [line for line in one.text.splitlines() if called in line and has(VERDICT, line)]
                leaks += [(one.by, one.where, one.on, line) for line in wrong]
    assert leaks == [], leaks[:5]


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_the_channel_ranked_nobody(team):
    """In public (#7, #9): no board, no list from the top, no red in thirteen weeks; and somebody was thanked."""
    quarter = await a_quarter(team)
    said = "\n".join(quarter.texts_of("raj", "sales"))
    assert DEED in said
    assert not has(r"leader ?board|\branked|#1\b|🥇|🏆|🔴|\bred light", said)
    assert not any(has(rf"{name}[^\n]*\b\d+\s?%", said) for name in NAMES.values())


def test_the_page_of_the_mechanisms_says_that_they_are_here():
    """The number in code, docs and tests: none of this issue's is still to come, or here in part."""
    said = PAGE.read_text("utf-8")
    entries = {one: said.split(f"\n### {one}. ")[1].split("\n### ")[0] for one in HERE_BY_NOW}
    assert [one for one, text in entries.items() if "State: here" not in text] == []
