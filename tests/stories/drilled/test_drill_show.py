"""The Show: six reps who forget for a quarter; a week as a rep reads it, what the manager sees, and who reads what."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from statistics import mean

import pytest

from tests.stories.drilled.practised import (
    AREAS,
    HERE,
    NAMES,
    PRACTICE,
    ROLE_PLAY,
    Card,
    Session,
    adds_card,
    areas,
    days,
    decks,
    drills,
    has,
    joined,
    remembered,
    start,
    switches,
    text_of,
    told,
    touched,
    tried,
    workdays,
)
from tests.stories.files.chat import files_given

PAGE = Path(__file__).parents[3] / "docs" / "mechanisms.md"
NUMBERS = (68, 69, 70, 71, 73)
FIRST, LAST = date(2026, 9, 15), date(2026, 12, 18)
REPS = ("ana", "ben", "rep1", "rep2", "rep3", "rep4")
READERS = ("ana", "ben", "mia", "raj", "rep1", "rep2")
WEAK = {name: AREAS[number % 4] for number, name in enumerate(REPS)}
CALLED = {**NAMES, **{f"rep{one}": f"Rep{one} Surname" for one in range(1, 5)}}
LOOKS = (
    "/drill decks", "/drill skills", "/drill export", "/team", "/team skills", "/team digest", "/team progress",
    "/drill @ana", "/drill @rep1", "/drill decks @ana", "/drill skills @ana", "/why @ana",
)  # fmt: skip
OWN = "They ask whether the crane in Ptuj is still for rent"
LATELY = 15  # messages of a place that are read at each end of a week
JARGON = r"fsrs|stability|retrievab|difficulty|card_id|\bdue_at|P\(|\bnan\b|None\b|Traceback|\{\{|\bU\d+\b|review_log"
ANSWERS = r"\bforg[oe]t|\bagain\b|weak|remember|recall|retention|cards? (is|are) due|streak|\d\s?%"
PLAYED: list["Quarter"] = []


@dataclass(frozen=True)
class Read:
    """One text as a reader had it before them: a message, a file, or what a line brought."""

    by: str
    where: str
    on: date
    text: str


@dataclass
class Memory:
    """Somebody who forgets: what is learned is gone by half after so many days, longer each time it came back."""

    seed: int
    weak: str  # the area in which nothing stays for long
    areas: dict[str, str]
    known: dict[str, tuple[date, float]] = field(
        default_factory=dict
    )  # by question: when it was met, half-life
    gaps: dict[str, list[int]] = field(
        default_factory=dict
    )  # days until a card came again, by what was pressed
    pressed: dict[str, str] = field(default_factory=dict)
    today: date = FIRST

    def __post_init__(self) -> None:
        self.drawn = Random(self.seed)

    def grade(self, card: Card) -> str:
        """What an honest rep presses: Again where it was gone, Good where it came back, and on what is new."""
        is_weak = has(self.weak, self.areas.get(start(card.question), ""))
        first, growth = (1.0, 1.3) if is_weak else (12.0, 2.5)
        met, half = self.known.get(card.question, (self.today, first))
        away = (self.today - met).days
        knows = self.drawn.random() < 0.5 ** (away / half)
        if card.question in self.known:
            self.gaps.setdefault(self.pressed[card.question], []).append(away)
            half = half * growth if knows else first
        self.known[card.question] = (self.today, half)
        self.pressed[card.question] = "Good" if knows else "Again"
        return self.pressed[card.question]


@dataclass
class Quarter:
    read: list[Read] = field(default_factory=list)
    sessions: dict[str, list[tuple[date, Session]]] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)
    decks: dict[str, str] = field(default_factory=dict)  # at the end, as each rep reads their own
    to_mia: dict[str, str] = field(default_factory=dict)  # the same day, what Mia reads of each

    def texts_of(self, reader: str, where: str = "") -> list[str]:
        return [one.text for one in self.read if one.by == reader and (not where or one.where == where)]


async def a_quarter(town) -> Quarter:
    if not PLAYED:
        PLAYED.append(await _play(town))
    return PLAYED[0]


async def _play(town) -> Quarter:
    """Six reps drill on Mondays, Tuesdays and Thursdays; Ana wants the note, Rep1 and Rep2 play roles."""
    await joined(town, 4)
    await touched(town, {"email": (11, 0), "call": (4, 2)})
    ana, quarter = town.person("ana"), Quarter()
    await switches(ana, PRACTICE, on=True)
    for name in ("rep1", "rep2"):
        await switches(town.person(name), ROLE_PLAY, on=True)
    await adds_card(ana, OWN, "Say until when, and what comes after", area="product")
    for seed, name in enumerate(REPS):
        known = await areas(town.person(name))
        quarter.memories[name] = Memory(seed, WEAK[name], known)
    for day in workdays(FIRST, LAST):
        await town.jump(f"{day} 09:15", HERE)
        await town.jump(f"{day} 16:10", HERE)  # ten in the morning in New York
        if day.weekday() in (0, 1, 3):
            for name in REPS:
                quarter.memories[name].today = day
                found = await drills(town.person(name), quarter.memories[name].grade)
                quarter.sessions.setdefault(name, []).append((day, found))
        if day.weekday() == 4:
            await _reads(town, quarter, day)
    mia = town.person("mia")
    for name in REPS:
        quarter.decks[name] = await decks(town.person(name))
        quarter.to_mia[name] = await tried(mia, f"/drill @{name}")
    return quarter


async def _reads(town, quarter: Quarter, day: date) -> None:
    """What each reader has before them as a week ends; as a month begins also what they may type."""
    for name in READERS:
        person = town.person(name)
        for channel in town.server.workspace.channels_of(person.person.id):
            where = "direct" if channel.person is not None else channel.name
            lately = told(person, channel.id)[-LATELY:]
            quarter.read += [Read(name, where, day, text_of(person, one)) for one in lately]
        if day.day <= 7 or day == FIRST + days(3):
            quarter.read += [Read(name, line, day, await tried(person, line)) for line in LOOKS]
            quarter.read += [Read(name, "file", day, text) for text in files_given(person).values()]


def every_card(quarter: Quarter):
    return [(name, day, one) for name in REPS for day, found in quarter.sessions[name] for one in found.cards]


@pytest.mark.large
@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("name", REPS)
async def test_the_area_that_is_forgotten_stands_first(team, name):
    """Retention by area (#70): each rep's weak area is listed first, ten points and more below the others."""
    quarter = await a_quarter(team)
    found = remembered(quarter.decks[name])
    assert set(found) == set(AREAS), quarter.decks[name]
    assert list(found.values()) == sorted(found.values()), quarter.decks[name]
    assert next(iter(found)) == WEAK[name], (WEAK[name], quarter.decks[name])
    weakest, *others = found.values()
    assert weakest + 10 <= min(others), found
    assert all(75 <= one <= 100 for one in others), found


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_what_was_forgotten_comes_sooner(team):
    """Forgetting (#68): what was Again comes back in under half the days of what was Good; each rep had both."""
    quarter = await a_quarter(team)
    for name, memory in quarter.memories.items():
        assert memory.gaps.get("Again"), name
        assert mean(memory.gaps["Again"]) * 2 < mean(memory.gaps["Good"]), (name, memory.gaps)


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_no_day_of_the_quarter_took_more_than_three_minutes(team):
    """Three minutes (#68): six cards a day at most, none twice on a day, ten new a week; most days had some."""
    quarter = await a_quarter(team)
    for name in REPS:
        met, new = set(), Counter()
        for day, found in quarter.sessions[name]:
            asked = [one.question for one in found.cards]
            assert len(asked) <= 6, (name, day)
            assert len(set(asked)) == len(asked), (name, day, asked)
            new[day.isocalendar()[:2]] += len(set(asked) - met)
            met |= set(asked)
        assert max(new.values()) <= 10, (name, new)
        assert len(met) >= 15, (name, len(met))
        assert sum(1 for _, one in quarter.sessions[name] if one.cards) >= 30, name


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_a_week_reads_as_a_rep_would_read_it(team):
    """Read whole (#68): Ana's drills of a November week: short, plain, the answer not before its time, and an end."""
    quarter = await a_quarter(team)
    week = [
        (day, one) for day, one in quarter.sessions["ana"] if date(2026, 11, 9) <= day <= date(2026, 11, 13)
    ]
    assert [one for _, one in week if one.cards], week
    for day, found in week:
        assert not has(JARGON, found.read), (day, found.read)
        assert len([one for one in found.closed.splitlines() if one.strip()]) <= 5, found.closed
        assert has(r"\bnext\b|tomorrow|\b(Mon|Tue|Wed|Thu|Fri)|\bnothing\b", found.closed), found.closed
        for card in found.cards:
            assert len(card.asked.splitlines()) <= 8, card.asked
            assert len(card.answered) <= 1_500, card.answered
            assert not has(r"\[Good", card.asked), card.asked
            assert len(card.answered) > len(card.asked) + 20, card.answered


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_the_manager_reads_of_each_rep_what_they_read_themselves(team):
    """What the manager sees (#70): the same four figures in the same order, and no answer, streak or own card."""
    quarter = await a_quarter(team)
    for name in REPS:
        said = quarter.to_mia[name]
        assert CALLED[name].split()[0] in said, said
        assert remembered(said) == remembered(quarter.decks[name]), (name, said)
        assert not has(rf"streak|in a row|\bAgain\b|{re.escape(OWN)}|{JARGON}", said), said
    every = "\n".join(quarter.texts_of("mia", "/team skills"))
    assert [one for one in REPS if CALLED[one].split()[0] not in every] == []
    assert not has(r"\brank|#\s?1\b|\bbest\b|\bworst\b|🥇|🏆|top of", every), every


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_a_card_of_ones_own_was_read_by_nobody_else(team):
    """Private (#70): Ana's own card stands in her file; in no drill, line, file or message did another read it."""
    quarter = await a_quarter(team)
    words = r"crane in Ptuj"
    assert {name for name, _, one in every_card(quarter) if has(words, one.asked)} <= {"ana"}
    assert any(has(words, one) for one in quarter.texts_of("ana", "file"))
    assert {one.by for one in quarter.read if has(words, one.text)} == {"ana"}


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_what_ana_prospects_by_was_read_by_two(team):
    """Never in public (#71): that 73 % of it is e-mail was read by Ana and by Mia, by nobody else."""
    quarter = await a_quarter(team)
    words = r"e-?mail[^\n]*\b73\s?%|\b73\s?%[^\n]*e-?mail"
    assert {one.by for one in quarter.read if has(words, one.text)} == {"ana", "mia"}


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_nothing_of_a_reps_practice_reached_a_third(team):
    """Every message × every reader (#68–#71, #73): no line on what a rep remembers reached any but them and Mia."""
    quarter = await a_quarter(team)
    assert [one for one in quarter.texts_of("mia") if has(r"Ana", one) and remembered(one)]
    leaks = []
    for one in quarter.read:
        for name in REPS if one.by != "mia" else ():
            called = CALLED[name].split()[0]
            wrong = [
                line for line in one.text.splitlines() if has(rf"\b{called}\b", line) and has(ANSWERS, line)
            ]
            leaks += [(one.by, one.where, one.on, line) for line in wrong if name != one.by]
    assert leaks == [], leaks[:5]
    refused = [one for one in quarter.read if one.where == "/drill @ana" and one.by not in ("ana", "mia")]
    assert refused
    assert not [one for one in refused if remembered(one.text)]


@pytest.mark.large
@pytest.mark.engines("sqlite")
async def test_the_channel_heard_nothing_of_practice(team):
    """In public (#68, #71, #73): no drill, card, role or retention in fourteen weeks of the channel."""
    quarter = await a_quarter(team)
    assert [one for one in quarter.texts_of("rep1", "direct") if has(ROLE_PLAY, one)]
    said = "\n".join(quarter.texts_of("raj", "sales"))
    assert not has(rf"\bdrill|{ROLE_PLAY}|retention|flash ?card|\bdeck\b", said), said


def test_the_page_of_the_mechanisms_says_that_they_are_here():
    """The number in code, docs and tests (#68–#71, #73): none of this issue's is still to come, or here in part."""
    said = PAGE.read_text("utf-8")
    entries = {one: said.split(f"\n### {one}. ")[1].split("\n### ")[0] for one in NUMBERS}
    assert [one for one, text in entries.items() if "State: here" not in text] == []
