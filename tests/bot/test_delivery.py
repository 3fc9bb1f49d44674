"""Delivery against a Slack that misbehaves: what Slack's own log says is what counts."""

from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.post import ANSWER
from playground import Fault
from sales.delivery import LEASE, MAX_ATTEMPTS, PROMPT, Answer, DeliveryState, Nudge
from storage import delivery as ledger_rows
from storage.tables import DeliveryRow, WorkspaceRow
from tests.known import WORKSPACE
from tests.town import Town

KEY = "test:one"
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Three follow-ups are due."}}]


async def put(town: Town, key: str = KEY, **values) -> None:
    told = {
        "kind": ANSWER,
        "intent": {"text": "Three follow-ups are due.", "blocks": BLOCKS},
        "why": "A test asked.",
        "not_before": town.clock.now(),
        "user_id": "U1",
        "priority": PROMPT,
    }
    async with town.bot.database.write(WORKSPACE) as scope:
        await ledger_rows.enqueue(scope, Nudge(key=key, **{**told, **values}), town.clock.now())


async def delivered(town: Town) -> None:
    town.bot.deliverer.wake()
    await town.server.settled()


async def row(town: Town, key: str = KEY) -> DeliveryRow:
    async with town.bot.database.read(WORKSPACE) as scope:
        found = await ledger_rows.by_key(scope, key)
    assert found is not None
    return found


def posted(town: Town, key: str = KEY) -> int:
    return len(town.server.log.with_key(key))


def provoked(town: Town) -> None:
    """What the double objected to was asked for by the test."""
    town.expected.extend(town.server.problems)


async def later(town: Town, **span) -> None:
    await town.clock.advance(timedelta(**span))
    await town.server.settled()


@pytest.fixture
async def known(town: Town) -> Town:
    await town.known("ana")
    return town


async def test_a_message_is_posted_once_and_its_channel_remembered(known: Town) -> None:
    await put(known)
    await put(known, "test:two")
    await delivered(known)
    found = await row(known)
    assert (found.state, found.attempts, found.fence) == (DeliveryState.SENT, 1, 1)
    assert [posted(known), posted(known, "test:two")] == [1, 1]
    assert known.server.log.with_key(KEY)[0].ts == found.slack_ts
    assert known.server.log.with_key(KEY)[0].client_msg_id == found.id


@pytest.mark.parametrize("kind", ["dropped", "failed_after"])
async def test_a_message_slack_took_without_saying_so_is_found_and_not_sent_again(known: Town, kind) -> None:
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
async def test_a_message_that_never_arrived_is_sent_after_two_looks(known: Town, kind) -> None:
    known.server.faults.plan("chat.postMessage", Fault(kind))
    await put(known)
    await delivered(known)
    await later(known, seconds=20)
    assert ((await row(known)).misses, posted(known)) == (1, 0)
    await later(known, seconds=20)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    provoked(known)


async def test_a_look_that_fails_decides_nothing(known: Town) -> None:
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


async def test_retry_after_is_honoured_and_costs_no_attempt(known: Town) -> None:
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


async def test_blocks_slack_refuses_become_plain_text_once(known: Town) -> None:
    await put(known, intent={"text": "Plain words.", "blocks": [{"type": "no_such_block"}]})
    await delivered(known)
    assert (await row(known)).state is DeliveryState.SENT
    assert [entry.text for entry in known.server.log.with_key(KEY)] == ["Plain words."]
    provoked(known)


@pytest.mark.parametrize(("channel", "error"), [("CNOPE", "channel_not_found"), ("C2", "not_in_channel")])
async def test_a_channel_that_cannot_be_posted_to_ends_the_message(known: Town, channel, error) -> None:
    await put(known, user_id=None, channel_id=channel)
    await delivered(known)
    found = await row(known)
    assert (found.state, found.last_error) == (DeliveryState.DEAD, error)
    provoked(known)


async def test_a_revoked_token_holds_the_workspace_and_keeps_its_messages(known: Town) -> None:
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
    provoked(known)


async def test_a_message_that_came_too_late_is_not_sent(known: Town) -> None:
    await put(known, not_before=known.clock.now(), expires_at=known.clock.now())
    await delivered(known)
    found = await row(known)
    assert (found.state, found.last_error, posted(known)) == (DeliveryState.SKIPPED, "late", 0)


async def test_a_fault_of_ours_is_tried_again_and_then_given_up(known: Town) -> None:
    await put(known, kind="a kind nobody renders")
    for _ in range(MAX_ATTEMPTS):
        await later(known, minutes=6)
    found = await row(known)
    assert (found.state, found.attempts < MAX_ATTEMPTS) == (DeliveryState.DEAD, True)
    assert "KeyError" in str(found.last_error)


async def test_a_worker_that_died_while_sending_leaves_a_row_that_is_looked_for(known: Town) -> None:
    await put(known)
    now = known.clock.now()
    async with known.bot.database.write_ledger() as ledger:
        (taken,) = await ledger_rows.claim(ledger, "dead", now)
        await ledger_rows.move(ledger, taken, DeliveryState.SENDING, now, channel_id="C1", first_post_at=now)
    await later(known, seconds=LEASE.total_seconds() + 1)
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
        (Answer(ok=False, error="fatal_error"), DeliveryState.UNCERTAIN),
        (Answer(ok=False, error="never heard of"), DeliveryState.UNCERTAIN),
        (Answer(ok=False, error="", status=502), DeliveryState.UNCERTAIN),
        (Answer(ok=False, error="is_archived"), DeliveryState.DEAD),
        (Answer(ok=False, error="msg_too_long"), DeliveryState.DEAD),
        (Answer(ok=False, error="token_revoked"), DeliveryState.PENDING),
    ],
)
async def test_what_slack_says_settles_the_row(known: Town, answer, state) -> None:
    now = known.clock.now()
    await put(known, not_before=now + timedelta(hours=1))
    async with known.bot.database.write_ledger() as ledger:
        (taken,) = await ledger_rows.claim(ledger, "test", now + timedelta(hours=1))
        await ledger_rows.move(ledger, taken, DeliveryState.SENDING, now, first_post_at=now)
    await known.bot.deliverer.settle(taken, answer, None)
    assert (await row(known)).state is state
