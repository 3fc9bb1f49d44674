"""Which lead is meant, and whether it is the asking person's to read and to change."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.context import Context
from handlers.regarded import looks_into
from handlers.reply import Reply
from messages.prospects import lead as views
from messages.prospects.lead import LeadShown, ReaderClock
from sales.language.names.match import fold, match
from sales.language.names.near import is_near
from sales.language.typed_text import clean, shorten
from sales.people.permission import About, Act
from sales.prospects.lead import lead_names
from sales.prospects.lead_phrase import EXAMPLE
from sales.prospects.named_lead import beginnings, longest_match, rest_of
from sales.refusal import MOST_READINGS, Reading, Refusal
from storage.people.member import find_members, rep_ids, who_left
from storage.people.team import managers_over, teams_managed_by
from storage.prospects import lead as queries
from storage.prospects import named_lead
from storage.prospects.first_call import first_calls
from storage.prospects.lead import LeadRow
from storage.prospects.named_lead import LeadsSeen

NOT_YOURS = "That lead is not there, or not yours to change. See yours with `/lead list`."
OTHERS = "The leads of others are for their managers and for admins."


# What is typed for an act that the words behind a lead's name are about.
VERBS = {views.IN_WORDS: "reject", views.ACCEPT: "accept", views.QUALIFY: "qualify"}


class MeantLead(NamedTuple):
    """The lead that a line begins with, and what stands behind it."""

    row: LeadRow
    rest: str


async def seen_by(context: Context) -> LeadsSeen:
    """Return whose leads the asking person may read: their own, their reps', and nobody's of their teams."""
    me = context.member
    if me.administers:
        return LeadsSeen()
    owners, teams = {me.user_id}, {me.team_id} if me.team_id is not None else set()
    for team in await teams_managed_by(context.scope, me.user_id) if me.is_manager else []:
        owners |= await rep_ids(context.scope, team.id)
        owners |= {one.user_id for one in await who_left(context.scope, team.id)}
        teams.add(team.id)
    return LeadsSeen(sorted(owners), sorted(teams))


async def team_owner_ids(context: Context) -> list[str] | None:
    """Return whose deals count for what is known of a firm: those of the person's teams; None for everybody's."""
    seen = await seen_by(context)
    if seen.owner_ids is None:
        return None
    mates = [await rep_ids(context.scope, team_id) for team_id in seen.team_ids]
    return sorted({*seen.owner_ids, *(one for team in mates for one in team)})


async def own(context: Context, lead_id: int) -> LeadRow:
    """Return a lead of the asking person's, of a rep of theirs, or nobody's of a team of theirs.

    Raises:
        Refusal: if there is none by that id, or it is somebody else's.
    """
    row = await queries.find_lead(context.scope, lead_id)
    if row is None or not await may_change(context, row):
        raise Refusal(NOT_YOURS, example="/lead list")
    if row.owner_id is not None and row.owner_id != context.member.user_id:
        looks_into(row.owner_id)
    return row


async def may_change(context: Context, row: LeadRow) -> bool:
    """Say whether a lead is the asking person's, their rep's, or nobody's where they are."""
    me = context.member
    if row.owner_id == me.user_id or me.administers:
        return True
    if row.owner_id is None:
        seen = await seen_by(context)
        return row.team_id is None or row.team_id in seen.team_ids
    return context.may(
        Act.SEE_WORK_OF, About(await managers_over(context.scope, row.owner_id), owner_id=row.owner_id)
    )


async def the_one(context: Context, text: str, act: str) -> MeantLead | Reply:
    """Return the lead that a line begins with, or the question which one it is; choosing one does the `act`.

    One's own go before others', and open ones before those that were decided.

    Raises:
        Refusal: if no lead is called anything like that.
    """
    line = clean(text)
    if not line:
        raise Refusal("Which lead? Write their name.", example="/lead list")
    begun = beginnings(line)
    seen = await seen_by(context)
    rows = await named_lead.leads_among(context.scope, [one.name for one in begun], seen)
    found, rest = longest_match(rows, begun)
    if not found:
        for one in begun:
            found = await named_lead.leads_called(context.scope, one.name, seen=seen)
            if found:
                rest = one.rest
                break
    is_guess = False
    if not found:
        found, rest, is_guess = await loosely(context, line)
    if not found:
        raise not_there(line, act)
    best = nearest(context, found)
    if not is_guess and len(best) == 1 and (len(found) == 1 or is_sure(context, best[0])):
        return MeantLead(best[0], rest)
    if rest and act in VERBS and len(found) <= MOST_READINGS:
        raise which(found, line, rest, VERBS[act])
    return Reply(say=views.choose(await shown(context, found), line, reader_clock(context), act))


