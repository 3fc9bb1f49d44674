"""Contacts of a deal: named, given a role, taken off; the card says who decides (mechanism 55)."""

from typing import Any

from handlers.context import Context
from handlers.feature import Feature, Look, Section, Shown, Surface, routes
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.on_card import changed_on_card, form_of
from handlers.pipeline.opportunity.shown import facts_in
from handlers.reply import Reply
from messages.pipeline import deal_contact as views
from messages.pipeline.opportunity import FormOfDeal
from sales.followups.contact import MAX_ZONE
from sales.followups.time_window import MAX_WINDOWS, write_windows
from sales.followups.time_window_phrase import read_windows
from sales.language.dates.zone import zone_named
from sales.language.typed_text import MAX_NAME, clean
from sales.people.erased_contact import told_erased, without_again
from sales.people.permission import Act
from sales.pipeline.deal_contact import MAX_ROLE, DealContact
from sales.refusal import Refusal
from sales.value import changed
from storage.people.erased_contact import erased_contacts, take_again
from storage.pipeline.beside import with_history
from storage.pipeline.deal_contact import (
    DealContactRow,
    contact_called,
    contacts_of,
    name_contact,
    remove_contact,
    share_terms,
    terms_known,
)
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched, image


async def on_card(look: Look) -> Shown:
    """Who is spoken to, and the way to name somebody."""
    facts = facts_in(look)
    return Shown(views.line(facts.contacts), [views.way(facts.deal)])


async def open_form(context: Context) -> Reply:
    row = await own(context, int(context.request.value))
    return Reply(view=views.form(await contacts_of(context.scope, row.id), form_of(context, row)))


async def save(context: Context) -> Reply:
    """The form was submitted: somebody is named or known better, somebody is taken off, or both."""
    kept = FormOfDeal.read(context.request.private)
    row = await own(context, kept.deal_id)
    touched, note = await submitted(context, row)
    return await changed_on_card(context, row, note, f"contact of {row.name}", touched, kept.place)


async def submitted(context: Context, row: OpportunityRow) -> tuple[list[Touched], str]:
    """Store what a form says of a deal's contacts; return what was touched, and what to say of it.

    Raises:
        Refusal: where it names nobody and takes nobody off.
    """
    known = await contacts_of(context.scope, row.id)
    gone = [one for one in known if str(one.id) in (context.request.values.get(views.GONE) or [])]
    touched = [Touched(one, image(one), gone=True) for one in gone]
    for one in gone:
        await remove_contact(context.scope, one)
    named: list[DealContactRow] = []
    if (said := await filled_in(context, row.id)) is not None:
        changes, named = await kept_with_terms(context, said)
        touched += changes
    elif not gone:
        raise Refusal("Write a name: who is it at the customer?", field=views.NAME)
    touched = await with_history(context.scope, touched, typed(context))
    return touched, views.saved(named, [one.name for one in gone])


async def kept_with_terms(context: Context, said: DealContact) -> tuple[list[Touched], list[DealContactRow]]:
    """Store a contact, and how they want to be reached wherever else they stand; return what was touched, and them."""
    named = await name_contact(context.scope, said)
    row = await contact_called(context.scope, said.opportunity_id, said.name)
    assert row is not None
    return [named, *await share_terms(context.scope, row)], [row]


async def filled_in(context: Context, deal_id: int) -> DealContact | None:
    """Return the contact that a form names; None where it names nobody.

    Their role, and how they want to be reached, stay as they are known where their fields were left empty.
    """
    chosen = context.request.values
    name = clean(chosen.get(views.NAME) or "", MAX_NAME, views.NAME)
    role = clean(chosen.get(views.ROLE) or "", MAX_ROLE, views.ROLE)
    said = await contact_told(context, deal_id, name, role, decides=chosen.get(views.DECIDES) == views.YES)
    if said is None:
        return None
    terms = dict[str, Any]()
    if zone := clean(chosen.get(views.ZONE) or "", MAX_ZONE, views.ZONE):
        terms["zone"] = zone_named(zone)
    if best := clean(chosen.get(views.BEST) or "", MAX_WINDOWS, views.BEST):
        terms["best"] = best_filled_in(best)
    if calls := chosen.get(views.CALLS):
        terms |= {"never_call": calls == views.NEVER_CALL, "email_only": calls == views.EMAIL_ONLY}
    return changed(DealContact, said, **terms)


async def contact_told(
    context: Context, deal_id: int, typed: str, role: str, *, decides: bool
) -> DealContact | None:
    """Return somebody at a deal's customer as they were told, what is known of them beside it; None for no name.

    Raises:
        Refusal: under the name, for who was erased.
    """
    name, takes_erased = without_again(typed)
    if not name:
        return None
    await require_not_erased(context, name, takes_erased=takes_erased)
    if not role and (same := await contact_called(context.scope, deal_id, name)) is not None:
        role = same.role
    terms = (await terms_known(context.scope, deal_id, name)).terms
    return DealContact(opportunity_id=deal_id, name=name, role=role, decides=decides, **terms)


async def require_not_erased(context: Context, name: str, *, takes_erased: bool) -> None:
    """Leave out whoever was erased, unless the form says that they are taken again: that holds from then on.

    Raises:
        Refusal: under the name.
    """
    on = (await erased_contacts(context.scope)).on((name,))
    if on is None:
        return
    if not takes_erased:
        raise Refusal(f"{name} {told_erased(on)}, written before the name.", field=views.NAME)
    await take_again(context.scope, (name,))


def best_filled_in(typed: str) -> str:
    """Return the times that a form says, as they are stored.

    Raises:
        Refusal: under the field, with the question.
    """
    try:
        return write_windows(read_windows(typed))
    except Refusal as refusal:
        refusal.field = views.BEST
        raise


FEATURE = Feature(
    name="deal_contact",
    actions=routes(Act.SEE_WORK_OF, {views.OPEN: open_form}),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save}),
    sections=(Section(Surface.DEAL, 30, on_card, Act.SEE_WORK_OF),),
)
