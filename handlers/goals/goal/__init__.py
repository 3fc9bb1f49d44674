"""Goals: list, set, edit, close, and look back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from handlers.ahead import answered_ahead
from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Kind,
    Look,
    Phrase,
    Record,
    Section,
    Shown,
    Stays,
    Surface,
    routes,
)
from handlers.goals.goal import change, close, details, entry, given, news, period_start
from handlers.goals.goal.change import listed, picked, told
from handlers.goals.goal.entry import set_line, work_out_line
from handlers.goals.goal.owner import Owner, owner_of, whose
from handlers.goals.goal.why import why
from handlers.nudges.reassignment import WorkReassigned
from handlers.reply import Reply
from messages import standing
from messages.blocks import context as small
from messages.goals import goal as views
from messages.goals.goal import GoalRecord
from messages.goals.outcome import of_chance
from sales.followups.activity_words import COUNTED_ITEM
from sales.nudges.kind import NudgeKind, Topic
from sales.people.permission import Act
from storage.goals import goal as queries
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.goals.goal_chance import member_chances
from storage.goals.outcome import reviews
from storage.goals.progress import goal_progress, member_progress, progress_ahead

RECORDS = 10
DOING = r"(?:doing|going|tracking|looking|getting on|selling)(?: (?:so far|today|this \w+))?"
PERSON = (  # by one of their names
    r"@?(?!(?:it|that|this|the|my|our|your|his|her|their|things?|team|everything|everybody|everyone|business|life|work|today"
    r"|you|all|he|she)(?!\w))([^\W\d_][\w'’-]{1,40}?)"
)
# A stretch of time that is not over: so many of something in it are aimed for, unless somebody says that they did them.
OVER = (
    r"(?:(?:(?:for|in|over|during|by(?: the end of)?|until) )?(?:the )?"
    r"(?:this|next|coming|current|rest of (?:the|this)) (?:week|wk|month|quarter|qtr|year)"
    r"|(?:in|by|by the end of|until) (?:the )?(?:jan|feb|mar|apr|may|june?|july?|aug"
    r"|sept?|oct|nov|dec)[a-z]*|(?:in |by )?(?:q[1-4]|h[12])(?: \d{4})?)"
)
# What somebody wants to reach: a number behind the verb, and a time that is longer than a day.
AIM = (
    r"(?:(?:close|win|sell|book|make|do|get|hit|reach|land|sign|have|run|hold|open|create|bring in)\s+)?"
    r"(?:[^\w\s]?\d)(?!.*(?<!\w)(?:today|tomorrow|tmrw)(?!\w)).*"
)


async def shown(context: Context) -> Reply | None:
    """Return the goals that are asked for; where the line says a new one, None, and what that takes is worked out."""
    owner, said = await whose(context)
    found = await asked_for(context, owner, said)
    if found is None:
        await work_out_line(context, owner, said)
    return found


async def shown_or_set(context: Context) -> Reply:
    """`/goal`: the goals and their chances; with words or the number of one, that goal; else a new one."""
    owner, said = await whose(context)
    return await asked_for(context, owner, said) or await set_line(context, owner, said)


async def asked_for(context: Context, owner: Owner, said: str) -> Reply | None:
    """Return the goals, or those that the words mean; None where they mean none."""
    if not said:
        return Reply(say=await listed(context, owner))
    there = await picked(context, owner, said)
    return Reply(say=await told(context, owner, there)) if there else None


show = answered_ahead(shown, shown_or_set)


async def history(context: Context) -> Reply:
    """`/goal history`: every goal, closed and ended ones too, and what each said since when."""
    owner, _ = await whose(context)
    return await records(context, owner)


async def open_history(context: Context) -> Reply:
    """The History button; its value names somebody else as the owner."""
    return await records(context, await owner_of(context, context.request.value or context.member.user_id))


async def records(context: Context, owner: Owner) -> Reply:
    rows = await queries.goals_of(context.scope, owner.member.user_id, RECORDS)
    if owner.shown is not None:
        rows = await queries.for_others(context.scope, rows)
    changes = await queries.goal_history(context.scope, [row.id for row in rows])
    ended = await reviews(context.scope, owner.team, changes)
    found = [
        GoalRecord(
            standing,
            news.dated(changes[standing.goal_id], owner.team, context.zone),
            of_chance(ended[standing.goal_id]) if standing.goal_id in ended else "",
            standing.asks_start or (standing.goal_id in ended and ended[standing.goal_id].is_open_below),
        )
        for standing in await goal_progress(context.scope, rows, owner.team, owner.today)
    ]
    return Reply(say=views.history(found, owner.shown))


@answered_ahead
async def weigh(context: Context) -> Reply:
    """An input of one of the two forms told what was chosen or typed."""
    view = context.request.body.get("view") or {}
    if view.get("callback_id") == views.CHANGE:
        return await change.weigh(context)
    return await entry.weigh(context)


async def on_home(look: Look) -> Shown | None:
    """A person's goals as they stand; nothing for those who neither sell nor have one."""
    if look.team is None:
        return Shown(views.home_blocks([])) if look.member.is_rep else None
    found = await member_progress(look.scope, look.member, look.team, look.today)
    found = await member_chances(look.scope, found, look.member, look.team, look.today)
    return Shown(views.home_blocks(found)) if look.member.is_rep or found else None


