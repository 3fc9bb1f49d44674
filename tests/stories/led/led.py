"""How one goes through a leader's week, and its books: packs, agenda, Monday's message, retrospective, who reads what.

Deals, promises, touches and people are put into the database; packs, notes, items and praise come by commands alone.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage.people.team import find_team_named, set_people
from tests.known import WORKSPACE
from tests.stories.craft import books
from tests.stories.craft.lived import (
    NONSENSE,
    arrived,
    has,
    home,
    line_with,
    lives,
    mark,
    since,
    tried,
    workdays,
)
from tests.stories.face.books import still_open, won
from tests.stories.face.seen import label, presses
from tests.stories.leads.prospected import Choice, choice, edits, fills, labels_of, newest, offers, reads
from tests.stories.pipeline.books import HERE, TODAY, days, is_listed_at, stands, was_lost, was_won
from tests.stories.pipeline.walked import asks, offered, text_of, texts, told

__all__ = [
    "HERE",
    "NONSENSE",
    "TODAY",
    "Choice",
    "arrived",
    "asks",
    "books",
    "choice",
    "days",
    "edits",
    "fills",
    "has",
    "home",
    "label",
    "labels_of",
    "line_with",
    "lives",
    "mark",
    "newest",
    "offered",
    "offers",
    "presses",
    "reads",
    "since",
    "stands",
    "still_open",
    "text_of",
    "texts",
    "told",
    "tried",
    "was_lost",
    "was_won",
    "won",
    "workdays",
]  # fmt: skip

NAMES = {"ana": "Ana Kovač", "ben": "Ben Ito", "mia": "Mia Horvat", "raj": "Raj Patel"}
IDS = {"ana": "U1", "ben": "U2", "mia": "U3", "raj": "U4"}
PACK = r"1:1|1-1|one[- ]on[- ]one|one-to-one"
MONDAY = r"\bMonday\b|\b(your|the) week\b|week ahead|\bthis week\b"
RETROSPECTIVE = r"retrospective|look(ing|s)? back"
RED = r"\bred\b|🔴|:red_circle:"
GOAL = "because of last year"
NUDGES = ("/team nudges",)
UNKNOWN_LINE = r"did you mean|not something Rainmaker|no command|did not understand|no team called"


# lines


async def types(person, line, place="sales") -> str:
    """Type a line that has to be known; a form that it brings is read and closed. What is said then."""
    said = await asks(person, line, place)
    if person.modal():
        await person.closes(everything=True)
    assert not has(UNKNOWN_LINE, said), said
    return said


async def goal(person, line="/goal 60k this quarter") -> None:
    """Set a goal of which nothing was won before."""
    await asks(person, f"{line} {GOAL}", "sales")
    if offers(person, r"^nothing yet"):
        await presses(person, r"^nothing yet", where="sales")
    if person.modal():
        await person.closes(everything=True)


# the pack and the agenda


async def pack(person, of="ana") -> str:
    """The pack and the agenda as `/team 1on1 @rep` shows them; a rep asks for their own with `of` empty."""
    said = await types(person, f"/team 1on1 @{of}" if of else "/team 1on1")
    assert has(PACK, said), said
    return said


async def adds(person, button, answers: Mapping[str, Choice], of="ana") -> str:
    """Open the pack, press *Add…*, *Note…* or *Action…*, fill in what opens and save it; the pack anew."""
    await asks(person, f"/team 1on1 @{of}" if of else "/team 1on1", "sales")
    await presses(person, button, where="sales")
    await fills(person, answers)
    return await pack(person, of)


async def item(person, text, of="ana") -> str:
    return await adds(person, r"^add", {r"item": text}, of)


async def note(person, text, of="ana") -> str:
    return await adds(person, r"^note", {r"note": text}, of)


async def action(person, who, what, when, of="ana") -> str:
    """An action item: who does what by when; the day as 2026-09-17."""
    return await adds(person, r"^action", {r"^who": choice(who, who), r"what": what, r"when": when}, of)


# what comes by itself


def packs(person, before, of="ana") -> list[str]:
    """The packs of a rep that came since a mark."""
    return [one for one in since(person, before) if has(PACK, one) and NAMES.get(of, of) in head(one)]


def mondays(person, before) -> list[str]:
    """Monday's messages to a manager since a mark; a pack is none."""
    return [one for one in since(person, before) if has(MONDAY, head(one)) and not has(PACK, head(one))]


def retrospectives(person, before) -> list[str]:
    return [one for one in since(person, before) if has(RETROSPECTIVE, one)]


def head(text, count=3) -> str:
    """The first lines of a text."""
    return "\n".join(text.splitlines()[:count])


def came(person, before) -> list[datetime]:
    """When each message since a mark came, in the zone of Ljubljana."""
    return [one.at.astimezone(ZoneInfo(HERE)) for one in told(person)[before[person.person.id] :]]


async def a_week(town, first="2026-09-21", zone=HERE) -> None:
    """Live through five working days, mornings, noons and evenings."""
    day = date.fromisoformat(first)
    await lives(town, day, day + days(4), zone=zone)


async def next_monday(town, *people, first="2026-09-14", monday="2026-09-21"):
    """Live up to a Friday, then through that Monday's morning; the mark stands between them."""
    await lives(town, first, date.fromisoformat(monday) - days(3))
    await town.jump(f"{monday} 07:45", HERE)
    before = mark(*people)
    for hour in ("09:15", "10:15", "11:05"):
        await town.jump(f"{monday} {hour}", HERE)
    return before


# the parts of a text


def questions(said) -> list[str]:
    """What a text asks, a line each."""
    return [one for one in said.splitlines() if one.rstrip(' *_”"').endswith("?")]


