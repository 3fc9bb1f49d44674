"""Delivery against a Slack that misbehaves: what Slack's own log says is what counts."""

from datetime import timedelta

import pytest
from sqlmodel import select

from playground.faults import Fault
from sales.nudges.ledger import MAX_ATTEMPTS, TIMING, Answer, DeliveryState
from storage.nudges.ledger.claims import claim_ready
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.steps import move_delivery
from storage.people import workspace
from storage.people.workspace import WorkspaceRow
from tests.deliveries import KEY, delivered, later, one, posted, provoked, put, row, steps
from tests.known import WORKSPACE
from tests.story_workspace import StoryWorkspace


@pytest.fixture
async def known(town: StoryWorkspace) -> StoryWorkspace:
    await town.known("ana")
    return town


async def test_a_message_is_posted_once_and_its_channel_remembered(known: StoryWorkspace) -> None:
    await put(known)
    await put(known, "test:two")
    await delivered(known)
    found = await row(known)
    assert (found.state, found.attempts, found.fence) == (DeliveryState.SENT, 1, 1)
    assert [posted(known), posted(known, "test:two")] == [1, 1]
    assert known.server.log.with_key(KEY)[0].ts == found.slack_ts
    assert known.server.log.with_key(KEY)[0].client_msg_id == found.id


@pytest.mark.parametrize("kind", ["dropped", "failed_after"])
async def test_a_message_slack_took_without_saying_so_is_found_and_not_sent_again(
    known: StoryWorkspace, kind
) -> None:
    known.server.faults.plan("chat.postMessage", Fault(kind))
    await put(known)
    await delivered(known)
    assert (await row(known)).state is DeliveryState.UNCERTAIN
    await later(known, seconds=20)
    found = await row(known)
    assert (found.state, posted(known)) == (DeliveryState.SENT, 1)
    assert found.slack_ts == known.server.log.with_key(KEY)[0].ts
    provoked(known)


@pytest.mark.parametrize("kind", ["lost", "failed"])
async def test_a_message_that_never_arrived_is_sent_after_two_looks(known: StoryWorkspace, kind) -> None:
    known.server.faults.plan("chat.postMessage", Fault(kind))
    await put(known)
    await delivered(known)
    await later(known, seconds=20)
    assert ((await row(known)).misses, posted(known)) == (1, 0)
    await later(known, seconds=20)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    provoked(known)


async def test_a_look_that_fails_decides_nothing(known: StoryWorkspace) -> None:
    known.server.faults.plan("chat.postMessage", Fault("dropped"))
    known.server.faults.plan("conversations.history", Fault("failed"))
    await put(known)
    await delivered(known)
    await later(known, seconds=20)
    found = await row(known)
    assert (found.state, found.misses) == (DeliveryState.UNCERTAIN, 0)
    await later(known, seconds=20)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    provoked(known)


async def test_retry_after_is_honoured_and_costs_no_attempt(known: StoryWorkspace) -> None:
    known.server.faults.plan("chat.postMessage", Fault("ratelimited", seconds=30))
    await put(known)
    await delivered(known)
    found = await row(known)
    assert (found.state, found.attempts, found.throttles) == (DeliveryState.PENDING, 0, 1)
    assert timedelta(seconds=30) <= found.not_before - known.clock.now() < timedelta(seconds=32)
    await later(known, seconds=29)
    assert posted(known) == 0
    await later(known, seconds=3)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    provoked(known)


async def test_blocks_slack_refuses_become_plain_text_once(known: StoryWorkspace) -> None:
    await put(known, intent={"text": "Plain words.", "blocks": [{"type": "no_such_block"}]})
    await delivered(known)
    assert (await row(known)).state is DeliveryState.SENT
    assert [entry.text for entry in known.server.log.with_key(KEY)] == ["Plain words."]
    assert (await steps(known)).count("sending") == 2
    provoked(known)


async def test_plain_text_slack_refuses_too_is_given_up(known: StoryWorkspace) -> None:
    await put(known, intent={"text": "x" * 50_000, "blocks": [{"type": "no_such_block"}]})
    await delivered(known)
    found = await row(known)
    assert (found.state, found.plain, found.last_error) == (DeliveryState.DEAD, True, "msg_too_long")
    assert ((await steps(known)).count("sending"), found.first_post_at, posted(known)) == (2, None, 0)
    provoked(known)


@pytest.mark.parametrize(("channel", "error"), [("CNOPE", "channel_not_found"), ("C2", "not_in_channel")])
async def test_a_channel_that_cannot_be_posted_to_ends_the_message(
    known: StoryWorkspace, channel, error
) -> None:
    await put(known, user_id=None, channel_id=channel)
    await delivered(known)
    found = await row(known)
    assert (found.state, found.last_error) == (DeliveryState.DEAD, error)
    provoked(known)


