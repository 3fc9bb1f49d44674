"""The page of a 1:1, as either of the pair reads it: what went well, what changed, one question, and the agenda."""

from datetime import date, datetime
from typing import Any

from handlers.coaching.one_on_one.pair import KnownPair
from handlers.context import Context
from handlers.goals.team_progress import TeamStandings
from handlers.place import Place
from messages.blocks import Message
from messages.coaching import pack as views
from messages.coaching.agenda import AgendaShown
from messages.coaching.pack import PackShown
from sales.coaching.diagnosis import diagnosed
from sales.coaching.diagnosis.light import first_red
from sales.coaching.one_on_one import RepWeek, have_goals, reasons
from sales.coaching.pack import PACK, PackFact, PackPage, SentPack, first_told, news, silence, told_days
from sales.language.dates.instants import local_date
from sales.language.dates.period import DaySpan
from storage.coaching import pack as queries
from storage.coaching.agenda import agenda_of
from storage.coaching.diagnosis import work_record
from storage.coaching.one_on_one import rep_weeks, with_last_week
from storage.coaching.pack import last_pack
from storage.nudges.ledger.lookup import at_place
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import MemberRow
from storage.people.workspace import find_workspace
from storage.scope import Scope


async def page(
    context: Context, known: KnownPair, note: str = "", undo_id: int | None = None, at: Place | None = None
) -> Message:
    """Return the page of a pair as the asking person reads it; `at` is where it is read already, if it is.

    A pack that came goes on telling what it told: adding to its agenda takes none of its facts away.
    """
    row = await at_place(context.scope, at.channel, at.ts) if at is not None and at.ts else None
    if row is not None and row.kind == PACK:
        last, told_on = told_before(row, known), local_date(row.not_before, known.team.zone)
    else:
        last, told_on = await last_pack(context.scope, known.pair), None
    shown = await shown_to(context.scope, known, context.member, context.now, last, told_on)
    return views.page(shown, note, undo_id)


def told_before(row: DeliveryRow, known: KnownPair) -> SentPack | None:
    """Return the pack before the one that a message is; None where that was the first."""
    return queries.before_it(known.pair, row.intent["last"])


async def page_as_modal(context: Context, known: KnownPair) -> dict[str, Any]:
    """Return the same as a modal."""
    last = await last_pack(context.scope, known.pair)
    return views.modal(await shown_to(context.scope, known, context.member, context.now, last))


async def shown_to(
    scope: Scope,
    known: KnownPair,
    reader: MemberRow,
    now: datetime,
    last: SentPack | None,
    told_on: date | None = None,
) -> PackShown:
    """Return the page of a pair for one of them; facts are those since the `last` pack that do not read as it did.

    One that came keeps the day it was `told_on`.
    """
    own = reader.user_id == known.pair.rep_id
    today = local_date(now, known.team.zone)
    agenda = await agenda_of(scope, known.pair, today)
    week, span, facts = await facts_since(scope, known, last, today, told_on)
    record = await work_record(scope, known.rep, known.team, today)
    begun = await begun_on(scope, known, last, today)
    told = PackPage(
        week,
        span.first,
        await queries.well_done(scope, known.pair.rep_id, span, today),
        news(facts, last.facts if last is not None else ()),
        None if own else first_red(diagnosed(record)),
        0 if own else silence(agenda.talked_on, begun, today),
    )
    about = next(iter(reasons(week, have_goals([week]))), None)
    day = local_date(now, reader.zone)
    return PackShown(told, AgendaShown(known.pair, agenda, known.names, day, reader.zone), own, about)


async def begun_on(scope: Scope, known: KnownPair, last: SentPack | None, today: date) -> date:
    """Return since when talks of a pair could be noted: the day Rainmaker came, at most a week before the first pack.

    What a pair did in the years before that nobody here can know.
    """
    here = await find_workspace(scope)
    met = local_date(here.installed_at, known.team.zone) if here is not None else today
    return max(met, first_told(None, last.first_on)) if last is not None else today


async def facts_since(
    scope: Scope, known: KnownPair, last: SentPack | None, today: date, told_on: date | None = None
) -> tuple[RepWeek, DaySpan, list[PackFact]]:
    """Return a rep's week, the days that are told of, and what there is to tell, be it news or not."""
    week, span = await week_of(scope, known, today), told_days(last, today, told_on)
    return week, span, await queries.facts_of(scope, week, span, today)


async def week_of(scope: Scope, known: KnownPair, today: date) -> RepWeek:
    """Return a rep's week, with how their goals stand that others may see and what the chance was a week ago."""
    here = {known.rep.user_id: known.rep}
    standings = await TeamStandings.of(scope, known.team, here, today)
    (week,) = await rep_weeks(scope, here, standings.found, today)
    (compared,) = await with_last_week(scope, [week], known.team, today)
    return compared
