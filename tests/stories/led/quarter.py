"""A quarter of a small team, played once for a process: what each reader could read, and what came to the manager."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.stories.face.books import sells_weekly
from tests.stories.led.led import (
    HERE,
    RETROSPECTIVE,
    action,
    books,
    counts_anyway,
    days,
    edits,
    fills,
    goal,
    healthy,
    home,
    item,
    joined,
    note,
    text_of,
    told,
    tried,
    was_won,
    workdays,
)
from tests.stories.led.test_incentives import has_form

FIRST, LAST = date(2026, 10, 1), date(2027, 1, 8)
STOPS = ("09:15", "10:30", "16:45", "22:45")  # in Ljubljana; the last is Ben's evening in New York
READERS = ("ana", "ben", "mia", "raj", "rep1")
LOOKS = (
    "/team", "/team progress", "/team digest", "/team 1on1", "/team 1on1 @ana", "/team 1on1 @ben",
    "/team retrospective", "/team nudges", "/team objectives", "/goal @ana", "/goal @ben", "/why lights @ana",
    "/why lights team", "/pipeline @ana", "/followup list", "/deal Quayside",
)  # fmt: skip
NOTE, ITEM = "She thinks of moving to Graz", "the territory of Ptuj"
BONUS, RULE = "a weekend in Bled", "7.5% of revenue over 40k"
PLEDGE, WHY = "I read every lead list on Tuesdays", "They buy every autumn"
DEED = "calling back every lead the same day"
ACTION = "ask purchasing for a demo van"
LATELY = 12  # messages of a place that are read anew at each stop; all of them each Friday
PLAYED: list["Quarter"] = []


@dataclass(frozen=True)
class Read:
    """One text as a reader had it before them: a message, Home, or what a line brought."""

    by: str
    where: str
    on: date
    text: str


@dataclass
class Quarter:
    read: list[Read] = field(default_factory=list)
    to_mia: list[tuple[datetime, str]] = field(default_factory=list)  # as it stood when the quarter was over

    def texts_of(self, reader: str, where: str = "") -> list[str]:
        return [one.text for one in self.read if one.by == reader and (not where or one.where == where)]


async def a_quarter(town) -> Quarter:
    if not PLAYED:
        PLAYED.append(await _play(town))
    return PLAYED[0]


async def _play(town) -> Quarter:
    quarter, seen = Quarter(), set()
    await _begin(town)
    mia = town.person("mia")
    start = len(told(mia))
    for day in workdays(FIRST, LAST):
        for stop in STOPS:
            await town.jump(f"{day} {stop}", HERE)
            _reads(town, quarter, seen, day, LATELY)
            if stop == "10:30":
                await _a_day(town, day)
        if day.weekday() == 4:
            _reads(town, quarter, seen, day)
            await _looks(town, quarter, day)
    at = ZoneInfo(HERE)
    quarter.to_mia = [(one.at.astimezone(at), text_of(mia, one)) for one in told(mia)[start:]]
    return quarter


def _reads(town, quarter: Quarter, seen: set, day: date, count: int | None = None) -> None:
    """Note what the messages of every channel read, the last so many or all, for each person who has them there."""
    for name in READERS:
        person = town.person(name)
        for channel in town.server.workspace.channels_of(person.person.id):
            where = "direct" if channel.person is not None else channel.name
            for message in told(person, channel.id)[-(count or 0) :]:
                text = text_of(person, message)
                if (name, channel.id, message.ts, text) not in seen:
                    seen.add((name, channel.id, message.ts, text))
                    quarter.read.append(Read(name, where, day, text))


async def _looks(town, quarter: Quarter, day: date) -> None:
    for name in READERS:
        person = town.person(name)
        quarter.read.append(Read(name, "Home", day, await home(person)))
        if day.day <= 7:
            for line in LOOKS:
                quarter.read.append(Read(name, line, day, await tried(person, line)))


async def _begin(town) -> None:
    """Ana sells a deal a week and Ben steadily; Rep1 is new. Each has a goal of the quarter in a figure of its own."""
    [rep1] = await joined(town, 1)
    await sells_weekly(town, "U1")
    await healthy(town, owner="U2")
    await books.promised_for(town, "Iron Lane", FIRST - days(3))
    await books.promised_for(town, "Fen Road", FIRST - days(3), owner=rep1)
    await town.jump(f"{FIRST} 08:30", HERE)
    for name, amount in (("ana", "61.3k"), ("ben", "47.9k"), ("rep1", "20.7k")):
        await goal(town.person(name), f"/goal {amount} this quarter")
    for week in range(9):
        on = FIRST + timedelta(days=5 + 7 * week)
        await was_won(town, f"Ana's {week}", on, value=5_500_00)
        await was_won(town, f"Ben's {week}", on, value=3_500_00, owner="U2")


async def _a_day(town, day: date) -> None:
    """What people do at half past ten: little on most days."""
    ana, ben, mia = (town.person(one) for one in ("ana", "ben", "mia"))
    for person, line in ((ana, "/log 6 calls, 1 meeting"), (ben, "/log 5 calls, 1 meeting")):
        await tried(person, line)
    match day.isoformat():
        case "2026-10-05":
            await has_form(ana)
            await fills(ana, {r"note": BONUS, r"commission": RULE})
            await item(ben, ITEM, of="")
            await note(mia, NOTE)
            await action(mia, "ana", ACTION, "2026-10-14")
        case "2026-10-07":
            await counts_anyway(ana, why=WHY)
        case "2026-10-08":
            changes = r"chang|differently|will (I|you) do"
            await edits(mia, RETROSPECTIVE, {changes: PLEDGE}, "/team retrospective", button=changes)
        case "2026-10-15":
            await tried(ana, f"/team kudos @ben for {DEED}")
        case "2026-11-17":
            await note(mia, "Talked through her quarter")
        case _:
            pass
