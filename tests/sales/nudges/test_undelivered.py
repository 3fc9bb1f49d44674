"""Why messages did not arrive: every way in which one can end has its sentence and its mend."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from sales.nudges.ledger import ERRORS, PostOutcome
from sales.nudges.undelivered import (
    BY_ERROR,
    DELETED,
    NOT_CERTAIN,
    OUR_FAULT,
    UNREACHABLE,
    Obstacle,
    is_broken,
    is_still_news,
    may_go_again,
    reason,
)
from sales.people.readers import Outsiders

NOW = datetime(2026, 9, 24, 16, 30, tzinfo=UTC)
ENDING = [
    error
    for error, outcome in ERRORS.items()
    if outcome in {PostOutcome.TARGET_BROKEN, PostOutcome.UNACCEPTABLE}
]
GENERAL = (UNREACHABLE, NOT_CERTAIN, OUR_FAULT)


@pytest.mark.parametrize("error", ENDING)
@pytest.mark.parametrize("to_person", [True, False])
def test_every_error_that_ends_a_message_has_words_of_its_own(error, to_person):
    found = reason(error, to_person=to_person)
    assert found not in GENERAL
    assert "do not know" not in found.text


@pytest.mark.parametrize(
    "error", [*ENDING, DELETED, "", "unclear", "KeyError: 'x'", "unknown", "never arrived", "status 503"]
)
@pytest.mark.parametrize("to_person", [True, False])
def test_words_are_sentences_and_carry_no_word_of_slacks(error, to_person):
    found = reason(error, to_person=to_person)
    for said in (found.text, found.mend):
        assert re.fullmatch(r"[A-Z].*\.", said), said
        assert not re.search(r"\w_\w", said), said


def test_the_table_has_no_error_that_cannot_happen():
    assert set(BY_ERROR) - {DELETED, *Outsiders} == set(ENDING)


@pytest.mark.parametrize(
    ("error", "to_person", "obstacle"),
    [
        ("is_archived", False, Obstacle.CHANNEL),
        ("channel_not_found", False, Obstacle.CHANNEL),
        ("channel_not_found", True, Obstacle.PASSING),
        ("user_not_found", True, Obstacle.PERSON),
        ("messages_tab_disabled", True, Obstacle.WORKSPACE),
        ("restricted_action", False, Obstacle.CHANNEL),
        ("restricted_action", True, Obstacle.WORKSPACE),
        ("invalid_blocks", True, Obstacle.OURS),
        ("KeyError: 'team'", True, Obstacle.OURS),
        ("service_unavailable", True, Obstacle.PASSING),
        ("ServerDisconnectedError", False, Obstacle.PASSING),
        (None, False, Obstacle.PASSING),
    ],
)
def test_what_was_in_the_way_decides_who_is_told(error, to_person, obstacle):
    assert reason(error, to_person=to_person).obstacle is obstacle


def test_a_word_nobody_knows_is_quoted():
    assert "“team_on_the_moon”" in reason("team_on_the_moon", to_person=True).text


def test_a_look_up_that_failed_is_never_called_unsent():
    assert reason("unknown", to_person=False) is NOT_CERTAIN


def test_only_a_place_that_cannot_be_reached_is_broken():
    assert is_broken("is_archived")
    assert not any(
        is_broken(error) for error in ("invalid_blocks", "service_unavailable", None, "KeyError: 1")
    )


@pytest.mark.parametrize(
    ("age", "left", "covered", "expected"),
    [
        (timedelta(hours=2), timedelta(hours=5), False, True),
        (timedelta(hours=2), timedelta(0), False, False),
        (timedelta(hours=2), None, False, True),
        (timedelta(days=3), None, False, True),
        (timedelta(days=3), timedelta(days=4), False, True),
        (timedelta(days=3), timedelta(days=4), True, False),
        (timedelta(days=1), timedelta(days=4), True, True),
    ],
)
def test_what_is_still_news(age, left, covered, expected):
    until = None if left is None else NOW + left
    assert is_still_news(NOW - age, until, NOW, covered=covered) is expected


def test_a_message_whose_time_is_over_does_not_go_again():
    assert may_go_again(None, NOW)
    assert may_go_again(NOW + timedelta(seconds=1), NOW)
    assert not may_go_again(NOW, NOW)
