"""Writing to Salesforce: under the condition that nobody wrote since, once, and never blindly again."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.sync.salesforce import Salesforce
from playground.salesforce import SalesforceDouble
from sales.imports.sync.port import CrmChange, WriteMoved, WriteRefused, WriteUnknown
from tests.bot.sync.org import adapter, deal_of, later, org

CLOSES, OURS = date(2026, 10, 14), date(2026, 10, 23)


@pytest.fixture
async def crm() -> AsyncIterator[SalesforceDouble]:
    async with org() as made:
        yield made


@pytest.fixture
async def port(crm: SalesforceDouble) -> AsyncIterator[Salesforce]:
    made = adapter(crm)
    yield made
    await made.close()


@pytest.fixture
async def deal(crm: SalesforceDouble) -> str:
    made = crm.deal("Lockside", close=CLOSES, next_step="call Dana")
    await later(crm)
    return made


def patches(crm) -> list[tuple]:
    return [one for one in crm.requests if one[0] == "PATCH"]


async def test_a_change_is_written_and_read_back(crm, port, deal):
    seen = await deal_of(port, deal)
    stands = await port.write(seen, CrmChange("Qualification", OURS, "send the sheet"))
    assert (stands.stage_id, stands.close_on, stands.next_step) == ("Qualification", OURS, "send the sheet")
    assert stands.modified_by == crm.integration
    assert crm.read(deal)["close"] == OURS
    ((_, _, headers, status),) = patches(crm)
    assert status == 204
    assert headers["If-Unmodified-Since"] == "Mon, 14 Sep 2026 09:00:00 GMT"


async def test_what_stands_there_already_is_not_written(crm, port, deal):
    seen = await deal_of(port, deal)
    crm.change(deal, close=OURS)
    await later(crm)
    assert (await port.write(seen, CrmChange(close_on=OURS))).close_on == OURS
    assert patches(crm) == []


async def test_what_was_changed_meanwhile_is_not_overwritten(crm, port, deal):
    seen = await deal_of(port, deal)
    crm.change(deal, close=date(2026, 11, 20))
    await later(crm)
    with pytest.raises(WriteMoved):
        await port.write(seen, CrmChange(close_on=OURS))
    assert patches(crm) == []


async def test_another_field_may_have_changed(crm, port, deal):
    seen = await deal_of(port, deal)
    crm.change(deal, next_step="they want it in blue")
    await later(crm)
    stands = await port.write(seen, CrmChange(close_on=OURS))
    assert (stands.close_on, stands.next_step) == (OURS, "they want it in blue")


async def test_a_second_that_is_not_over_is_waited_for(crm, deal):
    """Whoever writes in the second of the last change would pass the condition and be overwritten."""

    async def pause(_: float) -> None:
        crm.change(deal, next_step="changed in that very second")
        await later(crm)

    port = adapter(crm, pause)
    seen = await deal_of(port, deal)
    crm.change(deal, amount="31500")
    with pytest.raises(WriteMoved):
        await port.write(seen, CrmChange(next_step="send the sheet"))
    await port.close()
    assert crm.read(deal)["next_step"] == "changed in that very second"
    assert patches(crm) == []


async def test_a_deal_that_changes_all_the_time_is_left_for_later(crm, deal):
    async def pause(_: float) -> None:
        await later(crm)
        crm.change(deal)

    port = adapter(crm, pause)
    seen = await deal_of(port, deal)
    crm.change(deal)
    with pytest.raises(WriteMoved):
        await port.write(seen, CrmChange(close_on=OURS))
    await port.close()
    assert patches(crm) == []


async def test_a_second_without_another_change_is_enough(crm, port, deal):
    seen = await deal_of(port, deal)
    crm.change(deal, amount="31500")
    stands = await port.write(seen, CrmChange(close_on=OURS))
    assert (stands.close_on, stands.amount) == (OURS, 31500)


async def test_a_change_between_look_and_write_is_not_overwritten(crm, port, deal):
    """Salesforce refuses it: nothing is written, and nothing is sent again."""
    seen = await deal_of(port, deal)
    patch = port.api.patch

    async def somebody_first(*words) -> None:
        await later(crm)
        crm.change(deal, close=date(2026, 11, 20))
        await patch(*words)

    port.api.patch = somebody_first  # type: ignore[method-assign]
    with pytest.raises(WriteMoved):
        await port.write(seen, CrmChange(close_on=OURS))
    assert [one[3] for one in patches(crm)] == [412]
    assert crm.read(deal)["close"] == date(2026, 11, 20)


async def test_after_a_token_that_ended_the_condition_is_still_sent(crm, port, deal):
    seen = await deal_of(port, deal)
    crm.faults.plan(f"sobjects/Opportunity/{deal}", "401")
    await port.write(seen, CrmChange(close_on=OURS))
    assert [one[3] for one in patches(crm)] == [401, 204]
    assert len({one[2]["If-Unmodified-Since"] for one in patches(crm)}) == 1


@pytest.mark.parametrize(
    ("fault", "taken"), [("commit then drop", True), ("500", False), ("html 502", False)]
)
async def test_an_answer_that_is_lost_is_not_sent_again(crm, port, deal, fault, taken):
    seen = await deal_of(port, deal)
    crm.faults.plan(f"sobjects/Opportunity/{deal}", fault)
    with pytest.raises(WriteUnknown):
        await port.write(seen, CrmChange(close_on=OURS))
    assert len(patches(crm)) == 1
    assert ((await deal_of(port, deal)).close_on == OURS) is taken


async def test_what_the_org_asks_for_is_said_in_words(crm, port, deal):
    crm.needs("amount", at="Prospecting")
    crm.change(deal, amount=None)
    await later(crm)
    seen = await deal_of(port, deal)
    with pytest.raises(WriteRefused, match=r"needs another amount first") as refused:
        await port.write(seen, CrmChange(close_on=OURS))
    assert "_" not in str(refused.value)
    assert crm.read(deal)["close"] == CLOSES


async def test_a_closed_deal_is_not_opened_again(crm, port, deal):
    crm.change(deal, stage="Closed Won")
    await later(crm)
    seen = await deal_of(port, deal)
    with pytest.raises(WriteRefused, match="closed"):
        await port.write(seen, CrmChange("Qualification"))
    assert patches(crm) == []


@pytest.mark.parametrize("how", ["archive", "unshare"])
async def test_a_deal_that_is_not_there(crm, port, deal, how):
    seen = await deal_of(port, deal)
    getattr(crm, how)(deal)
    with pytest.raises(WriteMoved, match="not there"):
        await port.write(seen, CrmChange(close_on=OURS))
