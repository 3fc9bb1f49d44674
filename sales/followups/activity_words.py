"""The words for activities: "5 calls", "2 meetings and a demo", "coffee", "sent a quote"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from sales.followups.activity import MAX_COUNT, ActivityKind
from sales.language.emoji import MARKS
from sales.language.figures import listed, many, plural
from sales.language.spelled_count import COUNT, SPELLED, whole
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.refusal import Refusal

KIND_WORDS: dict[ActivityKind, str] = {
    ActivityKind.CALL: r"(?:phone )?calls?|called|calling|phoned?|dials?|dialed|dialled|rang"
    r"|voice ?mails?|vms?|(?:spoke|talked|chatted) (?=to|with|w[/ ])",
    ActivityKind.EMAIL: r"e-?mails?|e-?mailed|emailing|mails?|mailed",
    ActivityKind.MEETING: r"meetings?|mtgs?|syncs?|catch-?ups?|meet-?ups?|met|coffees?|lunch(?:es)?|dinners?"
    r"|breakfasts?|qbrs?"
    r"|(?:video|zoom|teams) (?:calls?|meetings?)",
    ActivityKind.DEMO: r"demos?|demoed|demo['’]d|demonstrations?|presentations?|presented",
    ActivityKind.PROPOSAL: r"proposals?|quotes?|quoted|quotations?|offers?",
    ActivityKind.REFERRAL_ASK: r"referral[- ]asks?|referral_asks?|referrals?|intros?|introductions?"
    r"|asked for (?:an? )?(?:referrals?|intros?|introductions?)",
    ActivityKind.MESSAGE: r"(?:linked-?in |li |whatsapp |text )?(?:messages?|messaged|msgs?|dms?)"
    r"|(?:linked-?in|li) (?:touch(?:es)?|invites?|requests?|connections?|outreach)|linked-?in|texts?|texted"
    r"|sms|whatsapps?|inmails?|dm['’]?ed",
    ActivityKind.VISIT: r"(?:site )?visits?|visited|drop-?ins?|dropped by",
    ActivityKind.SERVICE: r"(?:customer |account )?service (?:tasks?|calls?|visits?|jobs?|requests?|tickets?|cases?)"
    r"|support (?:tasks?|calls?|requests?|tickets?|cases?)|(?:customer |account )?services?",
}
NOUNS = {  # how each kind is called back
    **{kind: kind.value.replace("_", " ") for kind in ActivityKind},
    ActivityKind.SERVICE: "service task",
}
PLURALS = {kind: many(one) for kind, one in NOUNS.items()}

_KIND = "|".join(f"(?P<{kind.name}>{words})" for kind, words in KIND_WORDS.items())
_MANNER = (
    r"(?:(?:discovery|sales|intro|introductory|first|second|quick|good|short|long|new|more|follow-up|cold|warm|inbound"
    r"|outbound|a|an|[0-9]{1,3}[ -]?min(?:ute)?s?) )*"
)
_ITEM = re.compile(
    rf"(?:{COUNT})?{_MANNER}(?:{_KIND})(?![\w-])"
    r"(?:\s?[:=x×]\s?(?P<after>[0-9]+)(?!\w)|(?<=s)\s+(?P<last>[0-9]{1,4})(?=\s*(?:$|[,;.+&]|and(?!\w))))?",
    re.I,
)
_KIND_ALONE = re.compile(rf"{_MANNER}(?:{_KIND})(?![\w-])", re.I)
_LASTS = re.compile(r"m|mins?|minutes?|h|hrs?|hours?", re.I)  # how long it took counts nothing
_TURNED = re.compile(rf"(?:(?:{'|'.join(KIND_WORDS.values())})\s+[0-9]{{1,4}}(?!\w)[\s,;]*){{2,}}", re.I)
_TURNED_ONE = re.compile(r"([^\d\s,;][^\d]*?)\s+([0-9]{1,4})(?!\w)")
_BETWEEN = re.compile(rf"[\s,;{MARKS}]*(?:(?:and|&|\+|plus|then|sent|made|had|did|gave)\s+)*", re.I)
_COUNTED_WORD = re.compile(rf"{COUNT}(?P<word>[^\W\d_][\w'’-]*)", re.I)
# One activity or more with their counts, for the phrases of plain words.
COUNTED_ITEM = (
    rf"(?:[0-9]+\s*|{SPELLED}\s+)(?:\w+\s)?"
    r"(?:calls?|dials?|e-?mails?|meetings?|mtgs?|demos?|proposals?|quotes?|referrals?|intros?|messages?|texts?|visits?"
    r"|services?(?: tasks?)?)"
)
_ALSO = (
    ("dials", ActivityKind.CALL),
    ("quotes", ActivityKind.PROPOSAL),
    ("texts", ActivityKind.MESSAGE),
    ("linkedin", ActivityKind.MESSAGE),
    ("referrals", ActivityKind.REFERRAL_ASK),
    ("intros", ActivityKind.REFERRAL_ASK),
    ("services", ActivityKind.SERVICE),
)
_VERBS = (
    "called",
    "emailed",
    "messaged",
    "visited",
    "demoed",
    "phoned",
    "texted",
    "dialed",
    "presented",
    "quoted",
)
MISSPELLED_FROM = 4  # letters: of fewer, one that is wrong leaves too little to know a word by
# Words of their own that are one letter from one of ours.
_OTHER_WORDS = frozenset(
    {"tests", "test", "cells", "cell", "notes", "deals", "deal", "leads", "lead", "tasks"}
    | {
        "memos",
        "visa",
        "visas",
        "quota",
        "quotas",
        "coals",
        "calm",
        "calves",
        "messes",
        "teats",
        "tents",
        "cafes",
    }
)


class CountedActivity(NamedTuple):
    """A kind of activity, how often, and where in the text that stands."""

    kind: ActivityKind
    times: int
    start: int
    end: int


class Misspelled(Refusal):
    """A word that is no activity; `typed` was probably meant to be `meant`, which is empty where nothing is close."""

    def __init__(self, text: str, example: str, typed: str = "", meant: str = "") -> None:
        super().__init__(text, field="kind", example=example)
        self.typed = typed
        self.meant = meant


def items_from(text: str, start: int = 0) -> list[CountedActivity]:
    """Return the activities that stand one after the other from `start` on, with commas and "and" between.

    "5 emials" are emails: one letter is wrong and they can be nothing else.

    Raises:
        Refusal: for a count that is not a whole number from 1 to MAX_COUNT.
        Misspelled: for a counted word that is no activity ("5 celles"), with the nearest word that is.
    """
    found: list[CountedActivity] = []
    at = start
    while item := _item_at(text, at, found):
        found.append(item)
        between = _BETWEEN.match(text, item.end)
        at = between.end() if between else item.end
    _refuse_unknown(text, at, found)
    return found


def _item_at(text: str, at: int, found: list[CountedActivity]) -> CountedActivity | None:
    match = _ITEM.match(text, at)
    if match is not None:
        return _item(match)
    counted = _COUNTED_WORD.match(text, at)
    if counted is None or (found and counted["word"][0].isupper()):
        return None
    kind = kind_misspelled(counted["word"])
    return CountedActivity(kind, _counted(counted["count"], kind), *counted.span()) if kind else None


def counts_first(text: str) -> str:
    """Return "calls 20 emails 10" with each number before its word, and any other text as it is."""
    turned = _TURNED.match(text)
    if turned is None:
        return text
    return _TURNED_ONE.sub(r"\2 \1", turned.group()) + text[turned.end() :]


def items_within(text: str) -> Iterator[CountedActivity]:
    """Yield every activity word in the text, wherever it stands."""
    for match in _ITEM.finditer(text):
        if match.start() == 0 or not (text[match.start() - 1].isalnum() or text[match.start() - 1] in "'’-_"):
            yield _item(match)


def kind_named(text: str) -> ActivityKind | None:
    """Return the activity that the whole text names ("cold calls", "intros"), or None."""
    match = _ITEM.fullmatch(text.strip())
    return _kind(match) if match and match["count"] is None and match["after"] is None else None


def kind_misspelled(text: str) -> ActivityKind | None:
    """Return the kind that a word with one letter wrong, missing or changed over can only mean; None in doubt."""
    typed = text.casefold()
    if len(typed) < MISSPELLED_FROM or typed in _OTHER_WORDS or kind_named(typed):
        return None
    near = {
        kind
        for kind, words in _SPELLINGS.items()
        for word in words
        if word[0] == typed[0] and OSA.distance(typed, word, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def verb_misspelled(text: str) -> str | None:
    """Return what somebody did by a word with one letter wrong: "caled" is called; None in doubt."""
    typed = text.casefold()
    near = [
        verb for verb in _VERBS if verb[0] == typed[:1] and OSA.distance(typed, verb, score_cutoff=1) == 1
    ]
    return near[0] if len(near) == 1 else None


def starts_with_kind(text: str, at: int) -> bool:
    """Say whether the word for an activity stands at a place."""
    return _KIND_ALONE.match(text, at) is not None


def closest_kind(word: str) -> ActivityKind | None:
    """Return the kind a misspelled word most likely means."""
    names = {some: kind for kind, some in PLURALS.items()} | {kind.value: kind for kind in ActivityKind}
    nearest = closest(word, names) if word.casefold() not in _OTHER_WORDS else None
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
    counted = match["after"] or match["count"] or match["last"]
    end = match.end() if counted == match["last"] or not match["last"] else match.start("last")
    return CountedActivity(kind, _counted(counted, kind), match.start(), end)


def _counted(typed: str | None, kind: ActivityKind) -> int:
    if typed is None:
        return 1
    count = whole(typed)
    if count is None:
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
    """Refuse "5 celles"; once an activity was read, a number and a capital can be a name ("call 3 Suisses")."""
    match = _COUNTED_WORD.match(text, at)
    if match is None or (found and (match["word"][0].isupper() or not match["count"][0].isdigit())):
        return
    word = match["word"]
    if found and _LASTS.fullmatch(word):
        return
    kind = closest_kind(word)
    if kind is None:
        raise Misspelled(
            f"“{shorten(word, 30)}” is not something Rainmaker counts. It counts {say_kinds()}.",
            "5 calls, 2 meetings",
        )
    meant = say_count(kind, _counted(match["count"], kind))
    text = f"“{shorten(word, 30)}” is not an activity. Did you mean {meant}?"
    raise Misspelled(text, meant, word, meant.split(" ", 1)[1])


_SPELLINGS = {
    kind: (NOUNS[kind], PLURALS[kind], *(extra for extra, of in _ALSO if of is kind)) for kind in ActivityKind
}
