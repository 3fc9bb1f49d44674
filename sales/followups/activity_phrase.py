"""Activities as people type them: "5 calls 2 meetings", "call Acme – spoke, next step demo Tue"."""

import re
from collections.abc import Collection
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from sales.followups.activity import MAX_COUNT, ActivityKind
from sales.followups.activity_rewording import refuse_range, reworded, without_results
from sales.followups.activity_told import NAME, account_and_outcome, told_from
from sales.followups.activity_unknown import (
    EXAMPLE,
    ask_about_second,
    asked_about,
    more_than_a_day,
    refuse_second,
    unknown_activity,
)
from sales.followups.activity_words import (
    Misspelled,
    items_from,
    items_within,
)
from sales.followups.followup_phrase import FollowUpDraft
from sales.followups.stated_step import read_step, split_step
from sales.language.dates.instants import local_date
from sales.language.dates.spoken.circumstances import Facing
from sales.language.dates.spoken.reading import When, find_when
from sales.language.emoji import apart
from sales.language.figures import long_day
from sales.language.names.mention import Named, is_all_name, sure_name
from sales.language.typed_text import MAX_WORDS, clean, clean_name, shorten, tidy
from sales.refusal import Reading, Refusal

LONGEST_DAY = 60  # characters in which a day is said that stands right behind an activity
MOST_PAUSES = 12  # as many activities and their day as anybody lists in a sentence

_RATE = re.compile(
    r"\s+(?:(?:a|per|each|every)\s+(?:work(?:ing)?\s?)?(?:day|week|month|quarter)|daily|weekly)[.!]?$", re.I
)
_LEAD_IN = re.compile(
    r"^(?:(?:i(?:['’]ve)?|we|just|please|have|logged|log|add|did|made|had|held|sent|gave|ran|done|got(?= \d)|finished"
    r"|completed|so far|(?:about|around|roughly|maybe|approx\.?)(?=\s*\d))\b[\s:]*|~\s?(?=\d))+",
    re.I,
)
_NO_NEXT = re.compile(
    r"[\s,;.–—-]{0,3}(?<!\w)(?:no next steps?|nothing next|no follow[- ]?ups?)(?!\w)[\s.!]*", re.I
)
_NEXT = re.compile(
    r"[\s,;.–—-]{0,3}(?<!\w)(?:next steps?\s*(?:is|are)?\s*[:=–—-]?|next\s*[:=]|follow[- ]?up\s*[:=])\s*",
    re.I,
)
_PAUSE = re.compile(r"\s[–—-]+\s|[:;]\s|\.\s|,\s|\s\(")
_ASKED_FOR = re.compile(
    r"^asked\s+(?P<who>.{1,200}?)\s+for\s+(?:an?\s+)?(?:referral|intro(?:duction)?)s?(?!\w)", re.I
)
_SAID_LAST = re.compile(
    r"[\s,(]+(?:yesterday|today|this (?:morning|afternoon)|on \w+day|last \w+day)[.)\s]*$", re.I
)
_NOT_A_DAY = re.compile(r"(?<!\w)(?:last|this|past) (?:week|month|quarter|year)(?!\w)", re.I)
_QUOTES = re.compile(r"[\"“”„«»]")


class LogDraft(NamedTuple):
    """Activities read from a sentence: (kind, count) pairs, each kind once, in the order typed.

    `no_next_step` is True where the person said there is none; both it and `next_step` can be empty
    (mechanism 59 asks then). `sure` says that the account is one that is known, or was quoted. The outcome may begin
    with `results`, which are of the first kind alone: "30 dials, 4 connects, 1 meeting".
    """

    activities: tuple[tuple[ActivityKind, int], ...]
    account: str | None
    outcome: str
    next_step: FollowUpDraft | None
    no_next_step: bool
    on: date
    sure: bool
    results: str = ""


