"""A week of leads and the flow of them, counted on a real database: whose, which days, and what became of them."""

from datetime import date, datetime, time, timedelta

import pytest

from sales.language.dates.instants import local_instant
from sales.language.dates.period import DaySpan
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from sales.prospects.flow import Became
from sales.prospects.lead import Lead, LeadState, RejectCause
from storage.database import Database
from storage.people.member import meet_member
from storage.people.team import TeamRow, add_team, find_team, set_people
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.flow import flow_record
from storage.prospects.lead import add_lead
from storage.prospects.lead_quality import week_of_leads
from tests.known import WORKSPACE
from tests.sales_story import deal

ZONE = "Europe/Ljubljana"
MONDAY = date(2026, 9, 14)
WEEK = DaySpan(MONDAY, MONDAY + timedelta(days=6))
NOW = local_instant(ZONE, time(9, 0), MONDAY + timedelta(days=7))


def at(day: int, hour: int = 12) -> datetime:
    return local_instant(ZONE, time(hour), MONDAY + timedelta(days=day))


@pytest.fixture
async def teams(database: Database) -> tuple[TeamRow, TeamRow]:
    async with database.write(WORKSPACE) as scope:
        for user_id in ("U1", "U2", "U3"):
            await meet_member(scope, Member(user_id=user_id, name=user_id))
        made = [await add_team(scope, Team(name=name, zone=ZONE)) for name in ("Field", "Inside")]
        await set_people(scope, made[0].id, ["U1", "U2"], [])
        await set_people(scope, made[1].id, ["U3"], [])
        return made[0], made[1]


async def add(database: Database, came: datetime, **more: object) -> int:
    state = LeadState(str(more.pop("state", "new")))
    decided = None if state is LeadState.NEW else more.pop("decided_at", came)
    cause = more.pop("cause", RejectCause.NEED) if state is LeadState.REJECTED else None
    async with database.write(WORKSPACE) as scope:
        row = await add_lead(
            scope,
            Lead.model_validate(
                {
                    "name": "Dana Roe",
                    "came_at": came,
                    "source": "Web form",
                    "owner_id": "U1",
                    "state": state,
                    "decided_at": decided,
                    "reject_cause": cause,
                    **more,
                }
            ),
        )
        return row.id


async def test_a_week_is_its_teams_days_and_its_teams_leads(
    database: Database, teams: tuple[TeamRow, TeamRow]
) -> None:
    field, inside = teams
    await add(database, at(0, 0))  # the first minute of Monday in the team's zone
    await add(database, at(6, 23), source="Referral", owner_id="U2", state="accepted")
    await add(database, at(7, 0))  # next week
    await add(database, at(-1, 23))  # the week before, and untouched still
    await add(database, at(1), owner_id="U3")
    await add(database, at(1), owner_id=None, team_id=inside.id)
    await add(database, at(1), owner_id=None, team_id=field.id, source=None)
    await add(database, at(-9), state="rejected", decided_at=at(2), cause=RejectCause.FIT)
    await add(database, at(1), state="qualified", decided_at=at(8))
    await add(database, at(1), first_call_at=at(2))
    async with database.read(WORKSPACE) as scope:
        found = await week_of_leads(scope, field, WEEK)
    assert {one.name: (one.came, one.untouched, one.accepted, one.decided) for one in found.came} == {
        "Web form": (3, 1, 1, 1),
        "Referral": (1, 0, 1, 1),
        "": (1, 1, 0, 0),
    }
    assert (found.accepted, found.rejected) == (1, {RejectCause.FIT: 1})
    assert (found.untouched, found.oldest, found.reps) == (3, at(-1, 23), 2)


async def test_nobodys_leads_are_the_only_teams(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        only = await add_team(scope, Team(name="Field", zone=ZONE))
    await add(database, at(1), owner_id=None)
    async with database.read(WORKSPACE) as scope:
        team = await find_team(scope, only.id)
        assert team is not None
        assert (await week_of_leads(scope, team, WEEK)).untouched == 1
    async with database.write(WORKSPACE) as scope:
        await add_team(scope, Team(name="Inside", zone=ZONE))
    async with database.read(WORKSPACE) as scope:
        assert (await week_of_leads(scope, team, WEEK)).untouched == 0


async def test_the_flow_counts_weeks_and_what_became_of_leads(
    database: Database, teams: tuple[TeamRow, TeamRow]
) -> None:
    async with database.write(WORKSPACE) as scope:
        rows = []
        for stage, opened in (
            (Stage.OPEN, True),
            (Stage.WON, True),
            (Stage.LOST, False),
            (Stage.SUSPECT, False),
        ):
            closed = MONDAY if stage in (Stage.WON, Stage.LOST) else None
            made = deal("U1", MONDAY - timedelta(days=9), closed, stage, 100, stage.value)
            row = OpportunityRow.model_validate({**made, "opened_on": made["opened_on"] if opened else None})
            scope.session.add(row)
            rows.append(row)
        await scope.session.flush()
        ids = [row.id for row in rows]
    for day, deal_id in zip((0, 1, -7, -8), ids, strict=True):
        await add(database, at(day), state="qualified", deal_id=deal_id)
    await add(database, at(2), owner_id="U2", state="qualified")
    await add(database, at(2), state="rejected")
    await add(database, at(3))
    async with database.read(WORKSPACE) as scope:
        today, now = MONDAY + timedelta(days=4), at(4)
        found = await flow_record(scope, ["U1"], ["U1", "U2"], ZONE, today, now)
        both = await flow_record(scope, ["U1", "U2"], ["U1", "U2"], ZONE, today, now)
        nobody = await flow_record(scope, [], [], ZONE, today, now)
    assert (found.this_week, found.before, found.came) == (2, (0, 0, 1, 1), 4)
    assert (found.opened, found.quality) == (Became(2, 3), Became(4, 5))
    assert (both.this_week, both.team_opened) == (3, Became(2, 3))
    assert (nobody.this_week, nobody.came, nobody.opened) == (0, 0, Became())
