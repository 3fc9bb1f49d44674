"""People and books as they really come: without a zone or a name, in hundreds, for one day, half done."""

import json
import re

import pytest

from tests.forged import add_described
from tests.setup_story import sets_up
from tests.stories.face import books
from tests.stories.face.books import HERE, TODAY
from tests.stories.face.seen import (
    evening_of,
    every_message,
    home_blocks,
    home_lines,
    label,
    labels,
    lines,
    message_lines,
    newest,
    presses,
    reader_of,
    size,
    still_open,
    ticks,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

NAMES = {
    "eighty characters": "Maximiliana-Alexandra Konstantinopolitanska von und zu Hohenlohe-Waldenburg-Schilli",
    "emoji": "👩‍👩‍👧 Ana 🚀",
    "right to left": "مريم القحطاني",
    "nothing but marks": "*_~`",
}
NONSENSE = re.compile(r"\bnan\b|\binf\b|NoneType|undefined|Traceback|\{\{|\}\}")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_whatever_they_are_called_a_manager_reads_a_line(team, name):
    """One line for one person: a name takes no more than a third of a phone's five lines, and breaks no mark."""
    await team.server.change_person("U1", display_name=name)
    ana, mia = team.person("ana"), team.person("mia")
    await books.a_record(team)
    await mia.says("/goal set @ana 18k this quarter because of last year", channel="sales")
    await books.promised(team, "U1", "Acme", "call them", TODAY)
    await mia.opens_home()
    said = "\n".join(home_lines(mia))
    head = "Ana Kovač" if name == NAMES["nothing but marks"] and "Ana Kovač" in said else name[:10]
    about = [one for one in home_lines(mia) if head in one.replace("\u200b", "")]
    assert about, said
    assert max(len(one) for one in about) <= 200
    await team.jump("2026-09-21 09:01", HERE)
    assert NONSENSE.search("\n".join([mia.home(), *mia.sees("sales")])) is None
    assert ana.sees()


async def test_without_zone_picture_and_name_one_is_served_like_everybody(town):
    """Slack names nothing of Zoe: she has a Home, an evening by the team's clock, and is somebody to her manager."""
    add_described(town, "U8", "zoe", "", tz=None, profile={"real_name": "", "display_name": ""})
    town.server.workspace.channels["C1"].members.append("U8")
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana", "U8"])
    await mia.closes()
    zoe = town.person("U8")
    await zoe.says("/followup Acme today call them", channel="sales")
    await books.evening_comes(town)
    await zoe.opens_home()
    await mia.opens_home()
    assert any("Acme" in one for one in message_lines(zoe, evening_of(zoe)))
    assert NONSENSE.search("\n".join([zoe.home(), mia.home(), *mia.sees()])) is None


@pytest.mark.large
async def test_two_hundred_reps_are_as_short_as_two(team):
    """Law 7: Home of their manager is twenty blocks, five people, and “All 200”; the digest fits too."""
    await books.a_large_team(team, 200)
    mia = team.person("mia")
    await mia.opens_home()
    assert len(home_blocks(mia)) <= 20
    assert size(home_blocks(mia)) <= 10_000
    people = re.compile(r"Rep \d\d\d Surname|Ana Kovač|Ben Ito")
    assert len([one for one in home_lines(mia) if people.search(one)]) <= 5
    assert label(home_blocks(mia), r"^All 200$")
    known = len(every_message(team))
    await presses(mia, r"^All 200$", where="home")
    new = every_message(team)[known:]
    assert new
    assert max(size(one.blocks) for one in new) <= 10_000
    await mia.says("/team digest", channel="sales")
    assert size(newest(mia, "sales").blocks) <= 10_000


async def test_a_goal_of_one_day_is_said_without_nonsense(team):
    """Today is the first day and the last: no division, no “0 days behind”, no plan for tomorrow."""
    ana = team.person("ana")
    await books.a_record(team)
    await ana.says("/goal 3k today because of last year", channel="sales")
    await ana.says("/followup Acme today call them", channel="sales")
    await ana.opens_home()
    assert re.search(r"\$3k|\$3,000", ana.home()), ana.home()
    await books.evening_comes(team)
    await ana.opens_home()
    told = "\n".join(
        [
            ana.home(),
            *await ana.says("/goal", channel="sales"),
            *await ana.says("/why revenue", channel="sales"),
            *ana.sees(),
        ]
    )
    assert NONSENSE.search(told) is None
    assert not re.search(r"\b0 days? behind|\bin 0 working days\b|-\d+ working", told)


async def test_a_card_already_posted_follows_the_period_or_says_it_is_old(team):
    """Pressed after the goal moved to another quarter, a card shows the new period and not the old figures."""
    ana = team.person("ana")
    await ana.says("/goal 40k this quarter because of last year", channel="sales")
    await ana.says("/goal", channel="sales")
    card = newest(ana, "sales")
    assert label(card.blocks, r"^Details"), "The goal's card has no Details."
    await ana.says("/goal edit revenue", channel="sales")
    await ana.chooses("By when", "Q4 2026, until Thu 31 Dec 2026")
    await ana.submits()
    await ana.closes(everything=True)
    before = len(ana.sees("sales"))
    await presses(ana, r"^Details", where="sales")
    shown = "\n".join(
        [ana.modal() or "", *ana.sees("sales")[before:], "\n".join(lines(card.blocks, reader_of(ana)))]
    )
    assert "Q4" in shown
    assert NONSENSE.search(shown) is None


async def test_home_of_somebody_in_no_team_says_what_to_do(team):
    """At most eight blocks, who can help, and nothing empty."""
    raj = team.person("raj")
    await raj.opens_home()
    assert len(home_blocks(raj)) <= 8
    assert re.search(r"no team|not in a team|in a team", raj.home(), re.IGNORECASE), raj.home()
    assert re.search(r"manager|admin|set ?up", raj.home(), re.IGNORECASE), raj.home()
    assert not re.search(r"behind|Overdue", raj.home())


async def test_marks_in_a_promise_stay_text_in_a_tick_list(team):
    """What a customer is called does not become a mention, a link or bold type."""
    ana = team.person("ana")
    await books.promised(team, "U1", "<!channel> *R&D*", "send <https://evil.example|a gift>", TODAY)
    await ana.opens_home()
    found = ticks(home_blocks(ana))
    assert found, "Home has no tick list."
    raw = json.dumps(found[0].option, ensure_ascii=False)
    assert "<!channel>" not in raw
    assert "<https://evil.example|" not in raw
    assert "&amp;amp;" not in raw


async def test_a_tick_on_what_somebody_else_settled_is_no_trouble(team):
    """An evening that stood open on another device: a tick on what is dropped meanwhile says how it stands."""
    ana = team.person("ana")
    for who in ("Acme", "Globex"):
        await ana.says(f"/followup {who} today call them", channel="sales")
    await books.evening_comes(team)
    old = [one for one in ticks(evening_of(ana).blocks) if "Acme" in one.text]
    assert old, "The evening has no tick list."
    await ana.says("/followup drop acme because they closed", channel="sales")
    assert not any("Acme" in one for one in still_open(evening_of(ana).blocks))
    assert "Globex" in "\n".join(message_lines(ana, evening_of(ana)))
    assert labels(evening_of(ana).blocks)
