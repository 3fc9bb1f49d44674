"""How connections stand, as a manager reads it."""

from datetime import UTC, date, datetime

from messages.imports.sync import Stands, status
from sales.imports.sync.record import Vendor

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
TODAY = date(2026, 9, 14)
BUSY = "Salesforce asks for a pause: it had too many requests. I go on after it."


def read(found: list[Stands], reads: list[str]) -> str:
    """The texts of the message."""
    said = []
    for block in status(found, "Europe/Ljubljana", TODAY, reads).blocks:
        parts = [block.get("text"), *block.get("elements", [])]
        said += [str(one["text"]) for one in parts if one and isinstance(one.get("text"), str)]
    return "\n".join(said)


def test_nobody_is_told_that_a_crm_is_read_now_which_asked_for_a_pause():
    pause = AT.replace(hour=10)
    said = read([Stands(1, Vendor.SALESFORCE, AT, 61, trouble=BUSY, pause=pause)], [])
    assert "Next reading of Salesforce: 12:00." in said
    assert "now" not in said
    both = [Stands(1, Vendor.SALESFORCE, AT, 61, pause=pause), Stands(2, Vendor.HUBSPOT, AT, 9)]
    said = read(both, ["HubSpot"])
    assert "I read HubSpot now." in said
    assert "12:00" in said
    assert "I read HubSpot and Salesforce now." in read(both, ["HubSpot", "Salesforce"])
    assert "12:00" not in read(both, ["HubSpot", "Salesforce"])


def test_a_token_that_is_refused_does_not_mend_itself():
    trouble = "Connect again with `rainmaker connect salesforce`."
    said = read([Stands(1, Vendor.SALESFORCE, AT, 61, trouble=trouble, needs_token=True)], [])
    assert "is not read any more" in said
    assert "go on trying" not in said
