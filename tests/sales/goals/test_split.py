"""Splitting a target: the parts are the target, whatever the weights; and lists that people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.goal import Metric, read_target
from sales.goals.goal_list import read_list
from sales.goals.split import split_among
from sales.refusal import Refusal

WEIGHTS = st.lists(st.integers(0, 10**9).map(float), min_size=1, max_size=200).filter(any)
PEOPLE = {
    "U1": "Ana Kovač",
    "U2": "Ben Ito",
    "U3": "Ana Maria Novak",
    "U4": "Rep 003 Surname",
    "U5": "Chloé Béranger",
}


@given(target=st.integers(0, 10**12), weights=WEIGHTS, unit=st.sampled_from([1, 100]))
def test_parts_add_up_to_the_target_each_within_a_unit_of_its_share(
    target: int, weights: list[float], unit: int
) -> None:
    parts = split_among(target, weights, unit)
    assert sum(parts) == target
    step = unit if target % unit == 0 else 1
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert part % step == 0
        assert abs(part - target * weight / total) <= step * (1 + 1e-6) + 1e-3


def test_who_weighs_nothing_gets_nothing_and_what_is_left_goes_to_the_largest_remainder() -> None:
    assert split_among(100_000_00, [1, 1, 1], 100) == [33_334_00, 33_333_00, 33_333_00]
    assert split_among(7, [0, 1, 3]) == [0, 2, 5]


def listed(text: str) -> tuple[dict[str, int], int | None]:
    found = read_list(text, PEOPLE, lambda typed: read_target(typed, Metric.REVENUE, "USD", "list"), "list")
    return dict(found.parts), found.total


@pytest.mark.parametrize(
    ("text", "parts", "total"),
    [
        ("Ana Kovač\t60k\nBen Ito, 40,000", {"U1": 60_000_00, "U2": 40_000_00}, None),
        ("Ben 40k / Ana Kovač 60k", {"U1": 60_000_00, "U2": 40_000_00}, None),
        ("Name | Target\n• @Ben Ito: $40,000\n\nTotal | 40k", {"U2": 40_000_00}, 40_000_00),
        ("Ana Kovac 60k\nChloe Beranger 40k", {"U1": 60_000_00, "U5": 40_000_00}, None),
        ("CHLOE: 40k\nAna Kovac\u030c 60k", {"U5": 40_000_00, "U1": 60_000_00}, None),
        ("ana maria novak – 5k; Rep 003 Surname 7k", {"U3": 5_000_00, "U4": 7_000_00}, None),
    ],
)
def test_a_list_is_read_as_it_comes_out_of_a_sheet(
    text: str, parts: dict[str, int], total: int | None
) -> None:
    assert listed(text) == (parts, total)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ana Kovač 60k\nBem Ito 40k", "Nobody in the team is called “Bem Ito”. Did you mean Ben Ito?"),
        ("Ana 60k", "“Ana” may be Ana Kovač or Ana Maria Novak: write the whole name."),
        ("Ben Ito 1k\nBen 2k", "“Ben” stands there twice."),
        ("Ben Ito", "lacks a number"),
        ("Ben Ito lots", "lacks a number"),
        ("Ben Ito 0", "Ben Ito: "),
        ("Name\tTarget", "The list names nobody."),
        ("\n".join(f"Xavier{at} 5k" for at in range(9)), "And 4 more. Nothing was saved."),
    ],
)
def test_every_line_at_fault_is_named(text: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        listed(text)
    assert said in refused.value.text
    assert refused.value.field == "list"
