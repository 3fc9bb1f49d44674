"""Activities as people type them: "5 calls 2 meetings", "call Acme – spoke, next step demo Tue"."""

import re
from collections.abc import Collection
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from sales.followups.activity import MAX_COUNT, ActivityKind
from sales.followups.activity_words import closest_kind, items_from, items_within, say_count, say_kinds
from sales.followups.followup_phrase import FollowUpDraft, Incomplete, PastFollowUp, read_followup
from sales.language.dates.instants import local_date
from sales.language.dates.spoken.circumstances import Facing
from sales.language.dates.spoken.reading import When, find_when
from sales.language.emoji import apart
from sales.language.figures import long_day
from sales.language.names.mention import guessed_name, is_all_name, sure_name
from sales.language.typed_text import MAX_WORDS, clean, clean_name, shorten, tidy
from sales.refusal import Refusal

EXAMPLE = "5 calls, 2 meetings"

MOST_PAUSES = 12  # as many activities and their day as anybody lists in a sentence
FEW_WORDS = 4  # more words in lower case are a story, not an account

_NAME = "\x01"  # `clean` leaves none in a text, so it can hold a name's place

_LEAD_IN = re.compile(
    r"^(?:(?:i(?:['’]ve)?|we|just|please|have|logged|log|add|did|made|had|held|sent|gave|ran|done)\b[\s:]*)+",
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
_OUTCOME = re.compile(
    r"(?<!\w)(?:spoke|no answer|no reply|no show|left|voicemail|vm|went|booked|interested|not|said|asked"
    r"|agreed|they|he|she|great|good|bad|busy|will|wants?|wanted|liked|loved|hated|answered|about|re|regarding)(?!\w)",
    re.I,
)
_TO = re.compile(r"^[\s,]*(?:(?:with|to|at|from|for|of|and)\s+)*", re.I)
_PERSON_AT = re.compile(r"(\S+(?: \S+)?)\s+(?:at|from)\s+([^\Wa-z_]\S*(?: \S+){0,3})")
_ASKED_FOR = re.compile(
    r"^asked\s+(?P<who>.{1,200}?)\s+for\s+(?:an?\s+)?(?:referral|intro(?:duction)?)s?(?!\w)", re.I
)
_SAID_LAST = re.compile(
    r"[\s,(]+(?:yesterday|today|this (?:morning|afternoon)|on \w+day|last \w+day)[.)\s]*$", re.I
)
_NOT_A_DAY = re.compile(r"(?<!\w)(?:last|this|past) (?:week|month|quarter|year)(?!\w)", re.I)


class LogDraft(NamedTuple):
    """Activities read from a sentence: (kind, count) pairs, each kind once, in the order typed.

    `no_next_step` is True where the person said there is none; both it and `next_step` can be empty
    (mechanism 59 asks then).
    """

    activities: tuple[tuple[ActivityKind, int], ...]
    account: str | None
    outcome: str
    next_step: FollowUpDraft | None
    no_next_step: bool
    on: date


class _Circumstances(NamedTuple):
    now: datetime
    zone: str

    def day_in(self, text: str) -> When | None:
        try:
            return find_when(text, self.now, self.zone, facing=Facing.BACK)
        except Refusal as refusal:
            refusal.example = "5 calls yesterday"  # a day alone would log nothing
            raise


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
    done, next_words, none_next = _split_next(line)
    named = sure_name(done, known)
    if named:
        done = f"{done[: named.start]}{_NAME}{done[named.end :]}"
    done, on = _cut_day(done, said)
    asked = _ASKED_FOR.match(done)
    if asked:
        done = f"referral ask {asked['who']} {done[asked.end() :]}"
    activities, about = _activities(done)
    account, outcome = _account_and_outcome(about, named.name if named else None)
    account = clean_name(account, "account") or None if account else None
    step = None
    if next_words:
        step = _next_step(next_words, account, known, said, line[: len(line) - len(next_words)])
    return LogDraft(activities, account, clean(outcome, MAX_WORDS, "outcome"), step, none_next, on)


def may_name(text: str) -> str:
    """Return the part of a text in which `read_log` looks for names; "5 calls, 2 meetings" has none.

    What was done and what is next stand on two lines, as a name does not go from one to the other.

    Raises:
        Refusal: if the text is longer than fits.
    """
    done, next_words, _ = _split_next(_LEAD_IN.sub("", clean(text)))
    try:
        only = _only_activities(done)
    except Refusal:  # which `read_log` raises too
        only = False
    return "\n".join(filter(None, ("" if only else done, next_words)))


def _split_next(line: str) -> tuple[str, str, bool]:
    """What was done, the words of the next step, and whether it was said that there is none."""
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
            raise Refusal(
                f"“{vague.group()}” is more than one day. Log each day by itself.",
                field="on",
                example="5 calls yesterday",
            )
        return done, today
    if when.day > today:
        raise Refusal(
            f"{long_day(when.day, today)} is still to come; a log is for what was done.",
            field="on",
            example="5 calls yesterday",
        )
    return done, when.day


def _outcome_start(done: str, said: _Circumstances) -> int:
    """Where the telling begins: after a pause that no further activity or day follows."""
    told = _OUTCOME.search(done)
    for pause in islice(_PAUSE.finditer(done), MOST_PAUSES):
        before, behind = done[: pause.start()], done[pause.end() :]
        if told and told.start() < pause.start():
            break
        if before.strip() and not _goes_on(before, behind, said) and next(items_within(before), None):
            return pause.start()
    return told.start() if told and next(items_within(done[: told.start()]), None) else len(done)


def _goes_on(before: str, behind: str, said: _Circumstances) -> bool:
    """True where a pause only parts one activity from the next, or from their day."""
    try:
        if items_from(behind):
            return True
    except Refusal:
        return _only_activities(before)  # "5 calls, 2 zorgs" lists on; "call Acme, 2 people came" tells
    when = said.day_in(behind)
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
        if first is None or not (about == _NAME or is_all_name(about)):
            raise _unknown(done)
        items = items_from(done, first.start)
    counts: dict[ActivityKind, int] = {}
    for item in items:
        counts[item.kind] = counts.get(item.kind, 0) + item.times
        if counts[item.kind] > MAX_COUNT:
            raise Refusal(
                f"More than {MAX_COUNT} of a kind in one entry. Is there a digit too many?", field="count"
            )
    return tuple(counts.items()), f"{about} {done[items[-1].end :]} "


def _unknown(done: str) -> Refusal:
    words = re.findall(r"[^\W\d_][\w'’-]*", done)
    kind = next((kind for kind in map(closest_kind, words[:3]) if kind), None)
    if kind:
        return Refusal(
            f"“{shorten(done.replace(_NAME, '…'))}” names no activity. Did you mean {say_count(kind, 1)}?",
            field="kind",
            example=say_count(kind, 1),
        )
    return Refusal(
        f"“{shorten(done.replace(_NAME, '…'))}” names no activity. Rainmaker counts {say_kinds()}.",
        field="kind",
        example=EXAMPLE,
    )


def _account_and_outcome(about: str, name: str | None) -> tuple[str | None, str]:
    """Split "with Acme – spoke" into the account and how it went."""
    pause = _PAUSE.search(f" {about}")
    whom, told = (about[: max(pause.start() - 1, 0)], about[pause.end() - 1 :]) if pause else (about, "")
    starts = _OUTCOME.search(whom)
    if starts:
        whom, told = whom[: starts.start()], f"{about[starts.start() :]}"
    whom = tidy(_TO.sub("", whom.strip(" (")))
    account, rest = name, whom
    person_at = _PERSON_AT.fullmatch(whom)
    if name:
        rest = whom.replace(_NAME, " ")
    elif person_at:
        account, rest = tidy(person_at[2]), f"with {person_at[1]}"
    elif whom and is_all_name(whom) and (len(whom.split()) <= FEW_WORDS):
        account, rest = whom, ""
    elif whom:
        guess = guessed_name(whom)
        if guess and guess.start == 0:
            account, rest = guess.name, whom[guess.end :]
    told = tidy(f"{rest} {told}".replace(_NAME, name or ""))
    return account, told if "(" in told else told.rstrip(") ")


def _next_step(
    words: str, account: str | None, known: Collection[str], said: _Circumstances, head: str
) -> FollowUpDraft:
    """Read the next step, with the account of the conversation where it names nobody."""
    try:
        return read_followup(words, said.now, said.zone, known, who=account)
    except Refusal as refusal:
        if isinstance(refusal, PastFollowUp):
            today = local_date(said.now, said.zone)
            step = f"{refusal.draft.what} {long_day(refusal.suggestion.day, today)}"
        elif isinstance(refusal, Incomplete):
            step = f"{refusal.what or 'send the ROI sheet'} {refusal.when.words if refusal.when else 'fri'}"
        else:
            step = "send the ROI sheet fri"
        whom = "" if account else "Acme "
        raise Refusal(refusal.text, field="next_step", example=f"{head}{whom}{step}") from refusal
