"""Weeks of the sample team, lived through: how many messages came to whom, and a transcript of everything said.

Reps have habits by a seed: they promise, log, win, tick in the evening, or leave it be. Nothing is timed but the whole.
"""

import asyncio
import random
import statistics
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rig.report import Report, arguments, at_most

from bot.logs import set_up
from playground.boot import OpenBox, PlaygroundOptions, opened_box
from playground.boot.cast import Player
from playground.transcript import MrkdwnReader, read_message
from playground.visitor.person import Visitor
from playground.visitor.search import NotSeen

STOPS = ("09:10", "13:00", "16:35", "22:35")  # morning, noon, the day's end here, and an ocean further
FAULT = "the fault is ours"  # as the answer to a press says it
PROBLEMS = 5  # of what Slack refused, shown
CAP = 4  # messages a rep a day, at most
WHAT = ("send the ROI sheet", "call back", "send the quote", "ask about the pilot", "agree the next step")
WHOM = ("Acme", "Globex", "Initech", "Hooli", "Umbrella", "Vandelay", "Wayne", "Stark")
WHEN = ("today", "today", "tomorrow", "fri", "in 3 days", "next monday", "tomorrow 2pm")


@dataclass
class Weeks:
    """The team in its box, and who does what by chance."""

    box: OpenBox
    chance: random.Random
    deals: int = 0

    @property
    def zone(self) -> str:
        return self.box.cast.zone

    def reps(self) -> list[Player]:
        return [rep for team in self.box.cast.teams for rep in team.reps]

    def visitor(self, player: Player) -> Visitor:
        return Visitor(self.box.server, self.box.server.workspace.people[player.user_id])

    async def live(self, first: date, days: int) -> None:
        """Live through days, each stop of them."""
        for number in range(days):
            day = first + timedelta(days=number)
            for stop in STOPS:
                at = datetime.fromisoformat(f"{day}T{stop}").replace(tzinfo=ZoneInfo(self.zone))
                if at <= self.box.clock.now():
                    continue
                await self.box.clock.jump(f"{day}T{stop}", self.zone)
                await self.box.server.settled()
                if day.weekday() < 5:
                    await self.act(stop)

    async def act(self, stop: str) -> None:
        """Let everybody do what they do at this time of day."""
        for rep in self.reps():
            person = self.visitor(rep)
            if stop == STOPS[0]:
                await self.plan(person)
            elif stop == STOPS[1]:
                await self.sell(person)
            else:
                await self.settle(person)
        if stop == STOPS[0]:
            for team in self.box.cast.teams:
                await self.visitor(team.manager).opens_home()

    async def plan(self, person: Visitor) -> None:
        await person.opens_home()
        for _ in range(self.chance.choice((0, 1, 1, 2))):
            whom, when, what = (self.chance.choice(some) for some in (WHOM, WHEN, WHAT))
            await person.says(f"/followup {whom} {when} {what}")

    async def sell(self, person: Visitor) -> None:
        if self.chance.random() < 0.7:
            calls = self.chance.randint(1, 12)
            await person.says(f"/log {calls} calls {self.chance.randint(1, 3)} meetings")
        if self.chance.random() < 0.15:
            self.deals += 1
            name = f"{self.chance.choice(WHOM)} site {self.deals}"
            await person.says(f"/deal {name} {self.chance.randint(4, 40)}k")
            if self.chance.random() < 0.4:
                await person.says(f"/deal won {name}")
            elif self.chance.random() < 0.7:
                await self.let_in(person)

    async def let_in(self, person: Visitor) -> None:
        """Let the deal that was typed last past the entry gate."""
        await person.clicks("Count it anyway…")
        await person.chooses("Why does it count?", "They asked for a quote")
        await person.submits()

    async def settle(self, person: Visitor) -> None:
        """Answer an evening prompt, if one is there and the person feels like it."""
        if self.chance.random() < 0.35:
            return
        for label in ("Move the rest to tomorrow", "Keep and move to tomorrow"):
            with suppress(NotSeen):
                await person.clicks(label)
                return

    def sent(self) -> Counter[tuple[str, date]]:
        """Return how many messages came by themselves to each rep on each day of theirs."""
        zones = {rep.user_id: ZoneInfo(rep.zone) for rep in self.reps()}
        channels = {
            channel.id: channel.person
            for channel in self.box.server.workspace.channels.values()
            if channel.person
        }
        answers = self.answers()
        found: Counter[tuple[str, date]] = Counter()
        for one in self.box.server.log.accepted:
            owner = channels.get(one.channel or "")
            if one.method != "chat.postMessage" or owner not in zones or one.only_for or one.ts in answers:
                continue
            found[owner, one.at.astimezone(zones[owner]).date()] += 1
        return found

    def answers(self) -> set[str]:
        """Return the messages that answer what somebody just wrote."""
        found: set[str] = set()
        for channel in self.box.server.workspace.channels.values():
            before = None
            for message in channel.messages:
                if message.user != self.box.server.workspace.bot.id:
                    before = message.at
                elif before is not None and message.at - before < timedelta(seconds=60):
                    found.add(message.ts)
        return found

    def faults(self) -> int:
        """Return how often somebody was told that something did not work for a fault of ours."""
        return sum(
            FAULT in (message.text or "")
            for channel in self.box.server.workspace.channels.values()
            for message in channel.messages
        )

    def transcript(self) -> str:
        """Return everything that stands, place by place, as its reader sees it."""
        workspace, parts = self.box.server.workspace, list[str]()
        for channel in workspace.channels.values():
            parts.append(f"# {channel.name}")
            for message in channel.messages:
                reader = workspace.people.get(message.only_for or channel.person or "") or next(
                    iter(workspace.people.values())
                )
                said = read_message(message, MrkdwnReader(workspace, reader, self.box.clock.now()))
                parts.append(f"**{message.at:%a %d %b %H:%M}** {said}")
        return "\n\n".join(parts)


async def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--transcript", type=Path, help="write everything that was said to this file")
    set_up("critical")  # a fault is counted where it was told
    given, report, since = parser.parse_args(), Report(), time.perf_counter()
    async with opened_box(PlaygroundOptions(port=0)) as box:
        weeks = Weeks(box, random.Random(given.seed))
        first = box.clock.now().astimezone(ZoneInfo(weeks.zone)).date()
        days = 7 * (1 if given.quick else given.weeks)
        await weeks.live(first, days)
        sent = weeks.sent()
        working = [
            first + timedelta(days=at) for at in range(days) if (first + timedelta(days=at)).weekday() < 5
        ]
        each = [sent[rep.user_id, day] for rep in weeks.reps() for day in working]
        report.add("messages a rep a working day, mean", statistics.mean(each), "")
        report.add("messages a rep a day, most", max(sent.values(), default=0), "", None, at_most(CAP))
        report.add("refused by Slack", len(box.server.problems), "", None, at_most(0))
        report.add("faults of ours told", weeks.faults(), "", None, at_most(0))
        report.add("seconds for all of it", time.perf_counter() - since, "s")
        for count, many in sorted(Counter(each).items()):
            report.add(f"days of a rep with {count} messages", many, "")
        for problem in list(dict.fromkeys(map(str, box.server.problems)))[:PROBLEMS]:
            print(problem)
        if given.transcript:
            given.transcript.write_text(weeks.transcript(), "utf-8")
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
