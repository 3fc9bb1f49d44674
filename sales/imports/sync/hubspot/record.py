"""What HubSpot's properties say: strings or nothing, instants in UTC, a day in the zone of the account.

A property that was asked for and did not come may not be read: that says nothing of what stands there. One that came
as null is empty.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sales.imports.sync.hubspot.instant import BEGINNING, instant
from sales.imports.sync.hubspot.property import ENGAGED, FIELDS, MERGED, stamp_of
from sales.imports.sync.record import (
    CrmAccount,
    CrmActivity,
    CrmContact,
    CrmDeal,
    CrmOwner,
    CrmStage,
    CrmStageKind,
)

SUBJECTS = ("hs_call_title", "hs_email_subject", "hs_meeting_title", "hs_task_subject")
NOT_DONE = frozenset(
    {"SCHEDULED", "QUEUED", "CANCELED", "NO_SHOW", "RESCHEDULED", "NOT_STARTED", "IN_PROGRESS", "WAITING"}
    | {"DEFERRED", "FAILED", "BOUNCED", "SENDING"}
)
MIDDAY = time(12)
PRIMARY = 5  # the type of a deal's link to its primary company


class DealLinks(NamedTuple):
    """What a record is linked to; None where that may not be read."""

    accounts: Sequence[str] | None = ()
    contacts: Sequence[str] | None = ()
    deals: Sequence[str] | None = ()


def zone_named(name: str) -> str:
    """Return an account's zone; UTC where there is none of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return name


def day(value: str | None, zone: str) -> date | None:
    """Return the day in a zone: a close date is an instant there, and somebody picked it in the evening."""
    at = instant(value)
    try:
        return at.astimezone(ZoneInfo(zone)).date() if at is not None else None
    except OverflowError:
        return None


def instant_of_day(on: date, before: str | None, zone: str) -> str:
    """Return a day as it is written: at the time that stood there before, or at noon."""
    was = instant(before)
    at = was.astimezone(ZoneInfo(zone)).time() if was is not None else MIDDAY
    found = datetime.combine(on, at, ZoneInfo(zone)).astimezone(UTC)
    return found.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def amount(value: str | None) -> Decimal | None:
    """Return an amount exactly; None where there is none, or no number."""
    try:
        found = Decimal(value) if value else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def text(properties: Mapping[str, Any], name: str) -> str:
    return str(properties.get(name) or "").strip()


