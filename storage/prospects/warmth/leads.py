"""Leads that may be called: open ones, those put off until a day, those nobody reached; no customer, and no deal."""

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import and_, col, or_, select

from sales.language.dates.instants import local_instant
from sales.language.names.descent import comparable
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import LeadState, RejectCause, lead_names
from sales.prospects.not_now import put_off_until, puts_off
from sales.prospects.referral import is_by_referral
from sales.prospects.source import FirstCallClock, clock_of
from sales.prospects.warmth import (
    BEFORE_AFTER,
    BEFORE_UNTIL,
    NOT_NOW_FOR,
    NOT_NOW_HOLDS,
    Prospect,
    SignalKind,
    WarmSignal,
    asked_on,
    warmest,
)
from storage.engines.statement import Statement, among, given
from storage.people.team import find_team
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import LeadRow, decided_lately, find_leads, open_leads_of
from storage.prospects.score.judged import judged_leads
from storage.prospects.score.live import lead_scoring
from storage.prospects.score.rating import likeliest_of
from storage.prospects.source import clocks_of_team
from storage.prospects.warmth.facts import WarmthFacts
from storage.scope import Scope

MOST_LEADS = 300  # of a person, the newest of each sort; nobody calls more of them in a month
LIKELY = 50  # of the likeliest that may be called: ten days of five
READ_AT_ONCE, MOST_READ = 100, 1_000  # of the likeliest, among which some are customers, or called just now
JUDGED_AFRESH = 60  # as many as a window names; the others stand in the order that is kept beside them
CUSTOMER_FOR = timedelta(days=365)  # after a win; whoever bought longer ago may buy again
LIVE = (Stage.OPEN, Stage.SUSPECT, Stage.PARKED)


def deals_at_work(engine: str) -> Any:
    """Ask for the deals of some firms that are at work, or were won lately."""
    row = OpportunityRow
    nameless = and_(col(row.account_folded).is_(None), among(engine, col(row.name_folded), "names"))
    bought = and_(row.stage == Stage.WON, col(row.closed_on) >= bindparam("since"))
    return select(col(row.account_folded), col(row.name_folded)).where(
        given(row.workspace_id),
        or_(among(engine, col(row.account_folded), "names"), nameless),
        or_(*(row.stage == stage for stage in LIVE), bought),
    )


AT_WORK = Statement(deals_at_work)
CallableLead = tuple[LeadRow, list[WarmSignal]]


async def warm_leads(scope: Scope, facts: WarmthFacts) -> list[Prospect]:
    """Return a rep's leads that may be called, with every reason to, and their chance where outcomes taught one (37).

    Raises:
        Lacking: in a brief unit of work, where what outcomes teach has to be worked out.
    """
    rows = await leads_looked_at(scope, facts)
    found = await callable_among(scope, rows, facts)
    known = {row.id for row in rows}
    for with_phone in (True, False):
        likely = await likeliest(scope, facts, known, LIKELY, with_phone=with_phone)
        found += likely
        if len(likely) >= LIKELY:
            break  # who has no number comes behind all of them
    return await with_chances(scope, found, facts)


async def callable_among(scope: Scope, rows: Sequence[LeadRow], facts: WarmthFacts) -> list[CallableLead]:
    """Return those of some leads that there is a reason to call, with every one; no firm that is at work elsewhere."""
    taken = await firms_at_work(scope, [row.firm for row in rows], facts.today)
    clocks = await clocks_of_team(scope, facts.team_id)
    reasons = [(row, signals_of(row, facts, clock_of(row.source, clocks))) for row in rows]
    return [(row, why) for row, why in reasons if why and comparable(row.firm) not in taken]


async def likeliest(
    scope: Scope, facts: WarmthFacts, known: Collection[int], most: int, *, with_phone: bool
) -> list[CallableLead]:
    """Return the likeliest of a rep's open leads, however old, that are not known already and rest from no call.

    Most of many leads are alike in how warm they are, and among those the likelier is called first.
    """
    found: list[CallableLead] = []
    for at in range(0, MOST_READ, READ_AT_ONCE):
        rows = await likeliest_of(scope, facts.owner_id, READ_AT_ONCE, at, with_phone=with_phone)
        fresh = [row for row in rows if row.id not in known and not facts.rests(lead_names(row))]
        found += await callable_among(scope, fresh, facts)
        if len(found) >= most or len(rows) < READ_AT_ONCE:
            break
    return found[:most]


