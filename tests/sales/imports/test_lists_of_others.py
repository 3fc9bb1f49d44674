"""Lists of something else, told by their headings; and lists of deals that only look like them."""

import pytest

from sales.imports.files.other_lists import NoDeals, other_list, require_known_list

OTHERS = [
    ("Record ID,Company name,Company owner,Create Date,Phone Number,City,Industry", "companies"),
    ("Company Domain Name,Company name,Lifecycle Stage", "companies"),
    ("Account ID,Account Name,Account Owner,Billing City,Industry", "companies"),
    ("Organization - Name,Organization - Owner,Organization - Address", "companies"),
    ("Record ID,Activity type,Activity date,Deal,Activity assigned to", "activities"),
    ("Activity - Subject,Activity - Type,Activity - Due date,Activity - Deal", "activities"),
    ("Subject,Priority,Status,Task,Company / Account,Opportunity", "activities"),
    ("ID,Type,Subject,Status,Due date,Owner", "activities"),
    ("Betreff;Fällig am;Status;Zuständig", "activities"),
    ("Invoice number,Customer,Amount,Status,Due date", "invoices"),
    ("Rechnungsnummer;Kunde;Betrag;Status;Datum", "invoices"),
    ("Factura;Cliente;Importe;Estado", "invoices"),
    ("Ticket ID,Ticket name,Ticket status,Ticket owner", "tickets"),
    ("ID,Product,SKU,Unit price,Status", "products"),
]
NOT_OTHERS = [
    "Opportunity ID,Opportunity Name,Account Name,Account Owner,Stage,Amount,Close Date",
    "First Name,Last Name,Email,Account Name,Account Owner",
    "Record ID,Deal Name,Deal Stage,Amount,Last Activity Date,Next Activity Date",
    "ID,Name,Stage,Amount,Close Date,Invoice number",
    "Deal,Company,Status,Value,Invoice",
    "ID,Name,Status,Amount,Close Date,Product ID,SKU",
    "Company,Website,Industry,Phone",
    "Lead Owner,Company name,Company owner,Lead Status",
    "event_id,email,content,activity type,date",
    "ID,Subject,Stage,Value,Due date",
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
]


def cells(header: str) -> list[str]:
    return header.split(";" if ";" in header else ",")


@pytest.mark.parametrize(("header", "what"), OTHERS)
def test_a_list_of_something_else_is_named(header: str, what: str) -> None:
    with pytest.raises(NoDeals, match=f"looks like a list of {what}"):
        require_known_list(cells(header))


@pytest.mark.parametrize("header", NOT_OTHERS)
def test_a_list_that_says_it_is_of_deals_or_leads_is_none(header: str) -> None:
    assert other_list(cells(header)) is None


def test_named_as_the_mend_says_it_is_taken() -> None:
    assert other_list(cells("Invoice number,Deal Name,Deal Stage,Amount")) is None
    assert other_list(cells("Company name,Lead Owner,City")) is None
