"""Phrasebooks: what people type, what each phrase is meant to come to, and how what came is judged by that.

A phrasebook is a text of paragraphs:

    given /followup Acme Fri 3pm call Dana          said before it; nothing of this is judged
    mia: what's due                                 the phrase; Ana says it where nobody is named
        => +followup who=Acme due="Fri 18 Sep 15:00" what="call Dana|ring Dana"
        or sees "Acme" not "Globex"
        or ask

What may come is a list of alternatives. `+` stands before what is added, `~` before what is changed, `-` before what is
taken away and `?` before what may be added besides; nothing else may be stored. `|` parts values of which each will do.
A day is "Fri 18 Sep", with a time if one was named ("Fri 18 Sep 15:00", "Fri 18 Sep 14:00-15:00" for one between);
"Mon 21 Sep..Fri 25 Sep" is any of these days. `says=` must stand in the answer. `ask` is a question with something to
press or a form, `refuse` a refusal, `nothing` whatever answer, and with each of them nothing is stored.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

Fact = str | int | date | datetime | None  # a datetime is the clock of whoever typed
Facts = Mapping[str, Fact]

RECORD = re.compile(r'([+~?-])(followup|log|deal|goal|leave|member)((?:\s+\w+=(?:"[^"]*"|\S+))*)')
FIELD = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')
QUOTED = re.compile(r'(not\s+)?"([^"]*)"')
DAY = re.compile(r"(\w{3}) (\d{1,2}) (\w{3})(?: (\d{4}))?(?: (\d\d:\d\d)(?:-(\d\d:\d\d))?)?")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
THIS_YEAR = 2026

# Words that may stay in what is to be done or go: nobody misses them.
FILLER = frozenset(
    {
        "a",
        "an",
        "the",
        "about",
        "re",
        "to",
        "for",
        "with",
        "w",
        "on",
        "of",
        "by",
        "and",
        "please",
        "pls",
        "plz",
    }
    | {"them", "him", "her", "i", "me", "my", "will", "need", "must", "should"}
)
TEXTS = frozenset({"what", "worth", "outcome"})
# What holds of anything new if the phrasebook does not say otherwise.
UNSAID: Mapping[str, Mapping[str, str]] = {
    "followup": {"worth": "", "owes": "me", "state": "open"},
    "log": {"count": "1", "account": "", "outcome": "", "on": "Mon 14 Sep"},
    "deal": {"currency": "USD", "stage": "suspect", "closes": "", "closed": ""},
    "goal": {"state": "open", "kind": ""},
    "leave": {},
    "member": {},
}


class Outcome(StrEnum):
    RIGHT = "right"
    ASKED = "asked"
    REFUSED = "refused"
    WRONG = "stored wrong"
    FAILED = "failed"


class Record(NamedTuple):
    """Something that is to be stored, changed or taken away, field by field."""

    sign: str
    noun: str
    fields: Mapping[str, str]


class Meaning(NamedTuple):
    """One thing that a phrase may come to. `kind` is stored, sees, ask, refuse or nothing."""

    kind: str
    records: Sequence[Record] = ()
    says: Sequence[str] = ()
    says_not: Sequence[str] = ()


class Phrase(NamedTuple):
    """What somebody types, after what, and what a reasonable person means by it."""

    at: str
    by: str
    typed: str
    given: tuple[str, ...]
    meant: tuple[Meaning, ...]

    @property
    def key(self) -> str:
        """What is said, and before it: what this phrase is known by, wherever it stands."""
        return " ; ".join([*self.given, self.typed])

    @property
    def is_clear(self) -> bool:
        """Whether it has one clear meaning, so that a question about it is one too many."""
        return not {"ask", "refuse"} & {each.kind for each in self.meant}


class Change(NamedTuple):
    """What the database holds more (`+`), less (`-`) or otherwise (`~`) than before."""

    sign: str
    noun: str
    facts: Facts
    before: Facts


class Came(NamedTuple):
    """What came of a phrase: what was stored, what was answered, and whether there was something to press."""

    changes: Sequence[Change]
    answer: str
    asks: bool


def read_phrasebook(path: Path) -> list[Phrase]:
    """Read a phrasebook. Raises ValueError for a line that cannot be read, and for a day that is another weekday."""
    found: list[Phrase] = []
    given: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        said = line.strip()
        if not said or line.startswith("#"):
            continue
        if line[0].isspace():
            means = re.fullmatch(r"(?:=>|or) (.+)", said)
            if means is None or not found:
                raise ValueError(f"{path.name}:{number}: {said}")
            found[-1] = found[-1]._replace(meant=(*found[-1].meant, read_meaning(means[1])))
        elif said.startswith("given "):
            given.append(said.removeprefix("given "))
        else:
            by = re.match(r"(ana|ben|mia): ", said)
            typed = said[by.end() :] if by else said
            found.append(Phrase(f"{path.stem}:{number}", by[1] if by else "ana", typed, tuple(given), ()))
            given = []
    if unsaid := [each.at for each in found if not each.meant]:
        raise ValueError(f"without a meaning: {unsaid}")
    return found


def read_meaning(said: str) -> Meaning:
    kind = said.split()[0]
    if kind in ("sees", "ask", "refuse", "nothing"):
        quoted = QUOTED.findall(said)
        wanted = [text for negated, text in quoted if not negated]
        return Meaning(kind, says=wanted, says_not=[text for negated, text in quoted if negated])
    records, says = [], []
    for sign, noun, fields in RECORD.findall(said):
        named = {name: quoted or bare for name, quoted, bare in FIELD.findall(fields)}
        if "says" in named:
            says.append(named.pop("says"))
        for value in named.values():
            for text in value.split("|"):
                check_days(text)
        records.append(Record(sign, noun, named))
    if RECORD.sub("", said).strip() or not records:
        raise ValueError(f"not read: {RECORD.sub('', said) or said}")
    return Meaning("stored", records, says)


def check_days(text: str) -> None:
    for each in text.split(".."):
        if (found := DAY.fullmatch(each)) and day_of(found).strftime("%a") != found[1]:
            raise ValueError(f"{each} is a {day_of(found):%A}")


def day_of(found: re.Match[str]) -> date:
    return date(int(found[4] or THIS_YEAR), MONTHS.index(found[3]) + 1, int(found[2]))


# comparing


def typed(text: str) -> str:
    """Return a text without what keyboards make of it: capitals, curled apostrophes."""
    return text.casefold().replace("’", "'")


def content(text: str) -> list[str]:
    """Return the words of a text that somebody would miss."""
    return [word for word in re.findall(r"[\w%&+]+", typed(text)) if word not in FILLER]


def fits_day(text: str, fact: Fact) -> bool:
    if not isinstance(fact, date):
        return False
    first, _, last = text.partition("..")
    start, end = DAY.fullmatch(first), DAY.fullmatch(last or first)
    if start is None or end is None:
        raise ValueError(f"no day: {text}")
    day = fact.date() if isinstance(fact, datetime) else fact
    if not day_of(start) <= day <= day_of(end):
        return False
    if start[5] is None:
        return not isinstance(fact, datetime)
    earliest, latest = time.fromisoformat(start[5]), time.fromisoformat(start[6] or start[5])
    return isinstance(fact, datetime) and earliest <= fact.time() <= latest


def fits_text(name: str, text: str, fact: Fact) -> bool:
    if not text:
        return not fact
    if name in TEXTS:
        return content(text) == content(str(fact or ""))
    if DAY.match(text):
        return fits_day(text, fact)
    return typed(text) == typed(str(fact))


def fits(record: Record, change: Change, owner: str) -> bool:
    sign = "+" if record.sign == "?" else record.sign
    if (sign, record.noun) != (change.sign, change.noun):
        return False
    wanted = {"owner": owner, **(UNSAID[record.noun] if sign == "+" else {}), **record.fields}
    if sign == "~" and any(
        change.facts[name] != change.before[name] for name in change.facts if name not in wanted
    ):
        return False
    return all(
        any(fits_text(name, text, change.facts[name]) for text in wanted[name].split("|")) for name in wanted
    )


def fits_all(records: Iterable[Record], changes: Iterable[Change], owner: str) -> bool:
    left = list(changes)
    for record in records:
        one = next((each for each in left if fits(record, each, owner)), None)
        if one is not None:
            left.remove(one)
        elif record.sign != "?":
            return False
    return not left


def says_so(meaning: Meaning, answer: str) -> bool:
    said = typed(answer)
    wanted = (any(text in said for text in each.casefold().split("|")) for each in meaning.says)
    return all(wanted) and not any(text.casefold() in said for text in meaning.says_not)


def outcome(phrase: Phrase, came: Came, owner: str) -> Outcome:
    """Return what became of a phrase; right is only what was meant, without a question."""
    if "Something went wrong" in came.answer:
        return Outcome.FAILED
    for meaning in phrase.meant:
        if meaning.kind == "stored":
            right = bool(came.changes) and fits_all(meaning.records, came.changes, owner)
        else:
            right = meaning.kind in ("sees", "nothing") and not came.changes
        if right and says_so(meaning, came.answer):
            return Outcome.RIGHT
    if came.changes:
        return Outcome.WRONG
    return Outcome.ASKED if came.asks else Outcome.REFUSED


def is_meant(phrase: Phrase, came: Came, owner: str) -> bool:
    """Say whether what came is one of what the phrasebook allows."""
    became = outcome(phrase, came, owner)
    allowed = {Outcome.ASKED: "ask", Outcome.REFUSED: "refuse"}.get(became)
    return became is Outcome.RIGHT or any(
        each.kind == allowed and says_so(each, came.answer) for each in phrase.meant
    )


def counts(outcomes: Iterable[Outcome]) -> str:
    """Return how often each outcome came, in a line."""
    found = Counter(outcomes)
    return " · ".join(f"{found[each]} {each}" for each in Outcome) + f" · of {found.total()}"
