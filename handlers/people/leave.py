"""Leave: one's own days off, and those of the people one manages."""

import re
from datetime import date, timedelta

from handlers.context import Context, Preflight, prefetch
from handlers.feature import Command, Feature, Phrase, Record, routes
from handlers.people.member import Users, look_up_people, meet_people
from handlers.people.team import changeable_team, may_change_team, team_by_id, team_called
from handlers.remembered import remember
from handlers.reply import Reply
from messages import standing
from messages.blocks import Message
from messages.people import leave as views
from messages.people.team import LEAVE
from sales.language.dates.instants import local_date
from sales.language.dates.period import DaySpan
from sales.language.figures import day_to_day
from sales.language.names.match import fold
from sales.language.phrases import A_DAY
from sales.people.leave import leave_asked
from sales.people.leave_phrase import read_leave
from sales.people.permission import Act
from sales.refusal import Reading, Refusal
from storage.people import leave as queries
from storage.people.calendar import calendar_of
from storage.people.leave import LeaveRow, add_leave, leave_in_team, leave_of, remove_leave
from storage.people.member import MemberRow, find_members, members_in
from storage.people.team import TeamRow, find_team, teams_managed_by
from storage.row_image import Touched, image

OFF = (
    r"(?:off(?: sick)?|(?:an? |my )?day off|on (?:holiday|vacation|leave|pto|my holidays?)"
    r"|out(?: of (?:the )?office| sick)?|ooo|away|sick|ill|pto|holidays?|vacation)"
)
WORKS = re.compile(r"not\s+", re.I)  # before days on which somebody is not off after all


async def show(context: Context) -> Reply:
    """Show leave to come: that of the team one manages, else one's own; with days, take them off.

    Raises:
        Refusal: if the words name neither days nor a team, or days that cannot be taken as they stand.
    """
    if words := WORKS.match(context.text):
        return await working(context, context.text[words.end() :])
    if context.text:
        try:
            team = await team_called(context, context.text)
        except Refusal:
            span = read_leave(context.text, context.today)
            if span is None:
                theirs = await of_somebody(context)
                if theirs is None:
                    raise
                return await added(context, theirs[0], theirs[1].first, theirs[1].last)
            return await added(context, context.member, span.first, span.last)
        return Reply(say=await listed(context, await changeable_team(context, team)))
    managed = await teams_managed_by(context.scope, context.member.user_id)
    return Reply(say=await listed(context, managed[0] if len(managed) == 1 else None))


async def of_somebody(context: Context) -> tuple[MemberRow, DaySpan] | None:
    """Return whose days off a manager's words name, and which: "Ana Friday"; None where they name nobody of theirs."""
    words = context.text.split()
    for team in await teams_managed_by(context.scope, context.member.user_id):
        for one in await members_in(context.scope, team.id):
            for at in {1, len(one.name.split())}:
                said, days = fold(" ".join(words[:at])), " ".join(words[at:])
                if days and said in {fold(one.name), fold(one.name.split()[0])}:
                    span = read_leave(days, context.today)
                    return (one, span) if span is not None else None
    return None


async def show_by_button(context: Context) -> Reply:
    """Show the leave of the team whose button was pressed, to those who may see it."""
    team = await team_by_id(context, context.request.value)
    return Reply(say=await listed(context, team if await may_change_team(context, team) else None))


async def listed(context: Context, team: TeamRow | None) -> Message:
    """Return a team's leave to come, a manager's own included, or the asking person's."""
    own = await leave_of(context.scope, context.member.user_id, context.today)
    if team is None:
        spans = [views.LeaveValue(known(row), None, row.first, row.last, row.note) for row in own]
        return views.listing(spans, None, None, context.today)
    theirs = await leave_in_team(context.scope, team.id, context.today)
    rows = {known(row): row for row in [*theirs, *own]}
    by_id = {
        row.user_id: row.name
        for row in await find_members(context.scope, {row.user_id for row in rows.values()})
    }
    spans = [
        views.LeaveValue(known(row), by_id[row.user_id], row.first, row.last, row.note)
        for row in sorted(rows.values(), key=lambda row: (row.first, known(row)))
    ]
    return views.listing(spans, team.name, team.id, context.today)


def known(row: LeaveRow) -> int:
    return row.id


async def open_form(context: Context) -> Reply:
    """Ask for days off; a manager is asked whose."""
    _, team_id = views.read_value(context.request.value)
    return Reply(view=views.form(context.today, context.member.user_id, team_id=team_id))


async def look_up(preflight: Preflight) -> Users:
    """Ask Slack who it is that a manager chose."""
    chosen = preflight.request.values.get(views.WHO)
    return await look_up_people(preflight, [chosen] if chosen else [])


@prefetch(look_up)
async def add(context: Context) -> Reply:
    """Keep days off."""
    values = context.request.values
    who = await whose(context, values.get(views.WHO) or context.member.user_id)
    return await added(
        context,
        who,
        date.fromisoformat(values[views.FIRST]),
        date.fromisoformat(values[views.LAST]) if values.get(views.LAST) else None,
        values.get(views.NOTE),
    )


async def added(
    context: Context, who: MemberRow, first: date, last: date | None, note: str | None = None
) -> Reply:
    """Keep somebody's days off, and say what that means."""
    taken = await leave_of(context.scope, who.user_id, date.min)
    today = local_date(context.now, who.zone)
    leave = leave_asked(who.user_id, first, last, note, today, taken)
    team = await find_team(context.scope, who.team_id)
    working_days = 0
    if team is not None:
        working_days = (await calendar_of(context.scope, team, who)).working_days(leave.first, leave.last)
    row = await add_leave(context.scope, who.user_id, leave.first, leave.last, leave.note)
    name = who.name if who.user_id != context.member.user_id else None
    span = views.LeaveValue(known(row), name, row.first, row.last, row.note)
    undo = await remember(
        context, f"{whose_leave(name)}, {day_to_day(row.first, row.last, context.today)}", Touched(row)
    )
    return Reply(say=views.added(span, working_days, undo.id, context.today), home=True)


