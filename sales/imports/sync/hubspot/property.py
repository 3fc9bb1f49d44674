"""Which kinds of records HubSpot has, and which of their properties are read."""

from collections.abc import Mapping

from sales.imports.sync.record import CrmActivityKind, CrmObject

KINDS: Mapping[CrmObject, str] = {
    CrmObject.DEAL: "deals",
    CrmObject.ACCOUNT: "companies",
    CrmObject.CONTACT: "contacts",
}
ENGAGED: Mapping[str, CrmActivityKind] = {
    "calls": CrmActivityKind.CALL,
    "emails": CrmActivityKind.EMAIL,
    "meetings": CrmActivityKind.MEETING,
    "notes": CrmActivityKind.NOTE,
    "tasks": CrmActivityKind.TASK,
}
MERGED = "hs_merged_object_ids"
PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "deals": (
        "dealname",
        "dealstage",
        "amount",
        "deal_currency_code",
        "closedate",
        "createdate",
        "hubspot_owner_id",
        "hs_next_step",
        "hs_updated_by_user_id",
        MERGED,
    ),
    "companies": ("name", "domain", "hubspot_owner_id", MERGED),
    "contacts": (
        "firstname",
        "lastname",
        "email",
        "phone",
        "jobtitle",
        "associatedcompanyid",
        "hubspot_owner_id",
        MERGED,
    ),
    "calls": ("hs_timestamp", "hs_call_title", "hs_call_status", "hubspot_owner_id"),
    "emails": ("hs_timestamp", "hs_email_subject", "hs_email_status", "hubspot_owner_id"),
    "meetings": (
        "hs_timestamp",
        "hs_meeting_title",
        "hs_meeting_start_time",
        "hs_meeting_outcome",
        "hubspot_owner_id",
    ),
    "notes": ("hs_timestamp", "hubspot_owner_id"),
    "tasks": ("hs_timestamp", "hs_task_subject", "hs_task_status", "hubspot_owner_id"),
}
FIELDS: Mapping[str, str] = {
    "amount": "amount",
    "closedate": "close_on",
    "hs_next_step": "next_step",
    "hubspot_owner_id": "owner_id",
    "dealname": "name",
    "dealstage": "stage_id",
}  # properties of deals without which a field of ours says nothing


def stamp_of(kind: str) -> str:
    """Return the property that says when a record of a kind was modified. By another one, nothing is found."""
    return "lastmodifieddate" if kind == "contacts" else "hs_lastmodifieddate"
