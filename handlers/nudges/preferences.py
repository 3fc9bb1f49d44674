"""Preferences: a person's own settings, opened and kept."""

from datetime import date, time

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Record, Section, Setting, Shown, Surface, routes
from handlers.nudges.pause import paused, paused_day, set_pause, spoken
from handlers.people.news import MemberChanged, TeamChanged
from handlers.reply import Reply
from messages.blocks import Block
from messages.nudges import pause
from messages.nudges import preferences as views
from messages.nudges.pause import PAUSE_UNTIL, WANTED, kept
from sales.language.dates.instants import local_date, local_instant
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.nudges.policy import MuteRow, kinds_switched_off, set_mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.schedule.specs import set_member_schedules, set_team_schedules


async def open_own(context: Context) -> Reply:
    """Open a person's own settings: what may come and from when on, and what else features let them decide.

    Raises:
        Refusal: for somebody in no team, to whom nothing comes.
    """
    if not context.scope.declared.offered_to(context.member):
        context.require_team()
    look = Look(context.scope, context.member, context.team, context.now, context.today)
    blocks: list[Block] = []
    for setting in context.declared.settings:
        shown = await setting.show(look)
        blocks += shown.blocks if shown is not None else ()
    return Reply(view=views.own_form(blocks))


async def save_own(context: Context) -> Reply:
    """Keep what a person decided for themselves, and say it in the order of the form.

    The last is kept first: whether a message comes at all decides whether its time is worth saying.
    """
    lines = [await setting.keep(context) for setting in reversed(context.declared.settings)]
    return Reply(say=views.own_saved(lines[::-1]), home=True)


async def own_nudges(look: Look) -> Shown:
    """The kinds of message that may come, and until when none does."""
    muted = {kind.key for kind in await kinds_switched_off(look.scope, look.member)}
    offered = look.scope.declared.offered_to(look.member)
    return Shown(pause.fields(offered, muted, paused_day(look.member, look.now)))


async def keep_own_nudges(context: Context) -> str:
    """Keep what a person's own form says of muting and pausing; return it in words, empty if all comes."""
    user_id, values = context.member.user_id, context.request.values
    offered = {kind.key for kind in context.scope.declared.offered_to(context.member)}
    if offered:
        wanted = set(values.get(WANTED) or [])
        await set_mutes(context.scope, user_id, sorted(offered - wanted), offered)
    until = None
    if values.get(PAUSE_UNTIL):
        day = date.fromisoformat(values[PAUSE_UNTIL])
        shown = context.member.paused_until
        if shown is not None and local_date(shown, context.zone) == day:
            until = shown if shown > context.now else None  # it ended while the form was open
        else:
            until = local_instant(context.zone, time.min, day)
            if until <= context.now:
                raise Refusal("That day has begun. Choose a later one, or leave it empty.", field=PAUSE_UNTIL)
    if until is not None:
        await paused(context, until)
    else:
        await set_pause(context, None)
    until_words = spoken(until, context.today, context.zone) if until is not None else ""
    return kept(until_words, await kinds_switched_off(context.scope, context.member))


async def zone_and_hours(look: Look) -> Shown:
    """The zone we take from Slack, and for reps the team's quiet hours."""
    return Shown(views.zone_and_hours(look.member, look.team if look.member.is_rep else None))


async def nothing_to_keep(context: Context) -> str:
    return ""


async def hear_member(context: Context, news: MemberChanged) -> None:
    """What recurs for a member follows what they and their team decided."""
    await set_member_schedules(context.scope, news.team, news.member, context.now)


async def hear_team(context: Context, news: TeamChanged) -> None:
    """What recurs for a team, its channel and its people follows what it decided."""
    await set_team_schedules(context.scope, news.team, context.now)


async def home_button(look: Look) -> Shown | None:
    return Shown(buttons=[views.home_button()]) if look.team is not None else None


FEATURE = Feature(
    name="preferences",
    commands=(
        Command(
            "rainmaker settings",
            "",
            "what I may send you, and when your day ends",
            "/rainmaker settings",
            open_own,
            Act.OWN_WORK,
            order=82,
        ),
    ),
    actions=routes(Act.OWN_WORK, {views.SETTINGS: open_own}),
    views=routes(Act.OWN_WORK, {views.SAVE_OWN: save_own}),
    sections=(Section(Surface.HOME_BUTTONS, 30, home_button, Act.OWN_WORK),),
    settings=(Setting(20, own_nudges, keep_own_nudges), Setting(90, zone_and_hours, nothing_to_keep)),
    hears={MemberChanged: hear_member, TeamChanged: hear_team},
    records=(
        Record(MuteRow, exported=True, erased="user_id"),
        Record(ScheduleRow, exempt="when what recurs is due next, worked out from what people decided"),
    ),
)
