"""A fortnight of a small team, played once for a process and kept as what was seen: texts, sizes, times."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playground.transcript.mrkdwn import read
from playground.visitor.search import NotSeen
from tests.stories.face import books
from tests.stories.face.books import HERE, TODAY
from tests.stories.face.seen import lines, presses, reader_of, size

DAYS = 24  # from Monday 14 September to Wednesday 7 October: an end and a start of a quarter are among them
KEPT: dict[str, object] = {}


@dataclass(frozen=True)
class SaidThen:
    """One message as it stood in the end, or one view as it stood that day."""

    where: str
    at: datetime
    notification: str
    lines: list[str]
    size: int
    private: bool
    raw: str = ""  # the notification as it was sent

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class PlayedWeeks:
    messages: list[SaidThen]
    views: list[SaidThen]
    echoes: list[str]
    sent: list[tuple[str, datetime]]  # channel and time of each message that was sent on the bot's own

    @property
    def everything(self) -> list[SaidThen]:
        return [*self.messages, *self.views]


async def a_fortnight(town) -> PlayedWeeks:
    if "fortnight" not in KEPT:
        KEPT["fortnight"] = await _play(town)
    return KEPT["fortnight"]


def _views(town, found: list[SaidThen]) -> None:
    for name in ("ana", "ben", "mia"):
        person = town.person(name)
        view = town.server.workspace.homes.get(person.person.id)
        if view is not None:
            said = lines(view.blocks, reader_of(person))
            found.append(SaidThen(f"Home of {name}", town.clock.now(), "", said, size(view.blocks), True))
        modal = town.server.workspace.modal(person.person.id)
        if modal is not None:
            said = lines(modal.blocks, reader_of(person))
            found.append(SaidThen(f"form of {name}", town.clock.now(), "", said, size(modal.blocks), True))


async def _tries(person, pattern: str, where: str, echoes: list[str]) -> None:
    """Press something if it is there, and note whether a message came where only an edit was due."""
    place = person._place(where)
    count = len(place.messages)
    try:
        reads = await presses(person, pattern, where=where)
    except (AssertionError, NotSeen):
        return
    if person.modal() is None and len(place.messages) > count:
        echoes.append(f"“{reads}” in {where} was followed by: {place.messages[-1].text}")


async def _play(town) -> PlayedWeeks:
    ana, ben, mia = (town.person(name) for name in ("ana", "ben", "mia"))
    views: list[SaidThen] = []
    echoes: list[str] = []
    await books.a_record(town)
    await books.still_open(town, "U2", 5, TODAY - timedelta(days=40))
    for person, line in (
        (ana, "/goal 18k this quarter because two big renewals"), (ana, "/goal 45k next quarter because of last year"),
        (ben, "/goal 30k this quarter because of last year"), (ben, "/goal 50 calls this week"),
    ):  # fmt: skip
        await person.says(line, channel="sales")
    for number in range(DAYS):
        day = TODAY + timedelta(days=number)
        if number:
            await town.jump(f"{day} 09:15", HERE)
        if day.weekday() > 4:
            continue
        await _a_day(town, number, day, ana, ben, mia, echoes, views)
    messages = []
    for channel in town.server.workspace.channels.values():
        for one in channel.messages:
            if one.user == town.server.workspace.bot.id and not one.deleted:
                reader = reader_of(town.person(one.only_for or channel.person or "U1"))
                said = lines(one.blocks, reader) if one.blocks else read(one.text, reader).split("\n")
                pushed = read(one.text, reader)
                messages.append(
                    SaidThen(channel.id, one.at, pushed, said, size(one.blocks), bool(one.only_for), one.text)
                )
    sent = [
        (one.channel, one.at)
        for one in town.server.log.accepted
        if one.method == "chat.postMessage" and not one.only_for
    ]
    return PlayedWeeks(messages, views, echoes, sent)


async def _a_day(town, number: int, day: date, ana, ben, mia, echoes, views) -> None:
    await ana.says(f"/followup Acme{number} today send the ROI sheet", channel="sales")
    await _tries(ana, r"^Done$", "sales", echoes)
    await _tries(ana, r"^Reopen$|^Undo$", "sales", echoes)
    await ana.says(f"/followup Globex{number} tomorrow call Dana because they renew", channel="sales")
    await ana.says(f"/followup Hooli{number} today 2pm call Gavin", channel="sales")
    await ben.says(f"/followup Initech{number} today call Bill", channel="sales")
    await ana.says("/log 4 calls 1 meeting", channel="sales")
    if number % 5 == 1:
        await ben.says(f"/deal Customer{number} 6k", channel="sales")
        await ben.says(f"/deal won Customer{number} 6k", channel="sales")
    if number % 7 == 2:
        for line in (
            "/goal",
            "/goal history",
            "/runway",
            "/deal",
            "/team progress",
            "/goal scoreboard",
            "/rainmaker help",
        ):
            await ana.says(line, channel="sales")
        for line in (
            "/team",
            "/team digest",
            "/team scoreboard",
            "/team winrates",
            "/runway team",
            "/goal @ana",
        ):
            await mia.says(line, channel="sales")
    for person in (ana, mia):
        await person.opens_home()
    _views(town, views)
    await town.jump(f"{day} 14:05", HERE)
    await town.jump(f"{day} 16:40", HERE)
    if ana._place(None).messages and number:
        await _tries(ana, r"^Done$|^Tomorrow$|^Move the rest", town.dm("ana"), echoes)
        await _tries(ana, r"^\+1 call$", town.dm("ana"), echoes)
    await town.jump(f"{day} 16:40", "America/New_York")
    for person in (ana, ben):
        await person.opens_home()
    _views(town, views)


def local(at: datetime, zone: str = HERE) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def numbers(text: str) -> set[str]:
    return {one.rstrip(".,:") for one in re.findall(r"\d[\d.,:]*", text)}
