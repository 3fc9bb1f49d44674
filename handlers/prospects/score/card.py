"""A score on the card of a deal, a lead or an account, its reasons in a small line; nothing until it is learned."""

from handlers.feature import Look, Shown
from handlers.pipeline.opportunity.shown import facts_in
from handlers.prospects.client_fit import account_in
from messages.elements import button
from messages.prospects import score as views
from sales.language.dates.instants import local_date
from sales.pipeline.opportunity import CLOSED, stage_on
from storage.people.member import rep_ids
from storage.pipeline.opportunity import find_opportunity
from storage.prospects.known_firm import known_firm
from storage.prospects.lead import LeadRow
from storage.prospects.score.judged import judged_deal, judged_firm, judged_leads, team_of


async def on_deal(look: Look) -> Shown | None:
    """The score of a deal that is not decided yet."""
    deal = facts_in(look).deal
    if stage_on(deal, look.today) in CLOSED:
        return None
    team, row = await team_of(look.scope, deal.owner_id), await find_opportunity(look.scope, deal.id)
    if team is None or row is None:
        return None
    found = await judged_deal(look.scope, row, team, local_date(look.now, team.zone))
    if found.chance is None:
        return None
    return Shown(views.on_card(found.chance, found.reasons))


async def on_lead(look: Look) -> Shown | None:
    """The score of a lead that is open, and the way to why."""
    lead = look.about
    if not isinstance(lead, LeadRow) or not lead.is_open:
        return None
    team = await team_of(look.scope, lead.owner_id, lead.team_id)
    if team is None:
        return None
    found = (await judged_leads(look.scope, [lead], team, local_date(look.now, team.zone)))[lead.id]
    ways = [button("Why this score", views.WHY, str(lead.id))]
    return Shown(views.on_card(found.chance, found.reasons) if found.chance is not None else (), ways)


async def on_account(look: Look) -> Shown | None:
    """The score of the newest deal with an account that is not decided, else of a deal with a firm like it."""
    if look.team is None:
        return None
    name, today = account_in(look).name, local_date(look.now, look.team.zone)
    live = (await known_firm(look.scope, name, await rep_ids(look.scope, look.team.id))).live
    row = await find_opportunity(look.scope, live.id) if live is not None else None
    if row is not None and row.owner_id is not None:
        found = await judged_deal(look.scope, row, look.team, today)
    else:
        found = await judged_firm(look.scope, name, look.team, today)
    return Shown(views.on_card(found.chance, found.reasons)) if found.chance is not None else None
