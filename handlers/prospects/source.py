"""Sources of leads: a team says how soon those of each are called, the target and the limit (mechanism 38)."""

import json
from dataclasses import replace
from datetime import timedelta

from handlers.context import Context
from handlers.feature import Command, Feature, Record, routes
from handlers.people.team import about_team, changeable_team, team_by_id, the_team, visible_teams
from handlers.pipeline.opportunity.close import in_place
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import message_of
from messages.prospects import source as views
from messages.replies import unchanged
from sales.language.names.match import unaccented
from sales.nudges.policy import Hours
from sales.people.permission import Act
from sales.prospects.first_call import open_length
from sales.prospects.source import LeadSource
from sales.prospects.source_phrase import (
    EXAMPLE,
    SourceSaying,
    checked,
    longer_target,
    named,
    read_source,
    read_span,
)
from sales.refusal import Refusal
from storage.people.team import TeamRow
from storage.prospects.source import SourceRow, forget_source, source_called, sources_stated, state_source
from storage.row_image import says_else


async def command(context: Context) -> Reply:
    """`/team source webinar 5 min 1 h`; without words, what holds for each."""
    line, team = await of_team(context)
    if not line:
        context.require(Act.SEE_TEAM, await about_team(context.scope, team))
        may_change = context.may(Act.CHANGE_TEAM, await about_team(context.scope, team))
        stated = await sources_stated(context.scope, team.id)
        return Reply(say=views.listing(team, team.id, stated, may_change=may_change))
    await changeable_team(context, team)
    return await keep(context, team, read_source(line, working_day(team)))


async def of_team(context: Context) -> tuple[str, TeamRow]:
    """Return what is said of a source, and of which team: the one named at its end, else one's own."""
    line = context.text.strip()
    for team in await visible_teams(context):
        if unaccented(line).endswith(unaccented(team.name)) and len(line) >= len(team.name):
            before = line[: len(line) - len(team.name)]
            if not before or before[-1].isspace():
                return before.strip(), team
    return line, await the_team(replace(context, request=replace(context.request, text="")))


def working_day(team: TeamRow) -> timedelta:
    return open_length(Hours(team.zone, team.quiet_from, team.quiet_until))


async def keep(context: Context, team: TeamRow, said: SourceSaying) -> Reply:
    """Store what is said of a source; as usual it says nothing any more."""
    if said.is_usual:
        there = await source_called(context.scope, team.id, said.name)
        if there is None:
            raise Refusal(f"{said.name} is as every other source already.", example=EXAMPLE)
        action = await remember(context, f"{there.name} as usual", await forget_source(context.scope, there))
        return Reply(say=views.usual(said.name, action.id), home=True)
    source = LeadSource(
        team_id=team.id,
        name=said.name,
        target_minutes=minutes(said.target),
        limit_minutes=minutes(said.limit),
    )
    touched = await state_source(context.scope, source)
    if not await says_else(touched):
        return Reply(say=message_of(unchanged()))
    action = await remember(context, f"first calls of {said.name}", touched)
    return Reply(say=views.saved(source, team, action.id), home=True)


def minutes(span: timedelta | None) -> int | None:
    return int(span.total_seconds() // 60) if span is not None else None


async def open_form(context: Context) -> Reply:
    """Set a source…: the form."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    return Reply(view=views.form(json.dumps([team.id, Place.of(context.request.body) or ()])))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    team_id, at = json.loads(context.request.private)
    team = await changeable_team(context, await team_by_id(context, team_id))
    chosen = context.request.values
    name = named(chosen.get(views.NAME) or "")
    spans = [read_span(chosen.get(one) or "", working_day(team), one) for one in (views.TARGET, views.LIMIT)]
    target, limit = spans
    if (target is None) is not (limit is None):
        missing = views.TARGET if target is None else views.LIMIT
        raise Refusal("Both, or neither for no clock.", field=missing)
    said = SourceSaying(name)
    if target is not None and limit is not None:
        if target > limit:
            raise longer_target(name, str(chosen[views.TARGET]), str(chosen[views.LIMIT]), views.LIMIT)
        said = checked(name, target, limit, views.LIMIT)
    return in_place(await keep(context, team, said), Place.kept(at))


FEATURE = Feature(
    name="source",
    commands=(
        Command(
            "team source",
            "[webinar 5 min 1 h]",
            "how soon leads of a source are called first: the target and the limit",
            EXAMPLE,
            command,
            Act.SEE_TEAM,
            order=68,
        ),
        Command(
            "lead source",
            "[webinar 5 min 1 h]",
            "by when a first call is due for leads of a source; the same as `/team source`",
            "/lead source webinar 5 min 1 h",
            command,
            Act.SEE_TEAM,
            order=46,
        ),
    ),
    actions=routes(Act.CHANGE_TEAM, {views.EDIT: open_form}),
    views=routes(Act.CHANGE_TEAM, {views.SAVE: save}),
    records=(
        Record(
            SourceRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided; nobody's alone",
        ),
    ),
)
