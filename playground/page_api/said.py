"""Everything that was said in the workspace, as its readers read it: for a page, and as Markdown to take away."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from playground.channels import Channel, PostedMessage, ts_micros
from playground.page_api.state import iso
from playground.people import Person
from playground.server import SlackServer
from playground.transcript import MrkdwnReader, read_body

Json = dict[str, Any]


def said(server: SlackServer, person: Person, asked: Mapping[str, str]) -> Json:
    """Every message since `since` (an instant in ISO form), oldest first, in this person's time.

    Messages stand as they read now; what was edited says so. A direct message is read as its person reads it.
    """
    since = _instant(asked.get("since", ""))
    found = [
        _line(server, person, channel, message)
        for channel in server.workspace.channels.values()
        for message in channel.messages
        if not message.deleted and (since is None or message.at >= since)
    ]
    return {"said": sorted(found, key=lambda line: ts_micros(line["ts"]))}


def markdown(server: SlackServer, person: Person, asked: Mapping[str, str]) -> str:
    """The same as Markdown: a heading for each day, a paragraph for each message."""
    parts = [f"# What was said at {server.workspace.name}", f"Times are {person.shown_as}’s ({person.tz})."]
    for day, lines in groupby(said(server, person, asked)["said"], key=lambda line: line["day"]):
        parts.append(f"## {day}")
        for line in lines:
            body = "\n".join(f"> {row}" if row else ">" for row in line["text"].split("\n"))
            parts.append(f"**{line['time']} · {line['where']} · {line['who']}**{_notes(line)}\n\n{body}")
    return "\n\n".join(parts) + "\n"


def _line(server: SlackServer, person: Person, channel: Channel, message: PostedMessage) -> Json:
    people = server.workspace.people
    reader = people.get(message.only_for or channel.person or person.id, person)
    local = message.at.astimezone(person.zone)
    author = people.get(message.user)
    return {
        "ts": message.ts,
        "at": iso(message.at),
        "day": f"{local:%A} {local.day} {local:%B %Y}",
        "time": f"{local:%H:%M}",
        "channel": channel.id,
        "where": reader.shown_as if channel.kind == "dm" else f"#{channel.name}",
        "who": author.shown_as if author else message.user,
        "only_for": reader.shown_as if message.only_for and channel.kind != "dm" else None,
        "edited": message.edited_ts is not None,
        "text": read_body(message, MrkdwnReader(server.workspace, reader, server.clock.now())),
    }


def _notes(line: Json) -> str:
    notes = [f"only {line['only_for']} sees this"] if line["only_for"] else []
    notes += ["edited since"] if line["edited"] else []
    return f" ({', '.join(notes)})" if notes else ""


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
