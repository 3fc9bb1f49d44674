"""Deals as people type them: "Acme 24k closes 15 Dec", "won Acme", "Acme lost: went with a competitor"."""

import re
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.language.dates.instants import local_date
from sales.language.dates.spoken.circumstances import Facing
from sales.language.dates.spoken.reading import PastDate, When, find_when
from sales.language.emoji import apart
from sales.language.figures import long_day, month_day
from sales.language.money import SHORT_EXAMPLE, Amount, find_money, parse_money
from sales.language.names.mention import guessed_name, sure_name
from sales.language.typed_text import MAX_WORDS, blank_spans, clean, clean_name, tidy
from sales.refusal import Refusal

EXAMPLE = "Acme 24k closes 15 Dec"

MONTH = timedelta(days=30)  # how far ahead an example moves a deal

_NAME = "\x01"  # `clean` leaves none in a text, so it can hold a name's place


class DealAction(StrEnum):
    """What is wanted of a deal. CREATE also means "set its value" where the deal exists already."""

    LIST = "list"
    SHOW = "show"
    CREATE = "create"
    WON = "won"
    LOST = "lost"
    MOVE = "move"
    PARK = "park"
    REOPEN = "reopen"


class DealDraft(NamedTuple):
    """What a sentence says of a deal. `account` is set where a known or quoted name was found.

    `closes` is the expected close (CREATE, MOVE), `on` the local day it was won or lost, `until` the day a
    parked deal wakes; each None if not said.
    """

    action: DealAction
    name: str
    account: str | None = None
    value_minor: int | None = None
    closes: date | None = None
    on: date | None = None
    until: date | None = None
    reason: str = ""


# What the words at the beginning ask for; the same words behind the name count too, where they may.
_VERBS: tuple[tuple[DealAction, str, bool], ...] = (
    (DealAction.WON, r"closed[- ]won|close[- ]won|won|win|signed", True),
    (DealAction.LOST, r"closed[- ]lost|close[- ]lost|lost|lose", True),
    (DealAction.PARK, r"park|parked|shelve|shelved", True),
    (DealAction.REOPEN, r"reopen|reopened|re-open|unpark|wake", True),
    (DealAction.MOVE, r"move|push|pull|slip|reschedule", False),
    (DealAction.SHOW, r"show|view|details of|status of", False),
    (DealAction.CREATE, r"create|add|new|register", False),
)
_LEAD_IN = re.compile(r"^(?:(?:i(?:['’]ve)?|we(?:['’]ve)?|just|please|have|mark|set)\s+)+", re.I)
_LIST = re.compile(
    r"(?:(?:list|show|view)\s*)?(?:all|mine|my|open|the)?\s*(?:deals|opportunities|opps)?|list|mine|all", re.I
)
_CLOSED = re.compile(r"^closed?(?!\w|[- ](?:won|lost))", re.I)
_THING = re.compile(r"^(?:(?:a|an|the|my|our|deal|opportunity|opp|with|for|as|on|to)\s+)+(?=\S)", re.I)
_THING_LAST = re.compile(
    r"(?:\s+(?:deal|opportunity|opp|for|worth|at|value|valued|closes?|closing|close date|expected(?: close)?"
    r"|by|on|due|until|till|to|with|as|is|was|it|the))+$",
    re.I,
)
_DATE_WORDS = re.compile(
    r"(?:(?<!\w)(?:closes?|closing|close date|expected(?: to)?(?: close)?|due|until|till|to|by|on|is)\s+)+$",
    re.I,
)
_BECAUSE = re.compile(r"[\s,;:–—-]{0,3}(?<!\w)(?:because(?: of)?|reason\s*:|reason is|due to)\s*", re.I)
_PAUSE = re.compile(r"\s[–—-]+\s|[:;]\s|,\s|\s\((?=[^)]*\)?$)")
_CAUSE = re.compile(
    r"(?<!\w)(?:price|pricing|budget|timing|competitors?|competition|went|going|no|too|chose|over|silent|ghosted"
    r"|to|not|didn['’]t|they|wrong|bad|never|priorities|internal)(?!\w)",
    re.I,
)
_WORTH = re.compile(r"(?<!\w)(?:for|worth|value|valued at)\s+(?P<amount>[0-9]{1,3})$", re.I)


