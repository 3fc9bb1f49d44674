"""The reading of a follow-up: who, when, what, which side owes it, and why it is worth it."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sales.followups.followup import Owes
from sales.followups.followup_phrase.draft import FollowUpDraft, PastFollowUp, typed_again
from sales.followups.followup_phrase.marks import (
    DATE,
    MarkedLine,
    day_at_end,
    mark_day,
    mark_name,
)
from sales.followups.followup_phrase.question import (
    Alternative,
    day_as_name,
    incomplete,
    left_beside,
    typed_day,
    which,
)
from sales.followups.followup_phrase.recurring import Repeats, may_repeat, take_repeats
from sales.followups.followup_phrase.side import EXAMPLE, refuse_for_somebody, who_owes, with_subject
from sales.followups.followup_phrase.task import (
    FOLLOW_UP,
    says_nothing,
    split_worth,
    task,
    with_name_marked,
    without_haste,
    without_lead_in,
)
from sales.language.dates.instants import local_date, place
from sales.language.dates.spoken.circumstances import DateForm
from sales.language.dates.spoken.reading import NO_CUSTOMS, Customs, PastDate, SeveralDays, When, find_when
from sales.language.emoji import apart
from sales.language.figures import day_and_time
from sales.language.names.descent import comparable
from sales.language.typed_text import MAX_WORDS, clean, clean_name, shorten
from sales.refusal import Reading, Refusal

# Behind a day and its time, or an hour: "thu 10am her time", "thu 10 their time".
_THEIR_CLOCK = re.compile(
    rf"{DATE}\s*(?:(?:at\s+)?\d{{1,2}}\s+)?(?P<whose>(?:his|her|their|the customer['’]s)(?: local)? time)(?!\w)",
    re.I,
)


class _Said(NamedTuple):
    """The circumstances, and what holds of the whole sentence: which side owes it and why it is worth it."""

    now: datetime
    zone: str
    customs: Customs
    owes: Owes
    worth: str

    def dated(self, words: str) -> When | None:
        try:
            return find_when(words, self.now, self.zone, customs=self.customs)
        except (PastDate, SeveralDays):
            raise
        except Refusal as refusal:
            if not refusal.readings:
                refusal.example = EXAMPLE  # a day alone would be no follow-up
            raise


@apart
def read_followup(
    text: str,
    now: datetime,
    zone: str,
    known: Collection[str] = (),
    *,
    who: str | None = None,
    customs: Customs = NO_CUSTOMS,
) -> FollowUpDraft:
    """Return the commitment the sentence states: who, what, when, which side owes it and why it is worth it.

    Quoted names and `known` accounts win over guessing, and over days. `who` is used where the sentence names nobody,
    as for the next step of a conversation. What I owe and no words say is to follow up. Examples and readings are given
    without the command's name.

    Raises:
        Incomplete: if nobody, nothing that is owed or no day is named.
        PastFollowUp: if the day is over.
        Refusal: for a day that cannot be, or text longer than fits; with readings where two days could be meant, or
            what looks like a day could be somebody's name.
    """
    line = without_lead_in(clean(text))
    if not line:
        raise incomplete("who", "", "", None, Owes.ME, "")
    refuse_for_somebody(line)
    owes, subject, rest = who_owes(line)
    body, worth = split_worth(rest)
    said = _Said(now, zone, customs, owes, "" if says_nothing(worth) else worth)
    is_known = subject is None or comparable(subject) in map(comparable, known) or "“" in line or '"' in line
    if subject:
        body = f"“{subject}” {body}" if is_known else with_subject(subject, body, said.dated)
    marked, named = mark_name(body, known)
    repeats, marked = take_repeats(marked, said.dated, local_date(now, zone))
    parts = mark_day(marked, named, said.dated)
    if parts.when is None and said.worth:
        parts, worth = day_at_end(parts, said.worth, said.dated)
        said = said._replace(worth=worth)
    return _draft(parts, said, who, repeats, is_sure=is_known and (named is not None or who is not None))


def _draft(
    parts: MarkedLine, said: _Said, fallback: str | None, repeats: Repeats | None, *, is_sure: bool
) -> FollowUpDraft:
    """Return the commitment that the marked sentence states."""
    name, marked = with_name_marked(parts, fallback)
    name = clean_name(name, "who")
    what, is_urgent = task(marked), False
    when, worth = parts.when, clean(said.worth, MAX_WORDS, "worth")
    _ask_whose_clock(marked)
    if when is not None and name and not parts.past:
        _ask_about_rest(marked, name, when, parts.choices, said, is_sure=is_sure)
    if when is None:
        what, is_urgent = without_haste(what)
    gives_none = says_nothing(what)  # where no words were typed, no reason was given that could say nothing
    what = clean(what, MAX_WORDS, "what") or (FOLLOW_UP if name and said.owes is Owes.ME else "")
    if repeats is not None and repeats.first is not None:
        when = _first_of(repeats, when, said)
    elif repeats is not None and when is not None and when.form is DateForm.CLOCK:
        when = None
    if when is None or not name or not what:
        missing = "who" if not name else "what" if not what else "when"
        raise incomplete(
            missing,
            name,
            what,
            when,
            said.owes,
            worth,
            sure=is_sure,
            repeats=repeats.words if repeats is not None else "",
            is_urgent=is_urgent,
        )
    wall = when.at.astimezone(place(said.zone)).time() if when.at is not None else None
    recurrence = repeats.from_day(when.day, wall) if repeats is not None else None
    if recurrence is None and not parts.past and (often := may_repeat(marked)):
        raise _how_often(often, name, when, what, said)
    draft = FollowUpDraft(name, what, when, said.owes, worth, not worth and gives_none, is_sure, recurrence)
    if parts.past:
        raise PastFollowUp(parts.past, draft, f"{shorten(name)} {parts.past.example} {shorten(what)}")
    return draft


def _ask_about_rest(
    marked: str, name: str, when: When, choices: Sequence[When], said: _Said, *, is_sure: bool
) -> None:
    """Ask where another day stands beside the one that was read, or where that one may be a part of the name."""
    found = [Alternative(name, one.day, one.at, task(marked) or FOLLOW_UP) for one in choices]
    found = found or left_beside(marked, name, when, said.dated, said.zone)
    longer = "" if is_sure else day_as_name(marked, name, when)
    today = local_date(said.now, said.zone)
    if longer and not found:
        rest = task(marked.replace(DATE, " ", 1)) or FOLLOW_UP
        on = typed_again(name, typed_day(when.day, when.at, said.zone), rest, said.owes, said.worth)
        readings = [
            Reading(longer, f"“{longer}” {rest}"),
            Reading(f"{name}, {day_and_time(when.day, when.at, today, said.zone)}", on),
        ]
        raise Refusal("Who is it with?", field="who", readings=readings)
    if longer:
        last = found[-1]
        found = [Alternative(longer, last.day, last.at, last.what), *found]
    if found:
        raise which(found, said.owes, said.worth, today, said.zone, names=bool(longer))


def _ask_whose_clock(marked: str) -> None:
    """Ask where a time is on somebody else's clock, and nothing says which that is.

    Raises:
        Refusal: with how a place is said.
    """
    if theirs := _THEIR_CLOCK.search(marked):
        raise Refusal(
            f"I do not know what time “{theirs['whose']}” is. Name the place, such as “10:00 New York time”, or "
            "leave it out for your own clock.",
            field="when",
            example="Acme Thu 10:00 New York time call about pricing",
        )


def _first_of(repeats: Repeats, when: When | None, said: _Said) -> When:
    """The first day of a pattern that says which, at the time that is named with it."""
    assert repeats.first is not None
    if when is None or when.form is not DateForm.CLOCK or when.at is None:
        return When(repeats.first, None, "", (), DateForm.WEEKDAY)
    wall = when.at.astimezone(place(said.zone)).time()
    at = datetime.combine(repeats.first, wall, place(said.zone))
    return when._replace(day=repeats.first, at=at.astimezone(when.at.tzinfo))


def _how_often(often: str, name: str, when: When, what: str, said: _Said) -> Refusal:
    """Ask whether "weekly call" comes every week or is called so."""
    day = typed_day(when.day, when.at, said.zone)
    plain = what.removeprefix(often).strip() or FOLLOW_UP
    once = typed_again(name, day, what, said.owes, said.worth)
    again = typed_again(name, f"{often} on {day}", plain, said.owes, said.worth)
    readings = [Reading(f"It comes {often}", again), Reading(f"Once: {what}", once)]
    return Refusal(f"Does it come again, or is it called “{often}”?", field="when", readings=readings)
