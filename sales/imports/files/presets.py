"""Presets: all the kinds of file that are understood: the CRM's four tables, vendors' exports, and a plain list."""

from collections.abc import Mapping

from sales.imports.export.naming import heading, name_heading
from sales.imports.files.lead_presets import LEAD_KINDS, LEAD_PRESETS
from sales.imports.files.plain_list import PLAIN_COLUMNS
from sales.imports.files.preset import FileKind, Preset
from sales.imports.files.vendors import VENDORS

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
        "locations": (
            "locations",
            "number of locations",
            "no. of locations",
            "sites",
            "number of sites",
            "offices",
            "number of offices",
            "branches",
            "stores",
            "standorte",
        ),
        "reach": (
            "reach",
            "market reach",
            "geographic reach",
            "regional or national",
            "geographic scope",
            "market scope",
            "footprint",
        ),
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
)

OPPORTUNITIES = Preset(
    "opportunities",
    FileKind.DEALS,
    PLAIN_COLUMNS,
    ("id", "stage"),
)

# The deals of our own export, by themselves. Their "id" is that of a row in the database they are from.
EXPORTED = Preset(
    "rainmaker",
    FileKind.DEALS,
    {
        "id": (heading("external_id"),),
        "name": (heading("name"),),
        "account": (heading("account"),),
        "product": (heading("product"),),
        "source": (heading("source"),),
        "owner": (heading("owner_name"), name_heading("owner_id")),
        "stage": (heading("stage_label"),),
        "status": (heading("stage"),),
        "value": (heading("value_minor"),),
        "currency": (heading("currency"),),
        "opened": (heading("opened_on"),),
        "closed": (heading("closed_on"),),
        "expected": (heading("expected_on"),),
    },
    ("id", "name", "stage"),
    own=True,
)

# Who used what of that which a firm publishes, as a site or a webinar tool lists it.
CONTENT = Preset(
    "content",
    FileKind.CONTENT,
    {
        "event": ("event_id", "id", "event", "submission id", "activity id"),
        "email": ("email", "email address", "e-mail", "attendee email", "visitor email", "contact email", "mail"),
        "used": (
            "content", "content name", "asset", "asset name", "resource", "document", "material", "page", "page title",
            "form name", "webinar", "webinar title", "url",
        ),
        "at": (
            "at", "when", "date", "time", "timestamp", "happened_at", "occurred at", "activity date", "submitted at",
            "viewed at", "created at",
        ),
        "person": ("name", "full name", "contact", "attendee", "visitor"),
        "account": ("account", "company", "company name", "organization", "organisation"),
        "action": ("action", "activity", "activity type", "event type", "interaction"),
    },
    ("email", "used"),
)  # fmt: skip

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        SALES_PIPELINE,
        *VENDORS,
        EXPORTED,
        OPPORTUNITIES,
        ACCOUNTS,
        PRODUCTS,
        SALES_TEAMS,
        CONTENT,
        *LEAD_PRESETS,
    )
}
CRM_FILES = {
    f"{preset.name}.csv": preset for preset in (ACCOUNTS, PRODUCTS, SALES_TEAMS, SALES_PIPELINE)
}  # in reading order: deals refer to the others

# What a file of each kind is called.
KINDS: Mapping[str, str] = {
    "sales_pipeline": "the pipeline table of a CRM",
    "hubspot": "a HubSpot export",
    "salesforce": "a Salesforce report",
    "salesforce_loader": "a file of Salesforce's Data Loader",
    "pipedrive": "a Pipedrive export",
    "zoho": "a Zoho export",
    "dynamics": "a Dynamics 365 export",
    "close": "a Close export",
    "copper": "a Copper export",
    "bitrix24": "a Bitrix24 export",
    "bitrix24_dataset": "a Bitrix24 data set",
    "vtiger": "a Vtiger export",
    "monday": "a monday.com board",
    "rainmaker": "deals that Rainmaker exported",
    "opportunities": "a list of deals",
    "accounts": "a list of accounts",
    "products": "a list of products",
    "sales_teams": "a list of sales teams",
    "content": "a list of who read what",
    **LEAD_KINDS,
}
