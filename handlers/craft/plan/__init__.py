"""Plans: strategies for a goal as if and then, their steps follow-ups, asked about as a week begins (13, 14)."""

from handlers.context import Context
from handlers.craft.plan import check_in, entry, given, part, steps
from handlers.craft.plan.shown import OTHERS, goal_meant, me, page, page_of, past
from handlers.feature import (
    Command,
    Feature,
    Job,
    Kind,
    Phrase,
    Record,
    Section,
    Subject,
    Surface,
    routes,
)
from handlers.followups.news import NextFollowUpOpened
from handlers.goals.goal.change import named
from handlers.goals.goal.owner import Owner, as_typed, named_first, owner_of
from handlers.nudges.reassignment import WorkReassigned
from handlers.reading import FILL_IN
from handlers.reply import Reply
from messages.craft.plan import check_in as check_in_views
from messages.craft.plan import form as forms
from messages.craft.plan import page as views
from sales.craft.plan import PLAN_CHECK_IN
from sales.craft.plan_phrase import EXAMPLE, says_strategy
from sales.craft.plan_week import check_in_spec
from sales.language.typed_text import shorten
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from sales.refusal import Reading, Refusal
from storage.craft import plan as queries
from storage.craft.plan import StrategyRow, StrategyStepRow
from storage.goals.goal import open_goals


async def command(context: Context) -> Reply:
    """`/plan`: the plan for the goal of now, or for the one that is named; `/plan @ana` is a rep's.

    A line that says a strategy is kept as one.
    """
    owner, said = await whose(context)
    if owner.shown is None and says_strategy(said):
        return await entry.add(context)
    if said and owner.shown is None and not await names_goal(context, owner, said):
        raise other_than_plan(said)
    return Reply(say=await page(context, owner, await goal_meant(context, owner, said)))


async def whose(context: Context) -> tuple[Owner, str]:
    """Return whose plan a text is about, one's own unless it begins with somebody, and the rest as it was typed."""
    found = await named_first(context, context.text)
    if found is None:
        return await me(context), as_typed(context.text.strip())
    owner = await owner_of(context, found.user_id, others=OTHERS, then=" first", may_have_left=True)
    return owner, as_typed(found.rest.strip())


async def names_goal(context: Context, owner: Owner, said: str) -> bool:
    """Say whether words name a goal of somebody's."""
    try:
        await goal_meant(context, owner, said)
    except Refusal:
        return False
    return True


def other_than_plan(said: str) -> Refusal:
    """Return the question what a line is that names no goal and says no strategy."""
    return Refusal(
        f"`/plan` is the plan for a goal, and no goal of yours says “{shorten(said)}”. What did you mean?",
        readings=[
            Reading("A strategy for my plan…", f"add {FILL_IN}{said}"),
            Reading("A follow-up", f"/followup {said}"),
        ],
    )


async def show_past(context: Context) -> Reply:
    """`/plan past`: the plans of periods that are over."""
    owner, _ = await whose(context)
    return Reply(say=await past(context, owner))


async def show(context: Context) -> Reply:
    """See the plan: the page of the one that was pressed, or of one's goal of now."""
    if not context.request.value:
        owner = await me(context)
        return Reply(say=await page(context, owner, await goal_meant(context, owner)))
    row, owner = await named(context, context.request.value)
    return Reply(say=await page(context, owner, row))


async def show_all(context: Context) -> Reply:
    """And 7 more: the whole plan."""
    row, owner = await named(context, context.request.value)
    return Reply(view=views.everything(await page_of(context, owner, row)))


async def offered(context: Context, text: str) -> list[Reading]:
    """Return a sentence as a strategy, if it reads as one and there is a goal to have a plan for."""
    if context.team is None or not says_strategy(text):
        return []
    if not await open_goals(context.scope, context.member.user_id, context.today):
        return []
    return [Reading("A strategy for my plan…", f"/plan add {FILL_IN}{text}")]


FEATURE = Feature(
    name="plan",
    commands=(
        Command(
            "plan",
            "[@rep] [words of the goal]",
            "your plan for a goal: its strategies, and which steps are next",
            "/plan",
            command,
            Act.SEE_WORK_OF,
            order=17,
            mentions=True,
        ),
        Command(
            "plan add",
            "[referral: if … then …; steps: … by Wed]",
            "a strategy for your plan, in a line or in a form; its steps become follow-ups",
            EXAMPLE,
            entry.add,
            Act.OWN_WORK,
            order=18,
        ),
        Command(
            "plan past",
            "[@rep]",
            "plans of periods that are over",
            "/plan past",
            show_past,
            Act.SEE_WORK_OF,
            order=19,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:(?:show|see|what(?:['’]s| is)) )?(?:me )?(?:my|the) (?:action |sales )?plan(?: for (?P<for>.+))?",
            "plan",
            r"\g<for>",
        ),
    ),
    actions={
        **routes(
            Act.OWN_WORK,
            {
                views.ADD: entry.open_form,
                views.MENU: steps.choose,
                views.TICK: steps.tick,
                views.SORT: steps.open_sort,
                views.NEW_DAYS: steps.open_new_days,
                check_in_views.SORT_WEEK: check_in.open_form,
            },
        ),
        **routes(Act.SEE_WORK_OF, {views.SHOW: show, views.ALL: show_all}),
    },
    views=routes(
        Act.OWN_WORK,
        {
            forms.SAVE: entry.save,
            forms.STEPPED: steps.add_steps,
            forms.RESCHEDULED: steps.save_new_days,
            forms.SORTED: steps.save_sorted,
        },
    ),
    jobs=(
        Job(PLAN_CHECK_IN, CatchUp.DELIVER_LATEST, check_in.decide, of=Subject.MEMBER, spec=check_in_spec),
    ),
    kinds=(
        Kind(
            NudgeKind(
                PLAN_CHECK_IN,
                "Plan check-in",
                "which steps of your plan are late or due, as your week begins",
                recurs=True,
                for_reps=True,
                topic=Topic.DAY,
                order=34,
            ),
            check_in.render,
            again=check_in.show_again,
        ),
    ),
    sections=(
        Section(Surface.GOAL, 10, part.beside_goals, Act.SEE_WORK_OF),
        Section(Surface.HOME, 55, part.on_home, Act.OWN_WORK),
        Section(Surface.MORNING, 20, check_in.in_morning, Act.OWN_WORK, leads=True),
    ),
    hears={
        NextFollowUpOpened: given.hear_next,
        WorkReassigned: given.hear_reassigned,
    },
    offers=offered,
    records=(
        Record(
            StrategyRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            alone=queries.of_own_business(),
            erased="owner_id",
        ),
        Record(
            StrategyStepRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="which follow-up is a step of which strategy; it goes with both",
        ),
    ),
)
