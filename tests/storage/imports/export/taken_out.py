"""A workspace with a little of everything, and a folder it was exported to."""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from handlers.registry import REGISTRY
from sales.followups.activity import Activity, ActivityKind
from sales.followups.followup import FollowUp, Owes
from sales.goals.goal import Goal, Metric
from sales.imports.export.folder import README, readme
from sales.language.dates.period import PeriodKind
from sales.people.member import NO_HOLIDAYS, Member
from sales.people.team import Team
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.opportunity import Opportunity, Stage
from storage.database import Database
from storage.followups.activity import add_activity
from storage.followups.followup import add_followup
from storage.goals.goal import add_goal
from storage.imports.export.sheet import sheet_of
from storage.imports.export.write_out import ENCODING, ExportPart, origin_of, write_out
from storage.people import workspace
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.deal_contact import add_contact
from storage.pipeline.opportunity import add_opportunity
from tests.known import T0, WORKSPACE

LATER = T0 + timedelta(hours=3, microseconds=17)
LINES = 'two\r\nlines, "quoted" and \'=1+1'


async def live(database: Database) -> None:
    """Let a team sell in yen, with names that a spreadsheet would run."""
    async with database.write(WORKSPACE) as scope:
        for user_id, name in (("U1", "=Ida Moss"), ("U2", "Tom, Reed"), ("U3", "Mia Horvat")):
            met = Member(user_id=user_id, name=name, email=f"{user_id}@northwind.example", welcomed_at=T0)
            await meet_member(
                scope, met.model_copy(update={"country": NO_HOLIDAYS if user_id == "U2" else None})
            )
        team = await add_team(
            scope, Team(name="Field", currency="JPY", evening_at=time(16, 30), country=None)
        )
        await set_people(scope, team.id, ["U1", "U2"], ["U3"])
        scope.session.add_all(
            [
                AccountRow(
                    workspace_id=WORKSPACE, name="Acme", name_key="acme", revenue_minor=5_000, employees=3
                ),
                ProductRow(workspace_id=WORKSPACE, name="-Pro", name_key="pro", list_price_minor=120),
            ]
        )
        deals = [
            Opportunity(
                name="=1+1", account="Acme", owner_id="U1", value_minor=500, currency="JPY", opened_on=day(0)
            ),
            Opportunity(
                name="=1+1", account="Acme", owner_id="U1", value_minor=500, currency="JPY", opened_on=day(0)
            ),
            Opportunity(
                name="Mill", external_id="006A", owner_name="Nobody Here", value_minor=123_45, worth=LINES
            ),
            Opportunity(name="Granary", stage=Stage.WON, closed_on=day(4), opened_on=day(1), owner_id="U2"),
        ]
        stored = [await add_opportunity(scope, deal, at(place)) for place, deal in enumerate(deals)]
        await add_contact(
            scope, DealContact(opportunity_id=stored[0].id, name="Jo Field", role="+Buyer", decides=True)
        )
        await add_goal(scope, aim(Metric.REVENUE, 60_000), "U3", at(0))
        await add_goal(scope, aim(Metric.ACTIVITIES, 37, ActivityKind.CALL), "U1", at(1))
        for place in range(2):  # the same twice, in one instant
            step = FollowUp(
                owner_id="U1", who="Acme", what="call", owes=Owes.THEM, due_on=day(5), due_at=at(90)
            )
            await add_followup(scope, step, LATER, stored[place].id)
            await add_activity(
                scope, Activity(owner_id="U1", kind=ActivityKind.CALL, count=5, on=day(0)), LATER
            )


def day(after: int) -> date:
    return T0.date() + timedelta(days=after)


def at(hours: int) -> datetime:
    return T0 + timedelta(hours=hours)


def aim(metric: Metric, target: int, kind: ActivityKind | None = None) -> Goal:
    return Goal(
        owner_id="U1",
        metric=metric,
        activity_kind=kind,
        target=target,
        currency="JPY",
        period_kind=PeriodKind.MONTH,
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 9, 30),
        reason="@home",
    )


async def take_out(database: Database, folder: Path) -> Path:
    """Export a workspace into a folder, as the command does."""

    @contextmanager
    def opens(name: str):
        with (folder / name).open("x", encoding=ENCODING, newline="") as file:
            yield file

    parts = [ExportPart(sheet_of(record.table)) for record in REGISTRY.records if record.exported]
    async with database.read(WORKSPACE) as scope:
        files = await write_out(scope, parts, opens)
        (folder / README).write_text(readme(await origin_of(scope, LATER), files), encoding="utf-8")
    return folder


async def install(url: str) -> Database:
    """Open another database, with the same workspace installed at another time."""
    opened = await Database.open(url, declared=REGISTRY.declared)
    async with opened.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Elsewhere", "UBOT", LATER)
    return opened
