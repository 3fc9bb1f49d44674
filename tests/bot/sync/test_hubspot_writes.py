"""What is written to HubSpot: only what differs, only where it stands as it was seen, and never twice for one yes."""

from datetime import UTC, date, datetime

import pytest

from sales.imports.sync.port import (
    CrmBusy,
    CrmChange,
    CrmSilent,
    NotAllowed,
    WriteMoved,
    WriteRefused,
    WriteUnknown,
)
from sales.imports.sync.record import CrmDeal, CrmObject
from tests.bot.sync.crm import later

CLOSES, OURS = date(2026, 10, 14), date(2026, 10, 23)


@pytest.fixture
async def seen(crm, port) -> CrmDeal:
    made = crm.deal("Lockside", close=CLOSES, next_step="call Dana")
    await later(crm)
    deal = (await port.by_ids(CrmObject.DEAL, [made])).records[made]
    assert isinstance(deal, CrmDeal)
    return deal


def writes(crm) -> list[int]:
    return [one[3] for one in crm.requests if one[0] == "PATCH"]


async def test_a_change_is_written_and_read_again(crm, port, seen):
    after = await port.write(seen, CrmChange("qualifiedtobuy", OURS, "send the sheet"))
    assert (after.stage_id, after.close_on, after.next_step) == ("qualifiedtobuy", OURS, "send the sheet")
    assert after.modified_at > seen.modified_at
    stands = crm.read(seen.id)
    assert (stands["close"], stands["next_step"], stands["amount"]) == (OURS, "send the sheet", "24000")
    assert writes(crm) == [200]


@pytest.mark.parametrize("zone", ["America/Denver", "Asia/Kolkata", "Pacific/Auckland", "UTC"])
async def test_a_day_is_that_of_the_account(crm, port, zone):
    """The time of day that stood there stays; the day is ours, in their zone."""
    crm.zone = zone
    made = crm.deal("Lockside", close=datetime(2027, 1, 16, 4, 30, tzinfo=UTC))
    await port.clock()
    deal = (await port.by_ids(CrmObject.DEAL, [made])).records[made]
    after = await port.write(deal, CrmChange(close_on=OURS))
    assert (after.close_on, crm.read(made)["close"]) == (OURS, OURS)


async def test_a_day_where_there_was_none(crm, port):
    made = crm.deal("Lockside", close=None)
    deal = (await port.by_ids(CrmObject.DEAL, [made])).records[made]
    assert (await port.write(deal, CrmChange(close_on=OURS))).close_on == OURS


async def test_what_stands_there_already_is_not_written(crm, port, seen):
    crm.change(seen.id, close=OURS)
    assert (await port.write(seen, CrmChange(close_on=OURS))).close_on == OURS
    assert writes(crm) == []


async def test_what_somebody_changed_meanwhile_is_not_overwritten(crm, port, seen):
    crm.change(seen.id, close=date(2026, 11, 20))
    with pytest.raises(WriteMoved):
        await port.write(seen, CrmChange(close_on=OURS))
    assert writes(crm) == []


async def test_what_is_not_ours_to_write_stays_theirs(crm, port, seen):
    """Somebody changed the amount and the next step; our day is written all the same, and nothing else."""
    crm.change(seen.id, amount="31500", next_step="they want it in blue")
    after = await port.write(seen, CrmChange(close_on=OURS))
    assert (after.close_on, str(after.amount), after.next_step) == (OURS, "31500", "they want it in blue")


async def test_a_closed_deal_is_not_opened(crm, port, seen):
    crm.change(seen.id, stage="Closed Won")
    closed = (await port.by_ids(CrmObject.DEAL, [seen.id])).records[seen.id]
    with pytest.raises(WriteRefused, match="closed"):
        await port.write(closed, CrmChange("qualifiedtobuy"))
    assert writes(crm) == []


async def test_what_the_account_asks_for_is_said_in_words(crm, port, seen):
    crm.needs("amount", at="Appointment Scheduled")
    crm.change(seen.id, amount=None)
    with pytest.raises(WriteRefused, match="amount") as refused:
        await port.write(seen, CrmChange(close_on=OURS))
    assert not any(one in str(refused.value) for one in ("{", "VALIDATION", "REQUIRED", "400"))
    assert crm.read(seen.id)["close"] == CLOSES


async def test_an_answer_that_is_lost_is_not_known(crm, port, seen):
    """It was written, and nobody said so: asked again for the same, it is seen to stand there."""
    crm.faults.plan(seen.id, "commit then drop")
    with pytest.raises(WriteUnknown):
        await port.write(seen, CrmChange(close_on=OURS))
    assert crm.read(seen.id)["close"] == OURS
    assert (await port.write(seen, CrmChange(close_on=OURS))).close_on == OURS
    assert writes(crm) == [200]


async def test_errors_on_the_way(crm, port, seen):
    """While it is read: nothing was written. While it is written: not known. Asked for a pause: a pause."""
    crm.faults.plan(seen.id, "500", times=4)
    with pytest.raises(CrmSilent):
        await port.write(seen, CrmChange(close_on=OURS))
    crm.faults.plan(seen.id, "429 daily")
    with pytest.raises(CrmBusy):
        await port.write(seen, CrmChange(close_on=OURS))
    assert writes(crm) == []
    assert crm.read(seen.id)["close"] == CLOSES


async def test_a_deal_that_is_gone(crm, port, seen):
    crm.archive(seen.id)
    with pytest.raises(WriteMoved, match="not there"):
        await port.write(seen, CrmChange(close_on=OURS))


async def test_a_deal_that_was_merged_is_written_where_it_is_now(crm, port, seen):
    stays = crm.merge(crm.deal("Other", close=CLOSES), seen.id)
    after = await port.write(seen, CrmChange(close_on=OURS))
    assert (after.id, crm.read(stays)["close"]) == (stays, OURS)


async def test_without_the_scope(crm, port, seen):
    crm.forbid("deal")
    with pytest.raises(NotAllowed):
        await port.write(seen, CrmChange(close_on=OURS))
