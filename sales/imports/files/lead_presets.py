"""Lead presets: leads as common systems export them, as forms and adverts bring them, and as a plain list (35)."""

from sales.imports.files.preset import FileKind, Preset

SALESFORCE_LEADS = Preset(
    "salesforce_leads",
    FileKind.LEADS,
    {
        "id": ("Lead ID", "Lead ID 18", "Lead: Lead ID", "Lead-ID"),
        "first": ("First Name", "Vorname", "Nombre", "Prénom"),
        "last": ("Last Name", "Nachname", "Apellidos", "Nom"),
        "name": ("Full Name", "Lead Name", "Name"),
        "account": ("Company / Account", "Company", "Firma", "Compañía", "Société"),
        "title": ("Title", "Titel", "Cargo", "Titre"),
        "email": ("Email", "E-Mail", "Correo electrónico"),
        "phone": ("Phone", "Mobile", "Mobile Phone", "Telefon", "Teléfono", "Téléphone"),
        "source": ("Lead Source", "LeadSource", "Leadquelle", "Origen del candidato", "Origine de la piste"),
        "owner": ("Lead Owner", "Lead Owner: Full Name", "Lead-Inhaber", "Propietario del candidato"),
        "status": ("Lead Status", "Status", "Lead-Status", "Estado del candidato", "Statut de la piste"),
        "reason": ("Disqualified Reason", "Disqualification Reason", "Unqualified Reason", "Rejection Reason"),
        "came": ("Create Date", "Created Date", "CreatedDate", "Erstelldatum"),
        "decided": ("Converted Date", "ConvertedDate"),
        "note": ("Description",),
    },
    ("name",),
    footer=True,
)  # fmt: skip

HUBSPOT_LEADS = Preset(
    "hubspot_leads",
    FileKind.LEADS,
    {
        "id": ("Record ID", "Contact ID", "Lead ID", "Datensatz-ID"),
        "first": ("First Name", "Vorname", "Nombre", "Prénom"),
        "last": ("Last Name", "Nachname", "Apellidos", "Nom"),
        "name": ("Lead Name", "Full Name"),
        "account": ("Associated Company", "Company name", "Primary Associated Company", "Company"),
        "title": ("Job Title", "Berufsbezeichnung"),
        "email": ("Email", "E-Mail", "Work email"),
        "phone": ("Phone Number", "Mobile Phone Number", "Telefonnummer"),
        "source": (
            "Lead Source", "Original Source", "Original Traffic Source", "Original Source Type", "Latest Source",
        ),
        "owner": ("Contact owner", "Lead owner", "HubSpot Owner"),
        "status": ("Lead Status", "Lead pipeline stage", "Lifecycle Stage"),
        "reason": ("Disqualification reason", "Reason for disqualification"),
        "came": ("Create Date", "Became a Lead Date", "Erstellungsdatum"),
        "called": ("Date of first engagement",),
        "decided": ("Date entered current lead status",),
    },
    ("name",),
)  # fmt: skip

PIPEDRIVE_LEADS = Preset(
    "pipedrive_leads",
    FileKind.LEADS,
    {
        "id": ("Lead - ID",),
        "name": ("Person - Name", "Lead - Contact person", "Lead - Person", "Lead - Title"),
        "account": ("Organization - Name", "Lead - Organization", "Person - Organization"),
        "title": ("Person - Job title",),
        "email": ("Person - Email - Work", "Person - Email", "Person - Email - Home", "Person - Email - Other"),
        "phone": (
            "Person - Phone - Work", "Person - Phone", "Person - Phone - Mobile", "Person - Phone - Home",
        ),
        "source": ("Lead - Source", "Lead - Source channel", "Lead - Source origin"),
        "owner": ("Lead - Owner", "Person - Owner"),
        "came": ("Lead - Lead created", "Lead - Created", "Lead - Lead created on", "Person - Person created"),
    },
    ("name",),
)  # fmt: skip

