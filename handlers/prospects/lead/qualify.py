"""A lead becomes a deal: a suspect of its firm, with whom we talk to and where they are from (mechanism 35)."""

import re
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from handlers.context import Context
from handlers.people.customs import customs_of
from handlers.pipeline.opportunity.entry import added
from handlers.pipeline.opportunity.lookup import own as own_deal
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.shown import deal_card
from handlers.prospects.lead.assign import receiver
from handlers.prospects.lead.decision import is_deal, is_qualified
from handlers.prospects.lead.lookup import MeantLead, own, the_one
from handlers.prospects.lead.shown import answered
from handlers.remembered import remember
from handlers.reply import Reply
from messages.prospects import lead as views
from messages.prospects.lead import OfLead
from sales.language.amounts import amount_place, parse_amount
from sales.language.figures import long_day
from sales.language.typed_text import blank_spans, clean
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.opportunity import Opportunity, Stage
from sales.pipeline.opportunity_phrase.filling import closing_in
from sales.prospects.lead import Lead, assigned, qualified
from sales.refusal import Refusal
from sales.value import changed
from storage.people.member import MemberRow, find_member
from storage.people.team import find_team
from storage.pipeline.beside import with_history
from storage.pipeline.deal_contact import name_contact
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects import lead as queries
from storage.prospects.known_firm import known_firm
from storage.prospects.lead import LeadRow
from storage.row_image import Touched

EXAMPLE = "/lead qualify Dana 24k"
LEFT_OVER = re.compile(r"\0+|\b(?:and|it|closes|closing)\b", re.I)  # around an amount and a day


async def command(context: Context) -> Reply:
    """`/lead qualify Dana`, with what is known of the deal: `/lead qualify Dana 24k closes 15 Dec`."""
    found = await the_one(context, context.text, views.QUALIFY)
    if not isinstance(found, MeantLead):
        return found
    row = await own(context, found.row.id)
    return await qualify(context, row, said=await said_of_deal(context, found.rest))


class SaidOfDeal(NamedTuple):
    """What a line says of the deal that a lead becomes: its value in minor units, and when it closes."""

    value_minor: int = 0
    closes: date | None = None

    @property
    def written(self) -> str:
        """Return it as a button keeps it."""
        return f"{self.value_minor}|{self.closes.isoformat() if self.closes is not None else ''}"

    @classmethod
    def read(cls, kept: str) -> "SaidOfDeal":
        """Return what `written` kept; nothing, where nothing was said."""
        value, _, closes = kept.partition("|")
        return cls(int(value or 0), date.fromisoformat(closes) if closes else None)


NOTHING_SAID = SaidOfDeal()


async def said_of_deal(context: Context, rest: str) -> SaidOfDeal:
    """Return what the deal is worth, in the team's currency, and by when it closes, read as `/deal` reads it.

    Raises:
        Refusal: for words that are neither an amount nor a day; for a day that is over.
    """
    if not rest:
        return NOTHING_SAID
    team, line = context.their_team, clean(rest)
    place, customs = amount_place(line), await customs_of(context, line)
    dated = blank_spans(line, (place,)) if place is not None else line
    closing = closing_in(dated, context.now, context.zone, customs, team.fiscal_year_start)
    if place is None and closing is None:
        raise Refusal("Behind the name stands what the deal is worth, and when it closes.", example=EXAMPLE)
    if closing is None:
        return SaidOfDeal(parse_amount(line, team.currency, "value"))
    if closing.day < context.today:
        raise Refusal(f"{long_day(closing.day, context.today)} is over. When does it close?", example=EXAMPLE)
    left = LEFT_OVER.sub(" ", blank_spans(line, closing.spans)).strip(" ,.;\0")
    return SaidOfDeal(parse_amount(left, team.currency, "value") if left else 0, closing.day)


async def button(context: Context) -> Reply:
    """Qualify on a lead."""
    of = OfLead.read(context.request.value)
    return await qualify(context, await own(context, of.lead_id), of=of)


async def new_deal(context: Context) -> Reply:
    """It is no part of the deal there is: a further one, worth what was said before it was asked about."""
    written, _, kept = context.request.value.partition("|")
    of = OfLead.read(written)
    return await qualify(
        context, await own(context, of.lead_id), of=of, said=SaidOfDeal.read(kept), is_new=True
    )


async def qualify(
    context: Context,
    row: LeadRow,
    of: OfLead | None = None,
    *,
    said: SaidOfDeal = NOTHING_SAID,
    is_new: bool = False,
) -> Reply:
    """Make a deal of a lead, once; where its owner has one with the firm it is asked whether it is that.

    Raises:
        Refusal: where nobody has the lead and the asking person sells nothing.
    """
    if is_qualified(row):
        return await is_deal(context, row, of)
    owner = await seller(context, row)
    firm = await known_firm(context.scope, row.firm, [owner.user_id])
    if firm.live is not None and not is_new:
        asked = views.which_deal(row, firm.live, said.written)
        return Reply(edit=asked) if context.request.kind == "actions" else Reply(say=asked)
    team = await find_team(context.scope, owner.team_id)
    deal = Opportunity(
        name=row.firm,
        account=row.firm,
        source=row.source,
        owner_id=owner.user_id,
        owner_name=owner.name,
        value_minor=said.value_minor,
        expected_on=said.closes,
        stage=Stage.SUSPECT,
        currency=team.currency if team is not None else context.their_team.currency,
    )
    reply = await added(context, deal, beside=lambda made: beside(context, row, made, owner))
    if of is None or of.within == views.PLACE_CARD:
        return reply
    return replace(await answered(context, row, "", None, of), say=reply.edit)  # the others of the list stay


async def seller(context: Context, row: LeadRow) -> MemberRow:
    """Return whose deal a lead becomes: whoever has it, or the asking person where nobody does.

    Raises:
        Refusal: where that person sells nothing.
    """
    owner = await find_member(context.scope, row.owner_id) if row.owner_id else None
    if owner is None and context.member.is_rep:
        owner = await receiver(context, context.member.user_id)
    if owner is None:
        raise Refusal(
            f"Nobody has {row.name} yet. Give them to a rep first.", example="/lead assign Dana to @ben"
        )
    return owner


async def beside(context: Context, row: LeadRow, deal: OpportunityRow, owner: MemberRow) -> list[Touched]:
    """Let a lead be the deal it became, and the person its contact; return what undoing it needs."""
    touched: list[Touched] = []
    if row.account:
        contact = DealContact(opportunity_id=deal.id, name=row.name, role=row.title)
        touched += await with_history(
            context.scope, [await name_contact(context.scope, contact)], typed(context)
        )
    said: Lead = row
    if row.owner_id is None:
        said = changed(Lead, assigned(row, owner.user_id, context.now), team_id=owner.team_id)
    touched.append(await queries.change_lead(context.scope, row, qualified(said, deal.id, context.now)))
    return touched


async def join(context: Context) -> Reply:
    """It is a part of the deal there is: the person is a contact of it."""
    written, _, deal_id = context.request.value.partition("|")
    row = await own(context, OfLead.read(written).lead_id)
    deal = await own_deal(context, int(deal_id))
    if is_qualified(row):
        return Reply(edit=await deal_card(context, deal))
    touched = await beside(context, row, deal, await seller(context, row))
    action = await remember(context, f"{row.name} with {deal.name}", *touched)
    return Reply(edit=await deal_card(context, deal, views.joined_deal(row, deal), action.id), home=True)
