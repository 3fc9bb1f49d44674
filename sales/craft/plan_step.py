"""Steps of a strategy in words: "list ten clients by Wed, ask two of them by Fri"; each is read as a follow-up.

Lines, semicolons and commas part them. A day that cannot be placed for sure is asked for, the step being said again.
"""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sales.craft.plan import MOST_STEPS
from sales.craft.plan_phrase import APART
from sales.followups.followup import Owes
from sales.followups.followup_phrase import FollowUpDraft, Incomplete, PastFollowUp, read_followup
from sales.followups.followup_phrase.marks import NAME
from sales.followups.followup_phrase.question import typed_day
from sales.followups.followup_phrase.task import FOLLOW_UP, task
from sales.language.dates.spoken.reading import NO_CUSTOMS, Customs, PastDate, When, find_when
from sales.language.figures import day_and_time
from sales.language.names.mention import sure_name
from sales.language.typed_text import MAX_WORDS, clean, shorten
from sales.refusal import MOST_READINGS, Reading, Refusal

MOST_TYPED_AGAIN = 1_800  # characters of a line that a button carries
COMMA = re.compile(r",\s+(?:and\s+)?")
BY = re.compile(r"(?:^|\s+)(?:by|on|until|till|before|due)\s+(?P<day>[^,;]+?)[\s.]*$", re.IGNORECASE)
ONE_WORD = re.compile(r"\s+(?:by|on|until|till|before|due)\s+\S+$", re.IGNORECASE)
BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")


class StepReader(NamedTuple):
    """How steps are read: now, in a zone, as somebody counts days; `known` are names of accounts."""

    now: datetime
    zone: str
    today: date
    known: Collection[str] = ()
    customs: Customs = NO_CUSTOMS

    def when(self, text: str) -> When | None:
        """Return the day that words name.

        Raises:
            Refusal: for one that is over or cannot be, and for several.
        """
        return find_when(text, self.now, self.zone, customs=self.customs, names=self.known)

    def names_day(self, text: str) -> bool:
        """Say whether words name a day, be it one that cannot stand."""
        try:
            return self.when(text) is not None
        except Refusal:
            return True


def steps_in(typed: str, reader: StepReader) -> list[str]:
    """Return the steps that a text lists, by lines and semicolons, and by commas where a day ends each.

    "call Ada, Ben by Fri" is one step, since "call Ada" has no day of its own.
    """
    found: list[str] = []
    for line in APART.split(typed.strip()):
        waiting = ""
        for piece in COMMA.split(BULLET.sub("", line.strip(" ,;"))):
            if not piece:
                continue
            if found and not waiting and is_day_alone(piece, reader):
                found[-1] = f"{found[-1]}, {piece}"
                continue
            waiting = f"{waiting}, {piece}" if waiting else piece
            if BY.search(piece) or reader.names_day(piece):
                found.append(waiting)
                waiting = ""
        if waiting:
            found.append(waiting)
    return found


def is_day_alone(piece: str, reader: StepReader) -> bool:
    """Say whether words are a day and nothing else, as in "Fri, 18 Sep"."""
    try:
        when = reader.when(piece)
    except Refusal:
        return False
    return when is not None and not when.cut_from(piece).strip(" .,")


def read_steps(
    steps: Sequence[str], whom: str, reader: StepReader, again: Callable[[Sequence[str]], str] | None = None
) -> list[FollowUpDraft]:
    """Return steps as commitments; one that names nobody we know is with `whom`.

    `again` says how the line is typed with other steps, so that a day can be chosen in a tap.

    Raises:
        Refusal: for more than fit, and for a step whose day is over, missing, or can be meant in several ways.
    """
    if len(steps) > MOST_STEPS:
        raise Refusal(f"{MOST_STEPS} steps at once are the most. Add the others later.", field="steps")
    found = []
    for at, one in enumerate(steps):

        def instead(step: str, at: int = at) -> str:
            assert again is not None
            return again([*steps[:at], step, *steps[at + 1 :]])

        found.append(read_step(clean(one, MAX_WORDS, "steps"), whom, reader, instead if again else None))
    return found


def read_step(
    typed: str, whom: str, reader: StepReader, instead: Callable[[str], str] | None = None
) -> FollowUpDraft:
    """Return one step as a commitment.

    Words that end with "by" and a day are sure; others are read as a follow-up is, and asked about where one would be.

    Raises:
        Refusal: in words that say the step again.
    """
    found = BY.search(typed)
    if found is not None:
        try:
            when = reader.when(found["day"])
        except PastDate:
            raise UndatedStep(typed, typed[: found.start()].strip() or typed, instead, is_over=True) from None
        except Refusal:
            when = None
        if when is not None and not when.cut_from(found["day"]).strip(" ."):
            return drafted(typed[: found.start()], when, whom, reader)
    try:
        return read_followup(typed, reader.now, reader.zone, reader.known, who=whom, customs=reader.customs)
    except PastFollowUp as past:
        raise UndatedStep(typed, past.draft.what, instead, is_over=True) from None
    except PastDate:
        raise UndatedStep(typed, typed, instead, is_over=True) from None
    except Incomplete as missing:
        if missing.field == "when":
            raise UndatedStep(typed, ONE_WORD.sub("", typed), instead) from None
        raise Refusal(f"What will you do? “{shorten(typed)}” says only when.", field="steps") from None
    except Refusal as asked:
        raise asked_again(asked, typed, instead) from None


def drafted(says: str, when: When, whom: str, reader: StepReader) -> FollowUpDraft:
    """Return a step of which the day is sure.

    Raises:
        Refusal: if nothing is to be done.
    """
    text = says.strip(" ,;:")
    if not text:
        raise Refusal(
            f"What will you do by {day_and_time(when.day, when.at, reader.today, reader.zone)}?",
            field="steps",
        )
    named = sure_name(text, reader.known)
    what = text
    if named is not None:
        what = task(f"{text[: named.start]}{NAME}{text[named.end :]}") or FOLLOW_UP
    return FollowUpDraft(named.name if named else whom, what, when, Owes.ME, "", says_nothing=False)


class UndatedStep(Refusal):
    """A step without a day that lies ahead. `what` is the step alone; with a day, `instead` types the line again."""

    def __init__(
        self, typed: str, what: str, instead: Callable[[str], str] | None, *, is_over: bool = False
    ) -> None:
        said = f"“{shorten(typed, 120)}”"
        text = (
            f"{said}: that day is over. By which day will you do it?"
            if is_over
            else f"By which day: {said}? Nothing is kept until its day is sure."
        )
        super().__init__(text, field="steps")
        self.what = what
        self.instead = instead

    def offering(self, days: Sequence[date], today: date, zone: str) -> "UndatedStep":
        """Return it with days to choose in a tap, one place left for the form."""
        if self.instead is not None:
            self.readings = tuple(
                Reading(
                    day_and_time(day, None, today, zone),
                    self.instead(f"{self.what} by {typed_day(day, None, zone)}"),
                )
                for day in days[: MOST_READINGS - 1]
                if len(self.instead(self.what)) < MOST_TYPED_AGAIN
            )
        return self


def asked_again(asked: Refusal, typed: str, instead: Callable[[str], str] | None) -> Refusal:
    """Return a question about a step with its answers as the whole line is typed."""
    readings = [
        Reading(one.label, instead(one.typed))
        for one in asked.readings
        if instead is not None and len(instead(one.typed)) < MOST_TYPED_AGAIN
    ]
    return Refusal(f"“{shorten(typed, 120)}”: {asked.text}", field="steps", readings=readings)
