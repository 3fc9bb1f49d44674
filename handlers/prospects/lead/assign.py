"""Leads are given to whoever is to call: by managers to their reps, and taken by a rep where nobody has them (38)."""

import json
import re
from collections.abc import Mapping

from handlers.context import Context
from handlers.goals.goal.owner import MENTION, user_named
from handlers.place import Place
from handlers.prospects.lead.lookup import MeantLead, own, the_one
from handlers.prospects.lead.shown import answered, lead_card
from handlers.prospects.lead.watch import watch
from handlers.remembered import remember
from handlers.reply import Reply
from messages.prospects import lead as views
from messages.prospects.lead import OfLead
from sales.language.dates.instants import local_date
from sales.people.permission import About, Act
from sales.prospects.lead import Lead, assigned
from sales.refusal import Refusal
from sales.value import changed
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member
from storage.people.team import find_team, managers_over
from storage.prospects import lead as queries
from storage.prospects.lead import LeadRow

EXAMPLE = "/lead assign Dana to @ben"
TO = re.compile(rf"(?:^|\s)(?:to\s+)?({MENTION.pattern}|(?:to\s+)me)\s*$", re.I)
BARE = re.compile(r"\s+to\s+(?P<bare>[^\s@<>]+(?:\s+[^\s@<>]+)?)\s*$", re.I)  # "to ben", as people type
FOR_MANAGERS = "Leads are given by managers and admins. Whoever has it can ask theirs."


async def command(context: Context) -> Reply:
    """`/lead assign Dana to @ben`; without anybody's name the form."""
    text = context.text.strip()
    named = TO.search(text) or BARE.search(text)
    found = await the_one(context, text[: named.start()] if named else text, views.ASSIGN)
    if not isinstance(found, MeantLead):
        return found
    row = await own(context, found.row.id)
    if named is None:
        if found.rest:
            raise Refusal(f"To whom? Write `to @ben` behind {row.name}.", example=EXAMPLE)
        return Reply(view=views.assign_form([row], json.dumps([OfLead(row.id).written(), ()])))
    return await assign(context, row, await owner_named(context, named.groupdict()))


async def owner_named(context: Context, said: Mapping[str, str | None]) -> MemberRow:
    """Return whom a line names: by a mention, by an @ or a name alone; "me" is whoever asks."""
    name = said.get("name") or said.get("bare")
    if said.get("id") or name:
        return await receiver(context, said.get("id") or await user_named(context, str(name)))
    return context.member


async def open_form(context: Context) -> Reply:
    """Assign… on a lead: to whom."""
    of = OfLead.read(context.request.value)
    row = await own(context, of.lead_id)
    private = json.dumps([of.written(), Place.of(context.request.body) or ()])
    return Reply(view=views.assign_form([row], private))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    written, at = json.loads(context.request.private)
    of, chosen = OfLead.read(written), context.request.values.get(views.TO)
    if not chosen:
        raise Refusal("Choose who calls them.", field=views.TO)
    row = await own(context, of.lead_id)
    owner = await receiver(context, chosen, views.TO)
    return await assign(context, row, owner, of if at else None, Place.kept(at))


async def take(context: Context) -> Reply:
    """Take it: a rep has a lead that nobody had; a second click changes nothing."""
    of = OfLead.read(context.request.value)
    return await assign(context, await own(context, of.lead_id), context.member, of)


async def receiver(context: Context, user_id: str, field: str | None = None) -> MemberRow:
    """Return whom a lead may be given to by the asking person: themselves, or a rep they lead.

    Raises:
        PermissionRefusal: for somebody else's rep.
        Refusal: for somebody who is in no team, or not here any more.
    """
    member = await find_member(context.scope, user_id)
    if user_id != context.member.user_id:
        about = About(await managers_over(context.scope, user_id), owner_id=user_id)
        context.require(Act.SEE_WORK_OF, about, FOR_MANAGERS, field)
    if member is None or member.team_id is None:
        raise Refusal("This person is in no team. Add them with `/team people` first.", field=field)
    if not member.active:
        raise Refusal(f"{member.name} is not here any more. Choose somebody who is.", field=field)
    return member


async def away(context: Context, owner: MemberRow) -> str:
    """Return why somebody else does not call today, "on leave", "weekend"; empty where they work."""
    team = await find_team(context.scope, owner.team_id)
    if team is None or owner.user_id == context.member.user_id:
        return ""
    today = local_date(context.now, owner.zone)
    return (await calendar_of(context.scope, team, owner)).why_not(today) or ""


async def assign(
    context: Context, row: LeadRow, owner: MemberRow, of: OfLead | None = None, place: Place | None = None
) -> Reply:
    """Give a lead to somebody, and let them know."""
    mine = owner.user_id == context.member.user_id
    if row.owner_id == owner.user_id:
        return await answered(
            context, row, views.same_owner(row, "yours" if mine else f"{owner.name}’s"), None, of, place
        )
    if not row.is_open:
        raise Refusal(f"{row.name} is {row.state.value}. Open it again first.", example=f"/lead {row.name}")
    said = changed(Lead, assigned(row, owner.user_id, context.now), team_id=owner.team_id)
    touched = await queries.change_lead(context.scope, row, said)
    action = await remember(context, f"{row.name} given to {owner.name}", touched)
    await watch(context.scope, owner, context.now, own=row if mine else None)
    note = views.assigned(row, owner.name, mine=mine, away=await away(context, owner))
    if of is None:
        card = await lead_card(context, row, note, action.id)
        return Reply(edit=card, edit_at=place, home=True) if place is not None else Reply(say=card, home=True)
    return await answered(context, row, note, action.id, of, place)
