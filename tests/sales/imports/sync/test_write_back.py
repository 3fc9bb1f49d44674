"""What becomes of something approved: written only over what was shown, and never over a decision or a closed deal."""

from datetime import UTC, datetime

import pytest

from sales.imports.sync.write_back import (
    CrmWrite,
    FieldOf,
    Writable,
    WriteState,
    WriteVerdict,
    decided,
    verdict,
)

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)


def approved(ours: str, shown: str, what: Writable = Writable.CLOSE, **said: object) -> CrmWrite:
    made = CrmWrite(
        opportunity_id=1, external_id="7", approval="a", approved_by="U1", approved_at=AT, ours={what: ours}
    )
    return made.model_copy(update={"shown": {what: shown}, **said})


@pytest.mark.parametrize(
    ("theirs", "is_open", "said"),
    [
        ("2026-10-14", True, WriteVerdict.WRITE),
        ("2026-10-23", True, WriteVerdict.DONE),
        ("2026-10-23", False, WriteVerdict.DONE),
        ("2026-11-20", True, WriteVerdict.CONFLICT),
        ("2026-10-14", False, WriteVerdict.CLOSED),
    ],
)
def test_a_day_is_written_over_what_was_shown(theirs, is_open, said):
    write = approved("2026-10-23", "2026-10-14")
    assert verdict(write, {Writable.CLOSE: theirs}, is_open=is_open) is said


def test_nothing_can_be_put_back_where_nothing_stood():
    write = approved("", "send the sheet", Writable.NEXT_STEP)
    assert verdict(write, {Writable.NEXT_STEP: "send the sheet"}, is_open=True) is WriteVerdict.WRITE
    assert verdict(write, {Writable.NEXT_STEP: ""}, is_open=True) is WriteVerdict.DONE


def test_what_somebody_kept_as_it_is_there_is_decided_until_a_side_changes():
    kept = approved(
        "ours", "old", Writable.NEXT_STEP, theirs={Writable.NEXT_STEP: "theirs"}, state=WriteState.DROPPED
    )
    assert decided(kept, FieldOf(Writable.NEXT_STEP, "ours", "theirs"))
    assert not decided(kept, FieldOf(Writable.NEXT_STEP, "ours", "theirs anew"))
    assert not decided(kept, FieldOf(Writable.NEXT_STEP, "ours anew", "theirs"))
    assert not decided(
        kept.model_copy(update={"state": WriteState.CONFLICT}),
        FieldOf(Writable.NEXT_STEP, "ours", "theirs"),
    )
