"""Before a lead is added: whether the person was erased, or is one already, or the firm a customer; all are asked."""

from handlers.context import Context
from handlers.prospects.lead.lookup import may_change, team_owner_ids
from sales.language.dates.instants import local_date
from sales.language.figures import listed, long_day
from sales.language.typed_text import shorten
from sales.people.erased_contact import TAKES_THEM, told_erased
from sales.pipeline.opportunity import StoredOpportunity
from sales.prospects.lead import Lead, LeadState
from sales.prospects.lead_draft import LeadDraft, written
from sales.refusal import Reading, Refusal
from storage.people.erased_contact import erased_contacts, take_again
from storage.people.member import find_member
from storage.prospects.known_firm import KnownFirm, known_firm
from storage.prospects.lead import LeadRow
from storage.prospects.named_lead import same_lead

# What stands before a line whose question was answered.
ANOTHER = "another: "  # it is somebody else of that name
AGAIN = "again: "  # the person came again
KNOWN = "known: "  # the firm is a customer, and this is new business all the same


async def ask_first(context: Context, lead: Lead, draft: LeadDraft, way: str) -> LeadRow | None:
    """Ask what has to be asked before a lead is added; return the one there is where the person came again.

    Raises:
        Refusal: with the ways on.
    """
    same = await same_lead(context.scope, lead) if way != ANOTHER or lead.email else None
    is_one_person = same is not None and bool(lead.email) and same.email == lead.email
    if same is not None and way == AGAIN and await may_change(context, same):
        return same
    if same is not None and (way != ANOTHER or is_one_person):
        raise await twin_question(context, same, draft, is_one_person=is_one_person)
    if not way:
        firm = await known_firm(context.scope, lead.firm, await team_owner_ids(context))
        if firm.is_known:
            raise customer_question(context, lead, draft, firm)
    return None


def line(draft: LeadDraft, way: str) -> str:
    """Return the line that adds a draft in a way."""
    return written(draft).replace("/lead add ", f"/lead add {way}", 1)


async def ask_if_erased(
    context: Context, lead: Lead, draft: LeadDraft, way: str, *, takes_erased: bool
) -> None:
    """Leave out whoever was erased, unless somebody says that they are taken again: that holds from then on.

    Raises:
        Refusal: with the way on.
    """
    names = lead.name, lead.email
    on = (await erased_contacts(context.scope)).on(names)
    if on is None:
        return
    if takes_erased:
        await take_again(context.scope, names)
        return
    raise Refusal(
        f"{shorten(lead.name, 60)} {told_erased(on)}.",
        readings=[Reading("Add them all the same", line(draft, f"{TAKES_THEM} {way}"))],
    )


async def twin_question(context: Context, same: LeadRow, draft: LeadDraft, *, is_one_person: bool) -> Refusal:
    """Return the question whether somebody is the lead there is, as far as the person may know of it."""
    name = shorten(same.name, 60) + (f" at {shorten(same.account, 60)}" if same.account else "")
    other = [] if is_one_person else [Reading("It is somebody else", line(draft, ANOTHER))]
    if not await may_change(context, same):
        owner = await find_member(context.scope, same.owner_id) if same.owner_id else None
        near = owner is not None and owner.team_id is not None and owner.team_id == context.member.team_id
        whose = f"{owner.name}’s" if owner is not None and near else "another team’s"
        mend = " Ask them to give it to you." if near else ""
        return Refusal(f"{name} is a lead of {whose} already.{mend}", readings=other)
    back = Reading("Add what is new to that one", line(draft, AGAIN))
    if same.state is LeadState.QUALIFIED:
        return Refusal(
            f"{name} became a deal already. Is it a new lead all the same?",
            readings=[Reading("Yes, a new lead", line(draft, ANOTHER))] if not is_one_person else [],
            example=None if not is_one_person else f"/lead {same.name}",
        )
    if same.state is LeadState.REJECTED:
        said = f": {shorten(same.reject_reason, 80)}" if same.reject_reason else ""
        back = Reading("Open it again", line(draft, AGAIN))
        return Refusal(f"{name} was rejected before{said}. Open it again?", readings=[back, *other])
    on = local_date(same.came_at, context.zone)
    since = "today" if on == context.today else f"since {long_day(on, context.today)}"
    return Refusal(f"{name} is a lead already, {since}. Is it the same person?", readings=[back, *other])


def customer_question(context: Context, lead: Lead, draft: LeadDraft, firm: KnownFirm) -> Refusal:
    """Return the question whether somebody at a customer, or of a firm there is a deal with, is a lead."""
    said = []
    if firm.won is not None and firm.won.closed_on is not None:
        on = long_day(firm.won.closed_on, context.today)
        said.append(
            f"is a customer already ({shorten(firm.won.name, 40)}, won on {on}{by(context, firm.won)})"
        )
    if firm.live is not None:
        said.append(f"has a deal with us ({shorten(firm.live.name, 40)}{by(context, firm.live)})")
    readings = [Reading("Yes, add the lead", line(draft, KNOWN))]
    shown = firm.live or firm.won
    if shown is not None and shown.owner_id == context.member.user_id:
        readings.append(Reading("Show the deal", f"/deal “{shown.name}”"))
    return Refusal(
        f"{shorten(lead.firm, 60)} {listed(said)}. Is {shorten(lead.name, 60)} a new lead all the same?",
        readings=readings,
    )


def by(context: Context, deal: StoredOpportunity) -> str:
    """Return whose a deal is, behind its name; nothing of one's own."""
    mine = deal.owner_id == context.member.user_id
    return "" if mine or not deal.owner_name else f" by {shorten(deal.owner_name, 40)}"