def part(said, begins, *ends) -> str:
    """The lines from the first that reads so up to the next that reads as an end does; empty where none begins."""
    lines = said.splitlines()
    at = next((number for number, one in enumerate(lines) if has(begins, one)), None)
    if at is None:
        return ""
    to = (number for number in range(at + 1, len(lines)) if any(has(end, lines[number]) for end in ends))
    return "\n".join(lines[at : next(to, len(lines))])


def facts(said) -> list[str]:
    """The facts of a pack: the lines of the section that a heading calls so, or that are marked as one."""
    ends = (r"^\W*(question|ask)", r"promise.{0,20}last", r"hard talk", r"agenda", r"^\W*\[")
    inside = part(said, r"^\W*(three |two |one )?(facts?|what changed|changed)\b", *ends).splitlines()
    own = (
        re.sub(r"^\W*((three |two |one )?facts?|what changed|changed)[^:\n]*:?", "", inside[0])
        if inside
        else ""
    )
    return [one.strip() for one in [own, *inside[1:]] if re.search(r"\w", one)]


# who reads what


async def everything_of(town, person) -> str:
    """What somebody may read without asking: their Home, direct channel, and each channel that they are in."""
    places = [one for one in town.server.workspace.channels.values() if one.person is None]
    inside = [one.name for one in places if person.person.id in one.members]
    said = [*texts(person), *(line for one in inside for line in texts(person, one))]
    return "\n".join([await home(person), *said])


async def readers_of(town, words, *lines, people=NAMES) -> set[str]:
    """By name, whoever reads these words: unasked, or by one of these lines."""
    found = set()
    for name in people:
        person = town.person(name)
        said = [await everything_of(town, person), *[await tried(person, one) for one in lines]]
        if has(words, "\n".join(said)):
            found.add(name)
    return found


# books


async def people(town, reps: Iterable[str], managers: Iterable[str] = ("U3",), team="Field") -> None:
    """Who is in a team, by their ids."""
    async with town.bot.database.write(WORKSPACE) as scope:
        row = await find_team_named(scope, team)
        await set_people(scope, row.id, list(reps), list(managers))


async def joined(town, count) -> list[str]:
    """So many more reps in Ljubljana, rep1 and on, in the team of Ana and Ben; their ids."""
    workspace, found = town.server.workspace, []
    for number in range(1, count + 1):
        workspace.add_person(f"U5{number:03}", f"rep{number}", f"Rep{number} Surname", tz=HERE)
        workspace.channels["C1"].members.append(f"U5{number:03}")
        await town.known(f"rep{number}")
        found.append(f"U5{number:03}")
    await people(town, ["U1", "U2", *found])
    return found


async def red_thing(town, owner="U1") -> None:
    """The light of the right thing is red: much done each day, nothing opened in 45 days; Ben opens two a week."""
    for week in range(30):
        closed = TODAY - days(47 + 7 * week)
        await was_won(town, f"Old win {week:02}", closed, owner=owner)
        await was_lost(town, f"Old loss {week:02}", closed, owner=owner)
    dates = workdays(TODAY - days(56), TODAY - days(3))
    await books.did(town, [books.Touch(day, "call", books.SPOKE, 6) for day in dates], owner=owner)
    for week in range(6):
        await books.opens(town, [f"Other {week}a", f"Other {week}b"], TODAY - days(3 + 7 * week), owner="U2")


async def healthy(town, owner="U1") -> None:
    """Eight weeks without a red light: calls before mails each day, two deals a week with their talks."""
    await books.sells_within(town, 20, owner=owner)
    dates = workdays(TODAY - days(56), TODAY - days(3))
    for kind, count, outcome in (("call", 6, books.SPOKE), ("email", 2, ""), ("meeting", 1, books.SPOKE)):
        await books.did(town, [books.Touch(day, kind, outcome, count) for day in dates], owner=owner)
    for week in range(8):
        for letter in "ab":
            opened = TODAY - days(5 + 7 * week)
            touches = [books.Touch(one) for one in workdays(opened, TODAY - days(3))][::3]
            closed = opened + days(20) if week >= 4 else None
            name = f"{owner} steady {week}{letter}"
            await books.worked(town, name, touches, owner=owner, opened=opened, closed=closed)
            if closed is None:
                await books.promised_for(town, name, TODAY + days(1), owner=owner)


async def a_good_week(town, owner="U1") -> None:
    """In the week before today: Granary Road won, and both promises of it kept."""
    await was_won(town, "Granary Road", TODAY - days(4), value=9_000_00, owner=owner)
    for who in ("Granary Road", "Westbound"):
        await books.promised_for(town, who, TODAY - days(5), TODAY - days(5), owner=owner)


async def asks_for_a_discount(town, person, name="Lockside") -> None:
    """Monday 28 September, the last days of a quarter: a lower price waits for the manager's yes."""
    await is_listed_at(town, "GTX", 12_000_00)
    await stands(town, name, value=12_000_00, product="GTX", owner=person.person.id)
    await town.jump("2026-09-28 10:00", HERE)
    await asks(person, f"/deal edit {name} 9k", "sales")
    if not person.modal():
        await presses(person, r"worth|value|words", where="sales")
    await fills(person, {r"worth|words": "It saves each depot two hours a day"})


async def counts_anyway(person, name="Quayside", why="They buy every autumn") -> None:
    """A suspect that its rep counts without what the entry gate asks."""
    await asks(person, f"/deal {name} 9k", "sales")
    await presses(person, r"count it anyway", where="sales")
    await fills(person, {r"why|reason|because": why})
