"""More layouts: the smaller vendors, whose files have habits of their own, and exports in German, Spanish and French."""

# ruff: noqa: E501 (a row of a file is one line)

from tests.stories.files.layouts import Layout

# Copper, Help Center: "Default Fields for all Records" (opportunities), "Export your records"
COPPER = Layout(
    "copper",
    """\
Copper ID,Opportunity Name,Primary Contact,Company,Pipeline,Stage,Status,Value,Close Date,Owner,Source,Priority,Win Probability,Created At
9801,Pier lights,Jo Field,Brig Ltd,Sales,Contract,Won,18400.50,02/13/2026,Ida Moss,Web,None,100,01/05/2026
9802,Net loft,Al Marsh,Loft & Sons,Sales,Proposal,Abandoned,7250.00,03/02/2026,Tom Reed,Web,None,0,01/19/2026
9803,Slip winch,Jo Field,Brig Ltd,Sales,Follow-up,Open,9900.00,11/20/2026,Ida Moss,Web,None,40,08/03/2026
""",
    """
Pier lights | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | Ida Moss
Net loft    | lost | ?        | 2026-01-19 | 2026-03-02 |            | Tom Reed
Slip winch  | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | Ida Moss
""",
    ("Copper ID", "Created At", "Abandoned", "Follow-up", "Contract"),
    ("column Copper ID=id", "column Status=stage", "column Created At=opened", "stage Abandoned=lost"),
)

# Bitrix24, Helpdesk: "BI Builder datasets: deals" (crm_deal; CLOSED is Y or N, STAGE_SEMANTIC is P, S or F)
BITRIX_DATASET = Layout(
    "bitrix24 dataset",
    """\
ID;TITLE;DATE_CREATE;ASSIGNED_BY_NAME;COMPANY_NAME;STAGE_NAME;STAGE_SEMANTIC;OPPORTUNITY;CURRENCY_ID;BEGINDATE;CLOSEDATE;CLOSED
611;Pier lights;2026-01-05 08:00:00;Ida Moss;Brig Ltd;Deal won;S;18400.50;USD;2026-01-05;2026-02-13;Y
612;Net loft;2026-01-19 10:30:00;Tom Reed;Loft & Sons;Deal lost;F;7250.00;USD;2026-01-19;2026-03-02;Y
613;Slip winch;2026-08-03 14:00:00;Ida Moss;Brig Ltd;Create papers;P;9900.00;USD;2026-08-03;2026-11-20;N
""",
    """
Pier lights | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | Ida Moss
Net loft    | lost | ?        | 2026-01-19 | 2026-03-02 |            | Tom Reed
Slip winch  | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | Ida Moss
""",
    ("OPPORTUNITY", "TITLE", "STAGE_NAME", "DATE_CREATE", "CLOSED", "CLOSEDATE", "Create papers"),
    (
        "column TITLE=name",
        "column OPPORTUNITY=value",
        "column STAGE_NAME=stage",
        "column DATE_CREATE=opened",
        "column CLOSEDATE=closed",
        "column ASSIGNED_BY_NAME=owner",
        "column CURRENCY_ID=currency",
        "stage Deal won=won",
        "stage Deal lost=lost",
        "stage Create papers=open",
    ),
)

# Bitrix24, Helpdesk: "Export data from CRM" (the list of deals, as text with semicolons)
BITRIX_LIST = Layout(
    "bitrix24 list",
    """\
"ID";"Deal name";"Stage";"Amount";"Currency";"Responsible person";"Company";"Created on";"Expected close date";"Closed"
"621";"Pier lights";"Deal won";"18400.50";"USD";"Ida Moss";"Brig Ltd";"05.01.2026 08:00:00";"13.02.2026";"Yes"
"622";"Slip winch";"Final invoice";"9900.00";"USD";"Ida Moss";"Brig Ltd";"03.08.2026 14:00:00";"20.11.2026";"No"
""",
    """
Pier lights | won  | 18400.50 | 2026-01-05 | 2026-02-13 | ?          | Ida Moss
Slip winch  | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | Ida Moss
""",
    ("Deal won", "Final invoice", "Closed", "Responsible person", "Expected close date"),
    (
        "column Expected close date=closed",
        "column Responsible person=owner",
        "stage Deal won=won",
        "stage Final invoice=open",
    ),
)

