"""Objectives: what the company wants as a list to pick from, goals mapped to it, measures of the wrong thing."""

import pytest

from playground.transcript.elements import choices
from tests.stories.craft.lived import form_inputs
from tests.stories.led.led import (
    IDS,
    asks,
    choice,
    edits,
    fills,
    goal,
    has,
    people,
    presses,
    reads,
    tried,
    types,
)
from tests.stories.prepared.prepared import refused

pytestmark = pytest.mark.engines("sqlite")

LINE = "/team objectives"
WANTED = ("Grow in healthcare", "Keep the clients we have", "Shorter sales cycles")
HEALTH = WANTED[0]
REWARDS = (
    r"reward|wrong thing|says little|easy to (send|make|reach)|without (a|one|an) (answer|sale|reply|deal)"
)
NONE = (
    r"no objective|none of (them|these)|serves? none|without (an )?objective|names none|nothing on the list"
)


async def wants(mia, *lines: str) -> str:
    """Write down what the company wants, a line each."""
    await edits(mia, r"objective", {r"objective": "\n".join(lines or WANTED)}, LINE)
    return await types(mia, LINE)


async def offered(person) -> list[str]:
    """What the form of a new goal offers as objectives."""
    await asks(person, "/goal set", "sales")
    field = next(one for one in form_inputs(person) if has(r"objective", one["label"]["text"]))
    found = [one["text"]["text"] for one in choices(field["element"])]
    await person.closes(everything=True)
    return found


async def sets(person, objective=HEALTH, target="60k") -> str:
    """Set a goal in its form, for the quarter that it offers, with an objective of the list."""
    await asks(person, "/goal set", "sales")
    return await fills(person, {r"^target": target, r"objective": choice(objective, objective)})


async def own(person) -> str:
    """What a rep reads of their goals and what is behind them."""
    lines = ("/goal", "/goal Q4", "/why Q4", "/goal history")
    return "\n".join([await tried(person, one) for one in lines])


async def test_a_manager_writes_them_a_line_each(team, mia):
    """The company's objectives (#4): three lines are three objectives, in their order, for as long as they stand."""
    said = await wants(mia)
    places = [said.find(one) for one in WANTED]
    assert min(places) >= 0, said
    assert places == sorted(places), said


async def test_a_goal_picks_one(team, ana, mia):
    """Relevant is picked, not typed (#4): the form of a goal offers the three, and the goal says which it serves."""
    await wants(mia)
    found = await offered(ana)
    assert [one for one in WANTED if one not in found] == [], found
    await sets(ana)
    assert HEALTH in await own(ana)


async def test_goals_are_mapped(team, ana, ben, mia):
    """Goals mapped (#4): one of two serves healthcare, the other none; the manager reads both in figures."""
    await wants(mia)
    await sets(ana)
    await goal(ben, "/goal 40k next quarter")
    said = await types(mia, LINE)
    assert has(rf"{HEALTH}[^\n]*(\b1\b|one)", said), said
    assert has(r"\b1 of (the )?2\b|one of (the )?two|\b1 goal", said), said
    assert has(NONE, said), said


async def test_an_objective_that_nobody_serves_is_seen(team, ana, mia):
    """Mapped (#4): two of the three have no goal, and the list says so beside them."""
    await wants(mia)
    await sets(ana)
    said = await types(mia, LINE)
    for one in WANTED[1:]:
        assert has(rf"{one}[^\n]*(no goal|none|nobody|\b0\b|not yet)", said), said


async def test_a_measure_that_rewards_the_wrong_thing_is_flagged(team, ana):
    """The wrong thing (#4): 200 emails are saved and flagged with the reason; $60,000 and ten new deals are not."""
    said = await types(ana, "/goal 200 emails this month because of last year")
    assert has(r"200 emails", said), said
    assert has(REWARDS, said), said
    for line in ("/goal 60k this quarter", "/goal 10 opportunities this quarter"):
        said = await types(ana, f"{line} because of last year")
        assert not has(REWARDS, said), said


async def test_the_manager_sees_what_is_flagged(team, ana, mia):
    """The wrong thing (#4): on the page of the objectives it stands with its reason, for the manager."""
    await wants(mia)
    await types(ana, "/goal 200 emails this month because of last year")
    said = await types(mia, LINE)
    assert has(r"email", said), said
    assert has(REWARDS, said), said


