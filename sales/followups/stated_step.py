"""The next step that a conversation left: called so, or said last ("…, send proposal by friday")."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from itertools import islice

from sales.followups.followup_phrase import FollowUpDraft, Incomplete, PastFollowUp, read_followup
from sales.language.dates.instants import local_date
from sales.language.dates.spoken.circumstances import Facing
from sales.language.dates.spoken.reading import find_when
from sales.language.figures import long_day, month_day
from sales.language.typed_text import shorten
from sales.refusal import Reading, Refusal

MOST_CLAUSES = 12  # of a sentence; with more of them it is a story
LONGEST_STEP = 200  # characters
OFFERED_DAYS = (1, 3, 7)  # from today, for a next step without a day

# What somebody is going to do; in another form of the verb it is done, or somebody else's.
_TASK = (
    r"(?:send|resend|re-send|call|phone|ring|email|e-mail|mail|text|message|ping|chase|follow up|follow-up|book"
    r"|schedule|arrange|set up|prepare|prep|draft|write|share|forward|check|circle|touch|visit|present|quote|loop"
    r"|introduce|confirm|review|update|nudge|remind|reach|deliver|submit|sign|finish|finali[sz]e|get back|come back"
    r"|go back|bring)"
)
# What was done or is going to be: the day tells which, where it can.
_EVENT = r"(?:demo|meeting|mtg|coffee|lunch|workshop|review call|next call|second call)"
_CLAUSE = re.compile(
    r"(?:\s[–—-]+\s|[,;.:]\s+|\s\(|\s(?=(?:and )?then\s))(?:(?:and|then|so|now|also)\s+){0,3}"
    r"(?:(?:i|we)(?:['’]ll| will| have to| need to| must)\s+|(?:i['’]m |we['’]re )?going to\s+"
    rf"|(?:will|need to|have to|must|gotta|todo|to do|to)\s+)?(?:(?P<task>{_TASK})|(?P<event>{_EVENT}))(?!\w)",
    re.I,
)


def split_step(line: str, now: datetime, zone: str) -> tuple[str, str]:
    """Return what was done, and the words of the next step, empty where none is said with its day.

    Two steps with a day each are no step: they stay with what was told.

    Raises:
        Refusal: with both readings, where what is said last was on its day, or is going to be ("…, demo on friday").
    """
    found = [match for match in islice(_CLAUSE.finditer(line), MOST_CLAUSES) if match.start() > 0]
    dated = []
    for match, after in zip(found, [*found, None][1:], strict=True):
        at = match.start(match.lastgroup or 0)
        words = line[at : after.start() if after else len(line)].rstrip(" .!)")
        if len(words) <= LONGEST_STEP and _day(words, now, zone, Facing.AHEAD):
            dated.append((match, at, words))
    if len(dated) != 1 or dated[0][0] is not found[-1]:
        return line, ""
    match, at, words = dated[0]
    step = line[at:].rstrip(" )")
    if match["event"]:
        back = _day(words, now, zone, Facing.BACK)
        if back is not None and back <= local_date(now, zone):
            raise _over_or_ahead(line[: match.start()], step, back)
    return line[: match.start()], step


def _over_or_ahead(done: str, step: str, day: date) -> Refusal:
    """Return the question whether an event was on the day that is over, or is to come."""
    return Refusal(
        f"“{shorten(step, 40)}”: was that on {long_day(day, day)}, or is it the next step?",
        field="next_step",
        readings=[
            Reading("It is the next step", f"{done}, next step {step}"),
            Reading(f"It was on {long_day(day, day)}", f"{done}, 1 {step}"),
        ],
    )


def _day(words: str, now: datetime, zone: str, facing: Facing) -> date | None:
    try:
        when = find_when(words, now, zone, facing=facing)
    except Refusal:
        return None
    return when.day if when is not None else None


def read_step(
    words: str, account: str | None, known: Collection[str], now: datetime, zone: str, head: str
) -> FollowUpDraft:
    """Read the next step, with the account of the conversation where it names nobody.

    `head` is what stands before it: with it a refusal offers the whole line as it can be typed.

    Raises:
        Refusal: if it lacks a part, or its day is over; for a day, three are offered.
    """
    try:
        return read_followup(words, now, zone, known, who=account)
    except Refusal as refusal:
        today = local_date(now, zone)
        whom = "" if account else "Acme "
        days: list[date] = []
        task = "send the ROI sheet"
        if isinstance(refusal, PastFollowUp):
            days, task = [refusal.suggestion.day], refusal.draft.what
        elif isinstance(refusal, Incomplete):
            if refusal.field == "when" and account:
                days = [today + timedelta(days=ahead) for ahead in OFFERED_DAYS]
            task = refusal.what or task
        day = refusal.when.words if isinstance(refusal, Incomplete) and refusal.when else "fri"
        raise Refusal(
            refusal.text,
            field="next_step",
            example=f"{head}{whom}{task} {month_day(days[0], today) if days else day}",
            readings=[Reading(long_day(one, today), f"{head}{task} {one.isoformat()}") for one in days],
        ) from refusal
