"""What tables and their columns are called where a person reads them; one without a word here keeps its own name."""

CALLED = {
    "account": "accounts",
    "account_fact": "facts about accounts",
    "activity": "activities",
    "agreement_round": "questions to reps",
    "attitude_answer": "attitudes of accounts",
    "buying_signs": "can and will",
    "check_mute": "checks switched off",
    "client_description": "described ideal clients",
    "content_event": "content events",
    "crm_write": "changes sent",
    "currency_rate": "currency rates",
    "deal_change": "deal history",
    "deal_contact": "contacts",
    "deal_gate": "entry gates",
    "deal_stage": "stages",
    "debrief": "debriefs",
    "delivery": "messages",
    "delivery_archive": "messages of before",
    "discount_request": "price requests",
    "fact_first": "one fact first",
    "finding_answer": "audit answers",
    "followup": "follow-ups",
    "forecast": "forecasts",
    "gate_answer": "entry gate answers",
    "goal": "goals",
    "goal_change": "goal history",
    "goal_outcome": "goal results",
    "halving": "halvings",
    "halving_pick": "halved deals",
    "handover": "handovers",
    "holiday_change": "holidays",
    "ideal_client": "ideal clients",
    "import_drop": "dropped files",
    "import_run": "imports",
    "inbox_check": "own evidence",
    "invitation": "invitations",
    "leave": "leave",
    "member": "people",
    "mute": "messages switched off",
    "obstacle": "obstacles",
    "opportunity": "deals",
    "persona": "personas",
    "pitch_sketch": "drafts checked",
    "product": "products",
    "profile_decision": "proposed ideal clients",
    "referral": "referrals",
    "setup_draft": "setups begun",
    "starting_balance": "starting balances",
    "team": "teams",
    "team_manager": "team managers",
    "team_outcome": "team results",
    "tender": "tenders",
}
HEADINGS = {
    "closed_on": "closed",
    "due_on": "due",
    "ends_on": "ends",
    "expected_on": "expected",
    "external_id": "CRM id",
    "import_sha": "imported as",
    "on": "day",
    "opened_on": "opened",
    "opportunity_id": "deal id",
    "ours": "sent",
    "owner_name": "owner in the CRM",
    "shown": "seen there",
    "stage_label": "stage name",
    "starts_on": "starts",
    "theirs": "stood there",
    "user_id": "person id",
}


def called(table: str) -> str:
    """Return what a table's file is called, for a person: "deal history"."""
    return CALLED.get(table) or table.replace("_", " ")


def file_of(table: str) -> str:
    """Return the name of a table's file."""
    return f"{called(table).replace(' ', '-')}.csv"


def heading(column: str) -> str:
    """Return what a column is called."""
    return HEADINGS.get(column) or column.removesuffix("_minor").removeprefix("is_").replace("_", " ")


def name_heading(column: str) -> str:
    """Return what the name is called beside an id: "owner" beside "owner id"."""
    return heading(column).removesuffix(" id")


def id_heading(column: str) -> str:
    """Return what an id is called that has a name beside it."""
    return f"{name_heading(column)} id"
