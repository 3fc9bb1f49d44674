"""Audience: what a line tells of a team's people, by which a channel may read it or may not."""

from enum import StrEnum
from typing import NamedTuple


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
