"""What a manager reads of floors: nobody is said to have been told of what no message told them."""

from datetime import date

import pytest

from messages.coaching.floor import TeamBelow, of_teams
from sales.coaching.floor import Floor, RepFloor
from sales.people.role import SalesRole

MONDAY = date(2026, 9, 14)
FULL = Floor(25, is_default=True)


def below(user_id: str, name: str) -> RepFloor:
    return RepFloor(user_id, name, SalesRole.AE, FULL, MONDAY, 5, 5, date(2026, 9, 16), done=6)


ANA, BEN, RAJ = below("U1", "Ana"), below("U2", "Ben"), below("U4", "Raj")


@pytest.mark.parametrize(
    ("reps", "heard", "said"),
    [
        ([ANA], {"U1"}, "They were told in mid-week."),
        ([ANA, BEN], {"U1", "U2"}, "Each was told in mid-week."),
        (
            [ANA, BEN, RAJ],
            {"U2"},
            "Each was told in mid-week, but for Ana and Raj: no message reached them that evening.",
        ),
        ([ANA], set(), "No message reached them in mid-week, so you are the first to say it."),
        ([ANA, BEN], set(), "No message reached any of them in mid-week, so you are the first to say it."),
    ],
)
def test_who_was_told_in_mid_week_is_said_as_it_was(reps: list[RepFloor], heard: set[str], said: str) -> None:
    text = str(of_teams([TeamBelow("Field", reps, [], [], heard)], MONDAY, date(2026, 9, 21)).blocks)
    assert f"{said} Ask what got in the way" in text, text
