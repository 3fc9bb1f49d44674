"""The verdict finds what is wrong: a judge that cannot convict is none."""

from datetime import timedelta

from playground.log import Accepted, Log
from sales.nudges.ledger import DeliveryState, delivery_id
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from tests.chaos.verdict import contradictions, judged
from tests.known import T0

KEY = "asked:1"
P, L, S, D = DeliveryState.PENDING, DeliveryState.LEASED, DeliveryState.SENDING, DeliveryState.SENT


def log(*keys: str) -> Log:
    made = Log()
    for number, key in enumerate(keys):
        made.accepted.append(Accepted(T0, "chat.postMessage", "C1", f"{number}.0", "", key=key))
    return made


def row(state: DeliveryState = D, ts: str | None = "0.0") -> DeliveryRow:
    return DeliveryRow(
        id=delivery_id(KEY),
        occurrence_key=KEY,
        workspace_id="T1",
        kind="answer",
        intent={},
        state=state,
        slack_ts=ts,
        not_before=T0,
        created_at=T0,
    )


def steps(*taken: tuple[DeliveryState, DeliveryState, int]) -> list[DeliveryEventRow]:
    return [
        DeliveryEventRow(
            delivery_id=delivery_id(KEY),
            at=T0 + timedelta(seconds=at),
            from_state=one,
            to_state=other,
            fence=fence,
        )
        for at, (one, other, fence) in enumerate(taken)
    ]


def test_lost_duplicated_and_uninvited_are_counted_from_slack_s_log() -> None:
    found = judged(log("a", "b", "b", "x"), {"a", "b", "c"}, {"maybe"})
    assert (found.lost, found.duplicated, found.uninvited) == (["c"], ["b"], ["x"])
    assert not found.clean
    assert judged(log("a", "maybe"), {"a"}, {"maybe"}).clean


def test_what_nobody_confirmed_may_be_missing_but_not_twice() -> None:
    assert judged(log("a"), {"a"}, {"maybe"}).clean
    assert judged(log("a", "maybe", "maybe"), {"a"}, {"maybe"}).duplicated == ["maybe"]


GOOD = ((P, L, 1), (L, S, 1), (S, D, 1))


def test_a_history_that_adds_up_is_not_complained_about() -> None:
    assert contradictions([row()], steps(*GOOD), log(KEY)) == []


def test_sent_without_a_message_in_slack_is_found() -> None:
    (found,) = contradictions([row(ts="9.9")], steps(*GOOD), log(KEY))
    assert "sent as 9.9" in found


def test_a_message_that_never_ended_is_found() -> None:
    found = contradictions([row(P, None)], [], log())
    assert found == [f"{KEY}: is still pending"]


def test_an_end_that_was_none_a_gap_and_a_fence_that_fell_are_found() -> None:
    again = contradictions([row()], steps(*GOOD, (D, L, 2), (L, S, 2), (S, D, 2)), log(KEY))
    assert any("had ended as sent" in said for said in again)
    gap = contradictions([row()], steps((P, L, 1), (S, D, 1)), log(KEY))
    assert any("while it was leased" in said for said in gap)
    fell = contradictions([row()], steps((P, L, 2), (L, P, 2), (P, L, 1), (L, S, 1), (S, D, 1)), log(KEY))
    assert any("came after" in said for said in fell)
    same = contradictions([row()], steps((P, L, 1), (L, P, 1), (P, L, 1), (L, S, 1), (S, D, 1)), log(KEY))
    assert any("fence 1 came after 1" in said for said in same)
