"""Four weeks of the sample team, played once for a process: what came to whom and when, and what was answered.

Monday 13 July to Friday 7 August 2026. Each rep lives otherwise: Ana sells as she should; Ben mails and does not call;
Chloé calls forty a day and opens nothing; Dev does next to nothing; Elif looks after customers; Femi works every other
week. Nothing is typed in the bot's direct channel, so that whatever stands there came by itself.
"""

import re
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.manifest import manifest
from playground.boot import workspace_of
from playground.boot.cast import Cast, sample_cast
from playground.boot.seed import seed
from playground.box import Server
from playground.clock import Clock
from playground.sample import write_sample
from tests.conftest import PATIENCE, QUIET
from tests.stories.craft.lived import has, home, tried
from tests.stories.face.seen import presses
from tests.stories.pipeline.walked import fills_in, text_of, told
from tests.story_workspace import StoryWorkspace, running_bot

FIRST, LAST = date(2026, 7, 13), date(2026, 8, 7)
REPS = ("ana.kovac", "ben.ito", "chloe.martin", "dev.anand", "elif.demir", "femi.ade")
ANA, BEN, CHLOE, DEV, ELIF, FEMI = REPS
MIA = "mia.horvat"
STOPS = (0, 3, *range(5, 24))  # hours of UTC, nights among them
PAUSED = "Alder & Sons"
PLAYED: dict[bool, "SampleWeeks"] = {}


@dataclass(frozen=True)
class Came:
    """One message that came by itself, as it was read when it came."""

    to: str
    at: datetime  # on the clock of whom it came to
    text: str


@dataclass
class SampleWeeks:
    came: list[Came] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    paused_at: datetime | None = None

    @property
    def everything(self) -> str:
        return "\n\n".join([*(one.text for one in self.came), *self.answers, *self.homes])

    def a_day(self) -> dict[tuple[str, date], list[Came]]:
        """What came to each rep on each working day, the empty days too."""
        found: dict[tuple[str, date], list[Came]] = {(rep, day): [] for rep in REPS for day in working_days()}
        for one in self.came:
            if (one.to, one.at.date()) in found:
                found[one.to, one.at.date()].append(one)
        return found


def working_days() -> list[date]:
    span = (FIRST + timedelta(days=one) for one in range((LAST - FIRST).days + 1))
    return [one for one in span if one.weekday() < 5]


def written(folder: Path) -> Cast:
    folder.mkdir(exist_ok=True)
    write_sample(folder, FIRST)
    return sample_cast(folder)


@asynccontextmanager
async def sample_team(database_url: str, folder: Path):
    """The sample team in a workspace in a box, on the eve of its first Monday."""
    cast = written(folder)
    clock = Clock(datetime.combine(FIRST, datetime.min.time(), tzinfo=UTC), frozen=True)
    async with (
        Server(
            workspace_of(cast),
            clock=clock,
            manifest=manifest(),
            rates=None,
            ack_timeout=PATIENCE,
            quiet=QUIET,
        ) as server,
        running_bot(server, clock, database_url) as bot,
    ):
        await seed(bot, cast, clock)
        yield StoryWorkspace(server, clock, bot)


async def four_weeks(database_url: str, folder: Path, *, opted_in: bool) -> SampleWeeks:
    if opted_in not in PLAYED:
        async with sample_team(database_url, folder / "sample") as town:
            PLAYED[opted_in] = await _play(town, opted_in)
    return PLAYED[opted_in]


async def _play(town: StoryWorkspace, opted_in: bool) -> SampleWeeks:
    weeks, read = SampleWeeks(), defaultdict(int)
    for name in (*REPS, MIA):
        weeks.zones[name] = town.person(name).person.tz
    if opted_in:
        for name in REPS:
            await _wants_all(town.person(name))
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        for hour in STOPS:
            now = datetime(day.year, day.month, day.day, hour, 5, tzinfo=UTC)
            if now > town.clock.now():
                await town.clock.set(now)
                await town.server.settled()
            _note(town, weeks, read)
            if hour == 9 and day.weekday() < 5:
                await _a_day(town, weeks, number, day)
            if hour == 13 and day.weekday() == 4:
                weeks.homes += [await home(town.person(name)) for name in (*REPS, MIA)]
    for name in REPS:
        weeks.answers += [await tried(town.person(name), one) for one in ("/why lights", "/why consistency")]
    weeks.answers += [await tried(town.person(MIA), one) for one in ("/why lights team", "/team progress")]
    return weeks


def _note(town, weeks: SampleWeeks, read) -> None:
    for name in (*REPS, MIA):
        person = town.person(name)
        for one in told(person)[read[name] :]:
            at = one.at.astimezone(ZoneInfo(weeks.zones[name]))
            weeks.came.append(Came(name, at, text_of(person, one)))
        read[name] = len(told(person))


async def _wants_all(person) -> None:
    """Switch on whatever can be asked for in one's own settings."""
    await person.says("/rainmaker settings", channel="sales")
    view = person._workspace.modal(person.person.id)
    for block in [one for one in view.blocks if one["type"] == "input"]:
        name, offers = block["label"]["text"], block["element"].get("options") or []
        on = next(
            (one["text"]["text"] for one in offers if re.match(r"on\b|yes|each", one["text"]["text"], re.I)),
            None,
        )
        if on and block["element"]["type"] in ("radio_buttons", "static_select"):
            await person.chooses(name, on)
        elif block["element"]["type"] == "checkboxes" and offers:
            await person.chooses(name, [one["text"]["text"] for one in offers])
    await person.submits()
    if person.modal():
        await person.closes(everything=True)


async def _a_day(town, weeks: SampleWeeks, number: int, day: date) -> None:
    ana, ben, chloe, dev, elif_, femi = (town.person(name) for name in REPS)
    lines = [
        (ana, "/log 6 calls, 1 meeting"), (ana, f"/log call Quayside Cold – spoke, next step offer on {_later(day)}"),
        (ana, f"/followup Lockside {day} just checking in"), (ben, "/log email Fjord Logistics – sent the brochure"),
        (ben, "/log 8 emails"), (chloe, "/log 40 calls"), (elif_, "/log 7 service, 3 calls"),
    ]  # fmt: skip
    if number // 7 % 2 == 0:
        lines.append((femi, "/log 20 calls, 2 meetings"))
    if day.weekday() == 2:
        lines += [(ana, f"/deal won Sale {number} 6k"), (dev, "/log 1 call"), (ana, f"/deal New {number} 5k")]
    if number == 0:
        lines += [
            (ben, f"/log call {PAUSED} – spoke, no next step"),
            (chloe, "/goal 40k this month because of last year"),
        ]
        lines += [(ana, "/lead target Vale Couriers"), (ana, "/lead targets add Saltmarsh")]
    if number == 17:
        lines.append((chloe, "/deal Far Too Late 9k"))
    if number in (1, 2, 3, 4):
        lines.append((ben, f"/log email {PAUSED}"))
    for person, line in lines:
        weeks.answers.append(await tried(person, line))
        if "just checking in" in line:
            await tried(person, "/followup done Lockside")
    if number == 4 and has(r"\[[^\]]*pause", weeks.answers[-1]):
        await presses(ben, r"pause", where="sales")
        if ben.modal():
            await fills_in(ben, {})
        weeks.paused_at = town.clock.now()


def _later(day: date) -> date:
    return day + timedelta(days=3 if day.weekday() < 2 else 4)
