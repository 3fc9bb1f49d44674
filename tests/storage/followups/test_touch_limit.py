"""Touches at one customer, whether anybody there answered, and what was answered before one touch too many."""

from datetime import date, timedelta

from sales.followups.activity import Activity, ActivityKind
from sales.followups.touch_limit import TouchAnswer, TouchLimit, unanswered
from sales.pipeline.opportunity import Opportunity
from sales.value import changed
from storage.followups.activity import add_activity
from storage.followups.touch_limit import (
    about,
    add_question,
    answers_since,
    find_question,
    keep_answer,
    paused,
    was_reached,
    week_of_touches,
)
from storage.people import workspace
from storage.pipeline.opportunity import add_opportunity
from tests.known import T0, WORKSPACE

TODAY = T0.date()
EMAIL, CALL = ActivityKind.EMAIL, ActivityKind.CALL


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def done(scope, account, on, kind=EMAIL, outcome="", owner="U1", deal_id=None):
    said = Activity(owner_id=owner, kind=kind, on=on, account=account, outcome=outcome)
    await add_activity(scope, said, T0, opportunity_id=deal_id)


async def test_a_week_is_of_one_customer_by_name_or_by_deal(database):
    async with database.write(WORKSPACE) as scope:
        deal = await add_opportunity(scope, Opportunity(name="Lockside – rollout", owner_id="U1"), T0)
        await done(scope, "Lockside", ago(6))
        await done(scope, "LOCKSIDE", ago(2))
        await done(scope, "Dana Roe", ago(1), deal_id=deal.id)
        await done(scope, "Lockside", ago(7))  # before the week
        await done(scope, "Lockside", ago(1), owner="U2")
        await done(scope, "Globex", ago(1))
        await done(scope, None, ago(1))
    async with database.read(WORKSPACE) as scope:
        week = await week_of_touches(scope, "U1", TODAY)
        assert unanswered(week.with_customer("lockside", None), TODAY) == 2
        assert unanswered(week.with_customer("lockside", deal.id), TODAY) == 3
        assert unanswered(week.all(), TODAY) == 4


async def test_somebody_was_reached_who_answered_within_a_year(database):
    async with database.write(WORKSPACE) as scope:
        await done(scope, "Lockside", ago(100), CALL, "spoke")
        await done(scope, "Globex", ago(3), CALL, "no answer")
        await done(scope, "Oldest", ago(366), CALL, "spoke")
    async with database.read(WORKSPACE) as scope:
        reached = [
            await was_reached(scope, "U1", one, None, TODAY) for one in ("lockside", "Globex", "Oldest")
        ]
        assert reached == [True, False, False]
        assert not await was_reached(scope, "U2", "Lockside", None, TODAY)


async def test_an_answer_is_kept_and_found_while_it_counts(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    asked = TouchLimit(owner_id="U1", who="Lockside", asked_on=ago(40), touches=3, carried="{}")
    async with database.write(WORKSPACE) as scope:
        row = await add_question(scope, asked)
        assert await answers_since(scope, "U1", ago(50)) == []  # not answered yet
        until = TODAY + timedelta(days=2)
        await keep_answer(scope, row, changed(TouchLimit, row, answer=TouchAnswer.PAUSE, until=until))
    async with database.read(WORKSPACE) as scope:
        found = await paused(scope, "U1", TODAY)
        assert about(found, ["Other", "LOCKSIDE"]) is found[0]
        assert about(found, ["Globex"]) is None
        assert await paused(scope, "U1", until) == []
        assert await paused(scope, "U2", TODAY) == []
    async with database.read("T2") as scope:
        assert await find_question(scope, row.id) is None
