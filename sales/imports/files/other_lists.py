"""Other lists: companies, activities, invoices, tickets and products, told by their headings, which are no deals.

They have names, owners, states and money as deals have. A heading that only they have tells them, where no heading
says that the rows are deals or leads all the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sales.imports.files.lead_header import SAYS_SO
from sales.imports.files.lead_presets import LEAD_PRESETS
from sales.imports.files.plain_list import DEAL_WORDS
from sales.imports.files.preset import LEAD_MEANINGS, FileKind, Preset
from sales.imports.files.presets import CONTENT, PRESETS
from sales.language.names.match import fold
from sales.language.typed_text import shorten
from sales.refusal import Refusal


@dataclass(frozen=True)
class OtherList:
    """One kind of list that is not taken: `marks` are headings that only it has, `first` those with which it begins,
    and `both` pairs that only it has together.

    `unless` names headings that outweigh them: see `headings_that_outweigh`.
    """

    what: str
    marks: tuple[str, ...]
    unless: tuple[str, ...] = ("deals", "stage", "ends", "value")
    first: tuple[str, ...] = ()
    both: tuple[tuple[str, str], ...] = ()
    mend: str = "If its rows are deals, name their columns “Deal Name” and “Deal Stage”, and bring it again."


LEADS_OF_FIRMS = "If its rows are leads, name the owner's column “Lead Owner”, and bring it again."
STATES = frozenset({"status", "statuscode", "statusreason", "statuslabel"})  # which other lists have, too
COMPANIES = OtherList(
    "companies",
    (
        "Company owner", "Company Domain Name", "Account Owner", "Account Owner Alias", "Account Type",
        "Organization - Owner", "Organization owner", "(Do Not Modify) Account", "Account Number",
        "Number of employees in company", "Inhaber des Unternehmens", "Zuständiger Mitarbeiter für Unternehmen",
        "Account-Inhaber", "Propietario de la empresa", "Propietario de la cuenta", "Propriétaire de l'entreprise",
        "Propriétaire du compte", "Proprietario azienda", "Titolare account",
    ),
    ("deals", "stage", "ends", "value", "people", "leads"),
    mend=LEADS_OF_FIRMS,
)  # fmt: skip
ACTIVITIES = OtherList(
    "activities",
    (
        "Activity type", "Activity date", "Activity ID", "Activity name", "Activity status", "Activity - Type",
        "Activity - Subject", "Activity - Due date", "Activity - ID", "Activity - Done", "Engagement type",
        "Engagement ID", "Call outcome", "Call duration", "Call direction", "Call status", "Meeting outcome",
        "Meeting start time", "Task type", "Task status", "Task name", "Task ID", "Task Owner", "Task Subtype",
        "(Do Not Modify) Activity", "(Do Not Modify) Task", "Mark as done", "Email send status", "Aktivitätstyp",
        "Aktivitätsart", "Aktivitäts-ID", "Anrufergebnis", "Tipo de actividad", "Type d'activité", "Tipo attività",
        "Tipo di attività", "Tipo de atividade", "Type activiteit", "Activiteitstype",
    ),
    ("stage", "ends", "value", "content"),  # an activity has the deal that it is about
    both=(
        ("Due date", "Subject"), ("Due date", "Priority"), ("Due date", "Type"), ("Due date", "Task"),
        ("Subject", "Task"), ("Fälligkeitsdatum", "Betreff"), ("Fällig am", "Betreff"), ("Fällig", "Aufgabe"),
        ("Fecha de vencimiento", "Asunto"), ("Date d'échéance", "Objet"), ("Data di scadenza", "Oggetto"),
    ),
)  # fmt: skip
INVOICES = OtherList(
    "invoices",
    (
        "Invoice ID", "Invoice number", "Invoice no", "Invoice date", "Invoice status", "Invoice amount",
        "Invoice total", "Bill number", "Rechnungsnummer", "Rechnungs-Nr", "Rechnungsnr", "Rechnung Nr",
        "Rechnungsdatum", "Rechnungsbetrag", "Numéro de facture", "N° facture", "N° de facture",
        "Date de facture", "Date facture", "Número de factura", "N.º factura", "Nº factura",
        "Fecha de factura", "Numero fattura", "Numero di fattura", "N. fattura", "Data fattura",
        "Factuurnummer", "Factuurdatum", "Numer faktury", "Data faktury", "Číslo faktury", "Številka računa",
        "Número da fatura", "Data da fatura",
    ),
    ("deals", "stage", "ends"),
    ("Invoice", "Rechnung", "Facture", "Factura", "Fattura", "Factuur", "Faktura", "Račun", "Fatura"),
)  # fmt: skip
TICKETS = OtherList(
    "tickets",
    ("Ticket ID", "Ticket name", "Ticket status", "Ticket owner", "Ticket number", "Case Number", "Case Owner",
     "Case ID", "Case Reason", "(Do Not Modify) Case"),
)  # fmt: skip
PRODUCTS = OtherList(
    "products",
    ("SKU", "Product code", "Product ID", "Unit price", "Artikelnummer", "Stückpreis", "Référence produit",
     "Código de producto", "Codice prodotto"),
    ("deals", "stage", "ends", "value", "people"),
)  # fmt: skip
OTHER_LISTS = (COMPANIES, ACTIVITIES, INVOICES, TICKETS, PRODUCTS)


class NoDeals(Refusal):
    """A list of something that is not taken; no answer to a question makes deals of it."""


@cache
def headings_that_outweigh() -> Mapping[str, frozenset[str]]:
    """Return the headings, folded, that say of what a list is whatever else it has: what only deals, or leads, have."""
    deals = [one for one in PRESETS.values() if one.kind is FileKind.DEALS]
    return {
        "deals": frozenset(map(fold, DEAL_WORDS))
        | frozenset(filter(_names_deals, headings_of(deals, "name"))),
        "stage": headings_of(deals, "stage") - STATES,
        "ends": headings_of(deals, "closed", "expected"),
        "value": headings_of(deals, "value") - {"opportunity"},  # of an activity, the one that it is about
        "content": headings_of([CONTENT], "used"),
        "people": headings_of(LEAD_PRESETS, "first", "last", "email"),
        "leads": frozenset(
            one for one in headings_of(LEAD_PRESETS, *LEAD_MEANINGS) if one.startswith(SAYS_SO)
        ),
    }


def headings_of(presets: Collection[Preset], *meanings: str) -> frozenset[str]:
    found = [each for one in presets for meaning in meanings for each in one.columns.get(meaning, ())]
    return frozenset(map(fold, found))


def _names_deals(heading: str) -> bool:
    return "deal" in heading or "opportunit" in heading


def other_list(headers: Sequence[str]) -> tuple[OtherList, str] | None:
    """Return what a list is that is neither of deals nor of leads, with the heading that tells; None for all others."""
    by_fold = {fold(one): one for one in reversed(headers) if one}
    for kind in OTHER_LISTS:
        begins = [one for one in headers[:1] if fold(one) in map(fold, kind.first)]
        marked = [by_fold[fold(mark)] for mark in kind.marks if fold(mark) in by_fold]
        marked += [
            by_fold[fold(one)] for one, other in kind.both if {fold(one), fold(other)} <= by_fold.keys()
        ]
        heading = next(iter([*begins, *marked]), None)
        outweighed = any(by_fold.keys() & headings_that_outweigh()[one] for one in kind.unless)
        if heading is not None and not outweighed:
            return kind, heading
    return None


def require_known_list(headers: Sequence[str]) -> None:
    """See that a list is not one of something else.

    Raises:
        NoDeals: if it is, saying what.
    """
    if (found := other_list(headers)) is not None:
        kind, heading = found
        raise NoDeals(
            f"It looks like a list of {kind.what}: it has the column “{shorten(heading)}”. I take deals, leads and "
            f"contacts. {kind.mend}"
        )
