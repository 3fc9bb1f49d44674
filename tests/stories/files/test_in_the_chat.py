"""A file dropped in the bot's direct channel: seen before it counts, one tap, and a day to take it back."""

import asyncio
import re
import time
from dataclasses import replace

import pytest

from tests.stories.face.seen import presses
from tests.stories.files.books import address, kept
from tests.stories.files.chat import can_confirm, chooses, confirms, drops, newest, takes_away, words
from tests.stories.pipeline.walked import asks, text_of, told

pytestmark = pytest.mark.engines("sqlite")

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n"
ROWS = (
    "1,Quay lamp,Closed Won,24000,2026-09-04,2026-07-01,Ana Kovač\n",
    "2,Dock sign,Contract Sent,9000,2026-10-20,2026-08-01,Ana Kovač\n",
    "3,Crane hire,Contract Sent,5000,2026-10-20,2026-08-01,Ben Ito\n",
    "4,Ferry paint,Contract Sent,700,2026-10-20,2026-08-01,Ben Ito\n",
)
THIS_WEEK = HEADER + "".join(ROWS)


@pytest.fixture
def mia(team):
    return team.person("mia")


def deals(team):
    return {one.name: one for one in kept(address(team))}


async def test_a_preview_says_what_each_column_is_taken_for(mia, team):
    """Every column with its meaning, three rows as they would be, the rest counted; nothing is in yet."""
    await drops(mia, "deals.csv", THIS_WEEK)
    said = words(mia)
    for header in HEADER.strip().split(","):
        assert header in said, said
    assert re.search(r"Amount[^\n]*\bvalue", said, re.IGNORECASE), said
    assert [name for name in ("Quay lamp", "Dock sign", "Crane hire") if name not in said] == []
    assert "Ferry paint" not in said
    assert re.search(r"\b4\b", said)
    assert can_confirm(mia)
    assert deals(team) == {}


async def test_confirm_takes_it_in_and_says_so_in_the_same_message(mia, team):
    """One message from the preview to the end; the deals are there to the cent."""
    message = await drops(mia, "deals.csv", THIS_WEEK)
    count = len(told(mia))
    await confirms(mia)
    assert len(told(mia)) == count
    said = text_of(mia, message)
    assert re.search(r"\b4\b[^\n]*(added|new|taken)", said), said
    found = deals(team)
    assert {name: (one.stage, one.value) for name, one in found.items()} == {
        "Quay lamp": ("won", "24000.00"),
        "Dock sign": ("open", "9000.00"),
        "Crane hire": ("open", "5000.00"),
        "Ferry paint": ("open", "700.00"),
    }
    assert found["Dock sign"].expected == "2026-10-20"


async def test_next_weeks_file_says_what_would_change(mia, team):
    """Added, changed, closed, dates pushed, and refused by cause, each with its count, before anything moves."""
    await drops(mia, "deals.csv", THIS_WEEK)
    await confirms(mia)
    rows = (
        ROWS[0],
        ROWS[1].replace("Contract Sent", "Closed Won").replace("2026-10-20", "2026-09-11"),
        ROWS[2].replace("2026-10-20", "2026-12-18"),
        ROWS[3].replace(",700,", ",1900,"),
        "5,Buoy chain,Contract Sent,80,2026-11-20,2026-09-11,Ana Kovač\n",
        "6,Rope,Contract Sent,lots,2026-11-20,2026-09-11,Ana Kovač\n",
    )
    await drops(mia, "deals.csv", HEADER + "".join(rows))
    said = words(mia)
    for what in (r"added|new", r"changed", r"closed|won", r"pushed|later", r"refused|not taken"):
        assert re.search(rf"\b1\b[^\n]*({what})|({what})[^\n]*\b1\b", said, re.IGNORECASE), (what, said)
    assert re.search(r"lots", said), said
    assert deals(team)["Dock sign"].stage == "open"
    await confirms(mia)
    found = deals(team)
    assert (found["Dock sign"].stage, found["Crane hire"].expected) == ("won", "2026-12-18")
    assert (found["Ferry paint"].value, "Rope" in found) == ("1900.00", False)


