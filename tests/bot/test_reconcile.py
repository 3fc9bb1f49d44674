"""What may have arrived is looked for: one look for a whole channel, and a policy where nobody can look."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import slack_calls
from playground.faults import Fault
from sales.nudges.kind import ANSWER
from sales.nudges.ledger import Ambiguity, DeliveryState
from storage.nudges.ledger.claims import reconcile_since
from storage.nudges.ledger.given_up import retry_delivery
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.steps import move_delivery
from storage.nudges.undelivered import undelivered_page
from storage.people.member import find_member
from tests.deliveries import KEY, delivered, later, posted, provoked, put, row, steps
from tests.known import WORKSPACE
from tests.story_workspace import StoryWorkspace
from tests.undelivered import EVERYTHING

HISTORY = "conversations.history"


@pytest.fixture
async def known(town: StoryWorkspace) -> StoryWorkspace:
    await town.known("ana")
    await town.known("ben")
    return town


def watched(town: StoryWorkspace, fault: Fault | None = None, since: int = 0) -> list[str]:
    """Note every call's method from now on; look-ups after the first few meet a fault, if one is given."""
    calls: list[str] = []

    def decide(call):
        calls.append(call.method)
        return fault if call.method == HISTORY and calls.count(HISTORY) > since else None

    town.server.faults.decide = decide
    return calls


async def test_one_look_settles_all_of_a_channel(known: StoryWorkspace) -> None:
    keys = [f"test:{number}" for number in range(4)]
    for key in keys:
        known.server.faults.plan("chat.postMessage", Fault("lost" if key == keys[2] else "dropped"))
        await put(known, key)
        await delivered(known)
    known.server.faults.plan("chat.postMessage", Fault("dropped"))
    await put(known, "test:ben", user_id="U2")
    await delivered(known)
    calls = watched(known)
    await later(known, seconds=20)
    assert calls.count(HISTORY) == 2
    states = [(await row(known, key)).state for key in (*keys, "test:ben")]
    sent = DeliveryState.SENT
    assert states == [sent, sent, DeliveryState.UNCERTAIN, sent, sent]
    await later(known, seconds=20)
    assert [posted(known, key) for key in (*keys, "test:ben")] == [1] * 5
    provoked(known)


async def test_a_message_under_many_later_ones_is_found(known: StoryWorkspace) -> None:
    known.server.faults.plan("chat.postMessage", Fault("dropped"))
    await put(known, channel_id="C1", user_id=None)
    await delivered(known)
    for number in range(40):
        await known.bot.slack.chat_postMessage(channel="C1", text=f"Number {number}.")
    calls = watched(known)
    await later(known, seconds=20)
    assert (calls.count(HISTORY), (await row(known)).state, posted(known)) == (3, DeliveryState.SENT, 1)
    provoked(known)


async def test_a_look_that_breaks_off_says_nothing_of_what_it_did_not_see(known: StoryWorkspace) -> None:
    known.server.faults.plan("chat.postMessage", Fault("dropped"))
    await put(known, channel_id="C1", user_id=None)
    await delivered(known)
    for number in range(40):
        await known.bot.slack.chat_postMessage(channel="C1", text=f"Number {number}.")
    watched(known, Fault("failed"), since=2)
    await later(known, seconds=20)
    found = await row(known)
    assert (found.state, found.misses) == (DeliveryState.UNCERTAIN, 0)
    known.server.faults.clear()
    await later(known, seconds=20)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    provoked(known)


async def test_slack_may_ask_the_looks_to_wait(known: StoryWorkspace) -> None:
    known.server.faults.plan("chat.postMessage", Fault("dropped"))
    known.server.faults.plan(HISTORY, Fault("ratelimited", seconds=90))
    await put(known)
    await delivered(known)
    await later(known, seconds=20)
    found = await row(known)
    assert (found.state, found.not_before - known.clock.now()) == (
        DeliveryState.UNCERTAIN,
        timedelta(seconds=90),
    )
    calls = watched(known)
    await later(known, seconds=89)
    assert calls == []
    await later(known, seconds=2)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    provoked(known)


