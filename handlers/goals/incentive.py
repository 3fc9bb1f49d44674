"""Incentives: what a goal brings its rep, a note and an estimate of the commission; nobody else reads it (4)."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Record, Section, Shown, Surface, routes
from handlers.goals.goal.beside import goals_in
from handlers.goals.goal.change import seen
from handlers.goals.goal.owner import MENTION, Owner, owner_of
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message, message_of
from messages.goals import incentive as views
from messages.goals.incentive import GoalIncentive
from messages.replies import unchanged
from sales.goals.goal import Metric
from sales.goals.incentive import LONGEST_NOTE, Incentive, read_commission
from sales.goals.progress import GoalProgress
from sales.language.typed_text import clean
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.goals.incentive import IncentiveRow, drop_incentive, incentives_of, write_incentive
from storage.scope import Scope

MOST_SHOWN = 5  # goals; who has more of them at once has them for days and weeks
MOST_BESIDE = 2  # below a list of goals


async def command(context: Context) -> Reply:
    """`/goal incentive`: what one's goals bring; with a commission, that of the goal for revenue that runs.

    Raises:
        Refusal: for somebody else's, for words that are no commission, or without a goal it could belong to.
    """
    typed = context.text.strip()
    if MENTION.match(typed):
        raise Refusal(views.refused("others"), example="/goal incentive")
    owner = await owner_of(context, context.member.user_id)
    goals = running(await seen(context, owner))
    if not goals:
        raise Refusal(views.refused("no_goal"), example="/goal 120k this quarter")
    if not typed:
        return Reply(say=await page(context.scope, owner, goals))
    revenue = [one for one in goals if one.goal.metric is Metric.REVENUE]
    commission = read_commission(typed, owner.team.currency)
    if not revenue:
        raise Refusal(views.refused("no_revenue"), example="/goal incentive")
    if len(revenue) > 1:
        return Reply(say=views.which(revenue, typed))
    there = await incentive_for(context.scope, owner, revenue[0])
    said = Incentive(
        goal_id=revenue[0].goal_id,
        owner_id=owner.member.user_id,
        note=there.note if there is not None else "",
        rate=commission.rate,
        over_minor=commission.over,
    )
    return Reply(say=await kept(context, owner, revenue[0], said))


def running(goals: Sequence[GoalProgress]) -> list[GoalProgress]:
    """Return the goals that run, the first few; where none does yet, those to come."""
    now = [one for one in goals if not one.is_upcoming]
    return (now or list(goals))[:MOST_SHOWN]


async def page(
    scope: Scope, owner: Owner, goals: Sequence[GoalProgress], undo_id: int | None = None
) -> Message:
    found = await incentives_of(scope, owner.member.user_id, [one.goal_id for one in goals])
    return views.page([GoalIncentive(one, found.get(one.goal_id)) for one in goals], undo_id)


async def incentive_for(scope: Scope, owner: Owner, goal: GoalProgress) -> IncentiveRow | None:
    return (await incentives_of(scope, owner.member.user_id, [goal.goal_id])).get(goal.goal_id)


async def kept(context: Context, owner: Owner, goal: GoalProgress, said: Incentive) -> Message:
    """Keep what a goal brings, and show it; without a note and a commission it is taken out."""
    there = await incentive_for(context.scope, owner, goal)
    if there is None and not says_something(said):
        return message_of(unchanged())
    if there is not None and Incentive.model_validate(there.model_dump()) == said:
        return message_of(unchanged())
    if there is not None and not says_something(said):
        undo = await remember(context, views.summary(goal), await drop_incentive(context.scope, there))
        return views.removed(undo.id)
    undo = await remember(context, views.summary(goal), await write_incentive(context.scope, said))
    return await page(context.scope, owner, [goal], undo.id)


def says_something(said: Incentive) -> bool:
    return bool(said.note) or said.rate is not None


async def own_goal(context: Context, goal_id: str) -> tuple[Owner, GoalProgress]:
    """Return a goal of the asking person that is open.

    Raises:
        Refusal: if it is somebody else's, or over.
    """
    owner = await owner_of(context, context.member.user_id)
    for one in await seen(context, owner):
        if str(one.goal_id) == goal_id:
            return owner, one
    raise Refusal("This goal is not there any more.", example="/goal")


async def open_form(context: Context) -> Reply:
    """Add… or Edit…; a commission that was typed already stands in its field."""
    goal_id, _, typed = context.request.value.partition(":")
    owner, goal = await own_goal(context, goal_id)
    return Reply(view=views.form(goal, await incentive_for(context.scope, owner, goal), typed))


async def save(context: Context) -> Reply:
    """The submitted form.

    Raises:
        Refusal: under the field, for words that are no commission.
    """
    owner, goal = await own_goal(context, context.request.private)
    values = context.request.values
    rule = clean(values.get(views.COMMISSION) or "", field=views.COMMISSION)
    commission = read_commission(rule, goal.goal.currency, views.COMMISSION) if rule else None
    said = Incentive(
        goal_id=goal.goal_id,
        owner_id=owner.member.user_id,
        note=clean(values[views.NOTE] or "", LONGEST_NOTE, views.NOTE),
        rate=commission.rate if commission is not None else None,
        over_minor=commission.over if commission is not None else 0,
    )
    return Reply(say=await kept(context, owner, goal, said))


async def beside_goals(look: Look) -> Shown | None:
    """What the goals that are shown bring, to their owner alone."""
    about = goals_in(look)
    if about.owner.member.user_id != look.member.user_id:
        return None
    found = await incentives_of(look.scope, look.member.user_id, [one.goal_id for one in about.goals])
    shown = [GoalIncentive(one, found[one.goal_id]) for one in about.goals if one.goal_id in found]
    return Shown([block for one in shown[:MOST_BESIDE] for block in views.beside(one)]) if shown else None


FEATURE = Feature(
    name="incentive",
    commands=(
        Command(
            "goal incentive",
            "[7.5% of revenue over 100k]",
            "what your goal brings you, a note and an estimate; for your eyes alone",
            "/goal incentive 2% of revenue",
            command,
            Act.OWN_WORK,
            order=17,
        ),
    ),
    phrases=(
        Phrase(r"(?:what(?:['’]s| is) )?my (?:commission|incentive|bonus)(?: so far)?", "goal", "incentive"),
    ),
    actions=routes(Act.OWN_WORK, {views.OPEN: open_form}),
    views=routes(Act.OWN_WORK, {views.SAVE: save}),
    sections=(Section(Surface.GOAL, 20, beside_goals, Act.OWN_WORK),),
    records=(Record(IncentiveRow, undone=True, exported=True, erased="owner_id"),),
)