async def test_a_rep_reads_and_does_not_write(team, ana, ben, mia):
    """Whose it is (#4): Ana reads the list without a way to change it, and nothing of what Ben's goal serves."""
    await wants(mia)
    await sets(ben, WANTED[1], target="47.9k")
    said = await tried(ana, LINE)
    assert HEALTH in said, said
    assert not has(r"\[(edit|change|set|write)", said), said
    assert not has(r"47[.,]9|Ben", said), said


async def test_one_that_is_taken_out_stays_with_its_goal(team, ana, mia):
    """Next year's list (#4): healthcare goes from it; Ana's goal still says it, new ones offer it no more."""
    await wants(mia)
    await sets(ana)
    await wants(mia, *WANTED[1:])
    assert HEALTH in await own(ana)
    assert HEALTH not in await offered(ana)


async def test_without_a_list_one_types(team, ana):
    """Nothing was written down (#4): a goal names what it serves in its own words, as before, and nobody is flagged."""
    await asks(ana, "/goal set", "sales")
    await fills(ana, {r"^target": "60k", r"objective": "Three clinics by Christmas"})
    assert "Three clinics by Christmas" in await own(ana)
    said = await types(ana, LINE)
    assert has(r"no objective|none yet|nothing|not written", said), said


async def test_undo_brings_the_list_back(team, mia):
    """Mistaken (#4): `/rainmaker undo` brings the three back."""
    await wants(mia)
    await wants(mia, "One thing only")
    await mia.says("/rainmaker undo", channel="sales")
    said = await types(mia, LINE)
    assert HEALTH in said, said
    assert "One thing only" not in said, said


# bad input


async def test_odd_lines_are_put_right(team, ana, mia):
    """Blank lines, the same twice, spaces, marks (bad input): each is offered once, as typed, and calls nobody."""
    await wants(mia, HEALTH, "", f"  {HEALTH} ", "<!channel> *win* & <b>", HEALTH.lower())
    found = await offered(ana)
    assert sum(one.strip().lower() == HEALTH.lower() for one in found) == 1, found
    assert any("win" in one for one in found), found
    assert "" not in found


async def test_forty_lines_and_ten_thousand_characters(team, ana, mia):
    """Too many, too long (bad input): refused under the field, or a list that fits a menu; the form opens."""
    await wants(mia)
    for typed in ("\n".join(f"Objective {one}" for one in range(40)), "grow " * 2_000):
        await asks(mia, LINE, "sales")
        if not mia.modal():
            await presses(mia, r"^(edit|change|set|write)", where="sales")
        said = await refused(mia, {r"objective": typed})
        assert said
        found = await offered(ana)
        assert found
        assert len(found) <= 40, len(found)
        assert max(len(one) for one in found) <= 150, found


async def test_a_new_manager_finds_them(team, mia, ana, raj):
    """A manager leaves (bad input): Raj, who follows, reads and changes the list."""
    await wants(mia)
    await team.known("raj")
    await people(team, ("U1", "U2"), (IDS["raj"],))
    said = await reads(raj, HEALTH, LINE)
    assert WANTED[2] in said, said
    await wants(raj, *WANTED, "Open Graz")
    assert "Open Graz" in await offered(ana)


async def test_two_managers_have_one_list(team, mia, raj):
    """Shared (bad input): what Raj adds Mia reads, and nothing of hers is lost."""
    await team.known("raj")
    await people(team, ("U1", "U2"), ("U3", "U4"))
    await wants(mia)
    await wants(raj, *WANTED, "Open Graz")
    said = await types(mia, LINE)
    assert "Open Graz" in said, said
    assert HEALTH in said, said


async def test_counts_of_two_are_not_for_reps(team, ana, ben, mia):
    """Fewer than three (bad input): with two reps Ana reads the list without a count of goals; Mia reads the count."""
    await wants(mia)
    await sets(ben, WANTED[1])
    said = await tried(ana, LINE)
    assert WANTED[1] in said, said
    assert not has(r"\b[012] (of|goals?)\b|none of|one goal", said), said
    assert has(rf"{WANTED[1]}[^\n]*(\b1\b|one)", await types(mia, LINE))