async def test_an_import_can_be_undone_for_a_day(mia, team):
    """Undo beside the result takes all of it back."""
    await drops(mia, "deals.csv", THIS_WEEK)
    await confirms(mia)
    await presses(mia, r"^undo", where=mia._place(None).id)
    assert deals(team) == {}
    assert re.search(r"undone|taken back", words(mia), re.IGNORECASE)


async def test_after_a_day_an_import_stands(mia, team):
    """Two days later Undo is gone, or says that it is too late; the deals are there."""
    message = await drops(mia, "deals.csv", THIS_WEEK)
    await confirms(mia)
    await team.jump("2026-09-16 12:00", "Europe/Ljubljana")
    if re.search(r"\[undo", text_of(mia, message), re.IGNORECASE):
        await presses(mia, r"^undo", where=mia._place(None).id)
    assert len(deals(team)) == 4


async def test_a_column_is_settled_by_a_menu(mia, team):
    """A value under a near miss: asked about in a menu, taken as chosen, never at $0."""
    await drops(mia, "deals.csv", THIS_WEEK.replace("Amount", "Fee"))
    await chooses(mia, "Fee", r"value|amount")
    await confirms(mia)
    assert deals(team)["Quay lamp"].value == "24000.00"


async def test_a_stage_is_settled_by_a_menu(mia, team):
    """A word nobody knows: its menu stands once, whatever the number of its rows."""
    await drops(mia, "deals.csv", THIS_WEEK.replace("Contract Sent", "Legal desk"))
    await chooses(mia, "Legal desk", r"^open")
    await confirms(mia)
    assert [deals(team)[name].stage for name in ("Dock sign", "Crane hire", "Ferry paint")] == ["open"] * 3


async def test_the_same_kind_of_file_takes_one_tap_next_week(mia, team):
    """Columns and stages that were chosen once are remembered by the shape of the file, not by its name."""
    odd = THIS_WEEK.replace("Amount", "Fee").replace("Contract Sent", "Legal desk")
    await drops(mia, "deals.csv", odd)
    await chooses(mia, "Fee", r"value|amount")
    await chooses(mia, "Legal desk", r"^open")
    await confirms(mia)
    await team.jump("2026-09-21 09:00", "Europe/Ljubljana")
    await drops(mia, "export (7).csv", odd.replace(",700,", ",800,"))
    assert can_confirm(mia), words(mia)
    await confirms(mia)
    assert deals(team)["Ferry paint"].value == "800.00"


@pytest.mark.parametrize("name", ["ana", "raj"], ids=["a rep", "a person of no team"])
async def test_only_managers_and_admins_import(team, name):
    """Others are told who may; no preview of other people's deals is shown to them."""
    person = team.person(name)
    await drops(person, "deals.csv", THIS_WEEK)
    said = words(person)
    assert re.search(r"manager|admin", said, re.IGNORECASE), said
    assert not can_confirm(person)
    assert "Quay lamp" not in said
    assert deals(team) == {}


async def test_a_starting_balance_the_file_covers_is_replaced_and_not_added(mia, team):
    """Ana said $21k was won before; the file has those deals: the offer is made, and $24k is what counts."""
    ana = team.person("ana")
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    await ana.clicks("Enter what is won", where="sales")
    await ana.fills("Won before 14 Sep", "21k")
    await ana.submits()
    await ana.closes(everything=True)
    await drops(mia, "deals.csv", THIS_WEEK)
    await confirms(mia)
    everybody = "\n".join(
        [*(text_of(mia, one) for one in told(mia)), *(text_of(ana, one) for one in told(ana))]
    )
    assert re.search(r"starting balance|\$21k|\$21,000", everybody), everybody
    assert not re.search(r"\$45k|\$45,000", "\n".join(await ana.says("/goal", channel="sales")))
    who = mia if re.search(r"\[replace", words(mia), re.IGNORECASE) else ana
    await presses(who, r"^replace", where=who._place(None).id)
    assert re.search(r"\$24k of \$60k", "\n".join(await ana.says("/goal", channel="sales")))


async def test_a_file_deleted_before_confirm_is_taken_whole_or_not_at_all(mia, team):
    """Gone from Slack: what was previewed comes in from our copy, or one sentence says it is gone."""
    await drops(mia, "deals.csv", THIS_WEEK)
    await takes_away(mia, "deals.csv")
    await confirms(mia)
    assert len(deals(team)) in (0, 4)
    if not deals(team):
        assert re.search(r"deleted|gone|no longer", words(mia), re.IGNORECASE), words(mia)


