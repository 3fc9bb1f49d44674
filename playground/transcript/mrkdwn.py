"""mrkdwn as a person reads it: tags resolved, entities unescaped, dates in the reader's zone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from playground.people import Person
from playground.text import unescape
from playground.workspace import Workspace

_TAG = re.compile(r"<([^<>]+)>")
_TOKEN = re.compile(r"\{(\w+)\}")
_SPECIAL = {"here": "@here", "channel": "@channel", "everyone": "@everyone"}
_MARKS = tuple(
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]+?)(?<=\S){mark}(?![\w{mark}])")
    for mark in (r"\*", "_", "~", "`")
)
_KEPT = re.compile("\x00(\\d+)\x00")


@dataclass(frozen=True)
class MrkdwnReader:
    """Who reads, where names come from, and what day it is for “today”."""

    workspace: Workspace
    person: Person
    now: datetime


def read(text: str, reader: MrkdwnReader) -> str:
    """The text without markup: mentions by name, links by label, dates local, `&amp;` as &."""
    tags: list[str] = []

    def keep(match: re.Match[str]) -> str:
        tags.append(_tag(match[1], reader))
        return f"\x00{len(tags) - 1}\x00"

    bare = _TAG.sub(keep, text.replace("```", ""))
    for mark in _MARKS:
        bare = mark.sub(lambda match: match[1], bare)
    return _KEPT.sub(lambda match: tags[int(match[1])], unescape(bare))


def _tag(inside: str, reader: MrkdwnReader) -> str:
    body, _, label = inside.partition("|")
    if body.startswith("!date^"):
        return _date(body, unescape(label), reader)
    if body.startswith("!subteam^"):
        group = reader.workspace.groups.get(body.removeprefix("!subteam^"))
        return f"@{group.handle}" if group else unescape(label) or body
    if body.startswith("!"):
        return _SPECIAL.get(body[1:], unescape(label) or f"<{inside}>")
    if body.startswith("@"):
        person = reader.workspace.people.get(body[1:])
        return f"@{person.shown_as}" if person else f"@{label or 'unknown person'}"
    if body.startswith("#"):
        channel = reader.workspace.channels.get(body[1:])
        return f"#{channel.name}" if channel else f"#{label or 'unknown channel'}"
    if label or "://" in body or body.startswith("mailto:"):
        return unescape(label) or unescape(body.removeprefix("mailto:"))
    return unescape(f"<{inside}>")


def _date(body: str, fallback: str, reader: MrkdwnReader) -> str:
    _, stamp, form, *_ = [*body.split("^"), "", ""]
    try:
        at = datetime.fromtimestamp(int(stamp), UTC).astimezone(reader.person.zone)
    except (ValueError, OverflowError, OSError):
        return fallback
    today = reader.now.astimezone(reader.person.zone).date()
    unknown = [token for token in _TOKEN.findall(form) if token not in DATE_TOKENS]
    if unknown or not form:
        return fallback
    return unescape(_TOKEN.sub(lambda match: DATE_TOKENS[match[1]](at, today), form))


def _ordinal(day: int) -> str:
    suffix = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def _pretty(at: datetime, today: date, otherwise: Callable[[datetime], str]) -> str:
    near = {timedelta(0): "today", timedelta(days=-1): "yesterday", timedelta(days=1): "tomorrow"}
    return near.get(at.date() - today) or otherwise(at)


def _long(at: datetime) -> str:
    return f"{at:%A, %B} {_ordinal(at.day)}, {at.year}"


def _medium(at: datetime) -> str:
    return f"{at:%B} {_ordinal(at.day)}, {at.year}"


def _short(at: datetime) -> str:
    return f"{at:%b} {at.day}, {at.year}"


def _clock(at: datetime, seconds: str = "") -> str:
    return f"{at.hour % 12 or 12}:{at:%M}{seconds} {at:%p}"


DATE_TOKENS: dict[str, Callable[[datetime, date], str]] = {
    "date_num": lambda at, today: f"{at:%Y-%m-%d}",
    "date_slash": lambda at, today: f"{at:%m/%d/%Y}",
    "date": lambda at, today: _medium(at),
    "date_short": lambda at, today: _short(at),
    "date_long": lambda at, today: _long(at),
    "date_pretty": lambda at, today: _pretty(at, today, _medium),
    "date_short_pretty": lambda at, today: _pretty(at, today, _short),
    "date_long_pretty": lambda at, today: _pretty(at, today, _long),
    "time": lambda at, today: _clock(at),
    "time_secs": lambda at, today: _clock(at, f":{at:%S}"),
}
