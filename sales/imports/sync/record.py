"""Records of a CRM in our words: what an adapter makes of what the CRM sends, and all that anything else knows of it.

Ids are the CRM's own, as it writes them at their longest (Salesforce: 18 characters). Instants are aware UTC. A day is
the day in the zone of the CRM's account, not in UTC. An amount is a `Decimal` with the currency it is in, both None
where the CRM has none: no amount is not zero. Words are as somebody typed them there, so nothing of them is trusted.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Vendor(StrEnum):
    """A CRM that can be connected; its value is what the command line and the database call it."""

    HUBSPOT = "hubspot"
    SALESFORCE = "salesforce"


VENDORS: Mapping[Vendor, str] = {Vendor.HUBSPOT: "HubSpot", Vendor.SALESFORCE: "Salesforce"}


class CrmObject(StrEnum):
    """What is read, in the order in which it is: what refers to something comes after it."""

    OWNER = "owner"
    STAGE = "stage"
    ACCOUNT = "account"
    CONTACT = "contact"
    DEAL = "deal"
    ACTIVITY = "activity"


class CrmOwner(NamedTuple):
    """Somebody who may own records there. One who left is not `active`."""

    id: str
    name: str
    email: str = ""
    active: bool = True


class CrmStageKind(StrEnum):
    """What a stage is to its CRM."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class CrmStage(NamedTuple):
    """A stage of a pipeline: known by its id, as labels change. `order` is its place among those of its pipeline."""

    id: str
    label: str
    kind: CrmStageKind
    pipeline: str = ""
    order: int = 0


class CrmAccount(NamedTuple):
    """A firm."""

    id: str
    name: str
    modified_at: datetime
    domain: str = ""
    owner_id: str = ""


class CrmContact(NamedTuple):
    """A person at a firm."""

    id: str
    name: str
    modified_at: datetime
    email: str = ""
    phone: str = ""
    title: str = ""
    account_id: str = ""
    owner_id: str = ""


class CrmDeal(NamedTuple):
    """A deal as its CRM has it.

    `close_on` is the day on which it was or shall be closed, whichever its stage says. `unread` names the fields of
    ours that this connection may not read: they are None or empty here and say nothing. `stage_since` is the day on
    which it came to its stage, None where the CRM does not say.
    """

    id: str
    name: str
    stage_id: str
    modified_at: datetime
    amount: Decimal | None = None
    currency: str | None = None
    close_on: date | None = None
    created_on: date | None = None
    owner_id: str = ""
    account_id: str = ""
    next_step: str = ""
    contact_ids: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()  # ids of deals that became part of this one
    stage_since: date | None = None
    modified_by: str = ""  # of the integration or the owner, where the CRM says so
    unread: frozenset[str] = frozenset()


class CrmActivityKind(StrEnum):
    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    NOTE = "note"
    TASK = "task"


class CrmActivity(NamedTuple):
    """Something that was done, or is to be: a task or a meeting to come is not `done`."""

    id: str
    kind: CrmActivityKind
    at: datetime
    modified_at: datetime
    subject: str = ""
    deal_ids: tuple[str, ...] = ()
    contact_ids: tuple[str, ...] = ()
    account_ids: tuple[str, ...] = ()
    owner_id: str = ""
    done: bool = True


CrmRecord = CrmAccount | CrmContact | CrmDeal | CrmActivity


class CrmPlace(NamedTuple):
    """How far a window was read: when the last record taken was modified, and its id where several share that."""

    at: datetime
    after_id: str = ""


class CrmPage(NamedTuple):
    """Some records of a window, in the order of `modified_at` and id, and from where the next page goes on."""

    records: tuple[CrmRecord, ...]
    place: CrmPlace


class CrmGone(NamedTuple):
    """A record that is there no more: deleted, or part of another one by now (`merged_into`)."""

    id: str
    at: datetime
    merged_into: str = ""


class CrmFound(NamedTuple):
    """What asking by id found: records by the id that was asked for, and ids that nothing came back for.

    A record whose own id differs from the one it was asked by is what that one was merged into. What is `missing` is
    deleted or may not be read; that nothing came back does not say which. What is known to be `gone` is deleted.
    """

    records: Mapping[str, CrmRecord]
    missing: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


class CrmAddress(NamedTuple):
    """A link to a record on a CRM's pages, as somebody pasted it: of which account, and which record."""

    vendor: Vendor
    account: str
    what: CrmObject
    id: str


class CrmAccess(NamedTuple):
    """What a connection may do, as trying it showed.

    `unread` names what it may not read: an object ("activity") or a field of deals ("deal.next_step"), with the words
    of the mend. `zone` is the account's, an IANA name; `currency` the one amounts have where they name none.
    `person` is who the CRM takes us for, so that what we wrote ourselves is known again.
    """

    account: str
    zone: str
    currency: str
    person: str = ""
    writes: bool = False
    unread: Mapping[str, str] = {}
