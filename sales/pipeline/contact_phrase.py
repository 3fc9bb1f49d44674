"""What a line says of a contact's time: "Dana prefers Tue 9–10", "Dana is in New York", "never call Dana" (57)."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sales.followups.time_window import write_windows
from sales.followups.time_window_phrase import read_windows
from sales.language.dates.zone import cities, place_said, zone_named
from sales.language.typed_text import clean, clean_name, tidy
from sales.refusal import Refusal

EXAMPLE = "/deal contact Dana prefers Tue 9:00-10:00"
AT = re.compile(r"\s+(?:at|from|of)\s+(?P<customer>.+)$", re.IGNORECASE)
MOST_OF_A_PLACE = 3  # words
QUOTES = "\"“”'"

NEVER: Mapping[str, Any] = {"never_call": True}
MAY: Mapping[str, Any] = {"never_call": False, "email_only": False}
EMAIL: Mapping[str, Any] = {"email_only": True}


class ContactSaying(NamedTuple):
    """Of whom it is said, at which customer if one was named, and what is known of them now."""

    name: str
    customer: str
    terms: Mapping[str, Any]


def _zone(text: str) -> Mapping[str, Any]:
    place = re.sub(r"^(?:the )|\s+(?:time(?: ?zone)?|zone)$", "", tidy(text), flags=re.IGNORECASE)
    return {"zone": zone_named(place)}


def _best(text: str) -> Mapping[str, Any]:
    """Return the times that words name, and the zone of a place behind them: "Tue 9-10 in New York"."""
    said, zone = _place_behind(text)
    best = {"best": write_windows(read_windows(said))}
    return best if zone is None else {**best, "zone": zone}


def _place_behind(text: str) -> tuple[str, str | None]:
    """Return words without the place they end in, and its zone; as they are, and None, where they end in none."""
    said = re.sub(r"\s+time$", "", tidy(text), flags=re.IGNORECASE)
    words = said.split(" ")
    for first in range(max(1, len(words) - MOST_OF_A_PLACE), len(words)):
        if zone := place_said(" ".join(words[first:])):
            return re.sub(r"[\s,]+in$|,$", "", " ".join(words[:first]), flags=re.IGNORECASE), zone
    return text, None


_CALLED = r"(?:(?:to (?:be )?)?(?:called|reached|contacted|take calls|calls?)\s+)?"
SAYINGS: tuple[tuple[re.Pattern[str], Callable[[str], Mapping[str, Any]]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reads)
    for pattern, reads in (
        (
            r"(?:please )?(?:never|do not|don['’]?t) (?:ever )?(?:call|phone|ring) (?P<name>.+)",
            lambda _: NEVER,
        ),
        (
            r"(?P<name>.+?) (?:never wants|does ?n[o'’]?t want|wants no) (?:to be called|calls)",
            lambda _: NEVER,
        ),
        (r"(?P<name>.+?) (?:asked )?never to be called", lambda _: NEVER),
        (r"(?P<name>.+?) (?:never(?: (?:calls?|phone|ring))?|no (?:phone )?calls)", lambda _: NEVER),
        (r"(?:only e-?mail|e-?mail only for) (?P<name>.+)", lambda _: EMAIL),
        (r"(?P<name>.+?) (?:(?:wants|prefers|takes) )?(?:e-?mails? only|only e-?mails?)", lambda _: EMAIL),
        (r"(?P<name>.+?) (?:may|can) be called(?: again)?", lambda _: MAY),
        (rf"(?P<name>.+?) (?:prefers|likes|wants) {_CALLED}(?P<said>.+)", _best),
        (
            r"(?:the )?best time (?:to (?:call|reach)|for) (?P<name>.+?) is (?P<said>.+)|"
            r"(?P<name_after>.+?) is best (?:called|reached) (?P<said_after>.+)",
            _best,
        ),
        (r"(?P<name>.+?) (?:is|sits|works|lives) (?:based )?in (?P<said>.+)", _zone),
    )
)


# "Kim is in Chicago, prefers after 2pm" is both at once.
_PLACE_FIRST = re.compile(
    r"^(?P<name>.+?) (?:is|sits|works|lives) (?:based )?in (?P<place>[^,;]+?)(?:\s*[,;]\s*|\s+)(?:and |but )?"
    r"(?:(?:she|he|they) )?(?:prefers?|likes?|wants?) (?P<said>.+)$",
    re.IGNORECASE,
)


def read_contact(text: str) -> ContactSaying:
    """Return what a line says of a contact.

    Raises:
        Refusal: for other lines, for a zone there is none of, and for times that cannot be read or contradict.
    """
    line = _PLACE_FIRST.sub(r"\g<name> prefers \g<said> in \g<place>", clean(text).rstrip(".! "))
    for pattern, reads in SAYINGS:
        said = pattern.fullmatch(line)
        if said is not None:
            held = said.groupdict()
            name = held["name"] or held.get("name_after") or ""
            return ContactSaying(*whom(name), reads(held.get("said") or held.get("said_after") or ""))
    raise Refusal(
        "Say who, and when they like to be called, where they are, or that they never do.", example=EXAMPLE
    )


def whom(text: str) -> tuple[str, str]:
    """Return the name, and the customer they are at where one was named: "Dana at Acme"."""
    at = AT.search(text)
    name = clean_name(text[: at.start()] if at is not None else text, "who").strip(QUOTES)
    return name, at["customer"].strip(QUOTES) if at is not None else ""


# Plain words: only what can be nothing else, a day or an hour behind "prefers", a city behind "is in".
WHEN = (
    r"(?:on |at |in the |between |after |before |from |not before )?(?:\d|noon|mon|tue|wed|thu|fri|weekday|morning"
    r"|lunch|(?:late )?afternoon|evening)"
)
PLACE = "|".join(sorted((re.escape(city).replace("_", "[ _]") for city in cities()), key=len, reverse=True))
PLAIN = (
    r"((?:never|do not|don['’]?t) (?:ever )?(?:call|phone|ring) .+)",
    r"(.+ (?:never wants|does ?n[o'’]?t want|wants no) (?:to be called|calls))",
    rf"(.+ (?:prefers|likes|wants) {_CALLED}{WHEN}.*)",
    r"((?:the )?best time to (?:call|reach) .+ is .+)",
    rf"(.+ (?:is|sits|works|lives) (?:based )?in (?:{PLACE}|[a-z]+/[a-z_]+)(?: time)?)",
    r"(.+ (?:(?:wants|prefers|takes) )?e-?mails? only)",
    r"(.+ (?:may|can) be called again)",
)