_LIKE_AMOUNT = re.compile(r"\s([-−+]?[$€£¥]?\d[\d.,]*[km]?)$", re.I)


@apart
def read_deal(
    text: str,
    now: datetime,
    zone: str,
    currency: str,
    known: Collection[str] = (),
    *,
    fiscal_year_start: int = 1,
) -> DealDraft:
    """Return which deal is meant and what is to happen to it. No text lists the deals.

    A name alone shows the deal, a name with a value creates it, a name with a coming day moves its close.
    Values are whole minor units of `currency`.

    Raises:
        PastDate: for an expected close or a wake-up day that is over (field "closes" or "until").
        Refusal: where no deal is named, an amount cannot stand, or a win lies in the future.
    """
    line = _LEAD_IN.sub("", clean(text))
    if _LIST.fullmatch(line):
        return DealDraft(DealAction.LIST, "")
    named = sure_name(line, known, any_quote=True)
    if named:
        line = f"{line[: named.start]}{_NAME}{line[named.end :]}"
    if _CLOSED.match(line):
        rest = tidy(_CLOSED.sub("", line)).replace(_NAME, named.name if named else "") or "Acme"
        raise Refusal("Won or lost? Say which.", field="action", example=f"won {rest}")
    action, line = _action(line)
    body, reason = _split_reason(line, action)

    def dated(words: str) -> When | None:
        facing = Facing.BACK if action in (DealAction.WON, DealAction.LOST) else Facing.AHEAD
        return find_when(
            words,
            now,
            zone,
            facing=facing,
            closing=facing is Facing.AHEAD,
            fiscal_year_start=fiscal_year_start,
        )

    account = named.name if named else None
    try:
        body, when = _cut_day(body, action, dated)
        body, value = _cut_money(body, currency)
        if value is None and (slip := _LIKE_AMOUNT.search(body)):
            _refuse_amount(slip, body, currency)
    except Refusal as refusal:
        refusal.example = _whole(refusal.example, action, account)
        raise
    name, reason = _name_and_reason(body, reason, action, account)
    if not name:
        raise Refusal("Which deal is it? Name it.", field="name", example=_example(action))
    draft = DealDraft(
        _settled(action, value, when),
        clean_name(name, "name"),
        account,
        value,
        reason=clean(reason, MAX_WORDS, "reason"),
    )
    return _with_day(draft, when.day if when else None, local_date(now, zone))


def _refuse_amount(slip: re.Match[str], body: str, currency: str) -> None:
    """Say why the last word is no amount, if it is none although it looks like one."""
    try:
        parse_money(slip[1], currency, "value")
    except Refusal as refusal:
        refusal.example = f"{body.removesuffix(slip[0])} {SHORT_EXAMPLE}"
        raise


def _whole(example: str | None, action: DealAction | None, account: str | None) -> str:
    """Return an example made of what stood behind the verb as a line that can be typed; any where there is none."""
    if not example:
        return _example(action)
    verb = "" if action in (None, DealAction.CREATE) else f"{action} "
    return f"{verb}{tidy(example.replace(_NAME, account or ''))}"


def _action(line: str) -> tuple[DealAction | None, str]:
    """What is asked for, at the beginning or right behind the name, and the sentence without it."""
    for action, words, _ in _VERBS:
        first = re.match(rf"(?:{words})(?!\w)[\s:]*", line, re.I)
        if first:
            return action, line[first.end() :]
    before = _BECAUSE.split(line, maxsplit=1)[0]
    found = [
        (match.start(), match.end(), action)
        for action, words, behind in _VERBS
        if behind
        for match in re.finditer(rf"(?<=\s)(?:is |was |we )?(?:{words})(?![\w])", before, re.I)
    ]
    if not found:
        return None, line
    start, end, action = min(found)
    return action, f"{line[:start].rstrip()} {line[end:].lstrip()}" if line[end : end + 1] != ":" else (
        f"{line[:start].rstrip()}{line[end:]}"
    )


