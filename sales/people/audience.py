"""Audience: what a line tells of a team's people, by which a channel may read it or may not."""

from enum import StrEnum
from typing import NamedTuple

from sales.people.team import Audience


class Tells(StrEnum):
    """What a line tells of people."""

    TEAM = "team"  # all of them together: nobody's name, not even a deal's
    ALONE = "alone"  # under the team's name, and yet a single rep's own
    GOOD_NEWS = "good_news"  # who won what, who kept how many commitments; never how many they did not
    STANDING = "standing"  # what a rep reached and is likely to reach, by name


class Line(NamedTuple):
    """A line in finished words, and what it tells of people."""

    text: str
    tells: Tells


def may_read(audience: Audience, tells: Tells) -> bool:
    """Say whether a channel may read what tells this.

    Totals name nobody; nor do they show what a single rep aims for, which would be that rep's attainment under the
    team's name, also where the team has no other. Wins add who won what and who kept how many commitments. Everything
    adds each rep's attainment and P(hit), by name.
    """
    match tells:
        case Tells.TEAM:
            return True
        case Tells.ALONE:
            return audience is Audience.EVERYTHING
        case Tells.GOOD_NEWS:
            return audience is not Audience.TOTALS
        case Tells.STANDING:
            return audience is Audience.EVERYTHING