async def test_confirmed_twice_it_is_taken_once(mia, team):
    """Two taps at once: one import, nothing twice."""
    await drops(mia, "deals.csv", THIS_WEEK)
    await asyncio.gather(confirms(mia), confirms(mia), return_exceptions=True)
    assert len(kept(address(team))) == 4


async def test_two_who_confirm_the_same_file_add_it_once(mia, team):
    """A manager and an admin drop it side by side: the second is told that nothing is left to add."""
    team.server.workspace.people["U4"].is_admin = True
    raj = team.person("raj")
    await drops(mia, "deals.csv", THIS_WEEK)
    await drops(raj, "deals.csv", THIS_WEEK)
    assert can_confirm(raj), words(raj)
    await confirms(mia)
    await confirms(raj)
    assert len(kept(address(team))) == 4
    assert re.search(r"nothing|unchanged|already|\b0\b (added|new)", words(raj), re.IGNORECASE), words(raj)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deals.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("deals.csv", b"<!DOCTYPE html><html><body>Sign in to Northwind</body></html>"),
        ("holiday.jpg", b"\xff\xd8\xff\xe0" + bytes(400)),
    ],
    ids=["a picture renamed", "a log-in page", "a picture"],
)
async def test_a_file_of_another_kind_is_named_as_what_it_is_or_left_alone(mia, team, name, content):
    """No preview of nonsense: a picture that calls itself .csv is refused in a sentence."""
    await drops(mia, "first.csv", THIS_WEEK)
    await drops(mia, name, content)
    assert deals(team) == {}
    if name.endswith(".csv"):
        assert not can_confirm(mia)
        assert re.search(r"picture|image|PNG|HTML|web page|not a (CSV|table)", words(mia), re.IGNORECASE), (
            words(mia)
        )


async def test_without_the_right_to_read_files_an_admin_is_told_the_mend(mia, team):
    """Installed before files could be read: the scope is named, and nothing pretends to have read the file."""
    double = team.server.double
    double.manifest = replace(double.manifest, scopes=double.manifest.scopes - {"files:read"})
    await drops(mia, "deals.csv", THIS_WEEK)
    said = words(mia)
    team.expected += [one for one in team.server.problems if one not in team.expected]
    assert re.search(r"files:read|reinstall|install", said), said
    assert not can_confirm(mia)


async def test_a_preview_is_private_and_short(mia, team):
    """It stands in the direct channel alone, within what Slack takes, however wide the file."""
    wide = HEADER.strip() + "".join(f",Custom field {at}" for at in range(120)) + "\n"
    await drops(mia, "deals.csv", wide + ROWS[0].strip() + "," * 120 + "\n")
    assert len(newest(mia).blocks or []) <= 50
    assert "Quay lamp" in words(mia)
    assert "Quay lamp" not in "\n".join(team.person("ana").sees("sales"))


@pytest.mark.large
async def test_a_million_rows_never_hold_the_loop(mia, team):
    """10⁶ rows are previewed while somebody else is answered; nothing else waits a quarter of a second."""
    longest, last, over = 0.0, time.perf_counter(), False

    async def beats() -> None:
        nonlocal longest, last
        while not over:
            await asyncio.sleep(0.002)
            longest, last = max(longest, time.perf_counter() - last), time.perf_counter()

    big = HEADER + "".join(f"{at},D{at},Contract Sent,{at % 900},2026-10-20,,Ana\n" for at in range(10**6))
    made = big.encode()
    assert len(made) < 50_000_000
    last = time.perf_counter()
    beating = asyncio.create_task(beats())
    dropped = asyncio.create_task(drops(mia, "deals.csv", made))
    answer = await asks(team.person("ana"), "/goal", "sales")
    await dropped
    over = True
    await beating
    assert answer
    assert re.search(r"1,000,000|1 million|1M", words(mia)), words(mia)
    assert longest < 0.25, longest


async def test_more_than_fifty_megabytes_are_refused_by_size(mia, team):
    """51 MB: the limit is named, and nobody waits for the download of what is not taken."""
    await drops(mia, "deals.csv", HEADER.encode() + b"x" * 51_000_000)
    assert re.search(r"50\s?MB", words(mia)), words(mia)
    assert not can_confirm(mia)