def _split_reason(line: str, action: DealAction | None) -> tuple[str, str]:
    """The reason behind "because", or behind any pause where a deal was settled or put aside."""
    because = _BECAUSE.search(line)
    if because:
        return line[: because.start()], tidy(line[because.end() :])
    if action in (DealAction.WON, DealAction.LOST, DealAction.PARK):
        pause = _PAUSE.search(line)
        if pause and line[: pause.start()].strip():
            reason = tidy(line[pause.end() :])
            return line[: pause.start()], reason[:-1] if pause.group().endswith("(") else reason
    return line, ""


def _cut_day(
    body: str, action: DealAction | None, dated: Callable[[str], When | None]
) -> tuple[str, When | None]:
    try:
        when = dated(body)
    except PastDate as past:
        (start, end), *_ = past.suggestion.spans
        past.field = "until" if action is DealAction.PARK else "closes"
        past.example = f"{body[:start]}{past.example}{body[end:]}"
        raise
    except Refusal as refusal:
        refusal.example = None  # a day alone is no deal
        raise
    if when is None:
        return body, None
    first, *others = when.spans
    kept = blank_spans(body, tuple(others)).replace("\0", " ")
    return f"{_DATE_WORDS.sub('', kept[: first[0]])} {kept[first[1] :]}", when


def _cut_money(body: str, currency: str) -> tuple[str, int | None]:
    """Take the value out of the sentence; words that are all there is are the name ("3M"), not a value."""
    worth = _WORTH.search(body.rstrip())
    if worth:
        try:
            return body[: worth.start()], parse_money(worth["amount"], currency, "value")
        except Refusal as refusal:
            refusal.example = f"{body[: worth.start()]} {SHORT_EXAMPLE}"
            raise
    found: Amount | None = find_money(body, currency, "value")
    if found is None:
        return body, None
    rest = f"{body[: found.start]} {body[found.end :]}"
    if rest.strip() or not re.fullmatch(r"[0-9]+[A-Z]\w*", body.strip()):
        return rest, found.minor
    return body, None


def _name_and_reason(
    body: str, reason: str, action: DealAction | None, account: str | None
) -> tuple[str, str]:
    """The deal's name; what stands behind the name of a lost deal is the reason ("lost Acme price")."""
    words = tidy(_THING_LAST.sub("", f" {_THING.sub('', body.strip())}"))
    if action is not DealAction.LOST or reason:
        return words.replace(_NAME, account or ""), reason
    if account and words.startswith(_NAME):
        return account, tidy(words.removeprefix(_NAME))
    cause = _CAUSE.search(words)
    if cause and cause.start():
        return tidy(words[: cause.start()]).replace(_NAME, account or ""), words[cause.start() :]
    guess = guessed_name(words)
    if guess and guess.start == 0 and words[:1].isupper():
        return guess.name, tidy(words[guess.end :])
    return words.replace(_NAME, account or ""), reason


def _settled(action: DealAction | None, value: int | None, when: When | None) -> DealAction:
    if action is not None:
        return action
    if value is not None:
        return DealAction.CREATE
    return DealAction.MOVE if when else DealAction.SHOW


def _with_day(draft: DealDraft, day: date | None, today: date) -> DealDraft:
    """Put the day where the action wants it."""
    if draft.action in (DealAction.WON, DealAction.LOST):
        if day and day > today:
            raise Refusal(
                f"{long_day(day, today)} is still to come; a deal is {draft.action} on a day that was.",
                field="on",
                example=f"{draft.action} {draft.name} yesterday",
            )
        return draft._replace(on=day)
    if draft.action is DealAction.PARK:
        return draft._replace(until=day)
    if draft.action is DealAction.MOVE and day is None:
        raise Refusal(
            "Move it to which day?",
            field="closes",
            example=f"move {draft.name} to {month_day(today + MONTH, today)}",
        )
    return draft._replace(closes=day)


def _example(action: DealAction | None) -> str:
    return EXAMPLE if action in (None, DealAction.CREATE) else f"{action} Acme"
