"""The words for activities: "5 calls", "2 meetings and a demo", "coffee", "sent a quote"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sales.followups.activity import MAX_COUNT, ActivityKind
from sales.language.emoji import MARKS
from sales.language.figures import listed, many, plural
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.refusal import Refusal

KIND_WORDS: dict[ActivityKind, str] = {
    ActivityKind.CALL: r"(?:phone |cold |warm )?calls?|called|calling|phoned?|dials?|dialed|dialled|rang"
    r"|voicemails?|spoke (?=to|with)|talked (?=to|with)",
    ActivityKind.EMAIL: r"e-?mails?|e-?mailed|emailing|mails?|mailed",
    ActivityKind.MEETING: r"meetings?|meet-?ups?|met|coffees?|lunch(?:es)?|dinners?|breakfasts?"
    r"|(?:video|zoom|teams) (?:calls?|meetings?)",
    ActivityKind.DEMO: r"demos?|demoed|demo['’]d|demonstrations?|presentations?|presented",
    ActivityKind.PROPOSAL: r"proposals?|quotes?|quoted|quotations?|offers?",
    ActivityKind.REFERRAL_ASK: r"referral[- ]asks?|referral_asks?|referrals?|intros?|introductions?"
    r"|asked for (?:an? )?(?:referrals?|intros?|introductions?)",
    ActivityKind.MESSAGE: r"(?:linked-?in |whatsapp |text )?(?:messages?|messaged)|linked-?in|texts?|texted"
    r"|sms|whatsapps?|dms?|inmails?",
    ActivityKind.VISIT: r"(?:site )?visits?|visited|drop-?ins?|dropped by",
}
NOUNS = {kind: kind.value.replace("_", " ") for kind in ActivityKind}  # how each kind is called back
PLURALS = {kind: many(one) for kind, one in NOUNS.items()}
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
_SPELLED = {word: number for number, word in enumerate(re.split(" ", _NUMBERS))} | {
    "no": 0,
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "couple of": 2,
    "a couple": 2,
    "a dozen": 12,
    "dozen": 12,
}

_COUNT = (
    rf"(?P<count>[-−]?[0-9][0-9.,]*|{'|'.join(sorted(_SPELLED, key=len, reverse=True))})(?:\s*[x×]\s?|\s+)"
)
_KIND = "|".join(f"(?P<{kind.name}>{words})" for kind, words in KIND_WORDS.items())
_MANNER = (
    r"(?:(?:discovery|sales|intro|introductory|first|second|quick|good|short|long|new|more|follow-up|a|an) )*"
)
_ITEM = re.compile(
    rf"(?:{_COUNT})?{_MANNER}(?:{_KIND})(?![\w-])(?:\s?[:=x×]\s?(?P<after>[0-9]+)(?!\w))?", re.I
)
_BETWEEN = re.compile(rf"[\s,;{MARKS}]*(?:(?:and|&|\+|plus|then|sent|made|had|did|gave)\s+)*", re.I)
_COUNTED_WORD = re.compile(rf"{_COUNT}(?P<word>[^\W\d_][\w'’-]*)", re.I)


class CountedActivity(NamedTuple):
    """A kind of activity, how often, and where in the text that stands."""

    kind: ActivityKind
    times: int
    start: int
    end: int


def items_from(text: str, start: int = 0) -> list[CountedActivity]:
    """Return the activities that stand one after the other from `start` on, with commas and "and" between.

    Raises:
        Refusal: for a count that is not a whole number from 1 to MAX_COUNT, or a counted word that is no
            activity ("5 cals"), with the nearest word that is.
    """
    found: list[CountedActivity] = []
    at = start
    while match := _ITEM.match(text, at):
        found.append(_item(match))
        between = _BETWEEN.match(text, match.end())
        at = between.end() if between else match.end()
    _refuse_unknown(text, at, found)
    return found


def items_within(text: str) -> Iterator[CountedActivity]:
    """Yield every activity word in the text, wherever it stands."""
    for match in _ITEM.finditer(text):
        if match.start() == 0 or not (text[match.start() - 1].isalnum() or text[match.start() - 1] in "'’-_"):
            yield _item(match)


def kind_named(text: str) -> ActivityKind | None:
    """Return the activity that the whole text names ("cold calls", "intros"), or None."""
    match = _ITEM.fullmatch(text.strip())
    return _kind(match) if match and match["count"] is None and match["after"] is None else None


def closest_kind(word: str) -> ActivityKind | None:
    """Return the kind a misspelled word most likely means."""
    names = {some: kind for kind, some in PLURALS.items()} | {kind.value: kind for kind in ActivityKind}
    nearest = closest(word, names)
    return names[nearest] if nearest else None


def say_count(kind: ActivityKind, count: int) -> str:
    """Return "1 call" or "5 calls"."""
    return plural(count, NOUNS[kind])


def say_kinds() -> str:
    """Return the kinds in one line, for telling what can be logged."""
    return listed(list(PLURALS.values()))


def _kind(match: re.Match[str]) -> ActivityKind:
    return next(kind for kind in ActivityKind if match[kind.name] is not None)


def _item(match: re.Match[str]) -> CountedActivity:
    kind = _kind(match)
    return CountedActivity(kind, _whole(match["after"] or match["count"], kind), *match.span())


def _whole(typed: str | None, kind: ActivityKind) -> int:
    if typed is None:
        return 1
    word = " ".join(typed.lower().split())
    if word in _SPELLED:
        count = _SPELLED[word]
    elif re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+", word):
        count = int(word.replace(",", "")[:12])
    elif re.fullmatch(r"[0-9]+", word):
        count = MAX_COUNT + 1
    else:
        raise Refusal(
            f"{shorten(typed)} is not a number of {PLURALS[kind]}; a whole number is.",
            field="count",
            example=say_count(kind, 5),
        )
    if count == 0:
        raise Refusal(
            f"No {PLURALS[kind]} means there is nothing to log.", field="count", example=say_count(kind, 5)
        )
    if count > MAX_COUNT:
        raise Refusal(
            f"{shorten(typed)} {PLURALS[kind]} is more than one entry holds ({MAX_COUNT}). "
            "Is there a digit too many?",
            field="count",
            example=say_count(kind, 5),
        )
    return count


def _refuse_unknown(text: str, at: int, found: list[CountedActivity]) -> None:
    """Refuse "5 cals"; once an activity was read, a number and a capital can be a name ("call 3 Suisses")."""
    match = _COUNTED_WORD.match(text, at)
    if match is None or (found and (match["word"][0].isupper() or not match["count"][0].isdigit())):
        return
    kind = closest_kind(match["word"])
    count = match["count"]
    word = shorten(match["word"], 30)
    if kind is None:
        raise Refusal(
            f"“{word}” is not something Rainmaker counts. It counts {say_kinds()}.",
            field="kind",
            example="5 calls, 2 meetings",
        )
    meant = say_count(kind, _whole(count, kind))
    raise Refusal(f"“{word}” is not an activity. Did you mean {meant}?", field="kind", example=meant)
