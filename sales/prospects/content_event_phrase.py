"""Content events as their senders tell them: what each field may be called, and what it may say (mechanism 41)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sales.language.typed_text import MAX_NAME, clean
from sales.prospects.content_event import MAX_EMAIL, MAX_EVENT_ID, ContentAction, ContentEvent
from sales.refusal import Refusal

AHEAD = timedelta(minutes=5)  # of our clock, which a sender's may be
AN_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

SAYS: Mapping[ContentAction, frozenset[str]] = {
    ContentAction.READ: frozenset(
        {"read", "view", "viewed", "views", "open", "opened", "visit", "visited", "page view", "pageview", "click",
         "clicked", "read article", "email open", "email click"}
    ),
    ContentAction.DOWNLOADED: frozenset({"download", "downloaded", "downloads", "saved"}),
    ContentAction.WATCHED: frozenset({"watch", "watched", "play", "played", "video", "video view"}),
    ContentAction.ATTENDED: frozenset({"attend", "attended", "webinar", "joined", "event", "registered", "signed up"}),
    ContentAction.ASKED: frozenset(
        {"ask", "asked", "request", "requested", "form", "form submitted", "form submission", "submitted", "contacted",
         "demo request", "inquiry", "enquiry"}
    ),
}  # fmt: skip
FIELDS: Mapping[str, tuple[str, ...]] = {
    "event_id": ("id", "event_id"),
    "email": ("email", "e-mail"),
    "name": ("name", "person", "full_name"),
    "account": ("account", "company", "firm", "organization", "organisation"),
    "content": ("content", "title", "asset", "page"),
    "action": ("action", "event", "type"),
    "happened_at": ("at", "happened_at", "occurred_at", "timestamp"),
}
LONGEST: Mapping[str, int] = {"event_id": MAX_EVENT_ID, "email": MAX_EMAIL}


def read_events(said: Any, most: int, now: datetime) -> list[ContentEvent]:
    """Return the events that a request tells of: one, or several under `events` or in a list.

    Raises:
        Refusal: for anything else, with the field at fault; nothing of the request is taken then.
    """
    listed = said.get("events") if isinstance(said, dict) and "events" in said else said
    every = listed if isinstance(listed, list) else [listed]
    if not every:
        raise Refusal("There is no event in it.", field="events")
    if len(every) > most:
        raise Refusal(f"{len(every)} events are more than {most} in one request.", field="events")
    return [read_event(one, now) for one in every]


def read_event(said: Any, now: datetime) -> ContentEvent:
    """Return one event as its sender tells it.

    Raises:
        Refusal: naming the field that is missing or wrong.
    """
    if not isinstance(said, dict):
        raise Refusal(
            "An event is an object with an id, a content and an e-mail or an account.", field="events"
        )
    text = {name: one_of(said, name) for name in FIELDS}
    return event_of(text, now)


def one_of(said: Mapping[str, Any], name: str) -> str:
    """Return what a sender says under one of the names of a field, on one line; empty where nothing is said."""
    for key in FIELDS[name]:
        value = said.get(key)
        if value is None or value == "":
            continue
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Refusal(f"{key} is no text.", field=key)
        return clean(str(value), LONGEST.get(name, MAX_NAME), key)
    return ""


def event_of(text: Mapping[str, str], now: datetime) -> ContentEvent:
    """Return an event of what is said in its fields, each on one line.

    Raises:
        Refusal: naming the field that is missing or wrong.
    """
    for name in ("event_id", "content"):
        if not text[name]:
            raise Refusal(f"{FIELDS[name][0]} is missing.", field=FIELDS[name][0])
    if not (text["email"] or text["account"]):
        raise Refusal(
            "It says of nobody that they did this: an email or an account is needed.", field="email"
        )
    if text["email"] and not AN_ADDRESS.fullmatch(text["email"]):
        raise Refusal("email is no address.", field="email")
    return ContentEvent(
        event_id=text["event_id"],
        email=text["email"],
        name=text["name"],
        account=text["account"] or None,
        content=text["content"],
        action=read_action(text["action"]),
        happened_at=read_instant(text["happened_at"], now),
    )


def read_action(said: str) -> ContentAction:
    """Return what was done; where nothing is said it was read.

    Raises:
        Refusal: for a word that means none of them.
    """
    word = " ".join(said.casefold().replace("_", " ").replace("-", " ").split())
    found = next((action for action, words in SAYS.items() if word in words), None)
    if found is not None or not word:
        return found or ContentAction.READ
    known = ", ".join(action.value for action in ContentAction)
    raise Refusal(f"action is none of {known}.", field="action")


def read_instant(said: str, now: datetime) -> datetime:
    """Return when something happened, in UTC: as ISO 8601 with a zone, or seconds since 1970; now where it is not said.

    Raises:
        Refusal: for anything else, and for what is still to come.
    """
    if not said:
        return now
    try:
        at = (
            datetime.fromtimestamp(float(said), UTC)
            if said.replace(".", "", 1).isdigit()
            else datetime.fromisoformat(said)
        )
    except (ValueError, OverflowError, OSError):
        raise Refusal("at is no instant such as 2026-11-27T10:00:00Z.", field="at") from None
    if at.tzinfo is None:
        raise Refusal("at has no zone. Write it as 2026-11-27T10:00:00Z.", field="at")
    at = at.astimezone(UTC)
    if at > now + AHEAD:
        raise Refusal("at is still to come.", field="at")
    return min(at, now)