async def in_evening(look: Look) -> Shown | None:
    """The first of a rep's goals as it stands."""
    if look.team is None:
        return None
    first = (await member_progress(look.scope, look.member, look.team, look.today))[:1]
    found = await member_chances(look.scope, first, look.member, look.team, look.today)
    return Shown([small(views.goal_line(one)) for one in found])


async def in_morning(look: Look) -> Shown | None:
    """The one thing worth doing about somebody's goals, if there is one."""
    if look.team is None:
        return None
    found = await member_progress(look.scope, look.member, look.team, look.today)
    found = await member_chances(look.scope, found, look.member, look.team, look.today)
    return Shown(views.next_blocks(found))


async def progresses_ahead(looks: Sequence[Look]) -> None:
    """Read at once how the goals of many people stand, those of a team on a day together."""
    together: dict[tuple[int, date], list[Look]] = defaultdict(list)
    for look in looks:
        if look.team is not None:
            together[look.team.id, look.today].append(look)
    for (_, today), theirs in together.items():
        assert theirs[0].team is not None
        await progress_ahead(theirs[0].scope, [look.member for look in theirs], theirs[0].team, today)


async def home_button(look: Look) -> Shown | None:
    return Shown(buttons=[views.home_button()]) if look.team is not None else None


FEATURE = Feature(
    name="goal",
    commands=(
        Command(
            "goal",
            "[120k this quarter]",
            "your goals and their chances; with words of one, that one; with a number and a period, a new one",
            "/goal 120k this quarter",
            show,
            Act.SEE_WORK_OF,
            order=10,
            mentions=True,
        ),
        Command(
            "goal set",
            "[@rep] [120k this quarter]",
            "set a goal, in a form or in a line",
            "/goal set",
            entry.set_form,
            Act.SEE_WORK_OF,
            order=11,
        ),
        Command(
            "goal edit",
            "[@rep] [words of the goal]",
            "change a goal; what it said is kept",
            "/goal edit",
            change.edit,
            Act.SEE_WORK_OF,
            order=12,
        ),
        Command(
            "goal close",
            "[@rep] [words of the goal]",
            "close a goal",
            "/goal close",
            close.close,
            Act.SEE_WORK_OF,
            order=13,
        ),
        Command(
            "goal chart",
            "[@rep] [words of the goal]",
            "a goal drawn beside its plan",
            "/goal chart",
            details.show_chart,
            Act.SEE_WORK_OF,
            order=16,
        ),
        Command(
            "goal history",
            "[@rep]",
            "what each goal said, since when, and what it came to",
            "/goal history",
            history,
            Act.SEE_WORK_OF,
            order=14,
        ),
    ),
    phrases=(
        Phrase(r"how (?:am i|['’]?m i|are we) (?:doing|tracking)(?: (?:so far|today|this \w+))?", "goal"),
        Phrase(r"(?:show |what (?:are|is|['’]s) )?(?:me )?my (?:goals?|number|targets?|quota|pace)", "goal"),
        Phrase(
            r"what['’]?s my (?:goal|number|target|quota|pace)|am i (?:on track|on pace|behind|ahead)", "goal"
        ),
        Phrase(rf"how(?: is|['’]s|s) {PERSON}(?: [^\W\d_]+)?(?: {DOING})?", "goal", r"@\1"),
        Phrase(rf"how(?: is|['’]s|s) (<@\w+[^>]*>)(?: {DOING})?", "goal", r"\1"),
        Phrase(r"set (?:a |my |the )?(?:new )?(?:goal|target)", "goal", "set"),
        Phrase(r"set (?:a |my |the )?(?:goal|target)(?: of| to| for| at)?[:\s]+(.*)", "goal", r"set \1"),
        Phrase(r"(?:my|the) (?:goal|target|quota) is (.*)", "goal", r"set \1"),
        Phrase(r"(?:my )?goals", "goal"),
        Phrase(
            rf"(?:i|we)(?:['’]d like| want| plan| aim| hope| would like) (?:to )?({AIM})", "goal", r"set \1"
        ),
        Phrase(rf"({COUNTED_ITEM} {OVER}[.!]?)", "goal", r"set \1"),
        Phrase(rf"(?:(?:new|my) (?:goal|target)[:\s]|(?:goal|target):)\s*({AIM})", "goal", r"set \1"),
    ),
    actions=routes(
        Act.SEE_WORK_OF,
        {
            views.FORM: entry.open_form,
            views.EDIT: change.open_edit,
            views.CLOSE: close.ask_close,
            views.MENU: details.menu,
            views.DETAILS: details.open_details,
            views.ALL: details.open_every,
            views.REMOVE: change.remove,
            views.RETARGET: change.retarget_pressed,
            views.HISTORY: open_history,
            **dict.fromkeys(views.TELLING, weigh),
        },
    ),
    views=routes(
        Act.SEE_WORK_OF,
        {views.SET: entry.save, views.CHANGE: change.save_change, views.SURE: close.close_one},
    ),
    kinds=(
        Kind(
            NudgeKind(
                news.KIND,
                "Goal set for you",
                "when your manager sets or changes a goal of yours",
                news=True,
                for_reps=True,
                topic=Topic.GOALS,
                order=30,
            ),
            news.told,
        ),
        Kind(
            NudgeKind(
                period_start.KIND,
                "Goal for the quarter",
                "once in a new quarter, if you have no goal in it",
                news=True,
                for_reps=True,
                topic=Topic.GOALS,
                order=31,
            ),
            period_start.render,
        ),
    ),
    sections=(
        Section(Surface.HOME, 54, on_home, Act.OWN_WORK, ahead=progresses_ahead),
        Section(Surface.HOME_BUTTONS, 20, home_button, Act.OWN_WORK),
        Section(Surface.MORNING, 30, in_morning, Act.OWN_WORK),
        Section(Surface.EVENING, 30, in_evening, Act.OWN_WORK, ahead=progresses_ahead),
    ),
    explain=why,
    hears={WorkReassigned: given.hear_reassigned},
    offers=entry.offered,
    records=(
        Record(
            GoalRow,
            undone=True,
            says=standing.goal,
            exported=True,
            read=Act.SEE_WORK_OF,
            alone=queries.own_business(),
            erased="owner_id",
            stays=Stays("what a team aims for together", emptied=("objective", "reason")),
        ),
        Record(
            GoalChangeRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            erased="changed_by",
            stays=Stays("what a goal said before; it goes with the goal", emptied=("reason",)),
        ),
    ),
)