@pytest.mark.parametrize(
    ("policy", "fault", "state", "copies"),
    [
        (Ambiguity.SKIP, "dropped", DeliveryState.SKIPPED, 1),
        (Ambiguity.SKIP, "lost", DeliveryState.SKIPPED, 0),
        (Ambiguity.REPEAT, "dropped", DeliveryState.SENT, 2),
        (Ambiguity.REPEAT, "lost", DeliveryState.SENT, 1),
    ],
)
@pytest.mark.parametrize("why", ["no scope", "half an hour of failures"])
async def test_where_nobody_can_look_the_kind_decides(
    known: StoryWorkspace, policy, fault, state, copies, why
) -> None:
    known.bot.deliverer.reconciler.ambiguous = {ANSWER: policy}
    double = known.server.double
    known.server.faults.plan("chat.postMessage", Fault(fault))
    if why == "no scope":
        double.manifest = replace(double.manifest, scopes=double.manifest.scopes - {"im:history"})
    else:
        watched(known, Fault("failed"))
    await put(known)
    await delivered(known)
    spans = [20] if why == "no scope" else [20, *[4 * 60] * 12]
    for number, seconds in enumerate(spans):
        if number and number < 7:
            assert (await row(known)).state is DeliveryState.UNCERTAIN
        await later(known, seconds=seconds)
    found = await row(known)
    assert (found.state, posted(known)) == (state, copies)
    assert found.last_error == ("unknown" if state is DeliveryState.SKIPPED else None)
    sent = known.server.log.with_key(KEY)
    shown = (
        {one.ts: str(one.blocks) for one in known.server.workspace.channels[sent[0].channel].messages}
        if sent
        else {}
    )
    notes = ["may be here twice" in shown[entry.ts] for entry in sent]
    assert notes == [False] * (copies - (policy is Ambiguity.REPEAT)) + [True] * (policy is Ambiguity.REPEAT)
    provoked(known)


async def test_what_is_unclear_twice_and_cannot_be_looked_for_is_not_posted_a_third_time(
    known: StoryWorkspace,
) -> None:
    known.bot.deliverer.reconciler.ambiguous = {ANSWER: Ambiguity.REPEAT}
    double = known.server.double
    double.manifest = replace(double.manifest, scopes=double.manifest.scopes - {"im:history"})
    known.server.faults.plan("chat.postMessage", Fault("dropped"), 5)
    await put(known)
    for _ in range(5):
        await later(known, seconds=20)
    found = await row(known)
    assert (found.state, found.last_error, posted(known)) == (DeliveryState.DEAD, "unknown", 2)
    provoked(known)


async def test_a_channel_that_is_gone_ends_the_look_too(known: StoryWorkspace) -> None:
    known.server.faults.plan("chat.postMessage", Fault("dropped"))
    await put(known, channel_id="C1", user_id=None)
    await delivered(known)
    known.server.double.workspace.channels.pop("C1")
    await later(known, seconds=20)
    found = await row(known)
    assert (found.state, found.last_error) == (DeliveryState.DEAD, "channel_not_found")
    provoked(known)


async def test_a_given_up_message_that_may_have_arrived_is_looked_for_when_it_is_tried_again(
    known: StoryWorkspace,
) -> None:
    known.server.faults.plan("chat.postMessage", Fault("dropped"))
    await put(known)
    await delivered(known)
    async with known.bot.database.write(WORKSPACE) as scope:
        found = await delivery_by_key(scope, KEY)
        now = known.clock.now()
        await move_delivery(scope.ledger, found, DeliveryState.DEAD, now, last_error="unknown")
    async with known.bot.database.write(WORKSPACE) as scope:
        assert [one.occurrence_key for one in await undelivered_page(scope, EVERYTHING, 0, 5)] == [KEY]
        assert await retry_delivery(scope, KEY, now)
        assert await undelivered_page(scope, EVERYTHING, 0, 5) == []
        assert not await retry_delivery(scope, KEY, now)
    await delivered(known)
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    provoked(known)


async def test_after_a_restore_what_was_posted_is_found_and_the_rest_is_sent(known: StoryWorkspace) -> None:
    backup = known.clock.now()
    await put(known, "test:posted", not_before=backup + timedelta(minutes=10))
    await put(known, "test:unsent", not_before=backup + timedelta(minutes=20))
    await known.clock.advance(timedelta(minutes=5))
    channel = (await known.bot.slack.conversations_open(users="U1"))["channel"]["id"]
    payload = {"event_type": slack_calls.EVENT_TYPE, "event_payload": {"key": "test:posted"}}
    await known.bot.slack.chat_postMessage(channel=channel, text="Posted.", metadata=payload)
    async with known.bot.database.write(WORKSPACE) as scope:
        assert not (await find_member(scope, "U1")).dm_channel
    now = backup + timedelta(hours=1)
    async with known.bot.database.write_ledger() as ledger:
        assert await reconcile_since(ledger, backup, now) == 2
    await later(known, hours=1)
    await later(known, seconds=20)
    await later(known, seconds=20)
    assert [posted(known, key) for key in ("test:posted", "test:unsent")] == [1, 1]
    assert (await steps(known, "test:posted"))[-2:] == ["recon", "sent"]
    assert (await row(known, "test:posted")).channel_id == channel
