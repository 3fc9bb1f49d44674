"""Room: how much Slack takes in one message or view, and what of a list fits into it.

Slack publishes no number for the text over a message's blocks, nor whether it measures their text or their JSON. What
people report begins at 11,341 characters; JSON is the longer of the two, so that it is what is measured here.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]

MOST = 10_000  # characters of JSON in one message, and on App Home
BODY = 8_800  # of them without what delivery puts under a message: the off switch, and words on how it came
LIST = 7_500  # for the items of a list, with a heading and its buttons around them
LIST_BLOCKS = 40  # of Slack's fifty, likewise
VIEW_WEIGHT = 200_000  # for a form, whose menus are most of it; Slack names 250 kB for views


def weight(blocks: Sequence[Block]) -> int:
    """Return how many characters of JSON blocks are."""
    return len(json.dumps(blocks, ensure_ascii=False))


def fitting(groups: Sequence[Sequence[Block]], most: int = LIST, blocks: int = LIST_BLOCKS) -> int:
    """Return how many of some groups of blocks fit from the first on; one at least, if there is any."""
    count = 0
    for number, group in enumerate(groups):
        most -= weight(group)
        blocks -= len(group)
        if number and (most < 0 or blocks < 0):
            break
        count += 1
    return count


@dataclass(frozen=True)
class ListPage:
    """A page of a list: which items stand on it, and where the pages before and after it begin, if there are any."""

    start: int
    end: int
    previous: int | None
    following: int | None

    @property
    def is_whole(self) -> bool:
        """Whether the list has no other page."""
        return self.previous is None and self.following is None


def page_with(
    groups: Sequence[Sequence[Block]], at: int, most: int = LIST, blocks: int = LIST_BLOCKS
) -> ListPage:
    """Return the page of a list that holds its item number `at`, or the last one where there are fewer by now."""
    starts = [0]
    while (end := starts[-1] + fitting(groups[starts[-1] :], most, blocks)) < len(groups) and end <= at:
        starts.append(end)
    previous = starts[-2] if len(starts) > 1 else None
    return ListPage(starts[-1], end, previous, end if end < len(groups) else None)


def page_at(at: int, count: int, length: int) -> ListPage:
    """Return the page that holds item number `at` of so many, each page of a length; the last one past the end."""
    start = min(max(at, 0), max(count - 1, 0)) // length * length
    following = start + length
    return ListPage(
        start,
        min(following, count),
        start - length if start else None,
        following if following < count else None,
    )
