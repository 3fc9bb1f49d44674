"""All that is known before a talk: of a deal with what stands beside it, or of an account that has none."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlmodel import col, or_, select

from sales.craft.prep.facts import (
    KnownContact,
    KnownObstacle,
    PrepFacts,
    ReasonKind,
    ReasonNow,
    SaidLast,
    learned_on,
)
from sales.craft.prep.meeting import is_meeting
from sales.craft.prep.question import DealAnswer, Gap, answer_to
from sales.followups.activity import ActivityKind
from sales.followups.followup import FollowUpState
from sales.language.dates.instants import local_date, local_instant
from sales.language.names.descent import comparable
from sales.language.names.match import name_key
from sales.pipeline.account import customer_of
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import DealField
from sales.prospects.account_fact import LoggedWords, says_something
from sales.prospects.content_event import readers
from sales.prospects.persona import Persona, persona_for
from storage.craft.prep.answer import deal_answers
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow, open_between
from storage.people.member import team_id_of
from storage.pipeline.account import accounts_called
from storage.pipeline.deal_contact import contacts_of
from storage.pipeline.deal_facts import facts_of_deal
from storage.pipeline.deal_history import changes_of
from storage.pipeline.opportunity import OpportunityRow, find_closed
from storage.prospects.account_fact import facts_of, spoken_of
from storage.prospects.can_will import buying_picture
from storage.prospects.content_event import events_of
from storage.prospects.lead import OPEN_ONES, LeadRow
from storage.prospects.persona import personas_of
from storage.scope import Scope

MOST_TALKS = 30  # logged words that are looked through for the last that says anything
MOST_FACTS = 3  # of an account
MOST_LEADS = 5  # people of a firm that has no deal yet
SIGNAL = timedelta(days=90)  # what they read before that is no reason to talk now


async def facts_before(
    scope: Scope, deal: OpportunityRow, reader_id: str, zone: str, today: date
) -> PrepFacts:
    """Return what is known of a deal before a talk, as somebody may read it: the words of a log are its writer's."""
    facts, account = await facts_of_deal(scope, deal), customer_of(deal)
    answers = await deal_answers(scope, deal.id)
    is_own, owner_id = reader_id == deal.owner_id, deal.owner_id or ""
    contacts = [
        KnownContact(one, learned_on(facts.changes, DealField.CONTACT, one.told)) for one in facts.contacts
    ]
    worth_on = learned_on(facts.changes, DealField.WORTH, deal.worth) if deal.worth else None
    return PrepFacts(
        account=account,
        sector=await sector_of(scope, account),
        deal=facts,
        contacts=contacts,
        reasons=await reasons_now(scope, account, owner_id, zone, today, answers, deal.id),
        worth_on=worth_on,
        obstacles=[
            KnownObstacle(one, learned_on(facts.changes, DealField.OBSTACLE, one.told))
            for one in facts.obstacles
        ],
        said=await said_last(scope, owner_id, [account, deal.name], deal.id) if is_own else None,
        promise=await meeting_of(scope, owner_id, facts, today) if is_own else None,
        personas=await cards_for(scope, await team_id_of(scope, deal.owner_id), contacts),
        answers=answers,
        buying=(await buying_picture(scope, facts, today)).found,
    )


async def facts_without_deal(scope: Scope, account: str, reader_id: str, zone: str, today: date) -> PrepFacts:
    """Return what is known before a talk with an account that the reader has no deal with; leads of theirs count."""
    ended = (await find_closed(scope, reader_id, account, today)).sure
    contacts = await people_of_leads(scope, reader_id, account, zone)
    contacts += await contacts_known(scope, ended) if ended is not None else []
    return PrepFacts(
        account=account,
        sector=await sector_of(scope, account),
        contacts=contacts,
        reasons=await reasons_now(scope, account, reader_id, zone, today, ()),
        said=await said_last(scope, reader_id, [account], None),
        promise=await meeting_with(scope, reader_id, account, today),
        personas=await cards_for(scope, await team_id_of(scope, reader_id), contacts),
        ended=ended,
    )


async def contacts_known(scope: Scope, deal: OpportunityRow) -> list[KnownContact]:
    """Return who was spoken to about a deal, each with the day it was learned."""
    changes = await changes_of(scope, deal.id)
    contacts = await contacts_of(scope, deal.id)
    return [KnownContact(one, learned_on(changes, DealField.CONTACT, one.told)) for one in contacts]


async def sector_of(scope: Scope, account: str) -> str:
    row = (await accounts_called(scope, [account])).get(name_key(account))
    return row.sector if row is not None else ""


