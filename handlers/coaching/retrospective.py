"""The retrospective: in the look back on the month that ends a quarter, and `/team retrospective` at any time (11)."""

from datetime import date, datetime

from handlers.ahead import answered_ahead
from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Record, Section, Shown, Surface, routes
from handlers.people.team import about_team, team_by_id, team_to_read
from handlers.place import Place
from handlers.remembered import remember, take_back
from handlers.reply import Reply
from messages.blocks import Block, Message
from messages.coaching import retrospective as views
from messages.coaching.retrospective import ChangeForm
from sales.coaching.diagnosis import diagnosed
from sales.coaching.retrospective import LeaderChange, Retrospective, quarter_before, quarter_of, read_change
from sales.language.dates.instants import local_date
from sales.language.dates.period import DaySpan, Period
from sales.people.permission import Act
from sales.people.team import TEAMS_SHOWN
from sales.pipeline.month_review import is_quarter_end
from storage.coaching import retrospective as queries
from storage.coaching.diagnosis import team_records
from storage.coaching.retrospective import LeaderChangeRow
from storage.goals.team_progress import ended
from storage.people.member import MemberRow, reps_counted
from storage.people.team import TeamRow, teams_managed_by
from storage.scope import Scope
from storage.undo import is_undone, newest_action

FOR_LEADS = "The look at a quarter"


@answered_ahead
async def command(context: Context) -> Reply:
    """`/team retrospective`: the quarter that ended last, to whoever leads the team.

    Raises:
        PermissionRefusal: for anybody else.
    """
    team = await team_to_read(context, FOR_LEADS)
    period = quarter_before(local_date(context.now, team.zone), team.fiscal_year_start)
    return Reply(say=await page(context, team, period))


async def page(
    context: Context, team: TeamRow, period: Period, note: str = "", undo_id: int | None = None
) -> Message:
    """Return the retrospective of a quarter of a team, with the asking person's own part."""
    today = local_date(context.now, team.zone)
    found = await retrospective(context.scope, team, period, context.member, context.now)
    return views.page(found, today, note, undo_id)


async def retrospective(
    scope: Scope, team: TeamRow, period: Period, reader: MemberRow, now: datetime
) -> Retrospective:
    """Return a quarter of a team, looked back on."""
    today = local_date(now, team.zone)
    reps = [rep.user_id for rep in await reps_counted(scope, team.id)]
    whole, _ = await team_records(scope, team, min(today, period.end))
    earlier = quarter_before(period.start, team.fiscal_year_start)
    now_said, before = [
        await queries.change_of(scope, team.id, reader.user_id, one.start) for one in (period, earlier)
    ]
    return Retrospective(
        team.name,
        team.id,
        period,
        [
            one
            for one in await ended(scope, team, DaySpan(period.start, today))
            if period.holds(one.goal.ends_on)
        ],
        await queries.had_goals(scope, reps, period),
        diagnosed(whole),
        await queries.system_part(scope, team, reps, period, now),
        now_said.text if now_said is not None else "",
        before.text if before is not None else "",
    )


async def in_review(look: Look) -> Shown | None:
    """To a manager, the quarter of each team of theirs that ended with the month that is looked back on.

    Shown again after they said what they change, it says so, with the way back.
    """
    if not look.member.is_manager or not isinstance(look.about, DaySpan):
        return None
    blocks = await just_kept(look) if look.is_again else []
    for team in (await teams_managed_by(look.scope, look.member.user_id))[:TEAMS_SHOWN]:
        if is_quarter_end(look.about.last, team):
            today = local_date(look.now, team.zone)
            period = quarter_of(look.about.last, team.fiscal_year_start)
            blocks += views.read(await retrospective(look.scope, team, period, look.member, look.now), today)
    return Shown(blocks) if blocks else None


async def just_kept(look: Look) -> list[Block]:
    """Say what a reader did last where that was to say what they change; nothing once it was taken back."""
    done = await newest_action(look.scope, look.member.user_id, look.now)
    table = str(LeaderChangeRow.__tablename__)
    if done is None or done.undone_at is not None or all(each["table"] != table for each in done.images):
        return []
    return [views.kept_line(done.id)]


async def open_form(context: Context) -> Reply:
    """What will you change…: the form with one field."""
    kept = ChangeForm.read(context.request.value)
    team = await readable(context, kept.team_id)
    held = await queries.change_of(
        context.scope, team.id, context.member.user_id, date.fromisoformat(kept.period_start)
    )
    place = Place.of(context.request.body) or ()
    form = ChangeForm(team.id, kept.period_start, tuple(place))
    return Reply(view=views.form(form, held.text if held is not None else ""))


async def save(context: Context) -> Reply:
    """What somebody changes was submitted: it is kept for them alone, and asked about after the next quarter.

    The look back on a month is shown again as a whole, with all else that stands in it.

    Raises:
        Refusal: under the field, if it says nothing.
    """
    form = ChangeForm.read(context.request.private)
    team = await readable(context, form.team_id)
    text = read_change(context.request.values.get(views.FIELD) or "", views.FIELD)
    period = quarter_of(date.fromisoformat(form.period_start), team.fiscal_year_start)
    said = LeaderChange(
        team_id=team.id,
        manager_id=context.member.user_id,
        period_start=period.start,
        text=text,
        on=context.today,
    )
    touched = await queries.keep_change(context.scope, said)
    undo = await remember(context, f"what you change in {team.name}", touched)
    message = await page(context, team, period, views.said("kept"), undo.id)
    place = Place.kept(form.place)
    return Reply(say=message) if place is None else Reply(edit=message, edit_at=place, again=[])


async def take_back_kept(context: Context) -> Reply:
    """Undo in the look back on a month, which is shown again; a second press finds it taken back."""
    undo_id = int(context.request.value)
    if not await is_undone(context.scope, context.member.user_id, undo_id):
        await take_back(context, undo_id)
    return Reply(again=[])


async def readable(context: Context, team_id: int) -> TeamRow:
    """Return a team whose retrospective is the asking person's to read.

    Raises:
        PermissionRefusal: if it is not.
    """
    team = await team_by_id(context, team_id)
    context.require(Act.SEE_TEAM_NUMBERS, await about_team(context.scope, team))
    return team


FEATURE = Feature(
    name="retrospective",
    commands=(
        Command(
            "team retrospective",
            "[name]",
            "the quarter that ended last: what it came to, what the system did, what you change",
            "/team retrospective",
            command,
            Act.SEE_TEAM,
            order=66,
        ),
    ),
    phrases=(Phrase(r"(?:show (?:me )?)?(?:the |our )?(?:team )?retrospective", "team", "retrospective"),),
    actions=routes(Act.SEE_TEAM_NUMBERS, {views.CHANGE: open_form, views.TAKE_BACK: take_back_kept}),
    views=routes(Act.SEE_TEAM_NUMBERS, {views.SAVE: save}),
    sections=(Section(Surface.REVIEW, 10, in_review, Act.SEE_TEAM_NUMBERS),),
    records=(Record(LeaderChangeRow, undone=True, exported=True, erased="manager_id"),),
)
