"""Warm calling: `/lead next` says whom to call first and why; on request it comes in the morning too (39, 40, 41, 42).

Whoever gets a morning note reads it there, and whoever wants the list alone gets that alone.
"""

from datetime import datetime, timedelta

from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Job,
    Kind,
    Look,
    Phrase,
    Rendered,
    Section,
    Shown,
    Subject,
    Surface,
    routes,
)
from handlers.followups.activity.entry import log
from handlers.nudges.addressee import of_the_morning, reader_at_work, wants_alone
from handlers.nudges.preferences import choices_touched, chosen
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.prospects import warmth as views
from sales.followups.activity import ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.language.dates.instants import local_date
from sales.nudges.kind import MORNING, NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.permission import Act
from sales.prospects.warmth import WARM_LIST, WarmProspect, mix_of, warm_list_spec, warmest
from sales.refusal import Refusal
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import mutes, set_mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import MemberRow
from storage.pipeline.opportunity import find_opportunity
from storage.prospects.lead import find_lead
from storage.prospects.warmth import prospects_of
from storage.scope import Scope

EXAMPLE = "/lead next"
WORTH_READING = timedelta(hours=4)
NOBODY = "nobody to call today"


async def whom_to_call(scope: Scope, member: MemberRow, now: datetime) -> list[WarmProspect]:
    """Return whom a rep may call today, the warmest first."""
    return warmest(await prospects_of(scope, member, now), local_date(now, member.zone))


async def command(context: Context) -> Reply:
    """`/lead next`: one's own list.

    Raises:
        Refusal: for other words.
    """
    if context.text.strip():
        raise Refusal("I read `/lead next` alone: it is your own list.", example=EXAMPLE)
    return await show(context)


async def show(context: Context) -> Reply:
    """The list, also behind a button."""
    context.require_team()
    return Reply(say=await listed_now(context))


async def listed_now(context: Context) -> Message:
    """The list as it stands: whoever was called is off it, and the button is gone once the list comes by itself."""
    found = await whom_to_call(context.scope, context.member, context.now)
    comes_daily = WARM_LIST not in await mutes(context.scope, context.member.user_id)
    return views.listing(found, mix_of(found), context.today, comes_daily=comes_daily)


async def show_all(context: Context) -> Reply:
    """All of them, in a window."""
    found = await whom_to_call(context.scope, context.member, context.now)
    return Reply(view=views.every(found, context.today))


async def called(context: Context) -> Reply:
    """Somebody of the list was called: that is logged, and asks for its next step as any call does."""
    found = await whom_to_call(context.scope, context.member, context.now)
    if all(one.prospect.key != context.request.value for one in found):
        return Reply(say=views.gone())
    kind, _, number = context.request.value.partition(":")
    me, deal_id, who, with_whom = context.member.user_id, None, "", ""
    if kind == "lead":
        lead = await find_lead(context.scope, int(number))
        if lead is not None and lead.owner_id == me:
            who, with_whom = lead.firm, f"with {lead.name}" if lead.account else ""
    else:
        deal = await find_opportunity(context.scope, int(number))
        if deal is not None and deal.owner_id == me:
            deal_id, who = deal.id, deal.account or deal.name
    if not who:
        return Reply(say=views.gone())
    entry = ActivityEntry({ActivityKind.CALL: 1}, context.today, who, with_whom)
    said = await log(context, entry, deal_id)
    return Reply(say=said, edit=await listed_now(context), home=True)


async def send_daily(context: Context) -> Reply:
    """Somebody wants the list in the morning."""
    was = await chosen(context)
    await set_mutes(context.scope, context.member.user_id, [], [WARM_LIST])
    if touched := await choices_touched(context, was):
        await remember(context, "whom to call first, in the morning", *touched)
    with_note = MORNING not in await mutes(context.scope, context.member.user_id)
    return Reply(say=views.comes(with_note=with_note), edit=await listed_now(context))


# in the morning


async def in_note(look: Look) -> Shown | None:
    """Whom to call, in the morning note of who asked for both; nothing where there is nobody."""
    if look.team is None or WARM_LIST in await mutes(look.scope, look.member.user_id):
        return None
    found = await whom_to_call(look.scope, look.member, look.now)
    return Shown(views.in_note(found, look.today), why=views.why_line()) if found else None


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the list by itself, for who wants it and gets no morning note; that has it else."""
    if not await wants_alone(scope, schedule.subject_id, WARM_LIST):
        return []
    return [of_the_morning(scope, WARM_LIST, schedule.subject_id, occurrence, views.why(), WORTH_READING)]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The list as it stands when it is sent, or why there is none."""
    reader = await reader_at_work(scope, delivery, now)
    if isinstance(reader, Skip):
        return reader
    member, _, today = reader
    found = await whom_to_call(scope, member, now)
    return views.by_itself(found, today) if found else Skip(NOBODY)


async def below_leads(look: Look) -> Shown | None:
    """The way to it, below one's own list of leads."""
    return Shown([views.list_button()]) if look.about is None and look.member.is_rep else None


FEATURE = Feature(
    name="warmth",
    commands=(
        Command(
            "lead next",
            "",
            "whom to call first and why: warm before cold, phone before mail",
            EXAMPLE,
            command,
            Act.OWN_WORK,
            order=48,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:who|whom) (?:should|do|shall|can) (?:i|we) call(?: (?:next|first|today|tomorrow|now))?"
            r"|whom? to call(?: (?:next|first|today|tomorrow|now)){0,2}"
            r"|(?:show (?:me )?)?(?:my |the )?(?:warm|call) list|who is warm",
            "lead",
            "next",
        ),
    ),
    actions=routes(
        Act.OWN_WORK,
        {views.SHOW: show, views.ALL: show_all, views.CALLED: called, views.DAILY: send_daily},
    ),
    jobs=(Job(WARM_LIST, CatchUp.DELIVER_LATEST, decide, of=Subject.MEMBER, spec=warm_list_spec),),
    kinds=(
        Kind(
            NudgeKind(
                WARM_LIST,
                "Whom to call first",
                "the warm list, in your morning note or by itself without one",
                recurs=True,
                for_reps=True,
                opt_in=True,
                topic=Topic.DAY,
                order=6,
            ),
            render,
        ),
    ),
    sections=(
        Section(Surface.MORNING, 9, in_note, Act.OWN_WORK, leads=True),
        Section(Surface.LEADS, 30, below_leads, Act.OWN_WORK),
    ),
)
