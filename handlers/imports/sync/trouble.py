"""What managers hear of a CRM by itself: that it cannot be read, that it is well again, and once what to match."""

from datetime import datetime

from handlers.imports.sync.standing import standing, unmatched_people, unmatched_stages
from handlers.kind import Rendered
from messages.imports import sync as views
from sales.imports.sync.connection import CrmState
from sales.language.dates.instants import local_date
from sales.nudges.ledger import DeliveryState, Nudge
from sales.nudges.policy import Skip
from storage.imports.sync.connection import CrmConnectionRow, find_connection
from storage.imports.sync.known import team_of
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import admins_of, find_member, find_members
from storage.people.team import managers_of
from storage.scope import Scope

CRM = "crm"
TROUBLE, WELL, MATCH = "trouble", "well", "match"
UNTOLD = (DeliveryState.PENDING, DeliveryState.LEASED, DeliveryState.SKIPPED)


async def readers(scope: Scope, row: CrmConnectionRow) -> list[str]:
    """Return who hears of a connection: who is first of those that manage its team, else of the admins."""
    team = await team_of(scope, row)
    managers = await managers_of(scope, team.id) if team is not None else []
    here = [one.user_id for one in await find_members(scope, managers) if one.active]
    return sorted(here or [one.user_id for one in await admins_of(scope)])[:1]


async def note_trouble(scope: Scope, row: CrmConnectionRow, now: datetime) -> None:
    """Tell admins that a CRM cannot be read, once for as long as it lasts."""
    if row.is_told:
        row.told_at = now
        scope.session.add(row)
        await tell(scope, row, TROUBLE, now, now)


async def note_well(scope: Scope, connection_id: int, now: datetime) -> None:
    """Tell admins that it is read again where they heard that it was not; ask once what there is to match."""
    row = await find_connection(scope, connection_id)
    if row is None:
        return
    if row.told_at is not None:
        await tell(scope, row, WELL, row.told_at, now)
        row.told_at = None
    new = [one for one in (await unmatched_stages(scope, row)) if not one.asked]
    people = [one for one in (await unmatched_people(scope, row)) if not one.asked]
    if new or people:
        await tell(scope, row, MATCH, now, now)
    for one in (*new, *people):
        one.asked = True
        scope.session.add(one)
    scope.session.add(row)
    await scope.session.flush()


async def tell(scope: Scope, row: CrmConnectionRow, what: str, since: datetime, now: datetime) -> None:
    for user_id in await readers(scope, row):
        nudge = Nudge(
            key=key_of(scope, row.id, what, user_id, since.isoformat()),
            kind=CRM,
            intent={
                "connection": row.id,
                "what": what,
                "trouble": row.trouble,
                "since": since.isoformat(),
            },
            why=f"You look after {row.name} here, and it {WHY[what]}.",
            not_before=now,
            user_id=user_id,
            subject=f"{CRM}:{row.id}",
        )
        await enqueue(scope, nudge, now)


def key_of(scope: Scope, connection_id: int, what: str, user_id: str, since: str) -> str:
    """Return the key of a message; what is told of trouble, and of its end, has the instant of the first."""
    return f"{CRM}:{scope.workspace_id}:{connection_id}:{what}:{user_id}:{since}"


async def was_told(scope: Scope, delivery: DeliveryRow, connection_id: int) -> bool:
    """Say whether the trouble was told whose end a message tells: it may have been over before it could be."""
    since = str(delivery.intent.get("since", ""))
    trouble = key_of(scope, connection_id, TROUBLE, delivery.user_id or "", since)
    told = await delivery_by_key(scope, trouble)
    return told is None or told.state not in UNTOLD


WHY = {
    TROUBLE: "could not be read",
    WELL: "is read again",
    MATCH: "was read for the first time",
}


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """Say what is so when it leaves: nobody hears of trouble that is over before it could be told."""
    row = await find_connection(scope, int(delivery.intent["connection"]))
    if row is None:
        return Skip("the CRM is not connected any more")
    what = str(delivery.intent["what"])
    if what == MATCH:
        stands = await standing(scope, row)
        return views.asks(stands) if stands.stages or stands.people else Skip("everything is matched")
    if what == WELL:
        heard = await was_told(scope, delivery, row.id)
        return views.well(row.name) if heard else Skip("nobody heard that it was not")
    if not row.trouble:
        return Skip("it is read again")
    member = await find_member(scope, delivery.user_id or "")
    zone = member.zone if member is not None else "UTC"
    at = views.as_of(row.read_at, zone, local_date(now, zone)) if row.read_at is not None else ""
    is_token = row.state is CrmState.NEEDS_TOKEN
    return views.trouble(row.name, str(delivery.intent["trouble"]), at, is_token=is_token)
