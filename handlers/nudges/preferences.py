"""Preferences: a person's own settings, opened and kept."""

from collections.abc import Collection
from datetime import date, time

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Record, Section, Setting, Shown, Surface, routes
from handlers.nudges.pause import PAUSE, check_length, paused_day, set_pause, spoken
from handlers.people.country import OWN_COUNTRY
from handlers.people.news import MemberChanged, TeamChanged
from handlers.people.touched import member_touched
from handlers.remembered import TakenBack, remember
from handlers.reply import Reply
from messages.blocks import Block
from messages.nudges import pause
from messages.nudges import preferences as views
from messages.nudges.pause import PAUSE_UNTIL, WANTED, kept
from sales.language.dates.instants import local_date, local_instant
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.nudges.mute import MuteRow, choices, kinds_switched_off, mutes, set_mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.schedule.specs import set_member_schedules, set_team_schedules
from storage.people.member import MemberRow
from storage.people.team import find_team
from storage.row_image import Touched, image

OWN = (*PAUSE, *OWN_COUNTRY, "evening_at")  # what of a member they decide in their own form


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
    before, was = image(context.member, OWN), await chosen(context)
    lines = [await setting.keep(context) for setting in reversed(context.declared.settings)]
    touched = await choices_touched(context, was)
    if (own := await member_touched(context, context.member.user_id, before, OWN)) is not None:
        touched.append(own)
    if touched:
        await remember(context, "your settings", *touched)
    return Reply(say=views.own_saved(lines[::-1]), home=True)


async def chosen(context: Context) -> set[str]:
    """Return the kinds that somebody has switched off, and of those to be asked for, the ones they want."""
    return set(await choices(context.scope, context.member.user_id))


async def choices_touched(context: Context, was: Collection[str]) -> list[Touched]:
    """Return the choices that were made since, and those that were taken back."""
    of = {"workspace_id": context.scope.workspace_id, "user_id": context.member.user_id}
    now = await chosen(context)
    return [
        *(Touched(MuteRow(**of, kind=kind)) for kind in sorted(now.difference(was))),
        *(
            Touched(row, image(row), gone=True)
            for row in (MuteRow(**of, kind=kind) for kind in sorted(set(was) - now))
        ),
    ]


async def own_nudges(look: Look) -> Shown:
    """The kinds of message that may come, and until when none does."""
    off = await mutes(look.scope, look.member.user_id)
    offered = look.scope.declared.offered_to(look.member)
    return Shown(pause.fields(offered, off, paused_day(look.member, look.now)))


async def keep_own_nudges(context: Context) -> str:
    """Keep what a person's own form says of muting and pausing; return it in words, empty if all comes."""
    user_id, values = context.member.user_id, context.request.values
    offered = {kind.key for kind in context.scope.declared.offered_to(context.member)}
    if offered:
        wanted = {key for name, keys in values.items() if name.startswith(WANTED) for key in keys or ()}
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
        check_length(until, context.now)
    await set_pause(context, until)
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


async def hear_taken_back(context: Context, news: TakenBack) -> None:
    """What recurs for somebody follows their own time again, once a change of it was taken back."""
    for row in news.rows:
        if isinstance(row, MemberRow):
            await context.announce(MemberChanged(row, await find_team(context.scope, row.team_id)))


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
    hears={MemberChanged: hear_member, TeamChanged: hear_team, TakenBack: hear_taken_back},
    records=(
        Record(MuteRow, undone=True, exported=True, erased="user_id"),
        Record(
            ScheduleRow,
            erased="subject_id",
            exempt="when what recurs is due next, worked out from what people decided",
        ),
    ),
)