# vtiger CRM, language file of the module Potentials ("Opportunities"), and its list fields
VTIGER = Layout(
    "vtiger",
    """\
"Opportunity Number","Opportunity Name","Organization Name","Contact Name","Amount","Expected Close Date","Sales Stage","Assigned To","Lead Source","Probability","Created Time"
"POT71","Pier lights","Organizations::::Brig Ltd","","18400.50000000","2026-02-13","Closed Won","Ida Moss","","100.000","2026-01-05 08:00:00"
"POT72","Slip winch","Organizations::::Brig Ltd","","9900.00000000","2026-11-20","Id. Decision Makers","Ida Moss","","60.000","2026-08-03 14:00:00"
""",
    """
Pier lights | won  | 18400.50 | 2026-01-05 | 2026-02-13 | ?          | Ida Moss
Slip winch  | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | Ida Moss
""",
    ("Opportunity Number", "Sales Stage", "Expected Close Date", "Assigned To", "Created Time"),
    (
        "column Opportunity Number=id",
        "column Sales Stage=stage",
        "column Expected Close Date=closed",
        "column Assigned To=owner",
        "column Created Time=opened",
    ),
)

# monday.com, Help Center: "Export your board to Excel" (the board's and the group's title stand above the header)
MONDAY = Layout(
    "monday one group",
    """\
Deals,,,,,,,
,,,,,,,
Active deals,,,,,,,
Name,Subitems,Owner,Stage,Deal Value,Expected Close Date,Close Date,Item ID (auto generated)
Pier lights,,Ida Moss,Won,18400.5,2026-02-20,2026-02-13,551001
Slip winch,,Ida Moss,Negotiation,9900,2026-11-20,,551002
""",
    """
Pier lights | won  | 18400.50 |   | 2026-02-13 | ?          | Ida Moss
Slip winch  | open | 9900.00  |   |            | 2026-11-20 | Ida Moss
""",
    ("Item ID (auto generated)", "Expected Close Date"),
    ("column Item ID (auto generated)=id",),
)
MONDAY_GROUPS = Layout(
    "monday two groups",
    """\
Deals,,,,,,
Active deals,,,,,,
Name,Owner,Stage,Deal Value,Expected Close Date,Close Date,Item ID (auto generated)
Slip winch,Ida Moss,Negotiation,9900,2026-11-20,,551002
,,,9900,,,
Closed won,,,,,,
Name,Owner,Stage,Deal Value,Expected Close Date,Close Date,Item ID (auto generated)
Pier lights,Ida Moss,Won,18400.5,2026-02-20,2026-02-13,551001
,,,18400.5,,,
""",
    """
Pier lights | won  | 18400.50 |   | 2026-02-13 | ?          | Ida Moss
Slip winch  | open | 9900.00  |   |            | 2026-11-20 | Ida Moss
""",
    ("Item ID (auto generated)", "Closed won", "Active deals"),
    None,
    r"group|header|column names|--column",
)

# HubSpot, Wissensdatenbank: "Liste der Standard-Deal-Eigenschaften in HubSpot"
HUBSPOT_DE = Layout(
    "hubspot german",
    """\
Datensatz-ID;Deal-Name;Deal-Phase;Abschlussdatum;Betrag;Erstellungsdatum
70131;Kailicht Süd;Closed Won;13.02.2026 16:40;18.400,50;05.01.2026 08:00
70132;Slipwinde;Contract Sent;20.11.2026 12:00;9.900,00;03.08.2026 14:00
""",
    """
Kailicht Süd | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | ?
Slipwinde    | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | ?
""",
)
HUBSPOT_DE_STAGES = Layout(
    "hubspot german stages",
    """\
Datensatz-ID;Deal-Name;Deal-Phase;Abschlussdatum;Betrag;Erstellungsdatum
70141;Kailicht Süd;Abgeschlossen und gewonnen;13.02.2026;18.400,50;05.01.2026
70142;Netzboden;Abgeschlossen und verloren;02.03.2026;7.250,00;19.01.2026
70143;Slipwinde;Vertrag gesendet;20.11.2026;9.900,00;03.08.2026
""",
    """
Kailicht Süd | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | ?
Netzboden    | lost | ?        | 2026-01-19 | 2026-03-02 |            | ?
Slipwinde    | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | ?
""",
    ("Abgeschlossen und gewonnen", "Abgeschlossen und verloren", "Vertrag gesendet"),
    (
        "stage Abgeschlossen und gewonnen=won",
        "stage Abgeschlossen und verloren=lost",
        "stage Vertrag gesendet=open",
    ),
)

# HubSpot, Base de conocimientos: "Propiedades de negocios predeterminadas de HubSpot"
HUBSPOT_ES = Layout(
    "hubspot spanish",
    """\
ID de registro,Nombre del negocio,Etapa del negocio,Fecha de cierre,Importe,Fecha de creación,Propietario del negocio
70151,Luces del muelle Núñez,Closed Won,13/02/2026,"18.400,50",05/01/2026,Ida Moss
70152,Cabrestante,Contract Sent,20/11/2026,"9.900,00",03/08/2026,Ida Moss
""",
    """
Luces del muelle Núñez | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | Ida Moss
Cabrestante            | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | Ida Moss
""",
)

