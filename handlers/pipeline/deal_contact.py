"""Contacts of a deal: named, given a role, taken off; the card says who decides (mechanism 55)."""

from handlers.context import Context
from handlers.feature import Feature, Look, Section, Shown, Surface, routes
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.on_card import changed_on_card, kept_place
from handlers.pipeline.opportunity.shown import facts_in
from handlers.reply import Reply
from messages.pipeline import deal_contact as views
from messages.pipeline.opportunity import FormOfDeal
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, clean
from sales.people.permission import Act
from sales.pipeline.deal_contact import MAX_ROLE, DealContact
from sales.refusal import Refusal
from storage.pipeline.deal_contact import (
    DealContactRow,
    add_contact,
    change_contact,
    contacts_of,
    remove_contact,
)
from storage.row_image import Touched, image


async def on_card(look: Look) -> Shown:
    """Who is spoken to, and the way to name somebody."""
    facts = facts_in(look)
    return Shown(views.line(facts.contacts), [views.way(facts.deal)])


async def open_form(context: Context) -> Reply:
    row = await own(context, int(context.request.value))
    kept = FormOfDeal(row.id, kept_place(context))
    return Reply(view=views.form(await contacts_of(context.scope, row.id), kept.written()))


async def save(context: Context) -> Reply:
    """The form was submitted: somebody is named or known better, somebody is taken off, or both."""
    kept = FormOfDeal.read(context.request.private)
    row = await own(context, kept.deal_id)
    known = await contacts_of(context.scope, row.id)
    gone = [one for one in known if str(one.id) in (context.request.values.get(views.GONE) or [])]
    touched = [Touched(one, image(one), gone=True) for one in gone]
    for one in gone:
        await remove_contact(context.scope, one)
    named: list[DealContactRow] = []
    if (said := filled_in(context, row.id)) is not None:
        touched.append(await put_down(context, said, [one for one in known if one not in gone]))
        named = [one.row for one in touched if isinstance(one.row, DealContactRow) and not one.gone]
    elif not gone:
        raise Refusal("Write a name: who is it at the customer?", field=views.NAME)
    note = views.saved(named, [one.name for one in gone])
    return await changed_on_card(context, row, note, f"contact of {row.name}", touched, kept.place)


async def put_down(context: Context, said: DealContact, known: list[DealContactRow]) -> Touched:
    """Store a contact, in the place of one of the same name."""
    same = next((one for one in known if name_key(one.name) == name_key(said.name)), None)
    if same is None:
        return Touched(await add_contact(context.scope, said))
    before = image(same)
    await change_contact(context.scope, same, said)
    return Touched(same, before)


def filled_in(context: Context, deal_id: int) -> DealContact | None:
    """Return the contact that a form names; None where it names nobody."""
    chosen = context.request.values
    name = clean(chosen.get(views.NAME) or "", MAX_NAME, views.NAME)
    if not name:
        return None
    role = clean(chosen.get(views.ROLE) or "", MAX_ROLE, views.ROLE)
    return DealContact(
        opportunity_id=deal_id, name=name, role=role, decides=chosen.get(views.DECIDES) == views.YES
    )


FEATURE = Feature(
    name="deal_contact",
    actions=routes(Act.SEE_WORK_OF, {views.OPEN: open_form}),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save}),
    sections=(Section(Surface.DEAL, 30, on_card, Act.SEE_WORK_OF),),
)
