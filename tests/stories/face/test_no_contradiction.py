"""One rule for every number: whatever the books hold, all surfaces that speak of a goal say the same of it."""

import re
from datetime import date

import pytest

from tests.stories.face import books
from tests.stories.face.books import HERE
from tests.stories.face.seen import (
    chances,
    evening_of,
    home_blocks,
    home_lines,
    label,
    message_lines,
    newest,
    presses,
    progress,
    same_amount,
    statuses,
    words,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

SEEDS = range(6)
OPTIMISTIC = re.compile(r"^(ahead|on pace|on track|\d+ days? ahead|a day ahead|reached)$")
PESSIMISTIC = re.compile(r"behind")
SIGNED = re.compile(r"(?<=[\s(])([+−-])(\d+)\b")


KEPT = {}


async def surfaces(town, seed):
    """What is said of Ana's goal of this quarter on each surface, at one moment of a random book: played once."""
    if seed not in KEPT:
        KEPT[seed] = await _played(town, seed)
    own, _, _ = KEPT[seed]
    return dict(own)


async def _played(town, seed):
    ana, mia = town.person("ana"), town.person("mia")
    await books.a_random_book(town, seed)
    await books.evening_comes(town)
    await ana.opens_home()
    evening = evening_of(ana)
    asked = "\n".join(await ana.says("/goal Q3", channel="sales"))
    why = "\n".join(await ana.says("/why Q3", channel="sales"))
    own = {
        "Home": about("\n".join(home_lines(ana))),
        "/goal": about(asked),
        "evening": about("\n".join(message_lines(ana, evening))),
        "/why": why,
    }
    await mia.opens_home()
    both = "$" in "\n".join(await town.person("ben").says("/goal Q3", channel="sales"))
    teams = {
        "Home": "\n".join(home_lines(mia)),
        "digest": "\n".join(await mia.says("/team digest", channel="sales")),
    }
    folded, before = {}, len(ana.sees())
    if label(home_blocks(ana), r"^Details"):
        await presses(ana, r"^Details", where="home")
        folded["Details"] = "\n".join([ana.modal() or "", *ana.sees()[before:]])
    return own, teams if both else {}, folded


def about(text):
    """The part of a surface that speaks of Q3: from the line that names it to the one that names Q4."""
    found = re.search(r"(?:^|\n)[^\n]*Q3.*?(?=\n[^\n]*Q4|\Z)", text, re.DOTALL)
    assert found, f"Nothing is said of Q3:\n{text}"
    return found[0]


@pytest.mark.parametrize("seed", SEEDS)
async def test_one_gap(team, seed):
    """So much of so much is the same everywhere, and what is said to be missing is the difference."""
    found = await surfaces(team, seed)
    pairs = {name: progress(said) for name, said in found.items()}
    assert pairs["Home"], f"Home does not say how far it is:\n{found['Home']}"
    done, target = pairs["Home"][0]
    for name, said in pairs.items():
        for one in said[:1]:
            assert same_amount(one[0], done), (name, one, pairs["Home"][0])
            assert same_amount(one[1], target), (name, one, pairs["Home"][0])
    for name, said in found.items():
        for number, unit in re.findall(r"\$([\d,.]*\d)(k?) (?:to go|short|left to win)", said):
            missing = float(number.replace(",", "")) * (1000 if unit else 1)
            assert abs(missing - (target - done)) <= target * 0.006 + 1, (name, missing, target, done)


@pytest.mark.parametrize("seed", SEEDS)
async def test_one_chance(team, seed):
    """The chance of one goal at one moment is one number on Home, /goal, the evening and /why."""
    found = await surfaces(team, seed)
    said = {name: chances(text)[:1] for name, text in found.items()}
    known = {tuple(one) for one in said.values() if one}
    assert len(known) <= 1, said
    assert len({bool(one) for name, one in said.items() if name != "/why"}) == 1, said


@pytest.mark.parametrize("seed", SEEDS)
async def test_one_word(team, seed):
    """The status is the same wherever it stands, and does not fight the chance beside it (law 2)."""
    found = await surfaces(team, seed)
    said = {name: statuses(text)[:1] for name, text in found.items() if name != "/why"}
    known = {one[0] for one in said.values() if one}
    assert len(known) == 1, said
    chance, word = chances(found["Home"])[:1], known.pop()
    if chance and chance[0] <= 10:
        assert not OPTIMISTIC.match(word), (word, chance)
    if chance and chance[0] >= 97:
        assert not PESSIMISTIC.search(word), (word, chance)


async def test_a_lucky_july_is_not_on_pace_beside_no_chance(team):
    """Three large deals in July and small ones since: the rest is out of reach, and no word denies it."""
    ana = team.person("ana")
    await books.sells_weekly(team, "U1", 500_00)
    for number in range(3):
        await books.won(team, "U1", 20_000_00, date(2026, 7, 2 + number), f"July {number}")
    await ana.says("/goal 72k this quarter because of last year", channel="sales")
    await ana.says("/followup Acme today call them", channel="sales")
    await books.evening_comes(team)
    await ana.opens_home()
    told = {
        "Home": about("\n".join(home_lines(ana))),
        "evening": about("\n".join(message_lines(ana, evening_of(ana)))),
        "/goal": about("\n".join(await ana.says("/goal Q3", channel="sales"))),
    }
    for name, said in told.items():
        assert chances(said)[:1], f"{name} says no chance:\n{said}"
        assert chances(said)[0] > 10 or not [one for one in statuses(said) if OPTIMISTIC.match(one)], (
            f"{name}: {said}"
        )


@pytest.mark.parametrize("seed", SEEDS)
async def test_changes_add_up(team, seed):
    """Where a chance was so much, and such things moved it, before and moves give the chance that is shown."""
    found = await surfaces(team, seed)
    found |= KEPT[seed][2]
    for name, text in found.items():
        now = chances(text)[:1]
        for line in text.splitlines():
            before = re.search(r"\b(?:was|from) (\d+)\s?%", line)
            moves = [int(size) * (1 if sign == "+" else -1) for sign, size in SIGNED.findall(line)]
            if before and moves and now:
                assert int(before[1]) + sum(moves) == now[0], f"{name}: {line} ({now[0]} %)"


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_team_reads_one_sum(team, seed):
    """Where both reps have a goal, their manager's Home and the digest of that hour say one sum, target and chance."""
    await surfaces(team, seed)
    _, said, _ = KEPT[seed]
    if said:
        told = {name: (progress(about(text))[:1], chances(about(text))[:1]) for name, text in said.items()}
        assert told["Home"][0], said["Home"]
        assert told["digest"][0], said["digest"]
        for one, other in zip(told["Home"][0][0], told["digest"][0][0], strict=True):
            assert same_amount(one, other), told
        assert told["digest"][1] in ([], told["Home"][1]), told


async def test_the_manager_and_the_rep_read_the_same(team):
    """Ana's chance and gap are the same on her Home, on Mia's, and in Mia's /goal @ana."""
    ana, mia = team.person("ana"), team.person("mia")
    await books.a_record(team)
    await ana.says("/goal 18k this quarter because two big renewals", channel="sales")
    await team.person("ben").says("/goal 20k this quarter because two big renewals", channel="sales")
    await ana.opens_home()
    await mia.opens_home()
    own = chances(about("\n".join(home_lines(ana))))[:1]
    assert own, "Ana's Home says no chance."
    asked = chances(about("\n".join(await mia.says("/goal @ana", channel="sales"))))[:1]
    assert asked == own
    lines = [one for one in home_lines(mia) if "Ana Kovač" in one and chances(one)]
    assert [chances(one)[0] for one in lines] in ([], own)


async def test_a_win_is_everywhere_at_once(team):
    """A deal won after the evening came is in that message, on Home and in /goal, with one sum."""
    ana = team.person("ana")
    await ana.says("/goal 40k this quarter because of last year", channel="sales")
    await ana.says("/followup Acme today call them", channel="sales")
    await ana.says("/deal Acme 24k", channel="sales")
    await ana.opens_home()
    await team.jump("16:40", HERE)
    await ana.says("/deal won Acme 26k", channel="sales")
    evening = next(one for one in reversed(ana._place(None).messages) if "open" in one.text)
    told = {
        "Home": words(ana, home_blocks(ana)),
        "evening": "\n".join(message_lines(ana, evening)),
        "/goal": "\n".join(await ana.says("/goal", channel="sales")),
    }
    for name, said in told.items():
        assert any(same_amount(one[0], 26_000) for one in progress(said)) or "$26,000" in said, (name, said)


async def test_the_sum_of_wins_in_the_digest_is_the_sum_of_its_rows(team):
    """What the verdict adds up is what stands below it."""
    for number, value in enumerate((12_345_00, 8_000_00, 799_00)):
        await books.won(team, "U1", value, books.TODAY, f"Win {number}")
    await team.jump("2026-09-21 09:01", HERE)
    ana = team.person("ana")
    said = "\n".join(message_lines(ana, newest(ana, "sales")))
    rows = [float(one.replace(",", "")) for one in re.findall(r"Win \d.*?\$([\d,]+)(?!\.?\d*k)", said)]
    assert len(rows) == 3, said
    assert sum(rows) == pytest.approx(21_144)
    assert re.search(r"\$21,144|\$21\.1k|\$21k", said), said
