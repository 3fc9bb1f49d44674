"""Vendors: exports as common CRM systems head them, in the languages in which their headers are documented.

The headers are those of the vendors' own help pages and field references.
"""

from sales.imports.files.preset import FileKind, Preset
from sales.pipeline.opportunity import Stage

HUBSPOT = Preset(
    "hubspot",
    FileKind.DEALS,
    {
        "id": (
            "Record ID", "Deal ID", "hs_object_id", "Datensatz-ID", "ID de registro", "ID de fiche d'informations",
        ),
        "name": ("Deal Name", "dealname", "Deal-Name", "Nombre del negocio", "Nom de la transaction"),
        "stage": ("Deal Stage", "dealstage", "Deal-Phase", "Etapa del negocio", "Phase de la transaction"),
        "value": ("Amount", "Betrag", "Importe", "Valor", "Montant"),
        "currency": ("Currency", "deal_currency_code", "Währung", "Moneda", "Devise"),
        "opened": ("Create Date", "createdate", "Erstellungsdatum", "Fecha de creación", "Date de création"),
        "closed": ("Close Date", "closedate", "Abschlussdatum", "Fecha de cierre", "Date de fermeture"),
        "owner": (
            "Deal owner", "Zuständiger Mitarbeiter für Deal", "Deal-Inhaber", "Propietario del negocio",
            "Propriétaire de la transaction",
        ),
        "account": ("Associated Company", "Primary Associated Company", "Associated Company (Primary)"),
        "product": ("Product", "Product Name"),
        "source": ("Deal Source", "Original Traffic Source", "Original Source", "Original Source Type"),
    },
    ("id", "name", "stage", "value", "closed"),
)  # fmt: skip

SALESFORCE = Preset(
    "salesforce",
    FileKind.DEALS,
    {
        "id": (
            "Opportunity ID", "Opportunity ID 18", "Opportunity: ID", "Opportunity-ID", "Id. de oportunidad",
            "ID de l'opportunité",
        ),
        "name": (
            "Opportunity Name", "Opportunity: Opportunity Name", "Opportunity-Name", "Nombre de la oportunidad",
            "Nom de l'opportunité",
        ),
        "account": (
            "Account Name", "Account: Account Name", "Accountname", "Nombre de la cuenta", "Nom du compte",
        ),
        "owner": (
            "Opportunity Owner", "Opportunity Owner: Full Name", "Opportunity-Inhaber", "Propietario de oportunidad",
            "Propietario de la oportunidad", "Propriétaire de l'opportunité",
        ),
        "stage": ("Stage", "Phase", "Etapa", "Étape"),
        "value": ("Amount", "Betrag", "Importe", "Montant"),
        "currency": ("Amount Currency", "Opportunity Currency"),
        "opened": ("Created Date", "Erstelldatum", "Erstellungsdatum", "Fecha de creación", "Date de création"),
        "closed": ("Close Date", "Schlusstermin", "Fecha de cierre", "Date de clôture"),
        "product": ("Product Name", "Product: Product Name"),
        "source": ("Lead Source", "Leadquelle", "Origen del candidato", "Origine de la piste"),
    },
    ("id", "name", "stage", "value", "closed"),
    footer=True,
)  # fmt: skip

SALESFORCE_LOADER = Preset(
    "salesforce_loader",
    FileKind.DEALS,
    {
        "id": ("Id",),
        "name": ("Name",),
        "account": ("Account.Name",),
        "owner": ("Owner.Name",),
        "stage": ("StageName",),
        "value": ("Amount",),
        "currency": ("CurrencyIsoCode",),
        "opened": ("CreatedDate",),
        "closed": ("CloseDate",),
        "source": ("LeadSource",),
    },
    ("id", "name", "stage", "value", "closed"),
)

PIPEDRIVE = Preset(
    "pipedrive",
    FileKind.DEALS,
    {
        "id": ("Deal - ID", "ID"),
        "name": ("Deal - Title", "Title"),
        "account": ("Deal - Organization", "Organization"),
        "owner": ("Deal - Owner", "Owner", "user_id.name"),
        "stage": ("Deal - Stage", "Stage"),
        "status": ("Deal - Status", "Status"),
        "value": ("Deal - Value", "Value"),
        "currency": ("Deal - Currency of Value", "Deal - Currency", "Currency"),
        "opened": ("Deal - Deal created", "Deal created", "add_time"),
        "closed": (
            "Deal - Deal closed on",
            "Deal - Won time",
            "Deal - Lost time",
            "Deal closed on",
            "Won time",
            "Lost time",
        ),
        "expected": ("Deal - Expected close date", "Expected close date"),
        "source": ("Deal - Source channel", "Deal - Source origin"),
    },
    ("id", "name", "status", "value"),
    joined=("closed",),
)

