"""A preset: one kind of file that is understood, and which of its columns says what.

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
    CONTENT = "content"
    LEADS = "leads"


@dataclass(frozen=True)
class Preset:
    """One kind of file. `columns` maps what we need to the headers it may stand under, the likeliest first.

    `stages` maps folded stage words that mean something else here than elsewhere, or nothing elsewhere. `footer` is
    True for reports that end in a blank line and some lines about themselves. `joined` are the columns of which a row
    fills one of several: a date won or a date lost. `cents` are headers whose figures are the smallest unit of money.
    `own` is True of what Rainmaker itself wrote, where an apostrophe stands before what a spreadsheet would run.
    """

    name: str
    kind: FileKind
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    stages: Mapping[str, Stage] = field(default_factory=dict)
    footer: bool = False
    joined: tuple[str, ...] = ()
    cents: tuple[str, ...] = ()
    own: bool = False


DATE_COLUMNS = ("opened", "closed", "expected")
LEAD_DATES = ("came", "called", "decided")
LEAD_MEANINGS = (
    "id", "name", "first", "last", "account", "title", "email", "phone", "source", "owner", "status", "reason", "note",
    *LEAD_DATES,
)  # fmt: skip
MEANINGS = (
    "id", "name", "account", "product", "source", "owner", "stage", "status", "value", "currency", *DATE_COLUMNS,
)  # fmt: skip
NOTHING = "nothing"  # said of a column that is to be left aside
NAMED = frozenset({"id", "name", "stage", "status"})  # where "None" and "-" may be what something is called

# What a column can be, as people read it; what needs no word of its own is called as it is.
LABELS: Mapping[str, str] = {
    "opened": "opening date",
    "closed": "close date",
    "expected": "expected close date",
    "source": "lead source",
    "founded": "year founded",
    "parent": "parent company",
    "price": "list price",
    "event": "id of the event",
    "used": "what was read",
    "action": "what they did",
    "at": "when",
    "first": "first name",
    "last": "last name",
    "title": "job title",
    "email": "e-mail",
    "reason": "why it was rejected",
    "came": "day it came",
    "called": "first call",
    "decided": "day it was decided",
    NOTHING: "not used",
}
