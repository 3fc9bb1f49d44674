"""What Salesforce's records say: ids, instants and days, amounts and their currency.

A field that was not asked for is one we may not read: that says nothing of what stands there. One that came as null is
empty.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.numbers import get_territory_currencies

from sales.imports.sync.record import (
    CrmAccount,
    CrmActivity,
    CrmActivityKind,
    CrmContact,
    CrmDeal,
    CrmOwner,
    CrmRecord,
    CrmStage,
    CrmStageKind,
)
from sales.imports.sync.salesforce.field import CONTACTS, DEAL_FIELDS

Row = Mapping[str, Any]
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MIDDAY = time(12)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
KINDS = {"Call": CrmActivityKind.CALL, "Email": CrmActivityKind.EMAIL, "ListEmail": CrmActivityKind.EMAIL}


def id18(record_id: str) -> str:
    """Return an id at its longest: three letters at its end say which of the others are capitals."""
    if len(record_id) != 15:
        return record_id
    ends = ""
    for part in (record_id[:5], record_id[5:10], record_id[10:]):
        ends += LETTERS[sum(1 << at for at, one in enumerate(part) if one.isascii() and one.isupper())]
    return record_id + ends


def zone_named(name: str) -> str:
    """Return an org's zone; UTC where there is none of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return name


def currency_of(locale: str) -> str:
    """Return the currency of a locale such as en_US: an org that has only one has that of its locale."""
    territory = locale.rpartition("_")[2].upper()
    found = get_territory_currencies(territory, tender=True) if len(territory) == 2 else ()
    return str(found[0]) if found else ""


def instant(value: Any) -> datetime | None:
    """Return an instant; None where there is none."""
    if not isinstance(value, str) or not value:
        return None
    try:
        at = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def day_in(at: datetime | None, zone: str) -> date | None:
    return at.astimezone(ZoneInfo(zone)).date() if at is not None else None


def amount(value: Any) -> Decimal | None:
    """Return an amount exactly; None where there is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    found = Decimal(value)
    return found if found.is_finite() else None


def text(row: Row, name: str) -> str:
    return str(row.get(name) or "").strip()


def ids(row: Row, name: str, prefix: str = "") -> tuple[str, ...]:
    """Return the id in a field, if it is one of this kind."""
    found = id18(text(row, name))
    return (found,) if found and found.startswith(prefix) else ()


def modified(row: Row) -> datetime:
    """Return when a record was modified last."""
    return instant(row.get("SystemModstamp")) or BEGINNING


def read_deal(row: Row, zone: str, currency: str, unread: Collection[str] = ()) -> CrmDeal:
    """Return a deal. `currency` is the org's, which an amount has that names none."""
    worth = amount(row.get("Amount"))
    roles = row.get(CONTACTS)
    contacts = [id18(text(one, "ContactId")) for one in (roles or {}).get("records") or ()]
    missing = {ours for theirs, ours in DEAL_FIELDS.items() if theirs not in row}
    return CrmDeal(
        id18(text(row, "Id")),
        text(row, "Name"),
        text(row, "StageName"),
        modified(row),
        amount=worth,
        currency=((text(row, "CurrencyIsoCode") or currency).upper() or None) if worth is not None else None,
        close_on=day(row.get("CloseDate")),
        created_on=day_in(instant(row.get("CreatedDate")), zone),
        stage_since=day_in(instant(row.get("LastStageChangeDate")), zone),
        owner_id=id18(text(row, "OwnerId")),
        account_id=id18(text(row, "AccountId")),
        next_step=text(row, "NextStep"),
        contact_ids=tuple(dict.fromkeys(one for one in contacts if one)),
        modified_by=id18(text(row, "LastModifiedById")),
        unread=frozenset({*missing, *unread}),
    )


def read_account(row: Row) -> CrmAccount:
    return CrmAccount(
        id18(text(row, "Id")),
        text(row, "Name"),
        modified(row),
        domain=domain_of(text(row, "Website")),
        owner_id=id18(text(row, "OwnerId")),
    )


def domain_of(website: str) -> str:
    """Return the domain of a website as somebody typed it."""
    bare = website.lower().partition("://")[2] or website.lower()
    return bare.partition("/")[0].partition("?")[0].removeprefix("www.")


def read_contact(row: Row) -> CrmContact:
    return CrmContact(
        id18(text(row, "Id")),
        text(row, "Name") or text(row, "Email"),
        modified(row),
        email=text(row, "Email"),
        phone=text(row, "Phone"),
        title=text(row, "Title"),
        account_id=id18(text(row, "AccountId")),
        owner_id=id18(text(row, "OwnerId")),
    )


def read_task(row: Row, zone: str) -> CrmActivity:
    """Return a task, or a call or e-mail that was logged as one: done once it is closed, on the day it is for."""
    completed, on = instant(row.get("CompletedDateTime")), day(row.get("ActivityDate"))
    at = completed
    if on is not None and day_in(completed, zone) != on:
        at = datetime.combine(on, MIDDAY, ZoneInfo(zone)).astimezone(UTC)
    return CrmActivity(
        id18(text(row, "Id")),
        KINDS.get(text(row, "TaskSubtype"), CrmActivityKind.TASK),
        at or instant(row.get("CreatedDate")) or modified(row),
        modified(row),
        subject=text(row, "Subject"),
        deal_ids=ids(row, "WhatId", "006"),
        contact_ids=ids(row, "WhoId", "003"),
        account_ids=ids(row, "AccountId") or ids(row, "WhatId", "001"),
        owner_id=id18(text(row, "OwnerId")),
        done=row.get("IsClosed") is True,
    )


def read_event(row: Row, zone: str, now: datetime) -> CrmActivity:
    """Return a meeting. `now` is their clock: what begins later was not held yet."""
    on = day(row.get("ActivityDate"))
    at = instant(row.get("StartDateTime"))
    if at is None and on is not None:
        at = datetime.combine(on, MIDDAY, ZoneInfo(zone)).astimezone(UTC)
    at = at or instant(row.get("CreatedDate")) or modified(row)
    return CrmActivity(
        id18(text(row, "Id")),
        CrmActivityKind.MEETING,
        at,
        modified(row),
        subject=text(row, "Subject"),
        deal_ids=ids(row, "WhatId", "006"),
        contact_ids=ids(row, "WhoId", "003"),
        account_ids=ids(row, "AccountId") or ids(row, "WhatId", "001"),
        owner_id=id18(text(row, "OwnerId")),
        done=at <= now,
    )


def read_record(kind: str, row: Row, zone: str, currency: str, now: datetime) -> CrmRecord:
    """Return a record of an object by its name there."""
    if kind == "Opportunity":
        return read_deal(row, zone, currency)
    if kind == "Account":
        return read_account(row)
    if kind == "Contact":
        return read_contact(row)
    return read_task(row, zone) if kind == "Task" else read_event(row, zone, now)


def read_owner(row: Row) -> CrmOwner:
    email = text(row, "Email")
    return CrmOwner(
        id18(text(row, "Id")), text(row, "Name") or email, email, active=row.get("IsActive") is not False
    )


def read_stage(row: Row) -> CrmStage:
    kind = CrmStageKind.OPEN
    if row.get("IsClosed") is True:
        kind = CrmStageKind.WON if row.get("IsWon") is True else CrmStageKind.LOST
    name = text(row, "ApiName") or text(row, "MasterLabel")
    return CrmStage(name, text(row, "MasterLabel") or name, kind, order=int(row.get("SortOrder") or 0))
