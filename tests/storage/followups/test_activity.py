"""Counting activities: by rep, kind and local date, in one's own workspace only."""

from datetime import date

from sales.followups.activity import Activity, ActivityKind
from sales.followups.next_step import NextStep
from storage.followups import activity as queries
from storage.people import workspace
from tests.known import T0, WORKSPACE

MON, TUE, WED = date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 16)
CALL, DEMO = ActivityKind.CALL, ActivityKind.DEMO


async def done(scope, kind, count, on, owner="UANA"):
    return await queries.add_activity(scope, Activity(owner_id=owner, kind=kind, count=count, on=on), T0)


async def test_counts_add_up_by_kind_over_a_span_with_both_ends(database):
    async with database.write(WORKSPACE) as scope:
        for kind, count, on in ((CALL, 5, MON), (CALL, 2, TUE), (DEMO, 1, TUE), (CALL, 9, WED)):
            await done(scope, kind, count, on)
        await done(scope, CALL, 100, MON, owner="UBEN")
    async with database.read(WORKSPACE) as scope:
        assert await queries.counts_on(scope, "UANA", MON) == {CALL: 5}
        assert await queries.counts_between(scope, "UANA", MON, TUE) == {CALL: 7, DEMO: 1}
        assert await queries.counts_between(scope, "UANA", date(2026, 9, 17), date.max) == {}
        both = await queries.counts_of(scope, ["UANA", "UBEN", "UNEW"], MON, MON)
        assert both == {"UANA": {CALL: 5}, "UBEN": {CALL: 100}}


async def test_another_workspace_sees_nothing(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        row = await done(scope, CALL, 5, MON)
    async with database.read("T2") as scope:
        assert await queries.counts_on(scope, "UANA", MON) == {}
        assert await queries.find_activity(scope, row.id) is None


async def test_what_a_conversation_left_is_kept_as_a_word(database):
    async with database.write(WORKSPACE) as scope:
        call = Activity(owner_id="UANA", kind=CALL, on=MON, account="Acme")
        row = await queries.add_activity(scope, call, T0, NextStep.AGREED)
        row.next_step = NextStep.NONE
        await queries.keep_activity(scope, row)
    async with database.read(WORKSPACE) as scope:
        found = await queries.find_activity(scope, row.id)
        assert (found.next_step, found.created_at) == (NextStep.NONE, T0)
