"""Plain lists: what columns of deals are called where no vendor headed them, in the languages people keep them in."""

from collections.abc import Mapping

# What a deal itself is called: a column of such a name says which deal a row is.
DEAL_WORDS = (
    "opportunities", "deals", "Verkaufschance", "Verkaufschancen", "Name der Verkaufschance",
    "Bezeichnung der Verkaufschance", "Opportunity-Bezeichnung", "Geschäft", "Geschäftschance", "Dealname",
    "Deal-Bezeichnung", "Opportunité", "Affaire", "Intitulé de l'affaire", "Nom de l'opportunité", "Oportunidad",
    "Negocio", "Nombre de la oportunidad", "Nombre de oportunidad", "Nombre del trato", "Trato", "Opportunità",
    "Trattativa", "Nome della trattativa", "Nome opportunita", "Nome dell'opportunità", "Oportunidade", "Negócio",
    "Verkoopkans", "Naam verkoopkans", "Szansa sprzedaży", "Szansa", "Příležitost", "Obchodní příležitost",
    "Prodajna priložnost", "Priložnost", "Сделка", "Возможность",
)  # fmt: skip

PLAIN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "opportunity id", "deal id", "external id", "record id",
        "ID do registro", "ID record", "Id opportunità", "deal no", "deal number", "opportunity number",
        "opportunity no", "Verkaufschance-ID", "Opportunity-Nr", "Opportunity-Nummer", "Deal-Nr", "Deal-Nummer",
        "ID de oportunidad", "ID oportunidad", "ID del negocio", "ID negocio", "ID opportunité",
        "ID de l'opportunité", "ID affaire", "ID de l'affaire", "ID trattativa", "ID da oportunidade",
        "ID do negócio", "Verkoopkans-ID", "ID сделки", "(Nicht ändern) Verkaufschance",
        "(Nicht ändern) Opportunity", "(No modificar) Oportunidad", "(Ne pas modifier) Opportunité",
        "(Non modificare) Opportunità",
    ),
    "name": (
        "name", "opportunity", "opportunity name", "deal", "deal name", "title", "deal title", "topic",
        "Titel", "Titre", "Título", "Titolo", "Deal - Titel", "Bezeichnung",
        "Nom", "Nom de l'affaire", "Nombre", "Nombre del negocio", "Nome",
        "Nome do negócio", "Nome da oportunidade", "Nome trattativa", "Nome opportunità", "Naam", "Dealnaam", "Nazwa",
        "Název", "Naziv", "Название", "Название сделки", *DEAL_WORDS,
    ),
    "account": (
        "account", "account name", "company", "customer", "organization", "organisation", "organization name",
        "company name", "customer name", "client name", "sales account", "Kundenname", "Firmenname",
        "Nome account", "Nome cliente", "Nombre de la cuenta", "Nom du compte", "Société",
        "Organisation", "Organización", "Organizzazione", "Organisatie", "Organização", "Cuenta", "Compte", "Conto",
        "Potenzieller Kunde", "Cliente potencial", "Client potentiel", "Cliente potenziale",
        "Kunde", "Firma", "Client", "Entreprise", "Cliente", "Empresa", "Azienda", "Klant", "Bedrijf", "Klient",
        "Zákazník", "Stranka", "Podjetje", "Компания", "Клиент",
    ),
    "product": ("product", "product name"),
    "source": ("source", "lead source", "deal source"),
    "owner": (
        "owner", "owner name", "rep", "sales rep", "salesperson", "deal owner", "sales owner", "opportunity owner",
        "Verantwortlich", "Zuständig", "Besitzer", "Inhaber", "Commercial", "Propriétaire", "Comercial", "Propietario",
        "Responsable", "Responsável", "Proprietário", "Proprietário do negócio", "Proprietario", "Responsabile",
        "Proprietario trattativa", "Proprietario opportunità", "Titolare",
        "Titolare opportunità", "Eigenaar", "Eigenaar van deal", "Właściciel",
        "Opiekun", "Vlastník", "Lastnik", "Skrbnik", "Ответственный",
    ),
    "stage": (
        "stage", "deal stage", "sales stage",
        "Phase", "Verkaufsphase", "Étape", "Etapa", "Etapa do negócio", "Fase", "Fase trattativa", "Fase di vendita",
        "Dealfase", "Verkoopfase", "Etap", "Fáze", "Faza", "Стадия", "Стадия сделки", "Этап сделки",
    ),
    "status": ("status", "deal status"),
    "value": (
        "value", "amount", "deal value",
        "Gesch. Umsatz", "Geschätzter Umsatz", "Ingresos estimados", "Revenu estimé", "Ricavi stimati",
        "Betrag", "Wert", "Auftragswert", "Auftragssumme", "Montant", "Montant HT",
        "Valeur", "Importe", "Monto", "Valor", "Importo", "Valore",
        "Bedrag", "Waarde", "Kwota", "Wartość", "Částka", "Hodnota", "Znesek", "Vrednost", "Сумма",
    ),
    "currency": ("currency", "Währung", "Devise", "Moneda", "Moeda", "Valuta", "Waluta", "Měna", "Валюта"),
    "opened": (
        "opened", "opened on", "open date", "created", "create date", "created date", "created at", "created on",
        "date created", "creation date", "Erstellt", "Angelegt am",
        "Erstellt am", "Erstellungsdatum", "Date de création", "Fecha de creación", "Data de criação",
        "Data di creazione", "Data creazione", "Aanmaakdatum", "Data utworzenia", "Datum vytvoření", "Datum nastanka",
        "Дата создания",
    ),
    "closed": (
        "closed", "closed on", "close date", "closed date", "date closed",
        "Abschlussdatum", "Date de clôture", "Date de fermeture", "Fecha de cierre", "Data de fechamento",
        "Data di chiusura", "Data chiusura", "Sluitingsdatum", "Data zamknięcia", "Datum uzavření", "Datum zaključka",
        "Datum zaprtja", "Дата закрытия",
    ),
    "expected": (
        "expected", "expected on", "expected close", "expected close date", "expected closing",
        "expected closing date", "estimated close date", "est. close date", "Gesch. Abschlussdatum",
        "Geschätztes Abschlussdatum", "Fecha prevista de cierre", "Fecha estimada de cierre",
        "Date de clôture estimée", "Date de fermeture prévue", "Data di chiusura prevista", "Data prevista di chiusura",
        "Erwartetes Abschlussdatum", "Geplanter Abschluss", "Date de clôture prévue", "Fecha de cierre prevista",
        "Previsão de fechamento", "Chiusura prevista", "Verwachte sluitingsdatum", "Predviden zaključek",
        "Предполагаемая дата закрытия",
    ),
}  # fmt: skip
