"""The playbook beside other things: on a team's card, in a week's digest, and when a team's stages are others."""

from handlers.context import Context
from handlers.feature import Line, Look, Shown, TeamLook, Tells, Told
from handlers.pipeline.stage.stages import StagesChanged
from messages.craft import playbook as views
from sales.craft.adherence import LEAST_REPS
from sales.craft.playbook import PlaybookStep
from sales.language.names.match import name_key
from sales.value import changed
from storage.craft import playbook as queries
from storage.craft.adherence import adherence_of


async def on_team(look: Look) -> Shown | None:
    """How many steps a team has; nothing of one without a playbook."""
    found = await queries.playbook_of(look.scope, look.team.id) if look.team is not None else []
    return Shown([views.of_team(found)]) if any(each.steps for each in found) else None


async def in_digest(look: TeamLook) -> Told | None:
    """How the deals decided in a week kept to the playbook, where three people's are among them: nobody's alone."""
    if look.daily or len(look.reps) < LEAST_REPS:
        return None
    kept = await adherence_of(look.scope, look.team.id, look.today, look.span.first, look.span.last)
    if kept.owners < LEAST_REPS:
        return None
    return Told(paragraphs=[[Line(views.of_week(kept), Tells.TEAM)]])


async def hear_stages(context: Context, news: StagesChanged) -> None:
    """Let the steps of a stage that has another name go with it; those of one that is gone are taken out."""
    renamed = {name_key(was): now for was, now in news.renamed.items()}
    steps = await queries.every_step(context.scope, news.team_id)
    there = {name_key(each.stage) for each in await queries.playbook_of(context.scope, news.team_id)}
    for step in steps:
        key = name_key(step.stage)
        if key in renamed:
            said = changed(PlaybookStep, step, stage=renamed[key])
        elif key not in there and step.gone_on is None:
            said = changed(PlaybookStep, step, gone_on=context.today)
        else:
            continue
        news.touched.extend(await queries.restate_step(context.scope, step, said))
