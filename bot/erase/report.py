"""What is asked before somebody is erased, and what is said once they are: how much, and what is out of reach."""

from collections import Counter
from collections.abc import Iterator

from bot.erase.contact import ContactCleared, ContactErasing
from bot.erase.owner import OwnerErasing
from bot.erase.person import Cleared, Erasing
from sales.language.figures import listed, plural
from sales.people.pseudonym import FORMER, FORMER_CONTACT

# What a row of a table is to whoever reads this.
KINDS = {
    "access_log": ("line of who read what", "lines of who read what"),
    "account": ("account", "accounts"),
    "account_fact": ("fact about an account", "facts about accounts"),
    "activity": ("activity", "activities"),
    "agreement_round": ("question to reps", "questions to reps"),
    "attitude_answer": ("note on how an account buys", "notes on how accounts buy"),
    "buying_signs": ("word on whether a customer can and will", "words on whether customers can and will"),
    "card_draft": ("draft of a card", "drafts of cards"),
    "card_review": ("question about a card", "questions about cards"),
    "channel_consent": ("channel that was agreed to", "channels that were agreed to"),
    "check_mute": ("check switched off", "checks switched off"),
    "client_description": ("described ideal client", "described ideal clients"),
    "content_event": ("use of something published", "uses of something published"),
    "agenda_item": ("item of a 1:1", "items of 1:1s"),
    "agreed_action": ("action agreed on in a 1:1", "actions agreed on in 1:1s"),
    "crm_connection": ("connection to a CRM", "connections to CRMs"),
    "crm_owner": ("owner in a CRM", "owners in CRMs"),
    "crm_place": ("place in a CRM", "places in CRMs"),
    "crm_record": ("record of a CRM", "records of CRMs"),
    "crm_stage": ("stage of a CRM", "stages of CRMs"),
    "crm_write": ("change sent to a CRM", "changes sent to CRMs"),
    "currency_rate": ("rate", "rates"),
    "deal_answer": ("answer of a customer", "answers of customers"),
    "deal_change": ("line of a deal's history", "lines of deals' histories"),
    "deal_contact": ("contact", "contacts"),
    "deal_gate": ("team's entry gate", "teams' entry gates"),
    "deal_stage": ("stage of a team's own", "stages of teams' own"),
    "debrief": ("debrief", "debriefs"),
    "delivery": ("message", "messages"),
    "delivery_archive": ("archived message", "archived messages"),
    "delivery_event": ("step of a message", "steps of messages"),
    "discount_request": ("wish for a lower price", "wishes for a lower price"),
    "fact_first": ("team's choice about facts", "teams' choices about facts"),
    "finding_answer": ("answer to a finding", "answers to findings"),
    "followup": ("follow-up", "follow-ups"),
    "forecast": ("forecast", "forecasts"),
    "gate_answer": ("answer to the entry gate", "answers to the entry gate"),
    "goal": ("goal", "goals"),
    "goal_change": ("line of a goal's history", "lines of goals' histories"),
    "goal_outcome": ("goal's outcome", "goals' outcomes"),
    "halving": ("halved pipeline", "halved pipelines"),
    "halving_pick": ("deal kept or given away in halving", "deals kept or given away in halving"),
    "handover": ("hand-over", "hand-overs"),
    "holiday_change": ("day off of a team's own", "days off of teams' own"),
    "ideal_client": ("ideal client", "ideal clients"),
    "import_change": ("row of an import's undo", "rows of imports' undo"),
    "import_drop": ("dropped file", "dropped files"),
    "import_piece": ("copy of a dropped file", "copies of dropped files"),
    "import_run": ("import", "imports"),
    "import_shape": ("way of reading files", "ways of reading files"),
    "inbox": ("request", "requests"),
    "incentive": ("note on what a goal brings", "notes on what goals bring"),
    "inbox_check": ("own evidence", "own evidence"),
    "invitation": ("invitation", "invitations"),
    "drill_answer": ("answer of a drill", "answers of drills"),
    "drill_card": ("card to practise", "cards to practise"),
    "drill_memory": ("card that was learned", "cards that were learned"),
    "kudos": ("word of thanks", "words of thanks"),
    "lead": ("lead", "leads"),
    "lead_source": ("source of leads", "sources of leads"),
    "leader_change": ("word on what a leader changes", "words on what leaders change"),
    "library_entry": ("library entry", "library entries"),
    "library_rights": ("word on who writes a library", "words on who writes libraries"),
    "leave": ("stretch of leave", "stretches of leave"),
    "member": ("person", "people"),
    "mentorship": ("colleague proposed to learn from", "colleagues proposed to learn from"),
    "mute": ("message switched off", "messages switched off"),
    "nudge_verdict": ("word on a message", "words on messages"),
    "objective_list": ("list of objectives", "lists of objectives"),
    "obstacle": ("obstacle", "obstacles"),
    "opportunity": ("deal", "deals"),
    "persona": ("persona", "personas"),
    "playbook_step": ("step of a playbook", "steps of playbooks"),
    "pitch_sketch": ("sketch of a draft", "sketches of drafts"),
    "product": ("product", "products"),
    "profile_decision": ("word on a proposed ideal client", "words on proposed ideal clients"),
    "recognition": ("week somebody was named for", "weeks somebody was named for"),
    "referral": ("customer asked for an introduction", "customers asked for an introduction"),
    "schedule": ("schedule", "schedules"),
    "scoring": ("month of a team's scoring", "months of teams' scoring"),
    "setup_draft": ("half-done set-up", "half-done set-ups"),
    "stage_cadence": ("cadence of a team's own", "cadences of teams' own"),
    "starting_balance": ("starting balance", "starting balances"),
    "step_tick": ("ticked step of a deal", "ticked steps of deals"),
    "strategy": ("strategy of a plan", "strategies of plans"),
    "strategy_step": ("step of a plan", "steps of plans"),
    "talk_note": ("note of a 1:1", "notes of 1:1s"),
    "target_account": ("target account", "target accounts"),
    "team": ("team", "teams"),
    "team_manager": ("team managed", "teams managed"),
    "team_outcome": ("team's outcome", "teams' outcomes"),
    "team_switch": ("message switched off for a team", "messages switched off for teams"),
    "tender": ("tender", "tenders"),
    "touch_limit": ("question about one touch too many", "questions about one touch too many"),
    "undo": ("action to undo", "actions to undo"),
    "win_post": ("message about wins", "messages about wins"),
}
# What only tells our own processes something, and says nothing to anybody.
UNTOLD = frozenset(
    {
        *(
            "app_manifest",
            "broken_place",
            "calibration",
            "deal_stamp",
            "erased_contact",
            "erased_name",
            "owner_stamp",
            "posted_win",
            "rate_gate",
        ),
        *("retention", "runway_memory", "sent_pack", "webhook_secret", "workspace"),
    }
)
CANNOT_REACH = (
    "Not in reach: backups (delete those from before today, or erase again after a restore), what stands in Slack,"
    " the CRM, log files, exports that were made."
)