class StillToCome(Refusal):
    """What would be logged for a day ahead."""

    def __init__(self, day: date, today: date, without_day: str) -> None:
        text = f"{long_day(day, today)} is still to come; a log is for what was done."
        super().__init__(text, field="on", example="5 calls yesterday")
        self.without_day = without_day


class _Circumstances(NamedTuple):
    now: datetime
    zone: str

    def day_in(self, text: str) -> When | None:
        try:
            return find_when(text, self.now, self.zone, facing=Facing.BACK)
        except Refusal as refusal:
            refusal.example = "5 calls yesterday"  # a day alone would log nothing,
            refusal.readings = ()  # and a part of the line not all of it
            raise


def ask_about_rate(line: str) -> None:
    """Ask whether "5 calls a day" is aimed for or was done.

    Raises:
        Refusal: with both to press.
    """
    rate = _RATE.search(line)
    if rate is None or not _only_activities(line[: rate.start()]):
        return
    raise Refusal(
        f"“{shorten(line, 60)}”: is that what you aim for, or what you did?",
        field="kind",
        readings=[
            Reading("A goal", f"/goal set {line}"),
            Reading("Done today", line[: rate.start()].strip()),
        ],
    )


@apart
def read_log(
    text: str,
    now: datetime,
    zone: str,
    known: Collection[str] = (),
) -> LogDraft:
    """Return what was done, with whom, how it went, on which day (today if none is named) and what is next.

    Raises:
        Refusal: for a word that is no activity, a count out of range, a day still to come, or a next step
            that lacks a part (its field is then "next_step").
    """
    said = _Circumstances(now, zone)
    line = _LEAD_IN.sub("", clean(text))
    if not line:
        raise Refusal("What did you do? Give a number and a kind.", field="kind", example=EXAMPLE)
    refuse_range(line)
    ask_about_rate(line)
    done, next_words, none_next = _split_next(line, said)
    head = line[: len(line) - len(next_words)] if next_words else ""
    done, how = reworded(done)
    named = _named(done, known)
    if named:
        done = f"{done[: named.start]}{NAME}{done[named.end :]}"
    done, results = without_results(done)
    try:
        done, on = _cut_day(done, said)
    except StillToCome as ahead:
        is_count = named is None and _only_activities(ahead.without_day)
        ahead.readings = (
            Reading("Make it a goal", f"/goal set {line}")
            if is_count
            else Reading("Make it a follow-up", f"/followup {line}"),
        )
        if is_count:
            ahead.text = f"{ahead.text.removesuffix('.')}. Is it a goal?"
        raise
    ask_about_second(done, named.name if named else "")
    asked = _ASKED_FOR.match(done)
    if asked:
        done = f"referral ask {asked['who']} {done[asked.end() :]}"
    try:
        activities, about = _activities(done)
    except Misspelled as misspelled:
        raise asked_about(misspelled, line) from misspelled
    account, outcome = account_and_outcome(about, named.name if named else None)
    account = clean_name(account, "account") or None if account else None
    if account is not None and not any(letter.isalpha() for letter in account):
        account, outcome = None, tidy(f"{account} {outcome}")
    refuse_second(outcome)
    results = "; ".join(filter(None, (how, results)))
    outcome = "; ".join(filter(None, (results, outcome)))
    step = read_step(next_words, account, known, now, zone, head) if next_words else None
    return LogDraft(
        activities,
        account,
        clean(outcome, MAX_WORDS, "outcome"),
        step,
        none_next,
        on,
        named is not None,
        results,
    )


def _named(done: str, known: Collection[str]) -> Named | None:
    """Return whom a line surely names. Quoted words in what is told are somebody's words, and no name."""
    tells = told_from(done)
    head, tail = (done[:tells], done[tells:]) if tells is not None else (done, "")
    return sure_name(f"{head}{_QUOTES.sub(' ', tail)}", known)


