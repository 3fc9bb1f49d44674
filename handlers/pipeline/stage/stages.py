"""A team's stages: read by everybody in it, changed by its managers in a form; no deal falls out of a list (23)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from handlers.context import Context
from handlers.people.team import about_team, changeable_team, names_of, team_by_id, the_team
from handlers.pipeline.opportunity.close import in_place
from handlers.pipeline.opportunity.news import typed
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.pipeline import stage as views
from sales.language.names.match import name_key
from sales.people.permission import Act
from sales.pipeline.stage import MAX_STAGE, MAX_STAGES, DealStage
from sales.pipeline.stage_list import FIELD, read_stages, what_moves
from sales.refusal import Refusal
from storage.people.member import find_members, members_in
from storage.people.team import TeamRow
from storage.pipeline.stage import set_stages, stages_of
from storage.pipeline.standing import deals_in_stages, send_to_stage
from storage.row_image import Touched


@dataclass(frozen=True)
class StagesChanged:
    """News: a team has other stages. `renamed` says which have a new name; `touched` takes what goes along with it."""

    team_id: int
    renamed: Mapping[str, str]
    touched: list[Touched] = field(default_factory=list)


async def command(context: Context) -> Reply:
    """`/team stages`: the list, with the way to change it for those who may."""
    team = await the_team(context)
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about)
    may_change = context.may(Act.CHANGE_TEAM, about)
    managers = await find_members(context.scope, about.managers or ())
    stages = await stages_of(context.scope, team.id)
    return Reply(say=views.listing(team, team.id, stages, names_of(managers), may_change=may_change))


async def open_form(context: Context) -> Reply:
    """Open the form of a team's stages."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    place = Place.of(context.request.body)
    stages = await stages_of(context.scope, team.id)
    others = await others_in_use(context, team, stages)
    return Reply(view=views.form(team, team.id, stages, others, place))


async def owners_in(context: Context, team: TeamRow) -> list[str]:
    """Return whose deals go through a team's stages: those who left count too, as their deals may stand there."""
    return [row.user_id for row in await members_in(context.scope, team.id)]


async def others_in_use(context: Context, team: TeamRow, stages: Sequence[DealStage]) -> list[DealStage]:
    """Return what a team's deals say they stand in that is none of its stages, as far as there is room for more."""
    known = {name_key(stage.name) for stage in stages}
    labels = await deals_in_stages(context.scope, await owners_in(context, team))
    found = [
        DealStage(name=label) for label in labels if name_key(label) not in known and len(label) <= MAX_STAGE
    ]
    return found[: max(0, MAX_STAGES - len(stages))]


async def save(context: Context) -> Reply:
    """The form was submitted; where deals would be left standing in nothing, it asks where they go first."""
    shown = views.TypedStages.read(context.request.private)
    typed_now = replace(shown, text=context.request.values.get(FIELD) or "")
    team = await changeable_team(context, await team_by_id(context, shown.team_id))
    stages = read_stages(typed_now.text)
    standing = await deals_in_stages(context.scope, await owners_in(context, team))
    moves = what_moves(shown.before, stages, standing)
    if moves.gone:
        gone = {label: standing[label] for label in moves.gone}
        return Reply(view=views.where_form(typed_now, stages, gone))
    return await keep(context, team, stages, moves.renamed, moves.renamed, shown)


async def send(context: Context) -> Reply:
    """It was said where the deals of stages that are gone go."""
    shown = views.TypedStages.read(context.request.private)
    team = await changeable_team(context, await team_by_id(context, shown.team_id))
    stages = read_stages(shown.text)
    standing = await deals_in_stages(context.scope, await owners_in(context, team))
    moves = what_moves(shown.before, stages, standing)
    to = dict(moves.renamed)
    for at, label in enumerate(moves.gone):
        chosen = context.request.values.get(views.gone_field(at))
        if not chosen:
            raise Refusal(f"Say where the deals of {label} go.", field=views.gone_field(at))
        to[label] = chosen
    return await keep(context, team, stages, to, moves.renamed, shown)


async def keep(
    context: Context,
    team: TeamRow,
    stages: Sequence[DealStage],
    to: Mapping[str, str],
    renamed: Mapping[str, str],
    shown: views.TypedStages,
) -> Reply:
    """Make these a team's stages and let deals go where they were sent, as one action; `renamed` are among those."""
    touched: list[Touched] = await set_stages(context.scope, team.id, stages)
    owners, moved = await owners_in(context, team), []
    for label, target in to.items():
        sent = await send_to_stage(context.scope, owners, label, target, typed(context))
        moved.append((label, target, sum(bool(one.columns) for one in sent)))
        touched += sent
    news = StagesChanged(team.id, renamed)
    await context.announce(news)
    touched += news.touched
    action = await remember(context, f"stages of {team.name}", *touched)
    said = views.saved(team, stages, moved, action.id)
    return in_place(Reply(say=said, home=True), Place.kept(shown.place))
