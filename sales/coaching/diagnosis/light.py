"""Lights: what one of the four says, and how one is chosen of what was measured for it (mechanisms 67, 80)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class LightName(StrEnum):
    """The four lights; their order is the order in which causes are looked for."""

    THING = "thing"
    WAY = "way"
    TIME = "time"
    ALWAYS = "always"


class LightMeasure(StrEnum):
    """What a light is judged by."""

    NOT_OURS = "not_ours"  # losses that should never have been ours
    SERVICE = "service"  # share of service among touches
    OPENED = "opened"  # deals opened in a month
    SPOKEN = "spoken"  # share of what is spoken among outreach
    YIELD = "yield"  # deals opened beside what the touches would have brought
    LATE = "late"  # deals opened past the last create date
    UNEVEN = "uneven"  # variation from week to week
    ACTIVE = "active"  # share of active days


@dataclass(frozen=True)
class LightNumber:
    """A number beside its threshold: `count` of `total`. Shares are in 0..1.

    `usual` is the colleagues' touches for a deal, `days` how long a deal takes, `last` the last create date.
    """

    measure: LightMeasure
    value: float
    threshold: float
    count: int
    total: int
    is_red: bool
    usual: float = 0.0
    days: int = 0
    last: date | None = None


class CannotTell(NamedTuple):
    """What is missing: there are `have` where `needs` would tell."""

    measure: LightMeasure
    have: int
    needs: int


class Light(NamedTuple):
    """One of the four: what it shows."""

    name: LightName
    found: LightNumber | CannotTell

    @property
    def is_red(self) -> bool:
        return isinstance(self.found, LightNumber) and self.found.is_red


def light(name: LightName, measured: Sequence[LightNumber | CannotTell]) -> Light:
    """Return a light that shows the first red measure, else the first that can be told, else why none can."""
    told = [one for one in measured if isinstance(one, LightNumber)]
    red = [one for one in told if one.is_red]
    return Light(name, (*red, *told, *measured)[0])


def first_red(lights: Iterable[Light]) -> Light | None:
    """Return the light to act on; None where none is red."""
    return next((one for one in lights if one.is_red), None)
