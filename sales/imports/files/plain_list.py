"""Plain lists: what columns of deals are called where no vendor headed them, in the languages people keep them in."""

from collections.abc import Mapping

PLAIN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "opportunity id", "deal id", "external id", "record id",
        "ID do registro", "ID record", "Id opportunità",
    ),
    "name": (
        "name", "opportunity", "opportunity name", "deal", "deal name", "title", "deal title", "topic",
        "Titel", "Deal - Titel", "Bezeichnung", "Nom", "Nom de l'affaire", "Nombre", "Nombre del negocio", "Nome",
        "Nome do negócio", "Nome da oportunidade", "Nome trattativa", "Nome opportunità", "Naam", "Dealnaam", "Nazwa",
        "Název", "Naziv", "Название", "Название сделки",
    ),
    "account": (
        "account", "account name", "company", "customer", "organization", "organisation", "organization name",
        "Kunde", "Firma", "Client", "Entreprise", "Cliente", "Empresa", "Azienda", "Klant", "Bedrijf", "Klient",
        "Zákazník", "Stranka", "Podjetje", "Компания", "Клиент",
    ),
    "product": ("product", "product name"),
    "source": ("source", "lead source", "deal source"),
    "owner": (
        "owner", "owner name", "rep", "sales rep", "salesperson",
        "Verantwortlich", "Zuständig", "Besitzer", "Inhaber", "Commercial", "Propriétaire", "Comercial", "Propietario",
        "Responsable", "Responsável", "Proprietário", "Proprietário do negócio", "Proprietario", "Responsabile",
        "Proprietario trattativa", "Proprietario opportunità", "Eigenaar", "Eigenaar van deal", "Właściciel",
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
        "Betrag", "Wert", "Auftragswert", "Auftragssumme", "Montant", "Importe", "Monto", "Valor", "Importo", "Valore",
        "Bedrag", "Waarde", "Kwota", "Wartość", "Částka", "Hodnota", "Znesek", "Vrednost", "Сумма",
    ),
    "currency": ("currency", "Währung", "Devise", "Moneda", "Moeda", "Valuta", "Waluta", "Měna", "Валюта"),
    "opened": (
        "opened", "opened on", "open date", "created", "create date", "created date",
        "Erstellt am", "Erstellungsdatum", "Date de création", "Fecha de creación", "Data de criação",
        "Data di creazione", "Data creazione", "Aanmaakdatum", "Data utworzenia", "Datum vytvoření", "Datum nastanka",
        "Дата создания",
    ),
    "closed": (
        "closed", "closed on", "close date",
        "Abschlussdatum", "Date de clôture", "Date de fermeture", "Fecha de cierre", "Data de fechamento",
        "Data di chiusura", "Data chiusura", "Sluitingsdatum", "Data zamknięcia", "Datum uzavření", "Datum zaključka",
        "Datum zaprtja", "Дата закрытия",
    ),
    "expected": (
        "expected", "expected on", "expected close", "expected close date", "expected closing",
        "Erwartetes Abschlussdatum", "Geplanter Abschluss", "Date de clôture prévue", "Fecha de cierre prevista",
        "Previsão de fechamento", "Chiusura prevista", "Verwachte sluitingsdatum", "Predviden zaključek",
        "Предполагаемая дата закрытия",
    ),
}  # fmt: skip
