"""Motions: work that is meant to open deals, without what is done for customers there are."""

from datetime import timedelta

from sales.followups.activity import Activity, ActivityKind
from sales.pipeline.motion import BUSY
from storage.followups.activity import add_activity
from storage.pipeline.motion import busy_but_empty, touches_between
from tests.known import T0, WORKSPACE

TODAY = T0.date()


async def test_service_is_no_prospecting(database):
    async with database.write(WORKSPACE) as scope:
        for back, kind in ((10, ActivityKind.SERVICE), (9, ActivityKind.CALL)):
            done = Activity(
                owner_id="U1", kind=kind, count=BUSY - 1, on=TODAY - timedelta(days=back), account="Acme"
            )
            await add_activity(scope, done, T0)
    async with database.read(WORKSPACE) as scope:
        assert await busy_but_empty(scope, "U1", TODAY) is None
        touches = await touches_between(scope, "U1", TODAY - timedelta(days=14), TODAY)
        assert [one.times for one in touches] == [BUSY - 1]
