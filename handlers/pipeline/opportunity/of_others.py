"""Deals of others: whoever manages a rep sees theirs, `/deal @ana`, and finds one by its name."""

from handlers.context import Context
from handlers.people.team import visible_teams
from handlers.pipeline.opportunity.shown import deal_card
from handlers.reply import Reply
from messages.pipeline import opportunity as views
from messages.pipeline.opportunity import Wish
from sales.language.names.match import Match, fold
from sales.language.typed_text import clean, shorten
from sales.people.permission import About, Act
from sales.refusal import Refusal
from storage.people.member import MemberRow, every_member, find_members, rep_ids
from storage.people.team import managers_over, teams_managed_by
from storage.pipeline.opportunity import OpportunityRow, find_closed, find_live, live_deals

OTHERS = "The deals of others are for their managers and for admins."


async def of_rep(context: Context, text: str) -> Reply | None:
    """Return the deals of whom a text begins with, or the one named behind; None where it begins with nobody.

    Raises:
        PermissionRefusal: if their deals are not the asking person's to see.
        Refusal: if they have none of that name.
    """
    line = clean(text)
    named = await person_in(context, line) if line.startswith("@") else None
    if named is None:
        return None
    rep, name = named
    about = About(await managers_over(context.scope, rep.user_id), owner_id=rep.user_id)
    context.require(Act.SEE_WORK_OF, about, OTHERS)
    if not name:
        deals = await live_deals(context.scope, rep.user_id, context.today)
        return Reply(say=views.listing(deals, context.today, owner=rep.name))
    match = await find_of(context, rep.user_id, name)
    if match.sure is not None:
        return Reply(say=await deal_card(context, match.sure))
    if not match.maybe:
        first = rep.name.split()[0].lower()
        raise Refusal(
            f"{rep.name} has no deal called “{shorten(name)}”. See theirs, and change one on its card.",
            example=f"/deal @{first}",
        )
    asked = views.choose(match.maybe, name, context.today, views.SHOW, Wish(), is_guess=match.is_guess)
    return Reply(say=asked)


async def person_in(context: Context, line: str) -> tuple[MemberRow, str] | None:
    """Return whom the asking person may know of and a line begins with, and what stands behind; None for nobody."""
    teams, me = {row.id for row in await visible_teams(context)}, context.member
    people = [
        one
        for one in await every_member(context.scope)
        if me.administers or one.user_id == me.user_id or one.team_id in teams
    ]
    words = line.removeprefix("@").split(" ")
    for count in range(len(words), 0, -1):
        asked = fold(" ".join(words[:count]).removesuffix("'s").removesuffix("’s"))
        found = [one for one in people if asked in (fold(one.name), fold(one.name.split(" ")[0]))]
        if len(found) == 1:
            return found[0], " ".join(words[count:]).strip()
    return None


async def find_of(context: Context, user_id: str, name: str) -> Match[OpportunityRow]:
    """Find a person's deal of this name: live ones before closed ones."""
    live = await find_live(context.scope, user_id, name, context.today)
    return live if live.found else await find_closed(context.scope, user_id, name, context.today)


async def of_their_reps(context: Context, name: str) -> tuple[list[OpportunityRow], dict[str, str]]:
    """Return the live deals of this name among those of the asking person's reps, and the names of their owners."""
    found: list[OpportunityRow] = []
    for team in await teams_managed_by(context.scope, context.member.user_id):
        for user_id in sorted(await rep_ids(context.scope, team.id) - {context.member.user_id}):
            match = await find_live(context.scope, user_id, name, context.today)
            found += [] if match.is_guess else [match.sure] if match.sure is not None else list(match.maybe)
    owners = await find_members(context.scope, {row.owner_id for row in found if row.owner_id})
    return found, {one.user_id: one.name for one in owners}
