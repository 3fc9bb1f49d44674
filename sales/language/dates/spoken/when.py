"""What a sentence's words for a day come to: the day, the places of the words, and where they leave a question."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sales.language.dates.spoken.circumstances import DateForm
from sales.language.typed_text import tidy
from sales.refusal import Reading, Refusal

_MARKS = re.compile(r"[\x00-\x1f]")  # what a caller put in the place of words

Span = tuple[int, int]


class When(NamedTuple):
    """A day named in a sentence, as the local date of the person's zone.

    `at` is the UTC instant if a time was named. `words` are the words that said it and `spans` their places
    in the sentence, for cutting them out.
    """

    day: date
    at: datetime | None
    words: str
    spans: tuple[Span, ...]
    form: DateForm

    def cut_from(self, text: str) -> str:
        """Return the sentence without the words that named the day."""
        for start, end in reversed(self.spans):
            text = f"{text[:start]} {text[end:]}"
        return tidy(text)

    def put_into(self, text: str) -> str:
        """Return the sentence with `words` at the first of the places, and nothing at the others."""
        for start, end in reversed(self.spans[1:]):
            text = f"{text[:start]} {text[end:]}"
        start, end = self.spans[0]
        return tidy(f"{text[:start]} {self.words} {text[end:]}")


class PastDate(Refusal):
    """A day that is over; `suggestion` is the coming day that was probably meant, `likely` how it can be typed."""

    def __init__(self, text: str, suggestion: When, example: str) -> None:
        super().__init__(text, field="when", example=example)
        self.suggestion = suggestion
        self.likely = example


class SeveralDays(Refusal):
    """Words that name more than one day or time, the likeliest or first named in front.

    Each of `alternatives` has as `words` what names it alone, and as `spans` the places of all that was named. The
    readings are the sentence with one of them; where it was only part of what was typed, `asked_in` makes them anew.
    """

    def __init__(self, text: str, alternatives: Sequence[When], sentence: str) -> None:
        super().__init__(text, field="when", example=alternatives[0].words)
        self.alternatives = tuple(alternatives)
        self.sentence = sentence
        if not _MARKS.search(sentence):
            self.asked_in(str)

    def asked_in(self, typed: Callable[[str], str]) -> "SeveralDays":
        """Give a reading for each alternative: `typed` makes what can be typed of the sentence that names just it."""
        self.readings = tuple(
            Reading(one.words, typed(one.put_into(self.sentence))) for one in self.alternatives
        )[:3]
        return self