async def test_a_revoked_token_holds_the_workspace_and_keeps_its_messages(known: StoryWorkspace) -> None:
    known.server.double.installed = False
    await put(known)
    await delivered(known)
    await put(known, "test:two")
    await delivered(known)
    async with known.bot.database.read(WORKSPACE) as scope:
        held = (await scope.session.exec(select(WorkspaceRow))).one()
    assert held.suspended_reason
    states = {(await row(known, key)).state for key in (KEY, "test:two")}
    assert (states, posted(known)) == ({DeliveryState.PENDING}, 0)
    known.server.double.installed = True
    async with known.bot.database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Northwind", "UBOT", known.clock.now())
    await delivered(known)
    assert [posted(known), posted(known, "test:two")] == [1, 1]
    provoked(known)


async def test_a_channel_that_cannot_be_opened_just_now_is_opened_later(known: StoryWorkspace) -> None:
    known.server.faults.plan("conversations.open", Fault("failed"))
    known.server.faults.plan("conversations.open", Fault("dropped"))
    await put(known)
    await delivered(known)
    found = await row(known)
    assert (found.state, found.attempts, found.first_post_at) == (DeliveryState.PENDING, 1, None)
    await later(known, seconds=10)
    await later(known, seconds=10)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    assert DeliveryState.UNCERTAIN not in await steps(known)
    provoked(known)


async def test_a_post_that_stays_unclear_is_given_up_in_the_end(known: StoryWorkspace) -> None:
    known.server.faults.plan("chat.postMessage", Fault("lost"), MAX_ATTEMPTS)
    await put(known)
    for _ in range(3 * MAX_ATTEMPTS):
        await later(known, seconds=20)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.DEAD, 0)
    provoked(known)


async def test_a_message_that_came_too_late_is_not_sent(known: StoryWorkspace) -> None:
    await put(known, not_before=known.clock.now(), expires_at=known.clock.now())
    await delivered(known)
    found = await row(known)
    assert (found.state, found.last_error, posted(known)) == (DeliveryState.SKIPPED, "late", 0)


async def test_a_fault_of_ours_is_tried_again_and_then_given_up(known: StoryWorkspace) -> None:
    await put(known, kind="a kind nobody renders")
    for _ in range(MAX_ATTEMPTS):
        await later(known, minutes=6)
    found = await row(known)
    assert (found.state, found.attempts < MAX_ATTEMPTS) == (DeliveryState.DEAD, True)
    assert "KeyError" in str(found.last_error)


async def test_a_worker_that_died_while_sending_leaves_a_row_that_is_looked_for(
    known: StoryWorkspace,
) -> None:
    now = known.clock.now()
    async with known.bot.database.write_ledger() as ledger:  # one unit: no living worker comes between
        await enqueue(ledger.workspace(WORKSPACE), one(known), now)
        (taken,) = await claim_ready(ledger, "dead", now)
        await move_delivery(ledger, taken, DeliveryState.SENDING, now, channel_id="C1", first_post_at=now)
    await later(known, seconds=(TIMING.lease + TIMING.grace).total_seconds() + 1)
    assert (posted(known), (await row(known)).misses) == (0, 1)
    await later(known, seconds=20)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(ok=False, error="ratelimited", retry_after=3), DeliveryState.PENDING),
        (Answer(ok=False, error="", status=429, retry_after=3), DeliveryState.PENDING),
        (Answer(ok=False, error="service_unavailable"), DeliveryState.PENDING),
        (Answer(ok=False, error="refused", left=False), DeliveryState.PENDING),
        (Answer(ok=False, error="token_revoked"), DeliveryState.PENDING),
        (Answer(ok=False, error="fatal_error"), DeliveryState.UNCERTAIN),
        (Answer(ok=False, error="never heard of"), DeliveryState.UNCERTAIN),
        (Answer(ok=False, error="", status=502), DeliveryState.UNCERTAIN),
        (Answer(ok=False, error="is_archived"), DeliveryState.DEAD),
        (Answer(ok=False, error="msg_too_long"), DeliveryState.DEAD),
    ],
)
async def test_what_slack_says_settles_the_row(known: StoryWorkspace, answer, state) -> None:
    now = known.clock.now()
    await put(known, not_before=now + timedelta(hours=1))
    async with known.bot.database.write_ledger() as ledger:
        (taken,) = await claim_ready(ledger, "test", now + timedelta(hours=1))
        await move_delivery(
            ledger, taken, DeliveryState.SENDING, now, first_post_at=now, channel_id="C1", attempts=1
        )
    await known.bot.deliverer.sender.settle(taken, answer)
    found = await row(known)
    assert found.state is state
    assert (found.first_post_at is not None) == (
        state is DeliveryState.UNCERTAIN
    )  # else it certainly is not there