# HubSpot, Base de connaissances: "Propriétés de transaction par défaut de HubSpot", "Créer des transactions"
HUBSPOT_FR = Layout(
    "hubspot french",
    """\
ID de fiche d'informations,Nom de la transaction,Phase de la transaction,Date de fermeture,Montant,Date de création,Propriétaire de la transaction
70161,Feux de la jetée,Closed Won,13/02/2026,"18\u202f400,50",05/01/2026,Ida Moss
70162,Treuil de cale,Contract Sent,20/11/2026,"9\u00a0900,00",03/08/2026,Ida Moss
""",
    """
Feux de la jetée | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | Ida Moss
Treuil de cale   | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | Ida Moss
""",
)

# Salesforce Hilfe: "Felder für Opportunities" (mit ausgeschriebenen Monaten)
SALESFORCE_DE = Layout(
    "salesforce german",
    """\
Opportunity-ID;Opportunity-Name;Phase;Betrag;Schlusstermin;Erstelldatum
006Qm00000B1acA;Kailicht Süd;Closed Won;18.400,50;13. Februar 2026;5. Jänner 2026
006Qm00000B1acB;Slipwinde;Negotiation/Review;9.900,00;20. November 2026;3. August 2026
006Qm00000B1acC;Netzboden;Closed Lost;7.250,00;2. März 2026;19. Jan. 2026
""",
    """
Kailicht Süd | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | ?
Slipwinde    | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | ?
Netzboden    | lost | ?        | 2026-01-19 | 2026-03-02 |            | ?
""",
)

# Salesforce Ayuda: "Campos de oportunidades" (con meses abreviados)
SALESFORCE_ES = Layout(
    "salesforce spanish",
    """\
Id. de oportunidad,Nombre de la oportunidad,Nombre de la cuenta,Etapa,Importe,Fecha de cierre,Fecha de creación,Propietario de oportunidad
006Qm00000B1adA,Luces del muelle,Brig Ltd,Closed Won,"18.400,50",13 feb 2026,5 ene. 2026,Ida Moss
006Qm00000B1adB,Cabrestante,Brig Ltd,Negotiation/Review,"9.900,00",20 de noviembre de 2026,3 ago 2026,Ida Moss
""",
    """
Luces del muelle | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | ?
Cabrestante      | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | ?
""",
)

# Salesforce Aide : « Champs d'opportunité » (avec des mois en toutes lettres et abrégés)
SALESFORCE_FR = Layout(
    "salesforce french",
    """\
ID de l'opportunité,Nom de l'opportunité,Nom du compte,Étape,Montant,Date de clôture,Date de création,Propriétaire de l'opportunité
006Qm00000B1aeA,Feux de la jetée,Brig Ltd,Closed Won,"18 400,50",13 févr. 2026,5 janvier 2026,Ida Moss
006Qm00000B1aeB,Treuil de cale,Brig Ltd,Negotiation/Review,"9 900,00",1er décembre 2026,3 août 2026,Ida Moss
""",
    """
Feux de la jetée | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | ?
Treuil de cale   | open | 9900.00  | 2026-08-03 |            | 2026-12-01 | ?
""",
)

# Zoho CRM, Hilfe: "CRM-Module & Felder" (Deals)
ZOHO_DE = Layout(
    "zoho german",
    """\
Datensatz-ID;Deal-Eigentümer;Betrag;Deal-Name;Abschlussdatum;Kontoname;Phase;Wahrscheinlichkeit (%);Erstellt um
zcrm_5502001;Ida Moss;18.400,50;Kailicht Süd;13.02.2026;Brig Ltd;Abgeschlossen - Gewonnen;100;05.01.2026 08:00
zcrm_5502002;Ida Moss;9.900,00;Slipwinde;20.11.2026;Brig Ltd;Verhandlung/Überprüfung;90;03.08.2026 14:00
""",
    """
Kailicht Süd | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | Ida Moss
Slipwinde    | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | Ida Moss
""",
    ("Abgeschlossen - Gewonnen", "Verhandlung/Überprüfung", "Phase", "Erstellt um", "Deal-Eigentümer"),
    (
        "column Phase=stage",
        "column Erstellt um=opened",
        "column Deal-Eigentümer=owner",
        "stage Abgeschlossen - Gewonnen=won",
        "stage Verhandlung/Überprüfung=open",
    ),
)
SMALLER = (COPPER, BITRIX_DATASET, BITRIX_LIST, VTIGER, MONDAY, MONDAY_GROUPS, HUBSPOT_DE_STAGES, ZOHO_DE)
IN_LANGUAGES = (HUBSPOT_DE, HUBSPOT_ES, HUBSPOT_FR, SALESFORCE_DE, SALESFORCE_ES, SALESFORCE_FR)
