"""The digest, as a manager reads it before a Monday meeting and a channel over coffee: the verdict first."""

import re
from datetime import date, timedelta

import pytest

from tests.stories.face import books
from tests.stories.face.books import HERE, TODAY
from tests.stories.face.seen import (
    chances,
    home_lines,
    label,
    message_lines,
    newest,
    presses,
    progress,
    same_amount,
    squeezed,
    tables,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

BEFORE = 1140  # characters of the fixture's digest without its buttons, read in the playground on 27 Nov 2026
MONDAY = "2026-09-21 09:01"
AUDIENCES = {"totals": r"^Totals only", "wins": r"^Totals and wins", "everything": r"^Everything"}


async def shows(town, audience):
    """Let the team decide what its channel reads, in the form."""
    mia = town.person("mia")
    await mia.says("/team settings", channel="sales")
    view = town.server.workspace.modal("U3")
    offered = next(
        one["element"]["options"]
        for one in view.blocks
        if one.get("label", {}).get("text") == "What the digest shows"
    )
    wanted = next(
        one["text"]["text"] for one in offered if re.search(AUDIENCES[audience], one["text"]["text"])
    )
    await mia.chooses("What the digest shows", wanted)
    await mia.submits()
    await mia.closes()


@pytest.fixture
async def field_week(team):
    """A week of Ana and Ben: goals, three wins, promises kept and not; a record of some 400 deals before it."""
    await books.a_record(team)
    for who, target in (("ana", "60k"), ("ben", "40k")):
        await team.person(who).says(f"/goal {target} this quarter because of last year", channel="sales")
        await team.person(who).says(f"/goal {target} next quarter because of last year", channel="sales")
    await books.won(team, "U1", 12_000_00, TODAY + timedelta(days=1), "Acme renewal")
    await books.won(team, "U2", 8_000_00, TODAY + timedelta(days=3), "Initech pilot")
    await books.won(team, "U2", 2_500_00, TODAY + timedelta(days=4), "Hooli sensors")
    for _ in range(5):
        await books.promised(team, "U1", "Acme", "call them", TODAY + timedelta(days=2), **books.settled())
    await books.promised(team, "U2", "Globex", "call them", TODAY + timedelta(days=2))
    return team


async def digest(town, when=MONDAY):
    await town.jump(when, HERE)
    ana = town.person("ana")
    return ana, newest(ana, "sales")


def verdict(person, message):
    """The first line after the heading."""
    blocks = message.blocks
    body = blocks[1:] if blocks[0]["type"] == "header" else blocks
    return message_lines(person, type(message)(**{**vars(message), "blocks": body}))[0]


async def test_the_characters_are_halved(field_week):
    """The same week, read without buttons, is at most half of what it was."""
    ana, message = await digest(field_week)
    said = "\n".join(message_lines(ana, message))
    assert len(said) <= BEFORE / 2, f"{len(said)} characters."


async def test_the_verdict_is_the_first_line_and_the_notification(field_week):
    """`5 deals won, $78k. Q3 stands at $597k of $797k: …`: what happened and how it stands, in two lines of a phone."""
    ana, message = await digest(field_week)
    first = verdict(ana, message)
    assert re.search(r"\b3\b.*\bdeals?\b|\bdeals?\b.*\b3\b", first), first
    assert re.search(r"\$22\.5k|\$22,500|\$23k", first), first
    assert [one for one in progress(first) if same_amount(one[1], 100_000)], first
    assert len(first) <= 160, first
    assert squeezed(first).startswith(squeezed(message.text).rstrip("…"))


@pytest.mark.parametrize("audience", AUDIENCES)
async def test_a_table_of_reps_only_where_the_audience_allows(field_week, audience):
    """Totals name nobody; wins name who won; only “everything” has how each rep stands, in Slack's own table."""
    await shows(field_week, audience)
    ana, message = await digest(field_week)
    said = "\n".join(message_lines(ana, message))
    assert not re.search("[▓░]", said)
    names = [one for one in ("Ana", "Ben") if one in said]
    cells = "\n".join(str(cell) for table in tables(message.blocks) for row in table["rows"] for cell in row)
    if audience == "totals":
        assert (names, tables(message.blocks)) == ([], [])
    else:
        assert len(names) == 2
        assert "Initech pilot" in cells, "The wins are in no table of Slack's own."
    standing = {
        name
        for name in ("Ana", "Ben")
        for line in said.splitlines()
        if name in line and re.search(r"\d\s?%|\$[46]0(k|,000)|behind|chance", line)
    }
    assert len(standing) == (2 if audience == "everything" else 0), said


@pytest.mark.parametrize("target", ["15k this quarter", "900k this quarter"])
async def test_a_single_goal_is_never_denied(team, target):
    """With one goal among several reps nobody reads “No goal is set”, neither in the channel nor in the preview."""
    await books.a_record(team)
    await team.person("ana").says(f"/goal {target} because of last year", channel="sales")
    await books.won(team, "U1", 5_000_00, TODAY + timedelta(days=2), "Globex")
    preview = "\n".join(await team.person("mia").says("/team digest", channel="sales"))
    ana, message = await digest(team)
    for said in (preview, "\n".join(message_lines(ana, message)), message.text):
        assert not re.search(r"no goals? (is|are|yet|has)", said, re.IGNORECASE), said


async def test_no_runway_that_is_over(field_week):
    """What cannot be acted on is left out: no last day that is past."""
    await shows(field_week, "everything")
    ana, message = await digest(field_week)
    said = "\n".join(message_lines(ana, message))
    assert not re.search(r"working days? ago|\bwas the last day|last day .{0,60} was |has closed", said), said


async def test_old_data_is_dated(team):
    """Where the deals are older than the team's week, the digest says from when they are."""
    await books.a_record(team)
    await team.person("ana").says("/goal 60k this quarter because of last year", channel="sales")
    for _ in range(6):
        await books.promised(team, "U1", "Acme", "call them", date(2026, 9, 23), **books.settled())
    ana, message = await digest(team, "2026-09-28 09:01")
    said = "\n".join(message_lines(ana, message))
    assert re.search(r"deals?\b.{0,40}\b14 Sep", said, re.IGNORECASE), said


async def test_who_did_well_is_named_with_what_they_did(field_week):
    """Praise names the person and the count: Ana kept all five."""
    ana, message = await digest(field_week)
    praise = [one for one in message_lines(ana, message) if re.search(r"\bkept (all|every)", one)]
    assert len(praise) == 1
    assert "Ana" in praise[0]
    assert re.search(r"\b(5|five)\b", praise[0])


async def test_the_arithmetic_is_behind_details(field_week):
    """The digest has one Details; what it opens is for whoever pressed, and adds to what the channel read."""
    ana, message = await digest(field_week)
    count = len(field_week.person("ben").sees("sales"))
    assert label(message.blocks, r"^Details"), "The digest has no Details."
    await presses(ana, r"^Details", where="sales")
    assert re.search(r"working day", "\n".join([ana.modal() or "", *ana.sees("sales"), *ana.sees()]))
    assert len(field_week.person("ben").sees("sales")) == count


async def test_it_is_read_in_a_minute(field_week):
    """At most ten blocks, however much happened."""
    for number in range(20):
        await books.won(field_week, "U1", 1_000_00, TODAY + timedelta(days=2), f"Small deal {number}")
    await shows(field_week, "everything")
    ana, message = await digest(field_week)
    assert len(message.blocks) <= 10
    said = "\n".join(message_lines(ana, message))
    assert len(re.findall(r"Small deal \d+", said)) <= 10
    assert re.search(r"\b\d+ more\b", said), "What is left out is not counted."


async def test_the_channel_and_the_managers_home_say_the_same(field_week):
    """Same sum, same target, same chance, on the same morning."""
    ana, message = await digest(field_week)
    mia = field_week.person("mia")
    await mia.opens_home()
    first, home = verdict(ana, message), "\n".join(home_lines(mia))
    team_sum = [one for one in progress(first) if same_amount(one[1], 100_000)]
    assert team_sum, first
    assert any(
        same_amount(team_sum[0][0], one[0]) and same_amount(team_sum[0][1], one[1]) for one in progress(home)
    )
    told = chances("\n".join(message_lines(ana, message)))
    assert [one for one in told if one not in chances(home)] == []