def merged_ids(properties: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(one.strip() for one in text(properties, MERGED).split(";") if one.strip())


def modified(kind: str, row: Mapping[str, Any]) -> datetime:
    """Return when a record was modified last."""
    found = instant(row["properties"].get(stamp_of(kind))) or instant(row.get("updatedAt"))
    return found if found is not None else BEGINNING


def read_deal(row: Mapping[str, Any], links: DealLinks, zone: str, currency: str) -> CrmDeal:
    """Return a deal. `currency` is the account's, which an amount has that names none."""
    said: Mapping[str, Any] = row["properties"]
    unread = {ours for theirs, ours in FIELDS.items() if theirs not in said}
    worth = amount(said.get("amount"))
    close = day(said.get("closedate"), zone)
    if worth is None and said.get("amount"):
        unread.add("amount")
    if close is None and said.get("closedate"):
        unread.add("close_on")
    if links.accounts is None:
        unread.add("account_id")
    return CrmDeal(
        str(row["id"]),
        text(said, "dealname"),
        text(said, "dealstage"),
        modified("deals", row),
        amount=worth,
        currency=(text(said, "deal_currency_code") or currency).upper() if worth is not None else None,
        close_on=close,
        created_on=day(said.get("createdate"), zone),
        owner_id=text(said, "hubspot_owner_id"),
        account_id=next(iter(links.accounts or ()), ""),
        next_step=text(said, "hs_next_step"),
        contact_ids=tuple(links.contacts or ()),
        merged=merged_ids(said),
        modified_by=text(said, "hs_updated_by_user_id"),
        unread=frozenset(unread),
    )


def read_account(row: Mapping[str, Any]) -> CrmAccount:
    said: Mapping[str, Any] = row["properties"]
    return CrmAccount(
        str(row["id"]),
        text(said, "name") or text(said, "domain"),
        modified("companies", row),
        domain=text(said, "domain"),
        owner_id=text(said, "hubspot_owner_id"),
    )


def read_contact(row: Mapping[str, Any]) -> CrmContact:
    said: Mapping[str, Any] = row["properties"]
    name = f"{text(said, 'firstname')} {text(said, 'lastname')}".strip()
    return CrmContact(
        str(row["id"]),
        name or text(said, "email"),
        modified("contacts", row),
        email=text(said, "email"),
        phone=text(said, "phone"),
        title=text(said, "jobtitle"),
        account_id=text(said, "associatedcompanyid"),
        owner_id=text(said, "hubspot_owner_id"),
    )


def read_activity(kind: str, row: Mapping[str, Any], links: DealLinks, now: datetime) -> CrmActivity:
    """Return something that was done, or is to be. `now` is their clock: what comes later is not done yet."""
    said: Mapping[str, Any] = row["properties"]
    at = instant(said.get("hs_meeting_start_time")) or instant(said.get("hs_timestamp"))
    at = at or instant(row.get("createdAt")) or modified(kind, row)
    states = {
        text(said, one).upper()
        for one in ("hs_call_status", "hs_email_status", "hs_meeting_outcome", "hs_task_status")
    }
    finished = "COMPLETED" in states if kind == "tasks" else at <= now
    return CrmActivity(
        f"{ENGAGED[kind].value}:{row['id']}",
        ENGAGED[kind],
        at,
        modified(kind, row),
        subject=next((text(said, one) for one in SUBJECTS if text(said, one)), ""),
        deal_ids=tuple(links.deals or ()),
        contact_ids=tuple(links.contacts or ()),
        account_ids=tuple(links.accounts or ()),
        owner_id=text(said, "hubspot_owner_id"),
        done=finished and not states & NOT_DONE,
    )


def read_owner(row: Mapping[str, Any]) -> CrmOwner:
    name = f"{row.get('firstName') or ''} {row.get('lastName') or ''}".strip()
    email = str(row.get("email") or "")
    return CrmOwner(str(row["id"]), name or email, email, active=not row.get("archived"))


def read_stages(pipelines: Sequence[Mapping[str, Any]]) -> list[CrmStage]:
    """Return the stages of all pipelines, by the order in which they stand."""
    return [
        CrmStage(
            str(one["id"]),
            str(one.get("label") or one["id"]),
            stage_kind(one.get("metadata") or {}),
            str(pipeline["id"]),
            int(one.get("displayOrder") or 0),
        )
        for pipeline in sorted(pipelines, key=lambda one: int(one.get("displayOrder") or 0))
        for one in sorted(pipeline.get("stages") or (), key=lambda one: int(one.get("displayOrder") or 0))
        if not one.get("archived")
    ]


def stage_kind(metadata: Mapping[str, Any]) -> CrmStageKind:
    """Return what a stage is: closed at a probability of 1 is won, closed at less is lost."""
    probability = amount(str(metadata.get("probability") or ""))
    closed = str(metadata.get("isClosed", "")).lower()
    if probability == 1 and closed != "false":
        return CrmStageKind.WON
    return CrmStageKind.LOST if closed == "true" else CrmStageKind.OPEN


def links_of(result: Mapping[str, Any]) -> list[str]:
    """Return what a record is linked to, the primary one first, the others by age."""
    found = []
    for one in result.get("to") or ():
        types = one.get("associationTypes") or ()
        primary = any(int(each.get("typeId") or 0) == PRIMARY for each in types)
        found.append((not primary, int(one["toObjectId"])))
    return [str(number) for _, number in sorted(found)]


def refused_fields(body: Any) -> list[str]:
    """Return in people's words which fields a refused write names, and nothing where it names none."""
    errors: Sequence[Any] = body.get("errors") or () if isinstance(body, dict) else ()
    names: list[str] = []
    for one in errors:
        context = one.get("context") or {} if isinstance(one, dict) else {}
        named: Any = context.get("propertyName") or context.get("propertyNames") or ()
        names += [named] if isinstance(named, str) else [str(each) for each in named]
    return [words_of(one) for one in dict.fromkeys(names)]


def words_of(name: str) -> str:
    """Return a property's name as people read it."""
    known = {"closedate": "close date", "dealstage": "stage", "dealname": "name", "hs_next_step": "next step"}
    return known.get(name) or " ".join(re.sub(r"[\W_]+", " ", name.removeprefix("hs_")).split())


def matched_by_merge(
    asked: Collection[str], rows: Sequence[Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """Return rows by the id that was asked for: their own, or one that became part of them."""
    found = {str(row["id"]): row for row in rows if str(row["id"]) in asked}
    for row in rows:
        for one in merged_ids(row["properties"]):
            if one in asked:
                found.setdefault(one, row)
    return found
