"""What a line says of a source: "webinar 5 min 1 h", "cold list no clock"; a span alone is asked about (38)."""

import re
from datetime import timedelta
from typing import NamedTuple

from sales.language.figures import duration
from sales.language.typed_text import clean, clean_name, shorten, tidy
from sales.prospects.source import INBOUND_LIMIT, INBOUND_TARGET, MAX_MINUTES
from sales.refusal import Reading, Refusal

EXAMPLE = "/team source webinar 5 min 1 h"
SPAN = re.compile(
    r"(?P<count>\d{1,5})\s*(?P<unit>min(?:ute)?s?|m|h(?:ou)?rs?|h|(?:working\s+)?d(?:ay)?s?)(?![\w])", re.I
)
NO_CLOCK = re.compile(
    r"[\s,:–—-]+(?:no clock|without (?:a )?clock|off|none|never|not (?:called|timed))\s*$", re.I
)
USUAL = re.compile(r"[\s,:–—-]+(?:default|as usual|usual|reset)\s*$", re.I)
LIMIT_FIRST = re.compile(r"\b(?:limit|sla|at the latest|at most)\b.*\b(?:target|goal)\b", re.I)
WORDS_BETWEEN = re.compile(
    r"\b(?:target|goal|within|limit|sla|at the latest|at most|and|then|to|of|in|is|are|:)(?!\w)|[,;:/–—-]",
    re.I,
)


class SourceSaying(NamedTuple):
    """A source by name, and how soon its leads are called; no clock where both are None, unless it is as usual."""

    name: str
    target: timedelta | None = None
    limit: timedelta | None = None
    is_usual: bool = False


def read_source(text: str, working_day: timedelta) -> SourceSaying:
    """Return what a line says of a source; a day is a working day of so much time.

    Raises:
        Refusal: without a name, or a span that can be read; of one span with both readings, the target or the limit.
    """
    line = clean(text)
    for pattern, said in ((NO_CLOCK, SourceSaying("")), (USUAL, SourceSaying("", is_usual=True))):
        if found := pattern.search(line):
            return said._replace(name=named(line[: found.start()]))
    spans = list(SPAN.finditer(line))
    if not spans:
        raise Refusal(
            "How soon is somebody from there to be called? Write the target and the limit.", example=EXAMPLE
        )
    name = named(line[: spans[0].start()])
    rest = tidy(WORDS_BETWEEN.sub(" ", SPAN.sub(" ", line[spans[0].start() :])))
    if rest or len(spans) > 2:
        raise Refusal(
            f"I read a name, a target and a limit. What is “{shorten(rest or line)}”?", example=EXAMPLE
        )
    lengths = [length(one, working_day) for one in spans]
    if len(lengths) == 1:
        raise one_span(name, lengths[0])
    target, limit = reversed(lengths) if LIMIT_FIRST.search(line) else lengths
    if target > limit:
        first, second = (one[0].strip() for one in spans)
        raise longer_target(name, first, second)
    return checked(name, target, limit)


def longer_target(name: str, target: str, limit: str, field: str | None = None) -> Refusal:
    """Return the refusal of a target that is longer than its limit, with the two changed over as the mend."""
    return Refusal(
        f"The target comes first, and is the shorter of the two: {target} is longer than {limit}.",
        field=field,
        example=f"/team source {name} {limit} {target}",
    )


def named(text: str) -> str:
    """Return the name of a source, without what leads to its span.

    Raises:
        Refusal: if there is none.
    """
    plain = re.sub(r"^(?:source|leads?)\s+(?:from\s+)?", "", text, flags=re.I)
    name = clean_name(
        re.sub(r"[\s,:;–—-]*\b(?:target|goal|limit|sla|within|in)?[\s,:;–—-]*$", "", plain, flags=re.I),
        "name",
    )
    name = name.strip("\"“”'")
    if not any(letter.isalnum() for letter in name):
        raise Refusal("Which source?", field="name", example=EXAMPLE)
    return name


def length(found: re.Match[str], working_day: timedelta) -> timedelta:
    count, unit = int(found["count"]), found["unit"].lower()
    if "d" in unit:
        return count * working_day
    return timedelta(hours=count) if unit.startswith("h") else timedelta(minutes=count)


def checked(name: str, target: timedelta, limit: timedelta, field: str | None = None) -> SourceSaying:
    """Return what is said of a source.

    Raises:
        Refusal: for a span of nothing, or of more than a month.
    """
    if target < timedelta(minutes=1):
        raise Refusal("A minute is the least that can be asked for.", field=field, example=EXAMPLE)
    if limit > timedelta(minutes=MAX_MINUTES):
        raise Refusal(
            "That is more than a month. Say “no clock” instead.",
            field=field,
            example=f"/team source {name} no clock",
        )
    return SourceSaying(name, target, limit)


def one_span(name: str, span: timedelta) -> Refusal:
    """Return the question whether a span is what is aimed for, or what must not be missed."""
    minutes = int(span.total_seconds() // 60)
    limit = max(INBOUND_LIMIT, span)
    target = min(INBOUND_TARGET, span)
    return Refusal(
        f"Is {duration(span)} the target, or the limit?",
        readings=[
            Reading(
                f"The target; {duration(limit)} is the limit",
                f"/team source {name} {minutes} min {int(limit.total_seconds() // 60)} min",
            ),
            Reading(
                f"The limit; {duration(target)} is the target",
                f"/team source {name} {int(target.total_seconds() // 60)} min {minutes} min",
            ),
        ],
    )


def read_span(typed: str, working_day: timedelta, field: str) -> timedelta | None:
    """Return a span that stands alone in a field; None where it is empty. A bare number is minutes.

    Raises:
        Refusal: naming the field, for other words.
    """
    line = clean(typed, field=field)
    if not line:
        return None
    found = SPAN.fullmatch(line if not line.isdecimal() else f"{line} min")
    if found is None:
        raise Refusal("Write it as “5 min”, “1 h” or “2 days”.", field=field)
    return length(found, working_day)
