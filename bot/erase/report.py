"""What is asked before somebody is erased, and what is said once they are: how much, and what is out of reach."""

from collections import Counter
from collections.abc import Iterator

from bot.erase.contact import ContactCleared, ContactErasing
from bot.erase.person import Cleared, Erasing
from sales.language.figures import listed, plural
from sales.people.pseudonym import FORMER, FORMER_CONTACT

# What a row of a table is to whoever reads this; the others go by the table's own name.
KINDS = {
    "activity": ("activity", "activities"),
    "check_mute": ("check switched off", "checks switched off"),
    "deal_change": ("line of a deal's history", "lines of deals' histories"),
    "deal_contact": ("contact", "contacts"),
    "delivery": ("message", "messages"),
    "delivery_archive": ("archived message", "archived messages"),
    "delivery_event": ("step of a message", "steps of messages"),
    "finding_answer": ("answer to a finding", "answers to findings"),
    "followup": ("follow-up", "follow-ups"),
    "goal_change": ("line of a goal's history", "lines of goals' histories"),
    "goal_outcome": ("goal's outcome", "goals' outcomes"),
    "handover": ("hand-over", "hand-overs"),
    "import_change": ("row of an import's undo", "rows of imports' undo"),
    "inbox": ("request", "requests"),
    "leave": ("stretch of leave", "stretches of leave"),
    "member": ("person", "people"),
    "mute": ("message switched off", "messages switched off"),
    "opportunity": ("deal", "deals"),
    "setup_draft": ("half-done set-up", "half-done set-ups"),
    "team_manager": ("team managed", "teams managed"),
    "undo": ("action to undo", "actions to undo"),
}
CANNOT_REACH = (
    "Not in reach: backups (delete those from before today, or erase again after a restore), what stands in Slack,"
    " the CRM, log files, exports that were made."
)


def question(plan: Erasing) -> Iterator[str]:
    """Say what is going to happen to a person's record."""
    member = plan.member
    address = f", {member.email}" if member.email else ""
    yield f"Erase {member.name} ({member.user_id}{address})? This cannot be undone."
    if plan.taker is not None:
        yield f"Open deals and follow-ups go to {plan.taker.name} ({plan.taker.user_id})."
    yield f"Deals, goals and their history stay as numbers of the team, under “{FORMER}”. All else goes."
    if plan.namesakes:
        ids = listed([row.user_id for row in plan.namesakes])
        yield f"{ids} has the same name, so texts that name {member.name} are left as they are."
    if plan.teams:
        yield f"{listed(list(plan.teams))} has no other manager: choose one with /team people."


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


def contact_question(plan: ContactErasing) -> Iterator[str]:
    """Say what is going to happen to a contact."""
    stands = f"beside {plural(plan.deals, 'deal')}" if plan.deals else "beside no deal"
    rows = plural(sum(plan.rows.values()), "row")
    yield f"Erase the contact “{plan.name}”, {stands}, named in {rows}? This cannot be undone."
    yield f"The deals stay; texts say “{FORMER_CONTACT}” instead."
    if len(plan.name.split()) == 1:
        yield "A single word may mean something else in a sentence: only where it stands alone is it cleared."


def contact_told(done: ContactCleared) -> Iterator[str]:
    """Say what was done."""
    yield from counts("Removed", Counter({"deal_contact": done.removed}))
    yield from counts("Cleared of the name", done.texts)
    yield from still_named(done.left)
    yield CANNOT_REACH


def still_named(left: int) -> Iterator[str]:
    if left:
        yield f"{plural(left, 'row')} named them again meanwhile: run the same once more."


def counts(what: str, counted: Counter[str]) -> Iterator[str]:
    """Say how many rows, by kind; nothing where there are none."""
    parts = [counted_as(table, count) for table, count in sorted(counted.items()) if count]
    if parts:
        yield f"{what}: {listed(parts)}."


def counted_as(table: str, count: int) -> str:
    one = table.replace("_", " ")
    return plural(count, *KINDS.get(table, (one, f"{one}s")))
