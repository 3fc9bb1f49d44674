"""Home, as a manager sees it before a Monday meeting: the team in a line, and who is worth a talk."""

import json
import re

import pytest

from tests.stories.face import books
from tests.stories.face.seen import (
    chances,
    every_message,
    home_blocks,
    home_lines,
    label,
    lines,
    presses,
    progress,
    reader_of,
    tables,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

PEOPLE = re.compile(r"Rep \d\d\d Surname|Ana Kovač|Ben Ito")
REASON = re.compile(
    r"promise|overdue|deal|chance|call|meeting|won\b|wins?\b|activity|touched|behind|word|audit|no goal",
    re.IGNORECASE,
)


async def mias_home(team):
    """Mia, who manages 24 reps with goals, looks at her Home."""
    await books.a_large_team(team, 24)
    person = team.person("mia")
    await person.opens_home()
    return person


@pytest.fixture
async def mia(team):
    return await mias_home(team)


KEPT = {}


@pytest.fixture
async def home(team):
    """The blocks and the lines of that Home, which several examples read: played once for a process."""
    if not KEPT:
        person = await mias_home(team)
        KEPT["home"] = home_blocks(person), home_lines(person)
    return KEPT["home"]


def talks(said):
    return [one for one in said if PEOPLE.search(one)]


async def test_a_team_of_24_fits_twenty_blocks(home):
    """Law 7: as long for 24 reps as for six."""
    blocks, _ = home
    assert len(blocks) <= 20
    assert len(json.dumps(blocks, ensure_ascii=False)) <= 10_000


async def test_the_teams_line_comes_first(home):
    """Among the first four lines stands how the team does: so much of so much, and its chance."""
    top = " ".join(home[1][:4])
    assert progress(top), top
    assert len(chances(top)) >= 1, top


async def test_at_most_five_people_each_with_a_reason(home):
    """One line each: who, how they stand, why a talk is worth it."""
    said = talks(home[1])
    assert 1 <= len(said) <= 5, f"{len(said)} people are on Home."
    for one in said:
        assert REASON.search(PEOPLE.sub("", one)), one
        assert len(one) <= 130, one


async def test_who_is_worth_a_talk_can_be_prepared_for(mia):
    """Prepare opens that rep's page, be it a form or a message."""
    who = PEOPLE.search(talks(home_lines(mia))[0])[0]
    before = len(mia.sees())
    await presses(mia, r"^Prepare", where="home", near=who)
    assert who in "\n".join([mia.modal() or "", *mia.sees()[before:]])


async def test_all_24_is_a_message_with_slacks_own_table(mia, team):
    """Law 10: the whole team is Slack's own table, in a message, every rep a row."""
    known = len(every_message(team))
    assert label(home_blocks(mia), r"^All 24$"), "No button “All 24” on Home."
    await presses(mia, r"^All 24$", where="home")
    new = every_message(team)[known:]
    assert new, "“All 24” brought no message."
    shown = [one for message in new for one in tables(message.blocks)]
    assert shown, "The message holds no table of Slack's own."
    said = "\n".join(line for message in new for line in lines(message.blocks, reader_of(mia)))
    assert len(set(PEOPLE.findall(said))) == 24
    for message in new:
        assert message.text.strip()
        assert len(json.dumps(message.blocks, ensure_ascii=False)) <= 10_000


async def test_home_itself_has_no_table_and_no_bar(home):
    """Tables and charts are for messages; Home has aligned fields and no glyphs."""
    assert tables(home[0]) == []
    assert not re.search("[▓░█▒]", "\n".join(home[1]))


@pytest.mark.parametrize("typed", ["40 calls this month", "50 calls this week"])
async def test_a_reps_private_activity_goal_is_theirs(team, typed):
    """A goal of activities that a rep set alone is on their Home, and nowhere on the manager's."""
    ben, mia = team.person("ben"), team.person("mia")
    await books.won(team, "U2", 8_000_00, books.TODAY)
    await ben.says(f"/goal {typed} because I want to", channel="sales")
    await ben.opens_home()
    assert "calls" in ben.home()
    await mia.opens_home()
    asked = ["/goal @ben", "/team progress", "/team digest"]
    told = [mia.home(), *["\n".join(await mia.says(one, channel="sales")) for one in asked]]
    assert [one for one in told if re.search(rf"\b{typed[:2]} calls|\bof {typed[:2]}\b", one)] == []


async def test_a_team_of_two_lists_no_more_than_it_has(team):
    """“All 2” is true, and nobody is worth a talk who has nothing to talk about."""
    mia = team.person("mia")
    await team.person("ana").says("/goal 15k this quarter because of last year", channel="sales")
    await mia.opens_home()
    assert len(talks(home_lines(mia))) <= 2
    assert not label(home_blocks(mia), r"^All (?!2$)\d+$")


async def test_own_goals_come_after_the_team(team):
    """A manager who sells has the team first and themselves after it."""
    mia = team.person("mia")
    await mia.says("/team people", channel="sales")
    await mia.chooses("Reps", ["ana", "ben", "mia"])
    await mia.submits()
    await mia.closes()
    await team.person("ana").says("/goal 15k this quarter because of last year", channel="sales")
    await mia.says("/goal set @ben 15k this quarter because of last year", channel="sales")
    await mia.says("/goal 7k this quarter because of last year", channel="sales")
    await mia.opens_home()
    said = mia.home()
    own = re.search(r"\$7k|\$7,000", said)
    whole = re.search(r"\$37k|\$37,000", said)
    assert own, "Their own goal is not on Home."
    assert whole, "The team's sum is not on Home."
    assert whole.start() < own.start()


async def test_a_team_without_goals_is_shown_the_way_to_set_them(team):
    """Nothing is known yet: one line says so, and goals for all are one tap away."""
    mia = team.person("mia")
    await mia.opens_home()
    assert label(home_blocks(mia), r"^Set goals"), "No way from Home to goals for the team."
    assert "0%" not in mia.home()