async def people_of_leads(scope: Scope, owner_id: str, firm: str, zone: str) -> list[KnownContact]:
    """Return the people of somebody's open leads at a firm, the latest first, each with the day they came."""
    statement = (
        select(LeadRow)
        .where(
            LeadRow.workspace_id == scope.workspace_id,
            LeadRow.owner_id == owner_id,
            LeadRow.account_folded == comparable(firm),
            OPEN_ONES,
        )
        .order_by(col(LeadRow.came_at).desc())
        .limit(MOST_LEADS)
    )
    return [
        KnownContact(
            DealContact(opportunity_id=0, name=row.name, role=row.title), local_date(row.came_at, zone)
        )
        for row in await scope.session.exec(statement)
    ]


async def reasons_now(
    scope: Scope,
    account: str,
    owner_id: str,
    zone: str,
    today: date,
    answers: Sequence[DealAnswer],
    deal_id: int | None = None,
) -> list[ReasonNow]:
    """Return why a customer should be spoken to now, the newest first: facts, what they read, what waiting costs."""
    found = [
        ReasonNow(ReasonKind.FACT, one.says, one.on) for one in await facts_of(scope, account, MOST_FACTS)
    ]
    since = local_instant(zone, time.min, today - SIGNAL)
    key = name_key(account)
    for one in readers(await events_of(scope, owner_id, since)) if owner_id else ():
        newest = one.newest
        if (deal_id is not None and newest.deal_id == deal_id) or name_key(one.firm) == key:
            on = local_date(newest.happened_at, zone)
            found.append(
                ReasonNow(ReasonKind.READ, f"{one.who} {newest.action.value} “{newest.content}”", on)
            )
    waiting = answer_to(answers, Gap.WAITING)
    if waiting is not None:
        found.append(ReasonNow(ReasonKind.WAITING, waiting.says, waiting.on))
    return sorted(found, key=lambda one: one.on, reverse=True)


async def said_last(
    scope: Scope, owner_id: str, names: Sequence[str], deal_id: int | None
) -> SaidLast | None:
    """Return the last words that somebody logged of a talk with a customer; attempts and what we sent say nothing."""
    spoken = spoken_of(col(ActivityRow.account), names)
    statement = (
        select(ActivityRow)
        .where(
            ActivityRow.workspace_id == scope.workspace_id,
            ActivityRow.owner_id == owner_id,
            ActivityRow.outcome != "",
            spoken if deal_id is None else or_(col(ActivityRow.opportunity_id) == deal_id, spoken),
        )
        .order_by(col(ActivityRow.on).desc(), col(ActivityRow.id).desc())
        .limit(MOST_TALKS)
    )
    for row in await scope.session.exec(statement):
        if says_something(LoggedWords(ActivityKind(row.kind), row.outcome)):
            return SaidLast(row.outcome, row.on)
    return None


async def cards_for(
    scope: Scope, team_id: int | None, contacts: Sequence[KnownContact]
) -> list[tuple[str, Persona]]:
    """Return a team's cards of the roles that are spoken to, who decides first, each card once."""
    ranked = sorted((one.who for one in contacts if one.who.role), key=lambda one: not one.decides)
    if not ranked:
        return []
    cards, found = await personas_of(scope, team_id), dict[int, tuple[str, Persona]]()
    for contact in ranked:
        card = persona_for(cards, contact.role)
        if card is not None and card.says_something:
            found.setdefault(card.id, (contact.role, card))
    return list(found.values())


# meetings that were promised


async def meeting_of(scope: Scope, owner_id: str, facts: DealFacts, today: date) -> FollowUpRow | None:
    """Return the meeting that was promised for a deal, or with its customer, and comes first; None for none."""
    names = {name_key(facts.deal.name), name_key(customer_of(facts.deal))}
    coming = await meetings_between(scope, owner_id, today, date.max)
    return next(
        (one for one in coming if one.opportunity_id == facts.deal.id or name_key(one.who) in names), None
    )


async def meeting_with(scope: Scope, owner_id: str, account: str, today: date) -> FollowUpRow | None:
    """Return the meeting with an account that comes first."""
    coming = await meetings_between(scope, owner_id, today, date.max)
    return next((one for one in coming if name_key(one.who) == name_key(account)), None)


async def meetings_between(scope: Scope, owner_id: str, first: date, last: date) -> list[FollowUpRow]:
    """Return the meetings somebody promised for two days and those between, the earliest first."""
    found = await open_between(scope, owner_id, first, last)
    return [row for row in found if row.state is FollowUpState.OPEN and is_meeting(row)]
