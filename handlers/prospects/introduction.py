"""Introductions: whom a customer named becomes a lead of whoever asked, once (mechanism 42)."""

from typing import Any, NamedTuple

from handlers.context import Context
from handlers.remembered import remember
from handlers.reply import Reply
from messages.prospects import referral as views
from sales.people.erased_contact import TAKES_THEM, told_erased
from sales.prospects.lead import Lead
from sales.prospects.referral import SOURCE, Referral, ReferralState
from sales.refusal import Refusal
from sales.value import changed
from storage.people.erased_contact import erased_contacts
from storage.prospects import referral as queries
from storage.prospects.lead import LeadRow, add_lead
from storage.prospects.named_lead import same_lead
from storage.prospects.referral import ReferralRow
from storage.row_image import Touched


class Introduction(NamedTuple):
    """Somebody who was introduced, as far as they are known."""

    name: str
    firm: str = ""
    email: str = ""
    phone: str = ""


async def became_lead(context: Context, row: ReferralRow | None, who: str, said: Introduction) -> Reply:
    """Note an introduction: whom it names is a lead, once, and the asking person's."""
    me, today = context.member.user_id, context.today
    lead, touched = await lead_for(context, who, said)
    values: dict[str, Any] = {
        "state": ReferralState.INTRODUCED,
        "introduced": said.name,
        "lead_id": lead.id,
        "answered_on": today,
    }
    if row is None:
        row = await queries.add_referral(context.scope, Referral(owner_id=me, who=who, on=today, **values))
        noted = Touched(row)
    else:
        noted = await queries.change_referral(context.scope, row, changed(Referral, row, **values))
    undo = await remember(context, f"{who} introduced {said.name}", noted, *touched)
    name = f"{lead.name} at {lead.account}" if lead.account else lead.name
    return Reply(say=views.introduced(row, name, undo.id, was_known=not touched), home=True)


async def lead_for(context: Context, who: str, said: Introduction) -> tuple[LeadRow, list[Touched]]:
    """Return the lead that somebody is who was introduced, and what was stored for it; nothing where they are one."""
    me = context.member.user_id
    lead = Lead(
        name=said.name,
        account=said.firm or None,
        email=said.email,
        phone=said.phone,
        source=SOURCE,
        owner_id=me,
        team_id=context.member.team_id,
        came_at=context.now,
        assigned_at=context.now,
        note=f"introduced by {who}",
    )
    there = await same_lead(context.scope, lead)
    if there is not None and there.owner_id == me and there.is_open:
        return there, []
    on = (await erased_contacts(context.scope)).on((lead.name, lead.email))
    if on is not None:
        raise Refusal(
            f"{lead.name} {told_erased(on)}: add them as a lead first, if they asked for it.",
            example=f"/lead add {TAKES_THEM} {lead.name}",
        )
    row = await add_lead(context.scope, lead)
    return row, [Touched(row)]
