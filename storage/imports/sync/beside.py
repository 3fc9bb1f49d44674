"""What stands beside deals in a CRM: accounts, people at them, and what was done."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select

from sales.followups.activity import Activity, ActivityKind
from sales.imports.sync.record import (
    CrmAccount,
    CrmActivity,
    CrmActivityKind,
    CrmContact,
    CrmObject,
)
from sales.language.dates.instants import local_date
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, on_one_line
from sales.people.erased_contact import ErasedContacts
from sales.pipeline.deal_contact import MAX_ROLE, DealContact
from storage.followups.activity import ActivityRow, add_activity
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.record import CrmRecordRow, new_record, records_by_id
from storage.imports.sync.stage import owners_of
from storage.people.erased_contact import erased_contacts
from storage.people.member import find_members
from storage.pipeline.account import AccountRow, accounts_called
from storage.pipeline.deal_contact import add_contact, names_beside
from storage.pipeline.opportunity import find_opportunity
from storage.scope import Scope

KINDS: Mapping[CrmActivityKind, ActivityKind] = {
    CrmActivityKind.CALL: ActivityKind.CALL,
    CrmActivityKind.EMAIL: ActivityKind.EMAIL,
    CrmActivityKind.MEETING: ActivityKind.MEETING,
}  # notes and tasks are no touch


async def records_for(
    scope: Scope, connection: CrmConnectionRow, what: CrmObject, ids: Collection[str]
) -> dict[str, CrmRecordRow]:
    """Return what is known of records; for those that are new, a record that says nothing yet."""
    known = await records_by_id(scope, connection.id, what, ids)
    for one in set(ids) - known.keys():
        known[one] = new_record(scope, connection.id, what, one)
    return known


async def take_accounts(scope: Scope, connection: CrmConnectionRow, accounts: Sequence[CrmAccount]) -> None:
    """Keep firms by the names that their CRM has for them."""
    known = await records_for(scope, connection, CrmObject.ACCOUNT, [one.id for one in accounts])
    names = {one.id: on_one_line(one.name)[:MAX_NAME] for one in accounts}
    here = await accounts_called(scope, [name for name in names.values() if name])
    for one in accounts:
        record, name = known[one.id], names[one.id]
        record.modified_at, record.said = one.modified_at, {"name": name, "domain": one.domain[:200]}
        key = name_key(name)
        row = here.get(key) if key else None
        if key and row is None:
            row = AccountRow(
                workspace_id=scope.workspace_id, name=name, name_key=key, import_id=connection.import_id
            )
            scope.session.add(row)
            await scope.session.flush()
            here[key] = row
        record.row_id = row.id if row is not None else None
        scope.session.add(record)
    await scope.session.flush()


async def take_contacts(scope: Scope, connection: CrmConnectionRow, contacts: Sequence[CrmContact]) -> None:
    """Keep who works where, for the deals that name them; who was erased here stays so."""
    erased = await erased_contacts(scope)
    known = await records_for(scope, connection, CrmObject.CONTACT, [one.id for one in contacts])
    for one in contacts:
        record = known[one.id]
        record.modified_at = one.modified_at
        name = on_one_line(one.name)[:MAX_NAME]
        gone = is_erased(erased, name, one.email)
        record.said = {} if gone else {"name": name, "role": on_one_line(one.title)[:MAX_ROLE]}
        scope.session.add(record)
    await scope.session.flush()


def is_erased(erased: ErasedContacts, name: str, email: str) -> bool:
    """Say whether somebody asked to be forgotten here."""
    return bool(erased.days) and erased.on((name, email)) is not None


async def name_contacts(
    scope: Scope, connection: CrmConnectionRow, deals: Mapping[str, Sequence[str]]
) -> None:
    """Let deals that are here have the people that their CRM, by its ids, names with them, beside those named here."""
    with_people = [record_id for record_id, theirs in deals.items() if theirs]
    if not with_people:
        return
    records = await records_by_id(scope, connection.id, CrmObject.DEAL, with_people)
    rows = {row.row_id: record_id for record_id, row in records.items() if row.row_id is not None}
    ids = {one for record_id in rows.values() for one in deals[record_id]}
    known = await records_by_id(scope, connection.id, CrmObject.CONTACT, ids)
    here = await names_beside(scope, rows)
    for deal_id, record_id in rows.items():
        there = {name_key(one) for one in here.get(deal_id, ())}
        for one in deals[record_id]:
            said = known[one].said if one in known else {}
            if said.get("name") and name_key(said["name"]) not in there:
                there.add(name_key(said["name"]))
                await add_contact(
                    scope,
                    DealContact(opportunity_id=deal_id, name=said["name"], role=said.get("role", "")),
                )


async def take_activities(
    scope: Scope, connection: CrmConnectionRow, activities: Sequence[CrmActivity], now: datetime
) -> int:
    """Log calls, e-mails and meetings that were had, by whoever had them; return how many are new.

    What somebody logged here the same day with the same customer is the same, and counts once.
    """
    wanted = [one for one in activities if one.kind in KINDS and one.done and one.at <= now]
    owners = {one.owner_id: one.user_id for one in await owners_of(scope, connection.id) if one.user_id}
    known = await records_for(scope, connection, CrmObject.ACTIVITY, [one.id for one in wanted])
    deals = await records_by_id(
        scope, connection.id, CrmObject.DEAL, {deal for one in wanted for deal in one.deal_ids}
    )
    people = {one.user_id: one for one in await find_members(scope, set(owners.values()))}
    added = 0
    for one in wanted:
        record, user_id = known[one.id], owners.get(one.owner_id)
        if record.row_id is not None or user_id is None or user_id not in people:
            continue
        deal_id = next((deals[each].row_id for each in one.deal_ids if each in deals), None)
        deal = await find_opportunity(scope, deal_id) if deal_id is not None else None
        account = (deal.account or deal.name) if deal is not None else None
        on = local_date(one.at, people[user_id].zone)
        said = Activity(owner_id=user_id, kind=KINDS[one.kind], on=on, account=account)
        row = await logged_here(scope, said, account) or await add_activity(
            scope, said, now, opportunity_id=deal_id
        )
        record.row_id, record.modified_at = row.id, one.modified_at
        scope.session.add(record)
        added += 1
    await scope.session.flush()
    return added


async def logged_here(scope: Scope, said: Activity, account: str | None) -> ActivityRow | None:
    """Return what somebody logged here of the same kind on the same day with the same customer."""
    if account is None:
        return None
    statement = select(ActivityRow).where(
        ActivityRow.workspace_id == scope.workspace_id,
        ActivityRow.owner_id == said.owner_id,
        ActivityRow.on == said.on,
        ActivityRow.kind == said.kind,
    )
    key = name_key(account)
    rows: Iterable[ActivityRow] = await scope.session.exec(statement.order_by(col(ActivityRow.id)))
    return next((row for row in rows if row.account and name_key(row.account) == key), None)
