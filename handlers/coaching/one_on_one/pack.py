"""The 1:1 pack: `/team 1on1 @rep`, *Prepare* on Home, and once a week in the manager's direct channel (6, 81, 82)."""

from datetime import date, datetime

from handlers.ahead import answered_ahead
from handlers.coaching.one_on_one import agenda
from handlers.coaching.one_on_one.page import facts_since, page, shown_to, told_before
from handlers.coaching.one_on_one.pair import KnownPair, known_pair, pair_meant
from handlers.context import Context
from handlers.feature import Rendered
from handlers.reply import Reply
from messages.blocks import Message
from messages.coaching import pack as views
from sales.coaching.pack import (
    PACK,
    PACK_AT,
    PACK_UNTIL,
    SentPack,
    coming_morning,
    due_packs,
    marks,
    news,
    rest_of_week,
    turn,
)
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from sales.people.calendar import WorkCalendar
from storage.coaching.pack import CamePack, came, key_of, note_sent, sent_packs
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member, find_members, reps_in
from storage.people.team import find_team, managers_of, teams_managed_by
from storage.scope import Scope

GONE = "they are no pair any more"
NONE_YET = CamePack(None)


async def read(context: Context) -> Reply | None:
    """`/team 1on1 @rep`: the pack and the agenda; None where words behind the name are to be added to it.

    Raises:
        Refusal: where several could be meant, and for a 1:1 of others.
    """
    known, said = await pair_meant(context)
    if known is None:
        return Reply(say=nobody(context))
    shown = await page(context, known)
    return None if said or context.text.rstrip().endswith(":") else Reply(say=shown)


async def write(context: Context) -> Reply:
    """`/team 1on1 @rep: ask about Lockside`: something to talk about."""
    known, said = await pair_meant(context)
    return Reply(say=await agenda.add(context, known, said) if known is not None else nobody(context))


command = answered_ahead(read, write)


def nobody(context: Context) -> Message:
    """Say why somebody has no 1:1: nobody sells in the team they lead, nobody leads theirs, or they are in none."""
    me = context.member
    if me.is_rep and me.team_id is not None:
        return views.nobody("no_manager")
    return views.nobody("no_reps" if me.is_manager else "no_team")


# once a week


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the packs of the coming morning of whoever manages a team: one a week for each rep of theirs."""
    found: list[Nudge] = []
    for manager in await find_members(scope, await managers_of(scope, int(schedule.subject_id))):
        if manager.active:
            found += await packs_of(scope, manager, now)
    return found


async def packs_of(scope: Scope, manager: MemberRow, now: datetime) -> list[Nudge]:
    """Return the packs of a manager's coming morning, of all their teams together; none where they are off.

    One that ran out of its time unsent comes again in its week.
    """
    day = coming_morning(now, manager.zone)
    team = await find_team(scope, manager.team_id)
    calendar = await calendar_of(scope, team, manager) if team is not None else WorkCalendar()
    if not calendar.is_working(day):
        return []
    pairs = await pairs_of(scope, manager)
    sent = await sent_packs(scope, manager.user_id)
    known_came = await came(scope, sent.values())
    counted = {rep: known_came[rep].pack if known_came[rep].missed else row for rep, row in sent.items()}
    left = sum(calendar.is_working(one) for one in rest_of_week(day))
    found = []
    on = {rep: pack.on for rep, pack in counted.items() if pack is not None}
    for rep_id in due_packs(list(pairs), on, day, left):
        known, last = pairs[rep_id], known_came.get(rep_id, NONE_YET).pack
        _, _, facts = await facts_since(scope, known, last, local_date(now, known.team.zone), day)
        found.append(nudge_of(scope, known, last, day, now))
        told = last.facts if last is not None else ()
        await note_sent(scope, known.pair, sent.get(rep_id), day, marks(facts, news(facts, told), told))
    return found


async def pairs_of(scope: Scope, manager: MemberRow) -> dict[str, KnownPair]:
    """Return the pairs of a manager by the rep's id, in an order that is nobody's rank; nobody is their own."""
    found = [
        KnownPair(rep, team, manager)
        for team in await teams_managed_by(scope, manager.user_id)
        for rep in await reps_in(scope, team.id)
        if rep.user_id != manager.user_id
    ]
    return {one.pair.rep_id: one for one in sorted(found, key=lambda one: turn(one.pair.rep_id))}


def nudge_of(scope: Scope, known: KnownPair, last: SentPack | None, day: date, now: datetime) -> Nudge:
    """Return the message that a pack is asked for with: what the last one read like goes along, as it is replaced."""
    before = (
        {"on": last.on.isoformat(), "first_on": last.first_on.isoformat(), "told": last.told} if last else {}
    )
    pair, zone = known.pair, known.manager.zone
    return Nudge(
        key=key_of(scope.workspace_id, pair, day),
        kind=PACK,
        intent={"rep": pair.rep_id, "last": before},
        why=views.why(known.rep.name),
        not_before=max(now, local_instant(zone, PACK_AT, day)),
        user_id=pair.manager_id,
        expires_at=local_instant(zone, PACK_UNTIL, day),
    )


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The pack as things stand now."""
    rep, manager = [await find_member(scope, str(one)) for one in (delivery.intent["rep"], delivery.user_id)]
    known = await known_pair(scope, rep, manager) if rep is not None and manager is not None else None
    if known is None or not known.rep.active:
        return Skip(GONE)
    told_on = local_date(delivery.not_before, known.team.zone)
    return views.page(await shown_to(scope, known, known.manager, now, told_before(delivery, known), told_on))