ZOHO = Preset(
    "zoho",
    FileKind.DEALS,
    {
        "id": ("Record Id", "Datensatz-ID"),
        "name": ("Deal Name", "Deal-Name"),
        "account": ("Account Name", "Kontoname"),
        "owner": ("Deal Owner", "Deal-Eigentümer"),
        "stage": ("Stage", "Phase"),
        "value": ("Amount", "Betrag"),
        "currency": ("Currency", "Währung"),
        "opened": ("Created Time", "Erstellt um"),
        "closed": ("Closing Date", "Abschlussdatum"),
        "source": ("Lead Source", "Lead-Quelle"),
    },
    ("id", "name", "stage", "value", "closed"),
)

DYNAMICS = Preset(
    "dynamics",
    FileKind.DEALS,
    {
        "id": ("(Do Not Modify) Opportunity", "Opportunity", "opportunityid"),
        "name": ("Topic", "name"),
        "account": ("Potential Customer", "Account"),
        "owner": ("Owner", "owneridname"),
        "stage": ("Status Reason", "statuscode"),
        "status": ("Status", "statecode"),
        "value": ("Est. Revenue", "Actual Revenue", "estimatedvalue", "actualvalue"),
        "currency": ("Currency",),
        "opened": ("Created On",),
        "closed": ("Actual Close Date",),
        "expected": ("Est. Close Date", "estimatedclosedate"),
        "source": ("Source Campaign",),
    },
    ("id", "name", "status", "value"),
    {"canceled": Stage.LOST, "outsold": Stage.LOST},
)

CLOSE = Preset(
    "close",
    FileKind.DEALS,
    {
        "id": ("id",),
        "name": ("lead_name",),
        "owner": ("user_name",),
        "stage": ("status_label",),
        "status": ("status_type",),
        "value": ("value_formatted", "value"),
        "currency": ("value_currency",),
        "opened": ("date_created",),
        "closed": ("date_won", "date_lost"),
        "expected": ("expected_date",),
    },
    ("id", "name", "status", "value"),
    joined=("closed",),
    cents=("value",),
)

COPPER = Preset(
    "copper",
    FileKind.DEALS,
    {
        "id": ("Copper ID",),
        "name": ("Opportunity Name", "Name"),
        "account": ("Company",),
        "owner": ("Owner", "Owned By"),
        "stage": ("Stage",),
        "status": ("Status",),
        "value": ("Value",),
        "currency": ("Currency",),
        "opened": ("Created At",),
        "closed": ("Close Date",),
        "source": ("Source",),
    },
    ("id", "name", "status", "value"),
)

BITRIX_DATASET = Preset(
    "bitrix24_dataset",
    FileKind.DEALS,
    {
        "id": ("ID",),
        "name": ("TITLE",),
        "account": ("COMPANY_NAME",),
        "owner": ("ASSIGNED_BY_NAME",),
        "stage": ("STAGE_NAME",),
        "status": ("STAGE_SEMANTIC", "STAGE_SEMANTIC_ID"),
        "value": ("OPPORTUNITY",),
        "currency": ("CURRENCY_ID",),
        "opened": ("DATE_CREATE",),
        "closed": ("CLOSEDATE",),
        "source": ("SOURCE_NAME",),
    },
    ("id", "name", "status", "value", "closed"),
    {"p": Stage.OPEN, "s": Stage.WON, "f": Stage.LOST},
)

BITRIX_LIST = Preset(
    "bitrix24",
    FileKind.DEALS,
    {
        "id": ("ID",),
        "name": ("Deal name",),
        "account": ("Company",),
        "owner": ("Responsible person",),
        "stage": ("Stage",),
        "value": ("Amount",),
        "currency": ("Currency",),
        "opened": ("Created on",),
        "closed": (
            "Expected close date",
            "Close date",
        ),  # one field: it is the actual one once a deal is closed
        "source": ("Source",),
    },
    ("id", "name", "stage", "owner", "closed"),
)

VTIGER = Preset(
    "vtiger",
    FileKind.DEALS,
    {
        "id": ("Opportunity Number", "Opportunity No"),
        "name": ("Opportunity Name",),
        "account": ("Organization Name",),
        "owner": ("Assigned To",),
        "stage": ("Sales Stage",),
        "value": ("Amount",),
        "opened": ("Created Time",),
        "closed": ("Expected Close Date",),  # one field, as in Salesforce
        "source": ("Lead Source",),
    },
    ("id", "name", "stage", "value", "closed"),
)

MONDAY = Preset(
    "monday",
    FileKind.DEALS,
    {
        "id": ("Item ID (auto generated)", "Item ID"),
        "name": ("Name",),
        "account": ("Account", "Accounts"),
        "owner": ("Owner",),
        "stage": ("Stage",),
        "value": ("Deal Value",),
        "opened": ("Created Date", "Creation Date"),
        "closed": ("Close Date",),
        "expected": ("Expected Close Date",),
        "source": ("Source",),
    },
    ("id", "name", "stage", "value"),
)

VENDORS = (
    HUBSPOT, SALESFORCE, SALESFORCE_LOADER, PIPEDRIVE, ZOHO, DYNAMICS, CLOSE, COPPER, BITRIX_DATASET, BITRIX_LIST,
    VTIGER, MONDAY,
)  # fmt: skip