def question(plan: Erasing, *, asks: bool) -> Iterator[str]:
    """Say what is going to happen to a person's record; as a question where somebody is asked."""
    member = plan.member
    address = f", {member.email}" if member.email else ""
    yield begun(f"{member.name} ({member.user_id}{address})", asks=asks)
    if plan.taker is not None:
        yield f"Open deals and follow-ups go to {plan.taker.name} ({plan.taker.user_id})."
    yield f"Deals, goals and their history stay as numbers of the team, under “{FORMER}”. All else goes."
    if plan.namesakes:
        ids = listed([row.user_id for row in plan.namesakes])
        yield f"{ids} has the same name, so texts that name {member.name} are left as they are."
    if plan.teams:
        yield f"{listed(list(plan.teams))} has no other manager: choose one with /team people."


def begun(what: str, *, asks: bool) -> str:
    """Return the first line: what is erased, or whether it is to be."""
    return f"Erase {what}? This cannot be undone." if asks else f"Erasing {what}."


def told(plan: Erasing, done: Cleared, *, is_named_admin: bool) -> Iterator[str]:
    """Say what was done to a person's record, by kind, and what has to be done elsewhere."""
    if done.given and plan.taker is not None:
        parts = [plural(count, kind.removesuffix("s")) for kind, count in done.given.items()]
        yield f"Given to {plan.taker.name}: {listed(parts)}."
    yield from counts("Removed", done.removed)
    yield from counts(f"Kept under “{FORMER}”", done.kept)
    yield from counts("Cleared of the name", done.texts)
    yield from still_named(done.left)
    yield "An import that still names them goes to the same neutral name. Met again in Slack, they are new."
    if is_named_admin:
        yield "ADMINS in the settings names them still; take them out there, or they are met again at the next start."
    yield "First names alone, and names that are spelled otherwise, cannot be told from others' and were left."
    yield CANNOT_REACH


def owner_question(plan: OwnerErasing, *, asks: bool) -> Iterator[str]:
    """Say what is going to happen to an owner that only deals name."""
    deals = plural(plan.deals, "deal")
    yield begun(f"{plan.name}, who is only a name on {deals}", asks=asks)
    yield f"The deals stay, under “{FORMER}”; no text names {plan.name} any more."
    yield from single_word(plan.name)


def owner_told(done: Cleared) -> Iterator[str]:
    """Say what was done to an owner that only deals named."""
    yield from counts("Removed", done.removed)
    yield from counts(f"Kept under “{FORMER}”", done.kept)
    yield from counts("Cleared of the name", done.texts)
    yield from still_named(done.left)
    yield "An import that still names them goes to the same neutral name."
    yield CANNOT_REACH


def single_word(name: str) -> Iterator[str]:
    if len(name.split()) == 1:
        yield "A single word may mean something else in a sentence: only where it stands alone is it cleared."


def contact_question(plan: ContactErasing, *, asks: bool) -> Iterator[str]:
    """Say what is going to happen to a contact."""
    stands = f"beside {plural(plan.deals, 'deal')}" if plan.deals else "beside no deal"
    rows = plural(sum(plan.rows.values()), "row")
    yield begun(f"the contact “{plan.name}”, {stands}, named in {rows}", asks=asks)
    yield f"The deals stay; texts say “{FORMER_CONTACT}” instead."
    if plan.leads:
        yield f"{plural(plan.leads, 'lead')} of that name lose their address, number and note."
    yield from single_word(plan.name)


def contact_told(done: ContactCleared) -> Iterator[str]:
    """Say what was done."""
    yield from counts("Removed", done.removed)
    yield from counts("Cleared of the name", done.texts)
    yield from still_named(done.left)
    yield CANNOT_REACH


def still_named(left: int) -> Iterator[str]:
    if left:
        yield f"{plural(left, 'row')} named them again meanwhile: run the same once more."


def counts(what: str, counted: Counter[str]) -> Iterator[str]:
    """Say how many rows, by kind; nothing where there are none."""
    parts = [
        counted_as(table, count) for table, count in sorted(counted.items()) if count and table not in UNTOLD
    ]
    if parts:
        yield f"{what}: {listed(parts)}."


def counted_as(table: str, count: int) -> str:
    one = table.replace("_", " ")
    return plural(count, *KINDS.get(table, (one, f"{one}s")))
