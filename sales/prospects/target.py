"""Target accounts: who is wanted as a customer, and how far each came: touched, talked, a deal (mechanism 65)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.followups.next_step import CONVERSATIONS
from sales.language.dates.weekday import monday_of
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, clean_name, shorten
from sales.refusal import Reading, Refusal

EXAMPLE = "/lead target Acme"
MOST_TARGETS = 50  # of one person; whoever wants more wants none of them
QUOTED = re.compile(r"[\"“„]([^\"“”„]+)[\"“”]")
LOOK_BACK = timedelta(days=365)  # before it was put on the list, in which a touch counts


class TargetAccount(SQLModel):
    """An account that somebody pursues, and since when."""

    owner_id: str
    name: str = Field(min_length=1, max_length=MAX_NAME)
    added_on: date


class StoredTarget(TargetAccount):
    """A target with the id that buttons carry."""

    id: int


class PursuitStep(IntEnum):
    """How far a target came; each has those before it in it."""

    UNTOUCHED = 0
    TOUCHED = 1
    CONVERSATION = 2
    DEAL = 3


class TargetTouch(NamedTuple):
    """Something done with an account on a day, as often as counted, and whether they may have answered."""

    account: str
    kind: ActivityKind
    on: date
    times: int = 1
    may_be_answered: bool = True


class OpenedDeal(NamedTuple):
    """A deal by the names it goes by, and the day on which it was opened; None where nobody knows."""

    names: Sequence[str]
    opened_on: date | None
    is_live: bool


class Pursued(NamedTuple):
    """A target with its furthest step, how often it was touched, when last and how, and whether in this week."""

    target: StoredTarget
    step: PursuitStep
    touches: int
    last: TargetTouch | None
    this_week: bool


class PursuitBoard(NamedTuple):
    """The targets of one person, the furthest first."""

    pursued: Sequence[Pursued]

    def reached(self, step: PursuitStep) -> int:
        """Return how many came this far, or further."""
        return sum(one.step >= step for one in self.pursued)

    @property
    def touched_this_week(self) -> int:
        return sum(one.this_week for one in self.pursued)

    @property
    def left_alone(self) -> list[Pursued]:
        """Those that nobody touched this week and that are no deal yet: never touched ones first, then by silence."""
        alone = [one for one in self.pursued if not one.this_week and one.step < PursuitStep.DEAL]
        return sorted(
            alone, key=lambda one: (one.last.on if one.last else date.min, one.target.added_on, one.target.id)
        )


def read_target(typed: str) -> str:
    """Return the name of an account that is wanted.

    Raises:
        Refusal: if there is none in it, or it is too long.
    """
    name = clean_name(typed, "name").strip(" .,;")
    if not any(letter.isalnum() for letter in name):
        raise Refusal("Which account do you want as a customer?", field="name", example=EXAMPLE)
    return name


def read_targets(typed: str) -> list[str]:
    """Return the names of the accounts that are wanted: several are written with semicolons between them.

    Raises:
        Refusal: if there is none, or commas leave open whether it is one name or several.
    """
    text = typed.strip()
    if (quoted := QUOTED.fullmatch(text)) is not None:
        return [read_target(quoted[1])]
    if ";" in text:
        return list(dict.fromkeys(read_target(one) for one in text.split(";") if one.strip()))
    *parts, last = [one for one in re.split(r"\s*,\s*(?:and\s+)?", text) if one.strip()] or [text]
    if not parts:
        return [read_target(text)]
    parts += re.split(r"\s+and\s+", last)
    several = "; ".join(parts)
    raise Refusal(
        f"Is that one account, or {len(parts)}? Several have semicolons between them.",
        field="name",
        example=EXAMPLE,
        readings=[
            Reading(f"{len(parts)}: {shorten(several, 50)}", f"/lead target {several}"),
            Reading(f"One: {shorten(text, 50)}", f"/lead target “{text}”"),
        ],
    )


def pursued(
    targets: Iterable[StoredTarget],
    touches: Iterable[TargetTouch],
    deals: Iterable[OpenedDeal],
    today: date,
) -> PursuitBoard:
    """Return how far each target came. Service is no pursuit; a deal counts that is live, or was opened since."""
    by_account: dict[str, list[TargetTouch]] = {}
    for touch in touches:
        if touch.kind is not ActivityKind.SERVICE:
            by_account.setdefault(name_key(touch.account), []).append(touch)
    opened: dict[str, list[OpenedDeal]] = {}
    for deal in deals:
        for name in deal.names:
            opened.setdefault(name_key(name), []).append(deal)
    monday = monday_of(today)
    found = [one_pursued(target, by_account, opened, monday) for target in targets]
    return PursuitBoard(sorted(found, key=lambda one: (-one.step, name_key(one.target.name))))


def one_pursued(
    target: StoredTarget,
    by_account: Mapping[str, Sequence[TargetTouch]],
    opened: Mapping[str, Sequence[OpenedDeal]],
    monday: date,
) -> Pursued:
    key = name_key(target.name)
    touches = [one for one in by_account.get(key, ()) if one.on >= target.added_on - LOOK_BACK]
    became_deal = any(
        deal.is_live or (deal.opened_on is not None and deal.opened_on >= target.added_on)
        for deal in opened.get(key, ())
    )
    talked = any(one.kind in CONVERSATIONS and one.may_be_answered for one in touches)
    step = (
        PursuitStep.DEAL
        if became_deal
        else PursuitStep.CONVERSATION
        if talked
        else PursuitStep.TOUCHED
        if touches
        else PursuitStep.UNTOUCHED
    )
    last = max(touches, key=lambda one: one.on, default=None)
    this_week = last is not None and last.on >= monday
    return Pursued(target, step, sum(one.times for one in touches), last, this_week)
