"""Whose holidays: a person's own country, chosen by themselves or by whoever leads their team."""

from handlers.context import Context
from handlers.feature import Feature, Look, Setting, Shown, routes
from handlers.people.team import changeable_team, names_of, team_by_id
from handlers.people.touched import people_touched
from handlers.remembered import remember
from handlers.reply import Reply
from messages.people import country as views
from sales.people.country import country_read
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.people.member import find_member, find_members, members_in, save_member
from storage.people.team import managers_of
from storage.row_image import image

OWN_COUNTRY = ("country", "subdivision")


async def own_country(look: Look) -> Shown | None:
    """Whose holidays are off for them; nothing for somebody in no team."""
    return Shown(views.own_fields(look.member, look.team)) if look.team is not None else None


async def keep_own_country(context: Context) -> str:
    """Keep whose holidays are off for the asking person; return it in words, empty for the team's."""
    if context.team is None:
        return ""
    country, part = country_read(context.request.values)
    me = context.member.user_id
    await save_member(context.scope, me, country=country, subdivision=part)
    member = await find_member(context.scope, me)
    assert member is not None
    return views.own_kept(member)


async def open_form(context: Context) -> Reply:
    """Ask a manager who of the team has other holidays."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    return Reply(view=views.form(team, team.id, await members_in(context.scope, team.id)))


async def save(context: Context) -> Reply:
    """Keep whose holidays some people of a team have.

    Raises:
        Refusal: if somebody chosen is not in the team, or the country has no such part.
    """
    team = await changeable_team(context, await team_by_id(context, context.request.private))
    country, part = country_read(context.request.values)
    chosen = set(context.request.values.get(views.WHO) or ())
    inside = {row.user_id for row in await members_in(context.scope, team.id)}
    inside |= set(await managers_of(context.scope, team.id))
    people = await find_members(context.scope, chosen & inside)
    if len(people) < len(chosen) or not people:
        raise Refusal(
            f"Choose people of {team.name} alone; `/team people` adds others first.", field=views.WHO
        )
    before = {one.user_id: image(one, OWN_COUNTRY) for one in people}
    for one in people:
        await save_member(context.scope, one.user_id, country=country, subdivision=part)
    if touched := await people_touched(context, before, OWN_COUNTRY):
        await remember(context, f"holidays of {', '.join(names_of(people))}", *touched)
    now_said = await find_members(context.scope, chosen)
    return Reply(say=views.saved(names_of(now_said), now_said[0], team), home=True)


FEATURE = Feature(
    name="country",
    actions=routes(Act.CHANGE_TEAM, {views.OPEN: open_form}),
    views=routes(Act.CHANGE_TEAM, {views.SAVE: save}),
    settings=(Setting(85, own_country, keep_own_country),),
)
