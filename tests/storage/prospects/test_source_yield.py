"""Sources as they stand in the database: what came of deals and leads, in which time, with how much done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sales.followups.activity import Activity, ActivityKind
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import Lead, LeadState, RejectCause
from sales.prospects.source_yield import SourcedCase
from storage.followups.activity import add_activity
from storage.people.member import meet_members
from storage.people.team import add_team, set_people
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import add_lead
from storage.prospects.source_yield import sourced_deals, sourced_leads
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY, DAY = date(2026, 9, 14), timedelta(days=1)


@pytest.fixture
async def field(database):
    async with database.write(WORKSPACE) as scope:
        await meet_members(scope, [Member(user_id="UANA", name="Ana")])
        row = await add_team(scope, Team(name="Field"))
        await set_people(scope, row.id, ["UANA"], [])
        return row


async def test_a_deal_comes_with_its_days_money_and_touches(database, field):
    on = TODAY - 9 * DAY
    made = {
        **deal("UANA", on - 20 * DAY, on, Stage.WON, 4_000_00, "Acme"),
        "account": "Acme",
        "source": "Event",
    }
    async with database.write(WORKSPACE) as scope:
        row = OpportunityRow.model_validate(made)
        foreign = OpportunityRow.model_validate({**made, "name": "Far", "account": "Far", "currency": "EUR"})
        scope.session.add_all([row, foreign])
        await scope.session.flush()
        for kind, day, count, account, deal_id in (
            (ActivityKind.CALL, on - DAY, 3, None, row.id),
            (ActivityKind.EMAIL, on - DAY, 2, "acme", None),
            (ActivityKind.EMAIL, on + DAY, 7, "Acme", None),  # after it was won
            (ActivityKind.SERVICE, on - DAY, 9, "Acme", row.id),  # no selling
        ):
            said = Activity(owner_id="UANA", kind=kind, on=day, count=count, account=account)
            await add_activity(scope, said, T0, opportunity_id=deal_id)
    async with database.read(WORKSPACE) as scope:
        found = await sourced_deals(scope, ["UANA"], field, TODAY)
        assert found == [
            SourcedCase("Event", True, on - 20 * DAY, on, 4_000_00, 5),
            SourcedCase("Event", True, on - 20 * DAY, on, 0, 0),
        ]
        assert await sourced_deals(scope, ["UBEN"], field, TODAY) == []


async def test_leads_of_nobody_count_for_the_team_and_not_for_a_rep(database, field):
    at = datetime(2026, 8, 3, 9, tzinfo=UTC)
    async with database.write(WORKSPACE) as scope:
        for owner, state in (
            ("UANA", LeadState.QUALIFIED),
            (None, LeadState.REJECTED),
            ("UANA", LeadState.NEW),
        ):
            await add_lead(
                scope,
                Lead(
                    name="Dana",
                    source="Web form",
                    owner_id=owner,
                    team_id=field.id,
                    state=state,
                    came_at=at,
                    decided_at=at + 2 * DAY if state is not LeadState.NEW else None,
                    reject_cause=RejectCause.FIT if state is LeadState.REJECTED else None,
                ),
            )
    async with database.read(WORKSPACE) as scope:
        mine = await sourced_leads(scope, ["UANA"], field, TODAY, whole_team=False)
        ours = await sourced_leads(scope, ["UANA"], field, TODAY, whole_team=True)
        assert mine == [SourcedCase("Web form", True, at.date(), at.date() + 2 * DAY)]
        assert sorted(one.won for one in ours) == [False, True]
