"""A window is read whole whatever the search does: shuffled ties, small pages, records that leave it meanwhile."""

import random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from sales.imports.sync.hubspot.window import (
    ById,
    SearchHit,
    SearchPart,
    asked,
    between,
    latest,
    onward,
    part_of,
)

LOW, HIGH = 100, 120


class Index(NamedTuple):
    """A search over (millisecond, id), in pages, those of one millisecond in an order of the moment."""

    stamps: dict[int, int]
    page: int
    chance: random.Random
    old: frozenset[int] = frozenset()  # shown as they were before the window

    def between(self, low: int, high: int) -> SearchPart:
        there = [(at, one) for one, at in self.stamps.items() if low <= at <= high]
        self.chance.shuffle(there)
        there.sort(key=lambda one: one[0])
        hits = [SearchHit(LOW - 50 if one in self.old else at, str(one)) for at, one in there[: self.page]]
        return SearchPart(tuple(hits), len(there) > self.page)

    def by_id(self, low: int, high: int) -> list[int]:
        return [one for one, at in self.stamps.items() if low <= at <= high]


def read(index: Index, leaving: list[int]) -> set[int]:
    """Read a window as the adapter does; after each page one of `leaving` is changed, and is in a later window."""
    seen: set[int] = set()
    low, turns = LOW, 0
    while low <= HIGH:
        turns += 1
        assert turns < 500
        step = onward(index.between(low, HIGH), low)
        seen |= {int(one.id) for one in step.hits}
        if step.low is None:
            break
        low = step.low
        if step.by_id is ById.MILLISECOND:
            seen |= set(index.by_id(low, low))
            low += 1
        elif step.by_id is ById.REST:
            seen |= set(index.by_id(low, HIGH))
            break
        if leaving:
            index.stamps[leaving.pop()] = HIGH + 1
    return seen


@settings(max_examples=300)
@given(
    st.lists(st.integers(LOW, HIGH), min_size=0, max_size=40),
    st.integers(1, 12),
    st.integers(0, 2**32),
    st.data(),
)
def test_nothing_is_missed(stamps, page, seed, data):
    """Every record that stays in the window is read, whatever the pages, the ties, old bodies and what leaves it."""
    ids = range(len(stamps))
    leaving = data.draw(st.lists(st.sampled_from(ids), unique=True)) if stamps else []
    old = frozenset(data.draw(st.lists(st.sampled_from(ids), unique=True))) if stamps else frozenset()
    index = Index(dict(zip(ids, stamps, strict=True)), page, random.Random(seed), old)
    stays = set(ids) - set(leaving)
    assert stays <= read(index, list(leaving))


@given(st.lists(st.integers(LOW, HIGH), min_size=1, max_size=30), st.integers(1, 8))
def test_a_page_goes_on_and_never_back(stamps, page):
    index = Index(dict(enumerate(stamps)), page, random.Random(1))
    step = onward(index.between(LOW, HIGH), LOW)
    if step.low is None:
        assert len(step.hits) == len(stamps)
    else:
        assert step.low >= LOW
        assert all(one.at < step.low for one in step.hits)
        assert step.low > LOW or step.by_id is ById.MILLISECOND


def test_a_search_is_as_hubspot_wants_it():
    body = asked([between("deals", 1795686600000, 1795687200000)], "deals", "hs_lastmodifieddate")
    assert body == {
        "limit": 200,
        "sorts": [{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}],
        "properties": ["hs_lastmodifieddate"],
        "filterGroups": [
            {
                "filters": [
                    {
                        "propertyName": "hs_lastmodifieddate",
                        "operator": "BETWEEN",
                        "value": "1795686600000",
                        "highValue": "1795687200000",
                    }
                ]
            }
        ],
    }
    assert between("contacts", 1, 2)["propertyName"] == "lastmodifieddate"


def test_a_page_as_it_is_answered():
    row = {"id": "70011", "properties": {"hs_lastmodifieddate": "2026-11-26T09:54:07.120Z"}}
    part = part_of("deals", {"total": 2, "results": [row], "paging": {"next": {"after": "1"}}})
    assert part == SearchPart((SearchHit(1795686847120, "70011"),), True)
    assert part_of("deals", {"results": []}) == SearchPart(())
    assert latest([SearchHit(1, "9"), SearchHit(2, "10"), SearchHit(2, "9")]) == SearchHit(2, "10")