ZOHO_LEADS = Preset(
    "zoho_leads",
    FileKind.LEADS,
    {
        "id": ("Record Id", "Lead Id", "Datensatz-ID"),
        "first": ("First Name", "Vorname"),
        "last": ("Last Name", "Nachname"),
        "name": ("Lead Name", "Full Name"),
        "account": ("Company", "Firma"),
        "title": ("Title", "Designation", "Titel"),
        "email": ("Email", "E-Mail"),
        "phone": ("Phone", "Mobile", "Telefon"),
        "source": ("Lead Source", "Lead-Quelle"),
        "owner": ("Lead Owner", "Lead-Eigentümer"),
        "status": ("Lead Status", "Lead-Status"),
        "reason": ("Reason for Rejection",),
        "came": ("Created Time", "Erstellt um"),
        "decided": ("Converted Date Time",),
        "note": ("Description",),
    },
    ("name",),
)

DYNAMICS_LEADS = Preset(
    "dynamics_leads",
    FileKind.LEADS,
    {
        "id": ("(Do Not Modify) Lead", "Lead", "leadid"),
        "first": ("First Name", "firstname"),
        "last": ("Last Name", "lastname"),
        "name": ("Name", "Full Name", "fullname"),
        "account": ("Company Name", "companyname"),
        "title": ("Job Title", "jobtitle"),
        "email": ("Email", "emailaddress1"),
        "phone": ("Business Phone", "Mobile Phone", "telephone1"),
        "source": ("Lead Source", "leadsourcecodename"),
        "owner": ("Owner", "owneridname"),
        "status": ("Status Reason", "statuscodename", "Status", "statecodename"),
        "came": ("Created On", "createdon"),
        "note": ("Topic", "subject"),
    },
    ("name",),
)

# What somebody fills in below an advert on LinkedIn or Facebook, and on a page of one's own.
LEAD_FORMS = Preset(
    "lead_forms",
    FileKind.LEADS,
    {
        "id": ("Lead ID", "id", "Submission ID", "Response ID", "Form Response ID"),
        "first": ("First Name", "first_name"),
        "last": ("Last Name", "last_name"),
        "name": ("full_name", "Full Name", "Your name"),
        "account": ("Company Name", "company_name", "Company"),
        "title": ("Job Title", "job_title"),
        "email": ("Email Address", "Work email", "work_email", "email"),
        "phone": ("Phone Number", "phone_number", "Work phone number", "work_phone_number"),
        "source": ("Campaign Name", "campaign_name", "Form Name", "form_name", "utm_source", "platform"),
        "came": (
            "created_time", "Created at", "Date Submitted", "Submitted at", "Submission date", "Submitted On",
            "Timestamp",
        ),
        "note": ("Message", "Comments", "Your message"),
    },
    ("name",),
)  # fmt: skip

