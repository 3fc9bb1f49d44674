"""A contact is forgotten: nobody at the customer's is called so any more, and the deal stays as it is.

What is kept are marks of their name and addresses, by which no file and no line brings them back unawares.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.clock import Clock
from bot.erase.texts import clear_everywhere, count_naming, erase_copies
from sales.imports.erasure import Traces
from sales.language.names.match import fold
from sales.people.pseudonym import FORMER_CONTACT
from sales.prospects.lead import Lead
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.erasure import colleagues_named, overwrite_removed
from storage.people.erased_contact import note_contact_erased
from storage.pipeline.deal_contact import contacts_called, remove_contact
from storage.prospects.content_reader import addresses_of, forget_reader
from storage.prospects.lead_retention import forget_person, leads_of_person


@dataclass(frozen=True)
class ContactErasing:
    """Whom to forget, and where they stand: the deals beside which they do, and rows that name them, by table."""

    database: Database
    workspace_id: str
    name: str
    traces: Traces
    deals: int
    rows: Counter[str]
    leads: int = 0


@dataclass
class ContactCleared:
    """How many contacts were taken out, and rows cleared of the name, by table."""

    removed: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    left: int = 0


async def contact_planned(database: Database, workspace_id: str, name: str) -> ContactErasing:
    """Return what erasing a contact means. Writes nothing.

    Raises:
        Refusal: if nobody is called so, or a colleague is.
    """
    if not fold(name):
        raise Refusal(
            "Write the contact's name as it stands beside the deal.",
            example='rainmaker erase --contact "Jo Field"',
        )
    async with database.read(workspace_id) as scope:
        traces = Traces(FORMER_CONTACT, names=(name,), addresses=await addresses_of(scope, name))
        colleagues = await colleagues_named(scope, traces)
        found = await contacts_called(scope, name)
        leads = await leads_of_person(scope, name)
        traces = with_leads(traces, leads)
    if colleagues:
        ids = ", ".join(f"{row.name} ({row.user_id})" for row in colleagues)
        raise Refusal(
            f"“{name}” is the name of a colleague here: {ids}. Rename the contact first, then erase it."
        )
    rows = await count_naming(database, workspace_id, traces)
    if not rows and not found and not leads:
        raise Refusal(f"I know no contact called “{name}”, and nothing names them.")
    deals = len({row.opportunity_id for row in found})
    return ContactErasing(database, workspace_id, name, traces, deals, rows, len(leads))


def with_leads(traces: Traces, leads: Sequence[Lead]) -> Traces:
    """Return by what somebody is named as well who was a lead: their addresses and numbers."""
    addresses = sorted({*traces.addresses, *(row.email for row in leads if row.email)})
    phones = sorted({row.phone for row in leads if row.phone})
    return replace(traces, addresses=tuple(addresses), names=(*traces.names, *phones))


async def forget_contact(plan: ContactErasing, clock: Clock) -> ContactCleared:
    """Forget a contact; return what was done. Running it again after it was cut short completes it."""
    done = ContactCleared()
    async with plan.database.write(plan.workspace_id) as scope:
        await overwrite_removed(scope)
        await note_contact_erased(scope, (plan.name, *plan.traces.addresses), clock().date())
        for row in await contacts_called(scope, plan.name):
            await remove_contact(scope, row)
            done.removed["deal_contact"] += 1
        for lead in await leads_of_person(scope, plan.name):
            await forget_person(scope, lead, FORMER_CONTACT)
            done.texts["lead"] += 1
        used = await forget_reader(scope, plan.name, plan.traces.addresses)
        if used:
            done.removed["content_event"] += used
    read = await erase_copies(plan.database, plan.workspace_id, clock, done.removed)
    done.left = read + await clear_everywhere(plan.database, plan.workspace_id, plan.traces, done.texts)
    return done