async def with_chances(scope: Scope, found: Sequence[CallableLead], facts: WarmthFacts) -> list[Prospect]:
    """Return leads that may be called with their chances: as of now those that are named first, the others as kept.

    What outcomes taught is kept beside each at night. One that came since has no chance kept, and is judged too.
    """
    team = await find_team(scope, facts.team_id)
    model = (await lead_scoring(scope, team, facts.today)).model if team is not None and found else None
    if team is None or model is None:
        return [prospect(row, facts, reasons, None) for row, reasons in found]
    kept = {row.id: model.chance_by(row.odds) for row, _ in found if row.odds is not None}
    prospects = {row.id: prospect(row, facts, reasons, kept.get(row.id)) for row, reasons in found}
    rows = {row.id: row for row, _ in found}
    ids = {one.key: lead_id for lead_id, one in prospects.items()}
    order = [ids[one.prospect.key] for one in warmest(prospects.values(), facts.today)]
    wanted = [one for at, one in enumerate(order) if at < JUDGED_AFRESH or one not in kept]
    judged = await judged_leads(scope, [rows[one] for one in wanted], team, facts.today)
    return [one._replace(score=judged[at].chance) if at in judged else one for at, one in prospects.items()]


async def leads_looked_at(scope: Scope, facts: WarmthFacts) -> list[LeadRow]:
    """Return a rep's newest open leads, those sent back in two years, and whoever used something or was introduced."""
    since = local_instant(facts.zone, time.min, facts.today - BEFORE_UNTIL)
    rows = await open_leads_of(scope, facts.owner_id, MOST_LEADS)
    rows += await decided_lately(scope, facts.owner_id, LeadState.REJECTED, since, MOST_LEADS)
    known = {row.id for row in rows}
    wanted = {one.newest.lead_id for one in facts.readers} | set(facts.introduced)
    missing = sorted(one for one in wanted if one is not None and one not in known)
    more = await find_leads(scope, missing[:MOST_LEADS])
    return [*rows, *(row for row in more if row.owner_id == facts.owner_id and row.is_open)]


def prospect(
    row: LeadRow, facts: WarmthFacts, signals: Sequence[WarmSignal], chance: float | None
) -> Prospect:
    names = list(lead_names(row))
    return Prospect(
        key=f"lead:{row.id}",
        name=row.name,
        account=row.account or "",
        signals=signals,
        phone=row.phone,
        email=row.email,
        touched_on=facts.touched_on(names),
        promised_on=facts.promised_on(names),
        score=chance,
    )


def signals_of(row: LeadRow, facts: WarmthFacts, clock: FirstCallClock | None) -> list[WarmSignal]:
    """Return every reason to call a lead; none for one that was sent back for good."""
    came = facts.day_of(row.came_at)
    if row.state is LeadState.REJECTED:
        return sent_back(row, facts, came)
    reading = next((one for one in facts.readers if reads(row, one.newest.lead_id, one.newest.email)), None)
    found = [facts.as_signal(reading)] if reading is not None else []
    ask = facts.introduced.get(row.id)
    if ask is not None or is_by_referral(row.source):
        on = ask.answered_on if ask is not None and ask.answered_on is not None else came
        return [*found, WarmSignal(SignalKind.INTRODUCED, on, ask.who if ask is not None else "")]
    kind = SignalKind.KNOWN if clock is None else asked_on(came, facts.today)
    return [*found, WarmSignal(kind, came, row.source or "")]


def reads(row: LeadRow, lead_id: int | None, email: str) -> bool:
    """Say whether what was used was used by this lead."""
    return lead_id == row.id or (lead_id is None and bool(email) and email == row.email)


def sent_back(row: LeadRow, facts: WarmthFacts, came: date) -> list[WarmSignal]:
    """Return why a lead that was sent back is called again: put off until a day, or never reached."""
    decided = facts.day_of(row.decided_at) if row.decided_at is not None else came
    if row.reject_cause is RejectCause.TIMING or puts_off(row.reject_reason):
        until = put_off_until(row.reject_reason, decided, NOT_NOW_FOR)
        if until <= facts.today <= until + NOT_NOW_HOLDS:
            return [WarmSignal(SignalKind.NOT_NOW, until, since=came)]
    if row.reject_cause is RejectCause.UNREACHABLE and facts.today - decided >= BEFORE_AFTER:
        return [WarmSignal(SignalKind.BEFORE, came, row.source or "")]
    return []


async def firms_at_work(scope: Scope, firms: Collection[str], today: date) -> set[str]:
    """Return which firms, as they are compared, are in a pipeline or bought within a year: no prospects."""
    names = sorted({comparable(firm) for firm in firms if firm})
    deals = await scope.ask(AT_WORK, names=names, since=today - CUSTOMER_FOR) if names else []
    return {account or name for account, name in deals}