LEADS = Preset(
    "leads",
    FileKind.LEADS,
    {
        "id": ("id", "lead id", "external id", "record id", "contact id"),
        "first": (
            "first name", "given name", "forename", "Vorname", "Prénom", "Primeiro nome", "Voornaam", "Imię", "Jméno",
            "Ime", "Имя",
        ),
        "last": (
            "last name", "surname", "family name", "Nachname", "Apellido", "Apellidos", "Nom de famille", "Sobrenome",
            "Cognome", "Achternaam", "Nazwisko", "Příjmení", "Priimek", "Фамилия",
        ),
        "name": (
            "name", "full name", "lead", "lead name", "contact", "contact name", "contact person", "person", "who",
            "Kontakt", "Ansprechpartner", "Nombre", "Contacto", "Nom", "Contact", "Nome", "Contatto", "Naam",
            "Contactpersoon", "Nazwa", "Osoba kontaktowa", "Kontaktní osoba", "Ime in priimek", "Контакт",
        ),
        "account": (
            "company", "company name", "account", "account name", "firm", "customer", "organization", "organisation",
            "organization name", "organisation name", "Firma", "Unternehmen", "Kunde", "Empresa", "Entreprise",
            "Société", "Azienda", "Bedrijf", "Společnost", "Podjetje", "Компания",
        ),
        "title": (
            "title", "job title", "role", "position", "job", "Funktion", "Berufsbezeichnung", "Cargo", "Puesto",
            "Fonction", "Poste", "Ruolo", "Functie", "Stanowisko", "Pozice", "Funkcija", "Должность",
        ),
        "email": (
            "email", "email address", "e-mail", "e-mail address", "mail", "E-Mail-Adresse", "Correo",
            "Correo electrónico", "Courriel", "Adresse e-mail", "Indirizzo e-mail", "E-mailadres", "E-pošta", "Почта",
        ),
        "phone": (
            "phone", "phone number", "telephone", "tel", "mobile", "mobile phone", "cell", "cell phone", "Telefon",
            "Telefonnummer", "Handy", "Mobil", "Teléfono", "Móvil", "Téléphone", "Portable", "Telefone", "Celular",
            "Telefono", "Cellulare", "Telefoon", "Telefoonnummer", "Numer telefonu", "Телефон",
        ),
        "source": (
            "source", "lead source", "channel", "campaign", "where from", "origin", "how did you hear about us",
            "Quelle", "Herkunft", "Leadquelle", "Kanal", "Fuente", "Origen", "Origine", "Fonte", "Origem", "Bron",
            "Źródło", "Zdroj", "Vir", "Источник",
        ),
        "owner": (
            "owner", "lead owner", "owner name", "rep", "sales rep", "salesperson", "assigned to", "responsible",
            "Verantwortlich", "Zuständig", "Besitzer", "Inhaber", "Bearbeiter", "Propietario", "Responsable",
            "Propriétaire", "Responsabile", "Responsável", "Eigenaar", "Opiekun", "Vlastník", "Skrbnik",
            "Ответственный",
        ),
        "status": (
            "status", "lead status", "state", "lead state", "lead stage", "Estado", "Statut", "Stato", "Stav", "Stanje",
            "Статус",
        ),
        "reason": (
            "reason", "rejection reason", "reject reason", "rejected because", "disqualification reason",
            "unqualified reason", "lost reason", "Ablehnungsgrund", "Grund", "Motivo", "Motif", "Reden", "Powód",
            "Důvod", "Razlog", "Причина",
        ),
        "came": (
            "created", "created on", "created at", "created date", "create date", "date created", "came", "came on",
            "received", "received on", "date", "submitted", "submitted at", "Erstellt", "Erstellt am",
            "Erstellungsdatum", "Eingang", "Datum", "Fecha", "Fecha de creación", "Date de création", "Data",
            "Data di creazione", "Data de criação", "Aanmaakdatum", "Data utworzenia", "Datum vytvoření",
            "Datum nastanka", "Дата создания",
        ),
        "called": ("first call", "first called", "first call on", "first contacted", "called on"),
        "decided": (
            "decided", "decided on", "converted on", "converted date", "date converted", "qualified on",
            "rejected on", "accepted on",
        ),
        "note": (
            "note", "notes", "comment", "comments", "message", "description", "Notiz", "Notizen", "Bemerkung",
            "Nota", "Notas", "Note", "Commentaire", "Opmerking", "Uwagi", "Poznámka", "Opomba", "Комментарий",
        ),
    },
    ("name",),
)  # fmt: skip

LEAD_PRESETS = (
    SALESFORCE_LEADS, HUBSPOT_LEADS, PIPEDRIVE_LEADS, ZOHO_LEADS, DYNAMICS_LEADS, LEAD_FORMS, LEADS,
)  # fmt: skip
LEAD_KINDS = {
    "salesforce_leads": "a Salesforce report of leads",
    "hubspot_leads": "leads of a HubSpot export",
    "pipedrive_leads": "leads of a Pipedrive export",
    "zoho_leads": "leads of a Zoho export",
    "dynamics_leads": "leads of a Dynamics 365 export",
    "lead_forms": "leads of a form",
    "leads": "a list of leads",
}
