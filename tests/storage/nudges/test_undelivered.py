"""Who sees which undelivered message, and what is known of the places that cannot be reached."""

from datetime import timedelta

import pytest
from sqlmodel import text

from sales.nudges.ledger import DeliveryState, Nudge
from sales.people.member import Member
from storage.nudges import undelivered as queries
from storage.nudges.ledger.given_up import dismiss_delivery
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.steps import move_delivery
from storage.nudges.places import broken, mark_broken, mark_mended, mark_stopped, stopped_places
from storage.nudges.undelivered import Seer
from storage.people.member import meet_member
from tests.known import T0, WORKSPACE

HOUR = timedelta(hours=1)
DIGEST = f"digest_weekly:{WORKSPACE}:1:2026-09-21"


@pytest.fixture
async def scope(database):
    async with database.write(WORKSPACE) as opened:
        yield opened


async def ended(scope, key, state=DeliveryState.DEAD, error="is_archived", at=T0, **values):
    """A message that came to its end."""
    told = {"kind": "end_of_day", "intent": {}, "why": "", "not_before": at, "user_id": "U1", **values}
    await enqueue(scope, Nudge(key=key, **told), at)
    row = await delivery_by_key(scope, key)
    sent = {"slack_ts": f"{at.timestamp():.6f}", "sent_at": at} if state is DeliveryState.SENT else {}
    await move_delivery(scope.ledger, row, state, at, last_error=error, **sent)
    return row


async def digest(scope, team_id, day, state=DeliveryState.DEAD, **values):
    key = f"digest_weekly:{WORKSPACE}:{team_id}:2026-09-{day}"
    told = {
        "user_id": None,
        "channel_id": "C1",
        "kind": "digest_weekly",
        "intent": {"team_id": team_id},
        **values,
    }
    return await ended(scope, key, state, at=T0 + timedelta(days=day), **told)


async def test_a_manager_sees_their_teams_alone_and_an_admin_everything(scope):
    for user_id, team_id in (("U1", 1), ("U2", 2), ("U3", None)):
        await meet_member(scope, Member(user_id=user_id, name=user_id, team_id=team_id))
        await ended(scope, f"end_of_day:{WORKSPACE}:{user_id}:2026-09-14", user_id=user_id)
    for team_id in (1, 2, 11):
        await digest(scope, team_id, 21)
    keys = {
        row.occurrence_key for row in await queries.undelivered_page(scope, Seer("U9", False, (1,)), 0, 50)
    }
    assert keys == {f"end_of_day:{WORKSPACE}:U1:2026-09-14", f"digest_weekly:{WORKSPACE}:1:2026-09-21"}
    assert await queries.count_undelivered(scope, Seer("U3", False, ())) == 1  # one's own
    assert await queries.count_undelivered(scope, Seer("U9", False, ())) == 0
    assert await queries.count_undelivered(scope, Seer("U9", True, ())) == 6


async def test_what_was_sent_or_dismissed_is_not_among_them(scope):
    await ended(scope, "test:sent", DeliveryState.SENT)
    row = await ended(scope, "test:dead")
    admin = Seer("U9", True)
    assert await queries.find_undelivered(scope, admin, row.id) is not None
    assert await dismiss_delivery(scope, "test:dead", T0)
    assert await queries.find_undelivered(scope, admin, row.id) is None
    assert await queries.count_undelivered(scope, admin) == 0


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([DeliveryState.DEAD, DeliveryState.DEAD], True),
        ([DeliveryState.DEAD, DeliveryState.SKIPPED, DeliveryState.DEAD], True),
        ([DeliveryState.SENT, DeliveryState.DEAD], False),
        ([DeliveryState.DEAD, DeliveryState.SENT, DeliveryState.DEAD], False),
        ([DeliveryState.DEAD], False),
        ([], False),
    ],
)
async def test_three_in_a_row_of_those_that_were_tried(scope, before, expected):
    for number, state in enumerate(before):
        await digest(scope, 1, 14 + number, state)
        await ended(scope, f"end_of_day:{number}", state, at=T0 + timedelta(days=number))
    assert await queries.keeps_failing(scope, await digest(scope, 1, 28)) is expected
    last = await ended(scope, "end_of_day:last", at=T0 + timedelta(days=20))
    assert await queries.keeps_failing(scope, last) is expected


async def test_a_fault_of_ours_says_nothing_of_the_place(scope):
    for day in (14, 15):
        await digest(scope, 1, day, error="invalid_blocks")
    assert not await queries.keeps_failing(scope, await digest(scope, 1, 16))


async def test_another_channel_starts_a_new_count(scope):
    for day in (14, 15):
        await digest(scope, 1, day, channel_id="C7")
    assert not await queries.keeps_failing(scope, await digest(scope, 1, 16))


async def test_a_place_is_broken_until_it_is_mended_or_something_arrives(scope):
    await mark_broken(scope, "C1", "is_archived", T0)
    await mark_stopped(scope, "C1", T0)
    assert await stopped_places(scope) == {"C1"}
    await mark_broken(scope, "C1", "not_in_channel", T0 + HOUR)
    await scope.session.flush()
    scope.session.expire_all()
    known = await broken(scope, "C1")
    assert (known.error, known.since, known.stopped_at) == ("not_in_channel", T0, T0)
    await ended(scope, "test:arrived", DeliveryState.SENT, at=T0 + 2 * HOUR, user_id=None, channel_id="C1")
    assert await broken(scope, "C1") is None
    await mark_broken(scope, "C1", "is_archived", T0 + 3 * HOUR)
    scope.session.expire_all()
    known = await broken(scope, "C1")
    assert (known.since, known.stopped_at) == (T0 + 3 * HOUR, None)
    assert await mark_mended(scope, "C1")
    assert not await mark_mended(scope, "C1")
    assert await broken(scope, None) is None


async def test_again_is_once_and_to_the_channel_of_now(scope):
    row = await digest(scope, 1, 21)
    assert await queries.send_again(scope, row, T0, "C2")
    assert not await queries.send_again(scope, row, T0, "C3")
    scope.session.expire_all()
    again = await delivery_by_key(scope, DIGEST)
    assert (again.state, again.channel_id) == (DeliveryState.PENDING, "C2")


async def test_what_may_exist_is_looked_for_where_it_was_posted(scope):
    row = await digest(scope, 1, 21)
    await scope.session.refresh(row)
    row.first_post_at = T0
    await scope.session.flush()
    assert await queries.send_again(scope, row, T0, "C2")
    scope.session.expire_all()
    again = await delivery_by_key(scope, DIGEST)
    assert (again.state, again.channel_id) == (DeliveryState.UNCERTAIN, "C1")


async def test_a_direct_channel_is_looked_up_anew(scope):
    row = await ended(scope, "test:direct", error="channel_not_found", channel_id="D1")
    assert await queries.send_again(scope, row, T0)
    scope.session.expire_all()
    assert (await delivery_by_key(scope, "test:direct")).channel_id is None


@pytest.mark.engines("sqlite")
async def test_the_list_reads_the_given_up_messages_alone(scope):
    asked = (
        "EXPLAIN QUERY PLAN SELECT id FROM delivery WHERE workspace_id = 'T1'"
        " AND state = 'dead' AND dismissed_at IS NULL ORDER BY created_at DESC LIMIT 10"
    )
    connection = await scope.session.connection()
    plan = " ".join(str(line) for line in await connection.execute(text(asked)))
    assert "ix_delivery_dead" in plan