async def working(context: Context, words: str) -> Reply:
    """Take back, or cut, the leave of days on which somebody says that they work after all.

    Raises:
        Refusal: where the words name no days.
    """
    try:
        span = read_leave(words, context.today)
    except Refusal as which:
        which.readings = tuple(
            Reading(one.label, one.typed.replace("leave ", "leave not ", 1)) for one in which.readings
        )
        raise
    if span is None:
        raise Refusal("On which days do you work?", field="first", example="/team leave not tomorrow")
    rows = await leave_of(context.scope, context.member.user_id, span.first)
    touched: list[Touched] = []
    for row in [row for row in rows if row.first <= span.last]:
        touched += await cut(context, row, span)
    days = day_to_day(span.first, span.last, context.today)
    if not touched:
        return Reply(say=views.none_noted(days))
    undo = await remember(context, f"your leave on {days} taken back", *touched)
    return Reply(say=views.works(days, undo.id), home=True)


async def cut(context: Context, row: LeaveRow, span: DaySpan) -> list[Touched]:
    """Take days out of somebody's leave: all of it, an end of it, or the middle, so that two are left."""
    user_id, gone = context.member.user_id, Touched(row, image(row), gone=True)
    left = [
        DaySpan(first, last)
        for first, last in (
            (row.first, span.first - timedelta(days=1)),
            (span.last + timedelta(days=1), row.last),
        )
        if first <= last
    ]
    if not left:
        await remove_leave(context.scope, user_id, known(row))
        return [gone]
    touched = [Touched(row, image(row))]
    await queries.keep_leave(context.scope, row, left[0].first, left[0].last)
    added_rows = [await add_leave(context.scope, user_id, *one[:2], row.note) for one in left[1:]]
    return [*touched, *map(Touched, added_rows)]


async def whose(context: Context, user_id: str) -> MemberRow:
    """Return the person whose leave it is: oneself, or somebody in a team one may change.

    Raises:
        Refusal: if it is neither.
    """
    if user_id == context.member.user_id:
        return context.member
    found, _ = await meet_people(context, [user_id], context.prefetched or {})
    team = await find_team(context.scope, found[0].team_id) if found else None
    if not found or team is None:
        raise Refusal("That person is in no team. Choose somebody from yours.", field=views.WHO)
    if not await may_change_team(context, team):
        raise Refusal(f"{found[0].name} is in {team.name}, which you do not manage.", field=views.WHO)
    return found[0]


async def remove(context: Context) -> Reply:
    """Take days off back; pressing twice has one effect."""
    leave_id, team_id = views.read_value(context.request.value)
    row = await queries.find_leave(context.scope, leave_id) if leave_id is not None else None
    if row is not None:
        who = await whose(context, row.user_id)
        name = who.name if who.user_id != context.member.user_id else None
        summary = f"{whose_leave(name)} removed, {day_to_day(row.first, row.last, context.today)}"
        gone = Touched(row, image(row), gone=True)
        await remove_leave(context.scope, who.user_id, known(row))
        await remember(context, summary, gone)
    team = await find_team(context.scope, team_id)
    manages = team is not None and await may_change_team(context, team)
    return Reply(edit=await listed(context, team if manages else None), home=True)


def whose_leave(name: str | None) -> str:
    return f"leave of {name}" if name else "your leave"


FEATURE = Feature(
    name="leave",
    commands=(
        Command(
            "team leave",
            "[name] [21-25 Sep]",
            "your days off; for managers, the team's; with days, they are yours",
            "/team leave 21-25 Sep",
            show,
            Act.SEE_TEAM,
            order=63,
        ),
    ),
    phrases=(
        Phrase(
            rf"(?:i['’]?m |i am |i['’]?ll be |i will be )?(?:taking |having )?{OFF},? ((?:.* )?{A_DAY}.*)",
            "team",
            r"leave \1",
        ),
        Phrase(r"(?:i['’]?m |i am )?(?:off|out|home|calling in)? ?sick|i['’]?m ill", "team", "leave today"),
        Phrase(
            rf"(?:i['’]?m |i am )?(?:taking|having|i have|i['’]?ve) ((?:.* )?{A_DAY}.*?) off",
            "team",
            r"leave \1",
        ),
        Phrase(rf"({A_DAY}) (?:is (?:my )?)?(?:off|day off)", "team", r"leave \1"),
        Phrase(
            r"(?:(?:i['’]?m |i am |i['’]?ll be |i will be )?not |i(?: won['’]?t| will not) be |no longer )"
            rf"(?:taking |having )?{OFF},? ((?:.* )?{A_DAY}.*?)(?:,? after all)?",
            "team",
            r"leave not \1",
        ),
        Phrase(
            rf"i(?:['’]m| am|['’]ll be| will be| do)? (?:working|work|in|at work|available) ((?:on )?{A_DAY}.*?)"
            r" after all",
            "team",
            r"leave not \1",
        ),
        Phrase(r"cancel my (?:leave|holidays?|vacation|days? off).*", "team", "leave"),
    ),
    actions=routes(Act.SEE_WORK_OF, {LEAVE: show_by_button, views.NEW: open_form, views.REMOVE: remove}),
    views=routes(Act.SEE_WORK_OF, {views.ADD: add}),
    records=(
        Record(
            LeaveRow,
            undone=True,
            says=standing.leave,
            exported=True,
            read=Act.SEE_WORK_OF,
            private=("note",),
            erased="user_id",
        ),
    ),
)
