"""Presets: the kinds of file that are understood, and which of their columns says what.

Headers are compared folded, so "Deal Name", "deal_name" and "DEALNAME" are one. The first spelling is the
one a person is told when a column is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sales.pipeline.opportunity import Stage


class FileKind(StrEnum):
    """What a file's rows are, in the order in which a folder is read."""

    ACCOUNTS = "accounts"
    PRODUCTS = "products"
    AGENTS = "agents"
    DEALS = "deals"


@dataclass(frozen=True)
class Preset:
    """One kind of file. `columns` maps what we need to the headers it may stand under.

    `stages` maps folded stage words to stages. `footer` is True for reports that end in a blank line and
    some lines about themselves.
    """

    name: str
    kind: FileKind
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    stages: Mapping[str, Stage] = field(default_factory=dict)
    footer: bool = False


DATE_COLUMNS = ("opened", "closed", "expected")
CRM = "crm"  # the four tables together

ACCOUNTS = Preset(
    "accounts",
    FileKind.ACCOUNTS,
    {
        "name": ("account",),
        "sector": ("sector",),
        "founded": ("year_established",),
        "revenue": ("revenue",),  # in millions
        "employees": ("employees",),
        "location": ("office_location",),
        "parent": ("subsidiary_of",),
    },
    ("name", "sector", "founded", "revenue", "employees", "location", "parent"),
)

PRODUCTS = Preset(
    "products",
    FileKind.PRODUCTS,
    {"name": ("product",), "series": ("series",), "price": ("sales_price",)},
    ("name", "series", "price"),
)

SALES_TEAMS = Preset(
    "sales_teams",
    FileKind.AGENTS,
    {"name": ("sales_agent",), "manager": ("manager",), "region": ("regional_office",)},
    ("name", "manager", "region"),
)

SALES_PIPELINE = Preset(
    "sales_pipeline",
    FileKind.DEALS,
    {
        "id": ("opportunity_id",),
        "owner": ("sales_agent",),
        "product": ("product",),
        "account": ("account",),
        "stage": ("deal_stage",),
        "opened": ("engage_date",),
        "closed": ("close_date",),
        "value": ("close_value",),
    },
    ("id", "owner", "product", "account", "stage", "opened", "closed", "value"),
    {"prospecting": Stage.SUSPECT, "engaging": Stage.OPEN, "won": Stage.WON, "lost": Stage.LOST},
)

HUBSPOT = Preset(
    "hubspot",
    FileKind.DEALS,
    {
        "id": ("Record ID", "Deal ID"),
        "name": ("Deal Name",),
        "stage": ("Deal Stage",),
        "value": ("Amount",),
        "currency": ("Currency",),
        "opened": ("Create Date",),
        "closed": ("Close Date",),
        "owner": ("Deal owner",),
        "account": ("Associated Company", "Primary Associated Company", "Associated Company (Primary)"),
        "product": ("Product", "Product Name"),
        "source": ("Deal Source", "Original Traffic Source", "Original Source", "Original Source Type"),
    },
    ("id", "name", "stage", "value", "closed"),
    {
        "appointmentscheduled": Stage.OPEN,
        "qualifiedtobuy": Stage.OPEN,
        "presentationscheduled": Stage.OPEN,
        "decisionmakerboughtin": Stage.OPEN,
        "contractsent": Stage.OPEN,
        "closedwon": Stage.WON,
        "closedlost": Stage.LOST,
    },
)

SALESFORCE = Preset(
    "salesforce",
    FileKind.DEALS,
    {
        "id": ("Opportunity ID", "Opportunity ID 18", "Opportunity: ID"),
        "name": ("Opportunity Name", "Opportunity: Opportunity Name"),
        "account": ("Account Name", "Account: Account Name"),
        "owner": ("Opportunity Owner", "Opportunity Owner: Full Name"),
        "stage": ("Stage",),
        "value": ("Amount",),
        "currency": ("Amount Currency", "Opportunity Currency"),
        "opened": ("Created Date",),
        "closed": ("Close Date",),
        "product": ("Product Name", "Product: Product Name"),
        "source": ("Lead Source",),
    },
    ("id", "name", "stage", "value", "closed"),
    {
        "prospecting": Stage.SUSPECT,
        "qualification": Stage.OPEN,
        "needsanalysis": Stage.OPEN,
        "valueproposition": Stage.OPEN,
        "iddecisionmakers": Stage.OPEN,
        "perceptionanalysis": Stage.OPEN,
        "proposalpricequote": Stage.OPEN,
        "negotiationreview": Stage.OPEN,
        "closedwon": Stage.WON,
        "closedlost": Stage.LOST,
    },
    footer=True,
)

OPPORTUNITIES = Preset(
    "opportunities",
    FileKind.DEALS,
    {
        "id": ("id", "opportunity id", "deal id", "external id"),
        "name": ("name", "opportunity", "opportunity name", "deal", "deal name"),
        "account": ("account", "account name", "company", "customer"),
        "product": ("product", "product name"),
        "source": ("source", "lead source", "deal source"),
        "owner": ("owner", "owner name", "rep", "sales rep", "salesperson"),
        "stage": ("stage", "status", "deal stage"),
        "value": ("value", "amount", "deal value"),
        "currency": ("currency",),
        "opened": ("opened", "opened on", "open date", "created", "create date", "created date"),
        "closed": ("closed", "closed on", "close date"),
        "expected": ("expected", "expected on", "expected close", "expected close date"),
    },
    ("id", "stage"),
    {
        "suspect": Stage.SUSPECT,
        "prospect": Stage.SUSPECT,
        "prospecting": Stage.SUSPECT,
        "open": Stage.OPEN,
        "engaging": Stage.OPEN,
        "qualified": Stage.OPEN,
        "proposal": Stage.OPEN,
        "negotiation": Stage.OPEN,
        "won": Stage.WON,
        "closedwon": Stage.WON,
        "lost": Stage.LOST,
        "closedlost": Stage.LOST,
        "parked": Stage.PARKED,
        "onhold": Stage.PARKED,
    },
)

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (SALES_PIPELINE, HUBSPOT, SALESFORCE, OPPORTUNITIES, ACCOUNTS, PRODUCTS, SALES_TEAMS)
}
CRM_FILES = {
    f"{preset.name}.csv": preset for preset in (ACCOUNTS, PRODUCTS, SALES_TEAMS, SALES_PIPELINE)
}  # in reading order: deals refer to the others
