"""Leave: one's own days off, and those of the people one manages."""

from datetime import date

from handlers.context import Ask, Before, prepared_by
from handlers.feature import Feature
from handlers.people import member as people
from handlers.people import team as asked
from handlers.reply import Reply
from messages.blocks import Message
from messages.people import leave as messages
from messages.people.team import LEAVE
from sales.language.dates.instants import local_date
from sales.people.leave import leave_asked
from sales.refusal import Refusal
from storage.people import leave as leave_rows
from storage.people import member as members
from storage.people import team as teams
from storage.people.calendar import calendar_of
from storage.people.leave import LeaveRow, add_leave, leave_in_team, leave_of, remove_leave
from storage.people.member import MemberRow
from storage.people.team import TeamRow


async def show(ask: Ask) -> Reply:
    """Show leave to come: that of the team one manages, else one's own."""
    if ask.text:
        return Reply(say=await listed(ask, await asked.changeable(ask, await asked.named(ask, ask.text))))
    managed = await teams.managed_by(ask.scope, ask.member.user_id)
    return Reply(say=await listed(ask, managed[0] if len(managed) == 1 else None))


async def show_by_button(ask: Ask) -> Reply:
    """Show the leave of the team whose button was pressed, to those who may see it."""
    team = await asked.by_id(ask, ask.request.value)
    return Reply(say=await listed(ask, team if await asked.may_change(ask, team) else None))


async def listed(ask: Ask, team: TeamRow | None) -> Message:
    """Return a team's leave to come, a manager's own included, or the asking person's."""
    own = await leave_of(ask.scope, ask.member.user_id, ask.today)
    if team is None or team.id is None:
        spans = [messages.Span(known(row), None, row.first, row.last, row.note) for row in own]
        return messages.listing(spans, None, None)
    theirs = await leave_in_team(ask.scope, team.id, ask.today)
    rows = {known(row): row for row in [*theirs, *own]}
    by_id = {
        row.user_id: row.name
        for row in await members.members(ask.scope, {row.user_id for row in rows.values()})
    }
    spans = [
        messages.Span(known(row), by_id[row.user_id], row.first, row.last, row.note)
        for row in sorted(rows.values(), key=lambda row: (row.first, known(row)))
    ]
    return messages.listing(spans, team.name, team.id)


def known(row: LeaveRow) -> int:
    assert row.id is not None
    return row.id


async def open_form(ask: Ask) -> Reply:
    """Ask for days off; a manager is asked whose."""
    _, team_id = messages.read_value(ask.request.value)
    return Reply(view=messages.form(ask.today, ask.member.user_id, team_id=team_id))


async def look_up(before: Before) -> people.Users:
    """Ask Slack who it is that a manager chose."""
    chosen = before.request.values.get(messages.WHO)
    return await people.look_up(before, [chosen] if chosen else [])


@prepared_by(look_up)
async def add(ask: Ask) -> Reply:
    """Keep days off."""
    values = ask.request.values
    who = await whose(ask, values.get(messages.WHO) or ask.member.user_id)
    leave = leave_asked(
        who.user_id,
        date.fromisoformat(values[messages.FIRST]),
        date.fromisoformat(values[messages.LAST]) if values.get(messages.LAST) else None,
        values.get(messages.NOTE),
        local_date(ask.now, who.zone),
        await leave_of(ask.scope, who.user_id, date.min),
    )
    team = await teams.team(ask.scope, who.team_id)
    working_days = 0
    if team is not None:
        working_days = (await calendar_of(ask.scope, team, who)).working_days(leave.first, leave.last)
    row = await add_leave(ask.scope, who.user_id, leave.first, leave.last, leave.note)
    name = who.name if who.user_id != ask.member.user_id else None
    span = messages.Span(known(row), name, row.first, row.last, row.note)
    return Reply(say=messages.added(span, working_days), home=True)


async def whose(ask: Ask, user_id: str) -> MemberRow:
    """Return the person whose leave it is: oneself, or somebody in a team one may change.

    Raises:
        Refusal: if it is neither.
    """
    if user_id == ask.member.user_id:
        return ask.member
    found, _ = await people.meet(ask, [user_id], ask.found or {})
    team = await teams.team(ask.scope, found[0].team_id) if found else None
    if not found or team is None:
        raise Refusal("That person is in no team. Choose somebody from yours.", field=messages.WHO)
    if not await asked.may_change(ask, team):
        raise Refusal(f"{found[0].name} is in {team.name}, which you do not manage.", field=messages.WHO)
    return found[0]


async def remove(ask: Ask) -> Reply:
    """Take days off back; pressing twice has one effect."""
    leave_id, team_id = messages.read_value(ask.request.value)
    row = await leave_rows.leave(ask.scope, leave_id) if leave_id is not None else None
    if row is not None:
        who = await whose(ask, row.user_id)
        await remove_leave(ask.scope, who.user_id, known(row))
    team = await teams.team(ask.scope, team_id)
    manages = team is not None and await asked.may_change(ask, team)
    return Reply(edit=await listed(ask, team if manages else None), home=True)


FEATURE = Feature(
    actions={LEAVE: show_by_button, messages.NEW: open_form, messages.REMOVE: remove},
    views={messages.ADD: add},
)
