"""What was read of a follow-up: all of it, a part, or all of it for a day that is over; and how to type it again."""

from typing import NamedTuple

from sales.followups.followup import Owes
from sales.followups.followup_phrase.marks import DATE
from sales.followups.recurrence import RepeatPattern
from sales.language.dates.spoken.reading import PastDate, When
from sales.refusal import Refusal


class FollowUpDraft(NamedTuple):
    """A commitment read from a sentence. `says_nothing`: it only checks in, with nothing in it for them.

    `what` and `worth` are the person's own words; `worth` may be empty (mechanism 58 asks for it). The name is `sure`
    where it was quoted, known or given, and else a guess. `repeats` is how it comes again, from its first day on.
    """

    who: str
    what: str
    when: When
    owes: Owes
    worth: str
    says_nothing: bool
    sure: bool = True
    repeats: RepeatPattern | None = None


class Incomplete(Refusal):
    """A follow-up that lacks `field` ("who", "what" or "when"); the parts that were read can fill a form.

    `repeats` are the words that say that it comes again, with a mark in the place of its day. With `is_urgent` it
    cannot wait.
    """

    def __init__(
        self,
        text: str,
        field: str,
        example: str,
        *,
        who: str,
        what: str,
        when: When | None,
        owes: Owes,
        worth: str,
        sure: bool = False,
        repeats: str = "",
        is_urgent: bool = False,
    ) -> None:
        super().__init__(text, field=field, example=example)
        self.who = who
        self.what = what
        self.when = when
        self.owes = owes
        self.worth = worth
        self.sure = sure
        self.repeats = repeats
        self.is_urgent = is_urgent

    def on(self, day: str) -> str:
        """Return what can be typed for the same with a day, written as it can be typed too."""
        said = self.repeats.replace(DATE, day) if self.repeats else day
        return typed_again(self.who, said, self.what, self.owes, self.worth)


class PastFollowUp(PastDate):
    """A complete follow-up for a day that is over; `draft` has the coming day that was probably meant."""

    def __init__(self, past: PastDate, draft: FollowUpDraft, example: str) -> None:
        super().__init__(past.text, past.suggestion, example)
        self.draft = draft


def typed_again(who: str, day: str, what: str, owes: Owes, worth: str) -> str:
    """Return what can be typed for a commitment, and is read as just that: the name quoted, the task after a colon."""
    name = f"“{without_quotes(who)}”"
    said = f"{name} owes me {day}: {what}" if owes is Owes.THEM else f"{name} {day}: {what}"
    return f"{said} because {worth}" if worth else said


def without_quotes(name: str) -> str:
    return name.translate(dict.fromkeys(map(ord, '"“”„«»')))