def may_name(text: str) -> str:
    """Return the part of a text in which `read_log` looks for names; "5 calls, 2 meetings" has none.

    What was done and what is next stand on two lines, as a name does not go from one to the other.

    Raises:
        Refusal: if the text is longer than fits.
    """
    line = _LEAD_IN.sub("", clean(text))
    done, next_words, _ = _said_next(line)
    try:
        only = _only_activities(reworded(done)[0])
    except Refusal:  # which `read_log` raises too
        only = False
    return "\n".join(filter(None, ("" if only else done, next_words)))


def _split_next(line: str, said: _Circumstances) -> tuple[str, str, bool]:
    """What was done, the words of the next step, and whether it was said that there is none."""
    done, words, none = _said_next(line)
    return (done, words, none) if words or none else (*split_step(done, said.now, said.zone), False)


def _said_next(line: str) -> tuple[str, str, bool]:
    """The same, where the next step is called so."""
    none = _NO_NEXT.search(line)
    if none:
        return f"{line[: none.start()]} {line[none.end() :]}".strip(), "", True
    step = _NEXT.search(line)
    if step and line[step.end() :]:
        return line[: step.start()], line[step.end() :], False
    return (line[: step.start()] if step else line), "", False


def _cut_day(done: str, said: _Circumstances) -> tuple[str, date]:
    """Take the day out of what was done. A day inside the outcome ("wants it by Friday") stays there."""
    today = local_date(said.now, said.zone)
    end = _outcome_start(done, said)
    head, tail = done[:end], done[end:]
    when = said.day_in(head)
    if when:
        done = f"{when.cut_from(head)}{tail}"
    else:
        last = _SAID_LAST.search(tail)
        when = said.day_in(tail[last.start() :]) if last else None
        if when and last:
            done = head + tail[: last.start()]
    if when is None:
        vague = _NOT_A_DAY.search(head)
        if vague:
            raise more_than_a_day(vague.group(), clean(f"{head}{tail}"))
        return done, today
    if when.day > today:
        raise StillToCome(when.day, today, done)
    return done, when.day


def _outcome_start(done: str, said: _Circumstances) -> int:
    """Where the telling begins: after a pause that no further activity or day follows."""
    told = told_from(done)
    for pause in islice(_PAUSE.finditer(done), MOST_PAUSES):
        before, behind = done[: pause.start()], done[pause.end() :]
        if told is not None and told < pause.start():
            break
        if before.strip() and not _goes_on(before, behind, said) and next(items_within(before), None):
            return pause.start()
    return told if told is not None and next(items_within(done[:told]), None) else len(done)


def _goes_on(before: str, behind: str, said: _Circumstances) -> bool:
    """True where a pause only parts one activity from the next, or from their day."""
    try:
        if items_from(behind):
            return True
    except Refusal:
        return _only_activities(before)  # "5 calls, 2 zorgs" lists on; "call Acme, 2 people came" tells
    try:
        when = said.day_in(behind[:LONGEST_DAY])
    except Refusal:
        return False
    return when is not None and when.spans[0][0] == 0


def _only_activities(text: str) -> bool:
    items = items_from(text)
    return bool(items) and not text[items[-1].end :].strip()


def _activities(done: str) -> tuple[tuple[tuple[ActivityKind, int], ...], str]:
    """The activities, and the words left about whom and how; the account may come first ("Acme: 2 calls")."""
    items, about = items_from(done), ""
    if not items:
        first = next(items_within(done), None)
        about = tidy(done[: first.start]) if first else ""
        if first is None or not (about == NAME or is_all_name(about)):
            raise unknown_activity(done)
        items = items_from(done, first.start)
    counts: dict[ActivityKind, int] = {}
    for item in items:
        counts[item.kind] = counts.get(item.kind, 0) + item.times
        if counts[item.kind] > MAX_COUNT:
            raise Refusal(
                f"More than {MAX_COUNT} of a kind in one entry. Is there a digit too many?", field="count"
            )
    return tuple(counts.items()), f"{about} {done[items[-1].end :]} "
