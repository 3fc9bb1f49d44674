"""Messages that leave together: one read for all of them, steps in one unit of work, each with its own fence."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from handlers.kind import NOTHING_AHEAD
from messages.blocks import Message
from sales.followups.followup import FollowUp
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.ledger import DeliveryState
from sales.people.team import Team
from storage.followups.followup import add_followup
from storage.nudges.ledger.claims import reap_leases
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import save_member
from storage.people.team import add_team, set_people
from tests.deliveries import posted, provoked, put, row, steps, worker
from tests.known import T0, WORKSPACE
from tests.story_workspace import StoryWorkspace

PEOPLE = ("U1", "U2", "U3", "U4")


@pytest.fixture
async def evening(town: StoryWorkspace) -> StoryWorkspace:
    """Four people with something due and a prompt in the ledger; nobody delivers."""
    for name in ("ana", "ben", "mia", "raj"):
        await town.known(name)
    town.bot.deliverer.stop()
    await town.server.settled()
    async with town.bot.database.write(WORKSPACE) as scope:
        team = await add_team(scope, Team(name="Field", country=None))
        await set_people(scope, team.id, PEOPLE, [])
        for number, owner_id in enumerate(PEOPLE):
            await save_member(scope, owner_id, zone="Europe/Ljubljana")
            due = FollowUp(owner_id=owner_id, who=f"Acme {number}", what="call", due_on=T0.date())
            await add_followup(scope, due, T0)
    for user_id in PEOPLE:
        await put(
            town, f"test:{user_id}", kind=END_OF_DAY, user_id=user_id, intent={"day": T0.date().isoformat()}
        )
    return town


@contextmanager
def statements(town: StoryWorkspace) -> Iterator[list[str]]:
    found: list[str] = []
    engine = town.bot.database.engine.reading.sync_engine

    def note(connection, cursor, statement, *rest) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


async def test_prompts_prepared_together_say_what_each_says_alone(evening: StoryWorkspace) -> None:
    sender = evening.bot.deliverer.sender
    rows = [await row(evening, f"test:{user_id}") for user_id in PEOPLE]
    together = await sender.prepare(rows)
    sender.ahead = NOTHING_AHEAD
    assert together == [(await sender.prepare([one]))[0] for one in rows]
    assert any(isinstance(one.rendered, Message) for one in together)


async def test_more_prompts_take_no_more_statements(evening: StoryWorkspace) -> None:
    sender = evening.bot.deliverer.sender
    rows = [await row(evening, f"test:{user_id}") for user_id in PEOPLE]
    await sender.prepare(rows)
    counts = []
    for some in (rows[:2], rows):
        with statements(evening) as found:
            await sender.prepare(some)
        counts.append(len(found))
    assert counts[0] == counts[1]


async def test_a_fault_in_one_or_in_reading_ahead_is_no_other_s(evening: StoryWorkspace) -> None:
    sender = evening.bot.deliverer.sender

    async def fails(ledger, rows, now) -> None:
        raise LookupError("nobody can read this")

    rows = [await row(evening, f"test:{user_id}") for user_id in PEOPLE]
    rows[0] = DeliveryRow.model_validate({**rows[0].model_dump(), "kind": "a kind nobody renders"})
    sender.ahead = NOTHING_AHEAD._replace(judged=fails, shown=fails)
    found = await sender.prepare(rows)
    assert isinstance(found[0].rendered, KeyError)
    assert sum(isinstance(one.rendered, Exception) for one in found) == 1


async def test_of_steps_taken_together_the_one_that_lost_its_row_alone_is_dropped(
    evening: StoryWorkspace,
) -> None:
    database, units = evening.bot.database, []
    async with worker(evening, "slow") as slow:
        rows, _ = await slow.claim(20)
        assert len(rows) == len(PEOPLE)
        rows[0].fence -= 1  # as if somebody had taken it back and claimed it anew
        committed = database.committed
        database.committed = lambda: units.append(committed())
        marks = {"channel_id": "D1", "first_post_at": T0}
        moved = await asyncio.gather(*(slow.steps.move(one, DeliveryState.SENDING, **marks) for one in rows))
        assert (moved, len(units)) == ([False, True, True, True], 1)
        assert [one.state for one in rows] == [DeliveryState.LEASED] + 3 * [DeliveryState.SENDING]
        assert await steps(evening, rows[0].occurrence_key) == ["leased"]
        assert await steps(evening, rows[1].occurrence_key) == ["leased", "sending"]


async def test_a_step_that_cannot_be_written_keeps_nobody_else_from_theirs(evening: StoryWorkspace) -> None:
    async with worker(evening, "one") as one:
        rows, _ = await one.claim(20)
        wrong = one.steps.move(
            rows[0], DeliveryState.SENT
        )  # without Slack's timestamp, which the table refuses
        right = [one.steps.move(each, DeliveryState.SKIPPED, "late") for each in rows[1:]]
        found = await asyncio.gather(wrong, *right, return_exceptions=True)
    assert isinstance(found[0], Exception)
    assert found[1:] == [True, True, True]
    assert (await row(evening, rows[0].occurrence_key)).state is DeliveryState.LEASED


async def test_whoever_dies_between_sending_and_the_posts_leaves_rows_that_are_looked_for(
    evening: StoryWorkspace,
) -> None:
    clock = evening.clock.now
    async with worker(evening, "dead") as dead:
        rows, lease = await dead.claim(20)
        marks = {"channel_id": "D1", "first_post_at": clock()}
        assert all(
            await asyncio.gather(*(dead.steps.move(one, DeliveryState.SENDING, **marks) for one in rows))
        )
    async with evening.bot.database.write_ledger() as ledger:
        assert await reap_leases(ledger, lease.until + (lease.until - clock())) == len(rows)
    assert {(await row(evening, one.occurrence_key)).state for one in rows} == {DeliveryState.UNCERTAIN}
    assert sum(posted(evening, one.occurrence_key) for one in rows) == 0
    provoked(evening)


async def test_two_messages_to_one_person_open_the_channel_once(evening: StoryWorkspace) -> None:
    for key in ("test:one", "test:two"):
        await put(evening, key, user_id="U1")
    asked: list[str] = []
    evening.server.faults.decide = lambda call: (
        asked.append(call.arguments["users"]) if call.method == "conversations.open" else None
    )
    async with worker(evening, "one") as one:
        await one.drain()
    assert [posted(evening, key) for key in ("test:one", "test:two")] == [1, 1]
    assert asked.count("U1") == 1
