"""Contacts' time: said in a line, asked for once, and taken by what is promised and logged (mechanisms 56, 57)."""

from collections.abc import Sequence
from datetime import datetime

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase
from handlers.followups.activity.entry import ActivitiesLogged
from handlers.pipeline.deal_contact import kept_with_terms
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.on_card import changed_on_card
from handlers.reply import Reply
from messages.pipeline import deal_contact as views
from sales.followups.activity import ActivityKind
from sales.followups.answered import WasAnswered, answered_by
from sales.followups.followup import FollowUp
from sales.followups.next_step import CONVERSATIONS
from sales.followups.slot import BestHour, Caller, ReachedContact, slot_on
from sales.language.names.match import fold, name_key
from sales.language.typed_text import shorten
from sales.people.permission import Act
from sales.people.team import Team
from sales.pipeline.call_hours import best_hour
from sales.pipeline.contact_phrase import EXAMPLE, PLAIN, ContactSaying, read_contact
from sales.pipeline.deal_contact import DealContact, contact_meant, first_name
from sales.refusal import Reading, Refusal
from sales.value import changed
from storage.followups.activity import talks_about
from storage.pipeline.beside import with_history
from storage.pipeline.call_hours import call_attempts
from storage.pipeline.deal_contact import DealContactRow, contacts_beside, own_contacts
from storage.pipeline.opportunity import OpportunityRow

MOST_TALKS = 50  # conversations of a deal looked at; with so many nobody is new to it


# promised


async def contact_of(
    context: Context, promise: FollowUp, deal_id: int, now: datetime
) -> ReachedContact | None:
    """Return whom a promise for a deal is about: who is named, else the only contact; and their time on its day."""
    one = contact_meant(await contacts_beside(context.scope, deal_id), f"{promise.who} {promise.what}")
    if one is None:
        return None
    if not one.takes_calls:
        return ReachedContact(one.name, one)
    best = await own_best_hour(context) if one.zone and not one.best else None
    return ReachedContact(one.name, one, slot_on(promise.due_on, one, caller(context), best, now))


def caller(context: Context) -> Caller:
    """Return whoever asks as somebody who calls: their clock, and their team's quiet hours."""
    hours = context.team or Team(name="-", zone=context.zone)
    return Caller(context.zone, hours.quiet_from, hours.quiet_until)


async def own_best_hour(context: Context) -> BestHour | None:
    """Return the hour that a person's own calls are answered most at, where that is known; read once a request."""
    me = context.member.user_id

    async def read() -> BestHour | None:
        return best_hour(await call_attempts(context.scope, me, context.zone, context.now))

    return await context.scope.once(BestHour, me, read)


# logged


async def hear_logged(context: Context, news: ActivitiesLogged) -> None:
    """A conversation was logged: after the first it is asked when they like to be called; and who wants no calls."""
    talks = [row for row in news.rows if row.kind in CONVERSATIONS and row.opportunity_id is not None]
    if not talks:
        return
    first = talks[0]
    assert first.opportunity_id is not None
    people = await contacts_beside(context.scope, first.opportunity_id)
    one = contact_meant(people, f"{first.account or ''} {first.outcome}")
    if one is not None and not one.takes_calls:
        if any(row.kind is ActivityKind.CALL for row in talks):
            news.said.append(views.takes_no_calls(one))
        return
    known = any(each.best or not each.takes_calls for each in people)
    reached = any(answered_by(row.kind, row.outcome) is not WasAnswered.NO for row in talks)
    if (
        reached
        and not known
        and await is_first_talk(context, first.opportunity_id, [row.id for row in talks])
    ):
        news.said.append(views.ask_when(one, first.account or ""))


async def is_first_talk(context: Context, deal_id: int, these: Sequence[int]) -> bool:
    """Say whether nobody was spoken to about a deal before these conversations."""
    before = [row for row in await talks_about(context.scope, deal_id, MOST_TALKS) if row.id not in these]
    return all(answered_by(row.kind, row.outcome) is WasAnswered.NO for row in before)


# said


async def command(context: Context) -> Reply:
    """`/deal contact Dana prefers Tue 9:00-10:00`, in New York, or never to be called."""
    said = read_contact(context.text)
    contact, deal = await the_contact(context, said)
    known = changed(DealContact, contact, **said.terms)
    touched, named = await kept_with_terms(context, known)
    touched = await with_history(context.scope, touched, typed(context))
    return await changed_on_card(context, deal, views.saved(named, []), f"contact of {deal.name}", touched)


async def the_contact(context: Context, said: ContactSaying) -> tuple[DealContactRow, OpportunityRow]:
    """Return the contact of a live deal of the person's whom a line is about.

    Raises:
        Refusal: where nobody is called so, or with a button for each where several are.
    """
    found = called(said, await own_contacts(context.scope, context.member.user_id))
    customers = {fold(deal.account or deal.name): (one, deal) for one, deal in reversed(found)}
    names = {name_key(one.name) for one, _ in found}
    if len(customers) == 1 and len(names) == 1:
        return found[0]
    if found:
        people = {(name_key(one.name), fold(deal.account or deal.name)): (one, deal) for one, deal in found}
        readings = [of_them(context.text, said, one, deal) for one, deal in people.values()]
        raise Refusal(f"Which {shorten(said.name, 40)} is it?", readings=readings)
    raise Refusal(
        f"I know no contact called “{shorten(said.name, 60)}” on your open deals. "
        "Name them first: Contact… on the deal's card.",
        example=EXAMPLE,
    )


def of_them(text: str, said: ContactSaying, one: DealContactRow, deal: OpportunityRow) -> Reading:
    """Return a line as it reads with one of several people named in full, at their customer."""
    customer = deal.account or deal.name
    name = one.name if said.customer else f"{one.name} at {customer}"
    label = f"{shorten(one.name, 30)} at {shorten(customer, 30)}"
    return Reading(label, f"/deal contact {text.replace(said.name, name, 1)}")


def called(
    said: ContactSaying, people: Sequence[tuple[DealContactRow, OpportunityRow]]
) -> list[tuple[DealContactRow, OpportunityRow]]:
    """Return who goes by a name, at the customer that was named if one was; a whole name beats a first one."""
    if said.customer:
        at = fold(said.customer)
        people = [
            (one, deal)
            for one, deal in people
            if fold(deal.name).startswith(at) or fold(deal.account or "").startswith(at)
        ]
    whole = [(one, deal) for one, deal in people if name_key(one.name) == name_key(said.name)]
    return whole or [
        (one, deal)
        for one, deal in people
        if first_name(one.name) == first_name(said.name) and " " not in said.name
    ]


FEATURE = Feature(
    name="contact_time",
    commands=(
        Command(
            "deal contact",
            "Dana prefers Tue 9-10",
            "when a contact likes to be called, where they are, or that they never do",
            EXAMPLE,
            command,
            Act.OWN_WORK,
            order=45,
        ),
    ),
    phrases=tuple(Phrase(pattern, "deal", r"contact \1") for pattern in PLAIN),
    hears={ActivitiesLogged: hear_logged},
    contact_of=contact_of,
)
