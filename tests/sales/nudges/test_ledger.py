"""What each answer of Slack's means for the message, row by row, and the arithmetic of waiting."""

from datetime import UTC, datetime, timedelta

import pytest

from sales.nudges.ledger import (
    ERRORS,
    LONGEST_WAIT,
    TIMING,
    Answer,
    Nudge,
    PostOutcome,
    Timing,
    back_off,
    classify,
    delivery_id,
    next_look,
)

NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)

TABLE = {
    PostOutcome.THROTTLED: ["ratelimited", "rate_limited", "message_limit_exceeded"],
    PostOutcome.NOT_SENT: ["service_unavailable", "team_added_to_org", "request_timeout"],
    PostOutcome.AMBIGUOUS: [
        "internal_error", "fatal_error", "duplicate_message_not_found", "duplicate_channel_not_found",
        "", "an error nobody has heard of",
    ],
    PostOutcome.WORKSPACE_BROKEN: [
        "token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed", "missing_scope",
        "not_allowed_token_type", "org_login_required", "team_access_not_granted",
    ],
    PostOutcome.TARGET_BROKEN: [
        "channel_not_found", "not_in_channel", "user_not_found", "users_not_found", "is_archived", "cannot_dm_bot",
        "user_disabled", "user_not_visible", "no_permission", "access_denied", "messages_tab_disabled",
        "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
        "ekm_access_denied",
    ],
    PostOutcome.UNACCEPTABLE: [
        "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "metadata_too_large",
        "invalid_metadata_format", "invalid_arguments", "too_many_attachments", "no_text",
    ],
}  # fmt: skip
ROWS = [(error, outcome) for outcome, errors in TABLE.items() for error in errors]


@pytest.mark.parametrize(("error", "outcome"), ROWS)
def test_what_slack_says_of_a_post(error, outcome) -> None:
    assert classify(Answer(ok=False, error=error)) is outcome


def test_the_table_is_complete() -> None:
    assert set(ERRORS) <= {error for error, _ in ROWS}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(ok=True), PostOutcome.SENT),
        (Answer(ok=False, status=429), PostOutcome.THROTTLED),
        (Answer(ok=False, status=429, error="fatal_error"), PostOutcome.THROTTLED),
        (Answer(ok=False, status=500), PostOutcome.AMBIGUOUS),
        (Answer(ok=False, status=503), PostOutcome.AMBIGUOUS),
        (Answer(ok=False, status=0, error="ServerDisconnectedError"), PostOutcome.AMBIGUOUS),
        (Answer(ok=False, error="ClientConnectorError: refused", left=False), PostOutcome.NOT_SENT),
    ],
)
def test_what_came_back_besides_words(answer, outcome) -> None:
    assert classify(answer) is outcome


@pytest.mark.parametrize(("error", "outcome"), ROWS)
def test_opening_a_channel_is_never_ambiguous(error, outcome) -> None:
    told = classify(Answer(ok=False, error=error), posts=False)
    assert told is (
        PostOutcome.NOT_SENT if outcome in (PostOutcome.AMBIGUOUS, PostOutcome.UNACCEPTABLE) else outcome
    )


def test_back_off_doubles_with_full_jitter_up_to_five_minutes() -> None:
    assert back_off(1, 0.5) == timedelta(seconds=1)
    assert back_off(3, 0.5) == timedelta(seconds=4)
    assert back_off(3, 0.0) == timedelta(milliseconds=250)
    assert back_off(12, 1.0) == back_off(400, 1.0) == LONGEST_WAIT


def test_a_failing_look_is_made_again_less_and_less_often() -> None:
    waits = [next_look(NOW - timedelta(minutes=m), NOW, TIMING.grace) for m in (0, 2, 60)]
    assert waits == [TIMING.grace, timedelta(minutes=1), LONGEST_WAIT]


def test_a_lease_outlasts_the_wait_a_post_and_the_margin() -> None:
    assert TIMING.lease > TIMING.gate_wait + TIMING.post_timeout + TIMING.margin
    with pytest.raises(ValueError, match="lease must outlast"):
        Timing(lease=timedelta(seconds=15))
    with pytest.raises(ValueError, match="part of posting"):
        Timing(connect_timeout=timedelta(seconds=11))


def test_a_post_starts_only_if_it_ends_within_the_lease() -> None:
    assert TIMING.may_start(timedelta(seconds=16))
    assert not TIMING.may_start(timedelta(seconds=15))
    assert TIMING.may_write(timedelta(seconds=11))
    assert not TIMING.may_write(timedelta(seconds=10))


def test_the_same_occurrence_has_the_same_id_everywhere() -> None:
    assert delivery_id("end_of_day:T1:U1:2026-09-14") == delivery_id("end_of_day:T1:U1:2026-09-14")
    assert delivery_id("end_of_day:T1:U1:2026-09-14") != delivery_id("end_of_day:T1:U1:2026-09-15")


@pytest.mark.parametrize(
    "wrong",
    [{"priority": 4}, {"not_before": NOW.replace(tzinfo=None)}, {"expires_at": NOW.replace(tzinfo=None)}],
)
def test_a_nudge_is_timed_in_utc_and_has_a_priority_that_is_asked_for(wrong) -> None:
    told = {"key": "k", "kind": "k", "intent": {}, "why": "", "not_before": NOW}
    with pytest.raises(ValueError, match=r"UTC|priorities"):
        Nudge(**{**told, **wrong})
