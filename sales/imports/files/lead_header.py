"""Whether a header is that of leads or of deals: both have names, firms, sources and owners.

Leads have an address or a telephone number and no money, no closing day and no stage; or they say that they are leads.
A file that could be either is one of deals, as it always was: what is money is never taken for a lead.
"""

from collections.abc import Collection, Sequence
from functools import cache

from sales.imports.files.heading_words import resembles
from sales.imports.files.lead_presets import LEAD_PRESETS
from sales.imports.files.preset import LEAD_MEANINGS, NOTHING, FileKind
from sales.imports.files.presets import PRESETS
from sales.language.names.match import fold, folded

OF_DEALS = ("value", "closed", "expected", "stage")  # of which a list of leads has none
LIKE_DEALS = ("value", "closed", "expected")
SAYS_SO = "lead"  # what a heading begins with, except for where deals are from
# Deals have these too: where they are from, and in Close what they are of.
WHERE_FROM = frozenset({"leadsource", "leadsourcecodename", "leadquelle", "leadid", "leadname", "lead"})
OF_FIRMS = frozenset({"annualrevenue", "revenue", "companyrevenue", "umsatz", "jahresumsatz"})


@cache
def headings_of_deals() -> frozenset[str]:
    """Return the headings, folded, that only deals have: what they are worth, when they close, how far they are."""
    deals = (one for one in PRESETS.values() if one.kind is FileKind.DEALS)
    found = {fold(each) for one in deals for column in OF_DEALS for each in one.columns.get(column, ())}
    return frozenset(found - {fold(each) for one in LEAD_PRESETS for each in one.columns.get("status", ())})


@cache
def headings_of_leads() -> frozenset[str]:
    return frozenset(
        fold(each) for one in LEAD_PRESETS for spelled in one.columns.values() for each in spelled
    )


@cache
def ways_to_reach() -> frozenset[str]:
    return frozenset(
        fold(each)
        for one in LEAD_PRESETS
        for column in ("email", "phone")
        for each in one.columns.get(column, ())
    )


def is_of_leads(headers: Sequence[str], meant: Collection[str] = (), *, is_whole_deal: bool = False) -> bool:
    """Say whether these are the columns of leads; `meant` is what somebody said some of them are.

    `is_whole_deal` says that all is there that a vendor's deals have.
    """
    if set(meant) - set(LEAD_MEANINGS) - {NOTHING}:
        return False
    names = {folded(one) for one in headers if one}
    own = names & headings_of_leads() - WHERE_FROM
    reached = bool(names & ways_to_reach()) or bool(set(meant) & {"email", "phone"})
    if any(one.startswith(SAYS_SO) for one in own) and not is_whole_deal:
        return reached or not is_of_deals_all_the_same(headers)
    return reached and not any(is_of_deals(header) for header in headers)


def is_of_deals_all_the_same(headers: Sequence[str]) -> bool:
    """Say whether columns have money, a closing day and a stage beside a word of leads: those are deals."""
    others = [one for one in headers if one and not folded(one).startswith(SAYS_SO)]
    return all(
        any(resembles(one, meaning) for one in others for meaning in group)
        for group in (("value",), ("closed", "expected"), ("stage",))
    )


def is_of_deals(header: str) -> bool:
    """Say whether only a deal has such a column: money, or a day on which something closes."""
    name = folded(header)
    if name in headings_of_deals():
        return True
    if name in OF_FIRMS or name in headings_of_leads() or name.startswith(SAYS_SO):
        return False
    return any(resembles(header, meaning) for meaning in LIKE_DEALS)
