"""Links to a CRM: known by the account whose pages they lead to, and by nothing less."""

import pytest

from sales.imports.sync.link import link_to, record_at

HUBSPOT = "https://app.hubspot.com/contacts/146/record/0-3/{id}"
SALESFORCE = "https://northwind.lightning.force.com/lightning/r/Opportunity/{id}/view"
PAGES = {1: HUBSPOT, 2: SALESFORCE}


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (link_to(HUBSPOT, "70011"), (1, "70011")),
        (link_to(HUBSPOT, "70011") + "?interaction=note#top", (1, "70011")),
        (link_to(SALESFORCE, "006Qm00000tZk3VIAS"), (2, "006Qm00000tZk3VIAS")),
        (link_to(SALESFORCE, "006Qm00000tZk3VIAS").removesuffix("/view"), (2, "006Qm00000tZk3VIAS")),
        ("https://app.hubspot.com/contacts/1467/record/0-3/70011", None),
        ("https://app.hubspot.com/contacts/147/record/0-3/70011", None),
        ("https://app.hubspot.com/contacts/146/record/0-1/70011", None),
        ("https://app.hubspot.com/contacts/146/record/0-3/", None),
        ("https://app.hubspot.com/contacts/146/record/0-3/70011/delete", None),
        ("https://evil.example/https://app.hubspot.com/contacts/146/record/0-3/70011", None),
        ("", None),
    ],
)
def test_a_link_is_of_one_account_and_one_record(url, place):
    assert record_at(url, PAGES) == place


def test_a_connection_without_pages_has_no_links():
    assert record_at("https://app.hubspot.com/x", {1: ""}) is None
