"""The inbox: one effect and one answer for a request, however often it arrives, for 48 hours."""

from datetime import timedelta

import pytest

from storage import inbox
from storage.database import Database
from tests.known import T0, WORKSPACE

ANSWER = {"response_type": "ephemeral", "text": "Saved."}


async def test_a_request_is_taken_once_and_its_answer_kept(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        assert await inbox.earlier(scope, "cmd:1") is None
        await inbox.note(scope, "cmd:1", T0, ANSWER)
        await inbox.note(scope, "ev:1", T0, None)
    async with database.write(WORKSPACE) as scope:
        assert await inbox.earlier(scope, "cmd:1") == inbox.Earlier(ANSWER)
        assert await inbox.earlier(scope, "ev:1") == inbox.Earlier(None)
        assert await inbox.earlier(scope, "cmd:2") is None


async def test_a_request_that_was_noted_meanwhile_has_no_second_effect(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        await inbox.note(scope, "cmd:1", T0, ANSWER)
    with pytest.raises(Exception, match=r"(?i)unique"):
        await working(database)
    async with database.write(WORKSPACE) as scope:
        assert await inbox.earlier(scope, "effect") is None


async def working(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        await inbox.take(scope, "effect", T0)
        await inbox.note(scope, "cmd:1", T0, None)


async def failing(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        assert await inbox.take(scope, "ev:1", T0)
        raise LookupError


async def test_a_request_whose_work_failed_may_come_again(database: Database) -> None:
    with pytest.raises(LookupError):
        await failing(database)
    async with database.write(WORKSPACE) as scope:
        assert await inbox.take(scope, "ev:1", T0)


async def test_what_is_older_than_two_days_is_forgotten(database: Database) -> None:
    kept = timedelta(days=2)
    async with database.write(WORKSPACE) as scope:
        await inbox.take(scope, "old", T0)
        await inbox.take(scope, "new", T0 + kept)
    async with database.write(WORKSPACE) as scope:
        assert await inbox.forget_requests(scope, T0 + kept * 0.5, 10) == 1
    async with database.write(WORKSPACE) as scope:
        assert await inbox.take(scope, "old", T0)
        assert not await inbox.take(scope, "new", T0)
