"""A team's playbook: read by everybody in it, written by whoever leads it, in a form or in words (mechanism 47)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.context import Context
from handlers.people.named_team import team_and_words
from handlers.people.team import about_team, changeable_team, names_of, team_by_id, the_team
from handlers.pipeline.opportunity.close import in_place
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.craft import playbook as views
from messages.craft.playbook import PlaybookForm, StepGone
from sales.craft.playbook import (
    StageSteps,
    StepChanges,
    TypedSteps,
    read_line,
    read_steps,
    stamp,
    what_changes,
)
from sales.language.names.match import fold, name_key
from sales.people.permission import Act
from sales.pipeline.stage import stage_called
from sales.refusal import Refusal
from storage.craft import playbook as queries
from storage.craft.adherence import adherence_of
from storage.craft.playbook import PlaybookStepRow
from storage.people.member import find_members
from storage.people.team import TeamRow
from storage.pipeline.stage import stages_of
from storage.row_image import Touched

WORDS = frozenset({"playbook", "the playbook", "our playbook", "my playbook"})


async def command(context: Context) -> Reply:
    """`/team playbook`: the steps; `/team playbook Proposal: walk the site; agree the price` sets those of a stage.

    Raises:
        Refusal: for words that name no stage of the team's.
    """
    team, typed = await team_and_words(context)
    if not typed:
        return Reply(say=await page(context, team))
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about, f"The playbook of {team.name} is for its people.")
    stages = await stages_of(context.scope, team.id)
    alone = stage_called(stages, typed.rstrip(": "))
    if alone is not None:
        found = await queries.playbook_of(context.scope, team.id)
        return Reply(say=views.one_stage(next(each for each in found if each.stage == alone.name)))
    wanted = read_line(typed, stages)
    await changeable_team(context, team)
    return Reply(say=await kept(context, team, [wanted]))


async def page(context: Context, team: TeamRow) -> Message:
    """Return the page of a team's playbook; to whoever reads its figures, with how keeping to it goes with winning."""
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about, f"The playbook of {team.name} is for its people.")
    found = await queries.playbook_of(context.scope, team.id)
    counted = None
    if any(each.steps for each in found) and context.may(Act.SEE_TEAM_NUMBERS, about):
        counted = await adherence_of(context.scope, team.id, context.today)
    may_change = context.may(Act.CHANGE_TEAM, about)
    managers = [] if may_change else names_of(await find_members(context.scope, about.managers or ()))
    return views.page(team.name, team.id, found, counted, managers, may_change=may_change)


async def open_form(context: Context) -> Reply:
    """Open the form of a team's steps."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    found = await queries.playbook_of(context.scope, team.id)
    return Reply(view=await form_of(context, team, found, Place.of(context.request.body) or ()))


async def form_of(
    context: Context,
    team: TeamRow,
    found: Sequence[StageSteps],
    place: Sequence[str],
    typed: Mapping[str, str] | None = None,
    meanwhile: Sequence[str] = (),
) -> dict[str, object]:
    """Return the form, with the steps as they stand; what was `typed` for a stage stands there instead."""
    counts = await queries.deals_standing(context.scope, team.id)
    shown = PlaybookForm(team.id, [each.stage for each in found], stamp(found), place)
    texts = [(typed or {}).get(each.stage, each.lines) for each in found]
    standing = {each.stage: counts.get(name_key(each.stage), 0) for each in found}
    return views.form(shown, texts, standing, meanwhile)


async def save(context: Context) -> Reply:
    """The form was submitted; where somebody changed the playbook since it was opened, both are shown again."""
    form = PlaybookForm.read(context.request.private)
    team = await changeable_team(context, await team_by_id(context, form.team_id))
    typed = {
        stage: context.request.values.get(views.stage_field(at)) or "" for at, stage in enumerate(form.stages)
    }
    wanted = [
        TypedSteps(stage, read_steps(text, views.stage_field(at)))
        for at, (stage, text) in enumerate(typed.items())
    ]
    found = await queries.playbook_of(context.scope, team.id)
    if stamp(found) != form.seen:
        return Reply(
            view=await form_of(context, team, found, form.place, typed, differing(found, wanted, typed))
        )
    return in_place(Reply(say=await kept(context, team, wanted)), Place.kept(form.place))


def differing(
    found: Sequence[StageSteps], wanted: Sequence[TypedSteps], typed: Mapping[str, str]
) -> list[str]:
    """Return what stands otherwise than it was typed, stage by stage, and what was typed for stages that are gone."""
    theirs = {each.stage: each for each in found}
    said: list[str] = [
        views.theirs(theirs[one.stage])
        for one in wanted
        if one.stage in theirs and [step.text for step in theirs[one.stage].steps] != list(one.steps)
    ]
    return said + [
        views.lost_stage(one.stage, typed[one.stage])
        for one in wanted
        if one.stage not in theirs and one.steps
    ]


async def kept(context: Context, team: TeamRow, wanted: Sequence[TypedSteps]) -> Message:
    """Make these the steps of their stages, and say what went, with the way back."""
    held = await queries.every_step(context.scope, team.id)
    changes = what_changes(held, wanted, context.today)
    counts = await queries.live_ticks(context.scope, team.id, [step.id for step in changes.gone])
    touched = await queries.save_steps(context.scope, team.id, changes, context.today)
    found = await queries.playbook_of(context.scope, team.id)
    if not touched:
        return views.saved(team.name, found, [], None)
    went = await taken_out(context, team, changes, counts, touched)
    undo = await remember(context, f"playbook of {team.name}", *touched)
    return views.saved(team.name, found, went, undo.id)


async def taken_out(
    context: Context,
    team: TeamRow,
    changes: StepChanges,
    counts: Mapping[int, int],
    touched: Sequence[Touched],
) -> list[StepGone]:
    """Return the steps that went, with the deals that stand there; where one with ticks may be another, which."""
    standing = await queries.deals_standing(context.scope, team.id) if changes.gone else {}
    came = {
        (name_key(one.row.stage), fold(one.row.text)): one.row.id
        for one in touched
        if isinstance(one.row, PlaybookStepRow) and one.before is None
    }
    found = []
    for step in changes.gone:
        maybe = changes.maybe.get(step.id, "") if counts.get(step.id) else ""
        maybe_id = came.get((name_key(step.stage), fold(maybe)), 0) if maybe else 0
        deals = standing.get(name_key(step.stage), 0)
        found.append(StepGone(step, deals, counts.get(step.id, 0), maybe, maybe_id))
    return found


async def make_same(context: Context) -> Reply:
    """Same step: what came in its place is the step that went, with its ticks."""
    old, new = [await queries.find_step(context.scope, one) for one in views.read_same(context.request.value)]
    stands = old is not None and new is not None and old.gone_on is not None and new.gone_on is None
    if old is None or new is None or not stands or old.team_id != new.team_id:
        raise Refusal("The playbook is another by now. `/team playbook` shows it.")
    team = await changeable_team(context, await team_by_id(context, old.team_id))
    text = new.text
    touched = await queries.same_step(context.scope, old, new)
    undo = await remember(context, f"playbook of {team.name}", *touched)
    ticks = await queries.ticks_of_step(context.scope, old.id)
    return Reply(edit=views.made_one(text, len(ticks), undo.id))


async def explain(context: Context) -> Reply | None:
    """`/why playbook`: the page, which says how it is counted; None for other words."""
    if " ".join(context.text.strip(" ?!.").casefold().split()) not in WORDS:
        return None
    return Reply(
        say=await page(context, await the_team(replace(context, request=replace(context.request, text=""))))
    )
