"""Refusals: what Rainmaker will not do, and what it asks about, in words for the person who asked."""

from collections.abc import Sequence
from typing import NamedTuple

MOST_READINGS = 3  # more to choose from is a list, and the question was too wide


class Reading(NamedTuple):
    """One way of reading what somebody typed: the words on its button, and what to type for just that.

    `typed` follows the command's name, or begins with a slash and the name of another.
    """

    label: str
    typed: str

    @property
    def leads_on(self) -> bool:
        """Whether it opens something to fill in, as its label says; what it means is said there."""
        return self.label.endswith("…")


class Refusal(Exception):
    """Something was asked that cannot be done as it stands; the text says why and how to mend it, or asks.

    `field` names the value at fault (a modal shows the text under that input); `example` is something that would have
    worked, shown as the person could type it; `of_value` says that it is a value alone, which stands under its field,
    while whoever typed a line is shown what their command takes. `readings` are what was probably meant, the likeliest
    first: each is shown as a button that does it, so that nothing has to be typed again. Where it `completes` what was
    typed, they go on from that, words after the command included, and else they follow the command alone.
    """

    def __init__(
        self,
        text: str,
        *,
        field: str | None = None,
        example: str | None = None,
        of_value: bool = False,
        readings: Sequence[Reading] = (),
        completes: bool = False,
    ) -> None:
        super().__init__(text)
        self.text = text
        self.field = field
        self._example = example
        self.of_value = of_value
        self.readings = tuple(readings)[:MOST_READINGS]
        self.completes = completes

    @property
    def example(self) -> str | None:
        return self._example

    @example.setter
    def example(self, words: str | None) -> None:
        """Put another example in its place: whoever knows the line makes a line of it, and it is no value alone."""
        self._example = words
        self.of_value = False