def which(found: Sequence[LeadRow], line: str, rest: str, verb: str) -> Refusal:
    """Return the question which of some leads is meant, a line for each to press that ends as the one typed did."""
    asked = line.removesuffix(rest).strip(" ,.:;–—-")
    readings = [
        Reading(
            shorten(f"{one.name} at {one.account}" if one.account else one.name, 60),
            f"/lead {verb} “{one.name}”{f' at {one.account},' if one.account else ''} {rest}",
        )
        for one in found
    ]
    several = f"Which {shorten(asked or line, 60)}?"
    return Refusal(several if len(found) > 1 else "Do you mean this lead?", readings=readings)


def is_sure(context: Context, row: LeadRow) -> bool:
    """Say whether a lead is meant before others of its name: it is the asking person's own, or nobody decided on it."""
    return row.owner_id == context.member.user_id or row.is_open


def nearest(context: Context, found: Sequence[LeadRow]) -> list[LeadRow]:
    """Return the leads that are likeliest meant: open ones of one's own, else open ones, else all."""
    me = context.member.user_id
    opened = [row for row in found if row.is_open]
    mine = [row for row in opened or found if row.owner_id == me]
    return mine or opened or list(found)


async def loosely(context: Context, line: str) -> tuple[list[LeadRow], str, bool]:
    """Return which of the asking person's open leads a name may be: a later word of theirs, or one nearly spelled so.

    With what stands behind it, and whether it is a guess, which is asked about.
    """
    mine = await queries.open_leads_of(context.scope, context.member.user_id)
    fits = match(line, mine, lead_names)
    if fits.sure is not None:
        return [fits.sure], "", False
    if fits.maybe:
        return list(fits.maybe), "", fits.is_guess
    first, _, rest = line.partition(" ")
    near = [row for row in mine if any(is_near(fold(first), fold(word)) for word in row.name.split())]
    return near, rest_of(rest), True


def not_there(line: str, act: str) -> Refusal:
    """Return the refusal of a name that no lead has that they may read; it may be a new one, unless it is sent back."""
    if act == views.IN_WORDS:
        return Refusal(
            f"No lead of yours is called as “{shorten(line)}” begins. See yours with `/lead list`.",
            example="/lead list",
        )
    return Refusal(
        f"You have no lead called “{shorten(line)}”. Is it a new one, or an account you want as a customer?",
        example=EXAMPLE,
        readings=[
            Reading("Add it as a lead", f"/lead add {line}"),
            Reading("Add it as a target", f"/lead target {line}"),
        ],
    )


def reader_clock(context: Context) -> ReaderClock:
    return ReaderClock(context.now, context.zone, context.today)


async def shown(context: Context, rows: Sequence[LeadRow]) -> list[LeadShown]:
    """Return leads with their first calls, and whose they are where that is not the reader."""
    calls = await first_calls(context.scope, rows, context.member, context.team, context.now)
    names = await owners_named(context, rows)
    return [
        LeadShown(row, call, names.get(row.owner_id or "", "")) for row, call in zip(rows, calls, strict=True)
    ]


async def owners_named(context: Context, rows: Sequence[LeadRow]) -> dict[str, str]:
    """Return who owns some leads, by id, but for the reader; of nobody's it is said that they are."""
    others = {row.owner_id for row in rows if row.owner_id and row.owner_id != context.member.user_id}
    found = {one.user_id: one.name for one in await find_members(context.scope, others)} if others else {}
    return {**found, "": "nobody’s yet"}
