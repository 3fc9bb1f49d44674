"""Everything that a brief lacks is told in one form; where there is no deal yet, telling it makes one (15-17)."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Context
from handlers.craft.prep.forms import held, shown
from handlers.craft.prep.shown import found_for, found_without_deal
from handlers.pipeline.deal_contact import contact_told, kept_with_terms
from handlers.pipeline.opportunity.entry import stored
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.news import OPENED, noted, typed
from handlers.prospects.client_fit.lookup import require_ours, team_of
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import joined
from messages.craft.prep import brief as views
from messages.craft.prep import form as forms
from messages.craft.prep.ids import BriefOf
from messages.pipeline import deal_contact as contact_views
from messages.pipeline import obstacle as obstacle_views
from sales.craft.prep.brief import BriefTopic
from sales.craft.prep.person_told import PersonTold, read_person
from sales.craft.prep.told_nothing import tells_nothing
from sales.language.amounts import parse_amount
from sales.language.typed_text import MAX_WORDS, clean, clean_name
from sales.pipeline.obstacle import DealObstacle
from sales.pipeline.opportunity import Opportunity, Stage
from sales.prospects.account_fact import AccountFact, read_fact
from sales.refusal import Refusal
from sales.value import changed
from storage.pipeline.beside import with_history
from storage.pipeline.deal_contact import contacts_of
from storage.pipeline.obstacle import add_obstacle
from storage.pipeline.opportunity import OpportunityRow, change_opportunity, find_live
from storage.prospects.account_fact import add_fact
from storage.row_image import Touched

NOTHING = "Fill in one of these; what you do not know stays open."


async def open_form(context: Context) -> Reply:
    """Who, why now, value, obstacle…: one form for everything that is amber."""
    of = held(context)
    if of.deal_id:
        found = await found_for(context, await own(context, of.deal_id))
    else:
        await require_ours(context, of.account, await team_of(context))
        found = await found_without_deal(context, of.account)
    return Reply(view=forms.whole(found, of.written()))


async def save(context: Context) -> Reply:
    """The form was submitted: what it says is kept in one go, and the brief is shown with it.

    A deal is made where there is none and more was told than why now, which is noted of the account.
    """
    of = BriefOf.read(context.request.private)
    said = ToldAtOnce(context)
    if of.deal_id:
        row: OpportunityRow | None = await own(context, of.deal_id)
    else:
        await require_ours(context, of.account, await team_of(context))
        live = await find_live(context.scope, context.member.user_id, of.account, context.today)
        row = live.sure
    if row is not None:
        return await kept(context, replace(of, deal_id=row.id), row, said)
    if said.is_of_deal:
        return await made(context, of, said)
    if not said.reason:
        raise Refusal(NOTHING, field=said.first)
    fact = await reason_kept(context, of.account, said)
    action = await remember(context, f"{forms.SUMMARIES[BriefTopic.WHY_NOW]} {of.account}", *fact)
    note = views.told([BriefTopic.WHY_NOW], of.account, is_new=False)
    return await shown(context, of, note, action.id)


class ToldAtOnce:
    """What a form says, read and checked field by field.

    Raises:
        Refusal: under the field at fault.
    """

    def __init__(self, context: Context) -> None:
        values = context.request.values
        self.first = next(iter(values), None)
        who = worded(values.get(contact_views.NAME), contact_views.NAME)
        self.person: PersonTold = read_person(who, contact_views.NAME)
        self.decides = bool(values.get(contact_views.DECIDES)) or self.person.decides
        reason = worded(values.get(forms.REASON), forms.REASON)
        self.reason = read_fact(reason, forms.REASON) if reason else ""
        self.worth = worded(values.get(forms.VALUE), forms.VALUE)
        self.obstacle = worded(values.get(obstacle_views.WHAT), obstacle_views.WHAT)
        amount = (values.get(forms.AMOUNT) or "").strip()
        currency = context.their_team.currency
        self.value_minor = parse_amount(amount, currency, forms.AMOUNT) if amount.strip(" 0.,") else 0
        if self.decides and not self.person.name:
            raise Refusal("Who is it that decides? A name is enough.", field=contact_views.NAME)

    @property
    def is_of_deal(self) -> bool:
        """Whether anything of it can only be kept with a deal."""
        return bool(self.person.name or self.worth or self.obstacle or self.value_minor)


def worded(text: str | None, field: str) -> str:
    """Return what a field says; empty where that is nothing, in words as well."""
    said = clean(text or "", MAX_WORDS, field)
    return "" if tells_nothing(said) else said


async def kept(context: Context, of: BriefOf, row: OpportunityRow, said: ToldAtOnce) -> Reply:
    """Keep what was told of a deal that is there."""
    touched, topics = await beside(context, row, said)
    if not touched:
        raise Refusal(NOTHING, field=said.first)
    action = await remember(context, f"what you told of {row.name}", *touched)
    return await shown(context, of, views.told(topics, row.name, is_new=False), action.id)


async def made(context: Context, of: BriefOf, said: ToldAtOnce) -> Reply:
    """Make a deal, a suspect unless it shows all that its gate asks for, with what was told."""
    name = clean_name(of.account)
    if not name:  # of emoji alone nothing is left
        raise Refusal("The deal needs a name.", example="/prep Acme")
    deal = Opportunity(
        name=name,
        owner_id=context.member.user_id,
        owner_name=context.member.name,
        value_minor=said.value_minor,
        stage=Stage.SUSPECT,
        currency=context.their_team.currency,
    )
    topics: list[BriefTopic] = []

    async def told(row: OpportunityRow) -> list[Touched]:
        touched, found = await beside(context, row, said)
        topics.extend(found)
        return [one for one in touched if one.row is not row]

    _, touched, gate = await stored(context, deal, told)
    counts_as = OPENED if gate.is_met else ()
    row, undo_id, moved = await noted(context, "added", f"{name} added", touched, counts_as, None)
    note = joined([views.told(topics, name, is_new=True), *moved])
    return await shown(context, replace(of, deal_id=row.id), note, undo_id)


async def beside(
    context: Context, row: OpportunityRow, said: ToldAtOnce
) -> tuple[list[Touched], Sequence[BriefTopic]]:
    """Store what was told of a deal; return what was touched, and which lines of the brief it was."""
    parts = {
        BriefTopic.WHO: await person_kept(context, row, said),
        BriefTopic.WHY_NOW: await reason_kept(context, row.account or row.name, said) if said.reason else [],
        BriefTopic.VALUE: await worth_kept(context, row, said),
        BriefTopic.OBSTACLES: await obstacle_kept(context, row, said),
    }
    return [one for each in parts.values() for one in each], [one for one, each in parts.items() if each]


async def person_kept(context: Context, row: OpportunityRow, said: ToldAtOnce) -> list[Touched]:
    """Store who was named; nothing where the field says what was known before."""
    told = await contact_told(context, row.id, said.person.name, said.person.role, decides=said.decides)
    if told is None or told.told in [one.told for one in await contacts_of(context.scope, row.id)]:
        return []
    touched, _ = await kept_with_terms(context, told)
    return await with_history(context.scope, touched, typed(context))


async def reason_kept(context: Context, account: str, said: ToldAtOnce) -> list[Touched]:
    fact = AccountFact(account=account, says=said.reason, by=context.member.user_id, on=context.today)
    return [Touched(await add_fact(context.scope, fact))]


async def worth_kept(context: Context, row: OpportunityRow, said: ToldAtOnce) -> list[Touched]:
    if not said.worth or said.worth == row.worth:
        return []
    worthy = changed(Opportunity, row, worth=said.worth)
    return await change_opportunity(context.scope, row, worthy, typed(context))


async def obstacle_kept(context: Context, row: OpportunityRow, said: ToldAtOnce) -> list[Touched]:
    if not said.obstacle:
        return []
    owner_id = row.owner_id or context.member.user_id
    obstacle = DealObstacle(opportunity_id=row.id, what=said.obstacle, owner_id=owner_id)
    named = [Touched(await add_obstacle(context.scope, obstacle))]
    return await with_history(context.scope, named, typed(context))
