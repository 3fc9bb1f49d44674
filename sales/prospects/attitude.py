"""Attitude: what a customer buys on, and what holds of them, as somebody noted it with what shows it (mechanism 31).

What is counted against is the team's own way of selling (mechanism 79): whoever buys on price is no worse a customer,
only a worse one for a team that sells on value.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.refusal import Refusal

BUYS_ON = "buys_on"  # the question that every team asks; the others are its statements
MAX_STATEMENT = 140  # characters: the label of a field in a form
MOST_STATEMENTS = 5  # more, nobody finds out
MAX_SAYS = 60
# What a team asks until it writes statements of its own; each holds of a customer who is wanted.
USUAL_STATEMENTS = (
    "They can say what the problem costs them",
    "They try new things before others do",
    "They treat suppliers as partners",
)


class SellingPoint(StrEnum):
    """What a team sells on, and what a customer buys on."""

    VALUE = "value"  # what it is worth to them
    INNOVATION = "innovation"  # being ahead of others
    PRICE = "price"  # the lowest one
    SERVICE = "service"  # being looked after


class Stance(StrEnum):
    """Whether a statement holds of a customer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


HOLDS: Mapping[Stance, float] = {Stance.YES: 1.0, Stance.PARTLY: 0.5, Stance.NO: 0.0}


class AttitudeAnswer(SQLModel):
    """What somebody noted of an account's attitude on a local day of theirs, and what shows it.

    `question` is `BUYS_ON` or a statement in the words it was asked in; another wording is another question. `says` are
    selling points, separated by spaces, or a stance.
    """

    account: str = Field(min_length=1, max_length=MAX_NAME)
    question: str = Field(min_length=1, max_length=MAX_STATEMENT)
    says: str = Field(min_length=1, max_length=MAX_SAYS)
    evidence: str = Field(default="", max_length=MAX_WORDS)
    by: str = Field(default="", max_length=40)
    on: date

    @property
    def points(self) -> tuple[SellingPoint, ...]:
        """What they buy on; empty for an answer to a statement."""
        return points_in(self.says) if self.question == BUYS_ON else ()

    @property
    def stance(self) -> Stance | None:
        """Whether a statement holds; None for what they buy on."""
        return Stance(self.says) if self.question != BUYS_ON and self.says in set(Stance) else None


class AttitudeFit(NamedTuple):
    """How an account's attitude fits a team: of ten `points`, None while nothing of it is known.

    `against` is what they buy on that the team does not sell on, `for_us` what both have in common. `stated` are the
    team's statements with what is known of each. `asked` questions there are, `known` of them answered.
    """

    points: int | None
    buys_on: tuple[SellingPoint, ...]
    for_us: tuple[SellingPoint, ...]
    against: tuple[SellingPoint, ...]
    stated: Sequence[tuple[str, Stance | None]]

    @property
    def asked(self) -> int:
        return len(self.stated) + 1

    @property
    def known(self) -> int:
        return sum(stance is not None for _, stance in self.stated) + bool(self.buys_on)

    @property
    def not_held(self) -> list[str]:
        """The statements that do not hold of them."""
        return [text for text, stance in self.stated if stance is Stance.NO]

    @property
    def open_statements(self) -> list[str]:
        """The statements nobody knows of whether they hold."""
        return [text for text, stance in self.stated if stance is None]


def points_in(said: str) -> tuple[SellingPoint, ...]:
    """Return the selling points whose words stand in a text, in the order of `SellingPoint`."""
    words = set(said.split())
    return tuple(point for point in SellingPoint if point.value in words)


def points_said(points: Iterable[SellingPoint]) -> str:
    """Return selling points as they are stored."""
    chosen = set(points)
    return " ".join(point.value for point in SellingPoint if point in chosen)


def attitude_fit(
    sells_on: Sequence[SellingPoint], statements: Sequence[str], answers: Iterable[AttitudeAnswer]
) -> AttitudeFit:
    """Return how an account's attitude fits a team that sells on some points and asks some statements.

    What they buy on counts as much as all statements together: a statement is a sign, that is the thing itself. Of it
    counts the share that the team sells on as well. What is not known counts neither way.
    """
    by_question = {name_key(one.question): one for one in answers}
    buys = by_question.get(name_key(BUYS_ON))
    buys_on = buys.points if buys is not None else ()
    for_us = tuple(point for point in buys_on if point in sells_on)
    against = tuple(point for point in buys_on if point not in sells_on) if sells_on else ()
    stated = [(text, stance_of(by_question.get(name_key(text)))) for text in statements]
    parts = [(HOLDS[stance], 1) for _, stance in stated if stance is not None]
    if buys_on and sells_on:
        parts.append((len(for_us) / len(buys_on), max(1, len(statements))))
    return AttitudeFit(out_of_ten(parts), buys_on, for_us, against, stated)


def stance_of(answer: AttitudeAnswer | None) -> Stance | None:
    return answer.stance if answer is not None else None


def out_of_ten(parts: Sequence[tuple[float, int]]) -> int | None:
    """Return the mean of degrees in 0..1 by their weights, as points of ten; None of nothing. Halves round up."""
    weight = sum(each for _, each in parts)
    if not weight:
        return None
    return int(10 * sum(degree * each for degree, each in parts) / weight + 0.5 + 1e-9)


def read_statements(typed: str, field: str = "statements") -> tuple[str, ...]:
    """Return the statements that were typed, one a line, each once.

    Raises:
        Refusal: for more of them than anybody finds out, or one that is too long to be asked.
    """
    found: dict[str, str] = {}
    for line in typed.splitlines():
        text = clean(line.lstrip(" -*•"), field=field).rstrip(".")
        if len(text) > MAX_STATEMENT:
            raise Refusal(
                f"A statement has up to {MAX_STATEMENT} characters; this one is longer: “{text[:40]}…”.",
                field=field,
            )
        if text and name_key(text):
            found.setdefault(name_key(text), text)
    if len(found) > MOST_STATEMENTS:
        raise Refusal(
            f"{MOST_STATEMENTS} statements at most; more, nobody finds out about a customer.", field=field
        )
    return tuple(found.values())
