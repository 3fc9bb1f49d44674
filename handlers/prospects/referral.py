"""Referrals: one line that says whom to ask, `/lead referral` for what came of it, `/why referrals` for the count (42).

Asks that are logged as an activity count by themselves; an introduction is a lead from then on.
"""

from datetime import timedelta

from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Look,
    Phrase,
    Record,
    Section,
    Shown,
    Surface,
    routes,
)
from handlers.followups.activity.entry import ActivitiesLogged
from handlers.goals.goal.owner import MENTION, rep_meant, user_meant
from handlers.nudges.reassignment import WorkReassigned
from handlers.prospects.introduction import Introduction, became_lead
from handlers.remembered import remember
from handlers.reply import Reply
from messages.prospects import referral as views
from sales.followups.activity import Activity, ActivityKind
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, clean
from sales.people.permission import Act
from sales.prospects.lead import MAX_EMAIL, MAX_PHONE
from sales.prospects.referral import (
    LEFT_ALONE,
    Referral,
    ReferralCause,
    ReferralState,
    is_left_alone,
    to_say_in_morning,
)
from sales.prospects.referral_phrase import EXAMPLE, ReferralDraft, read_referral
from sales.refusal import Refusal
from sales.value import changed
from storage.followups.activity import add_activity
from storage.prospects import referral as queries
from storage.prospects.referral import ReferralRow
from storage.row_image import Touched, image

OTHERS = "The referrals of others are for their managers and for admins."
WORDS = frozenset({"referral", "referrals", "my referrals", "introductions", "intros", "referral asks"})
OWNER = ("owner_id",)
ALL_OF_THEM = timedelta(days=3650)


async def command(context: Context) -> Reply:
    """`/lead referral Acme introduced Ben Hall at Borealis`; without words, or with a rep's name, what asks came to."""
    text = context.text.strip()
    if not text or MENTION.fullmatch(text):
        return await show(context, text)
    return await noted(context, read_referral(text))


async def asks_of(context: Context) -> Reply:
    """`/lead referrals`, with a rep's name theirs; what else is typed there is an ask or what came of one."""
    text = context.text.strip()
    return await (show(context, text) if await user_meant(context, text) else command(context))


async def show(context: Context, said: str) -> Reply:
    """What the asks of a year came to; to whoever leads a rep, theirs, by name.

    Raises:
        PermissionRefusal: if it is not theirs to read.
    """
    owner = await rep_meant(context, said, OTHERS)
    if owner is None:
        user_id, today, name, zone = context.member.user_id, context.today, "", context.zone
    else:
        user_id, today, zone = owner.member.user_id, owner.today, owner.member.zone
        name = owner.member.name if owner.shown else ""
    count = await queries.referral_count(context.scope, user_id, today, zone)
    asks = await queries.referral_asks(context.scope, user_id, today)
    return Reply(say=views.overview(count, asks, today, name))


async def explain(context: Context) -> Reply | None:
    """`/why referrals`, also with whose; None for other words."""
    words = context.text.strip(" ?!.")
    if words.casefold() in WORDS:
        return await show(context, "")
    first, _, rest = words.partition(" ")
    if first.casefold() in WORDS and MENTION.fullmatch(rest):
        return await show(context, rest)
    return None


async def noted(context: Context, draft: ReferralDraft) -> Reply:
    """Note what a line says: that somebody was asked, would rather not, or introduced somebody."""
    if draft.state is ReferralState.INTRODUCED:
        row = await open_ask(context, draft.who)
        return await became_lead(context, row, draft.who, Introduction(draft.introduced, draft.firm))
    return await decided(context, draft.who, draft.state, ReferralCause.OWN, None)


async def open_ask(context: Context, who: str) -> ReferralRow | None:
    """Return the ask that somebody still has to answer; None where none is open."""
    me, since = context.member.user_id, context.today - LEFT_ALONE
    rows = await queries.referrals_of(context.scope, me, since)
    same = [row for row in rows if name_key(row.who) == name_key(who)]
    return next((row for row in same if row.state is ReferralState.ASKED), None)


async def choose(context: Context) -> Reply:
    """A line of the menu beside whom to ask was chosen."""
    way, deal_id, cause, who = views.read_carried(context.request.value)
    state = ReferralState.ASKED if way == views.I_ASKED else ReferralState.LEFT_OUT
    return await decided(context, who, state, ReferralCause(cause), deal_id)


async def decided(
    context: Context, who: str, state: ReferralState, cause: ReferralCause, deal_id: int | None
) -> Reply:
    """Note that somebody was asked, which is something done too, or is not to be; twice has one effect."""
    me, today = context.member.user_id, context.today
    there = is_left_alone(await queries.referrals_of(context.scope, me, today - LEFT_ALONE), who, today)
    if there is not None and not (there.state is ReferralState.ASKED and state is ReferralState.DECLINED):
        return Reply(say=views.known(there, today))
    if isinstance(there, ReferralRow):
        said = changed(Referral, there, state=state, answered_on=today)
        touched = [await queries.change_referral(context.scope, there, said)]
        row = there
    else:
        row = await queries.add_referral(
            context.scope,
            Referral(owner_id=me, who=who, on=today, state=state, cause=cause, deal_id=deal_id),
        )
        touched = [Touched(row)]
    if state is ReferralState.ASKED:
        asked = Activity(owner_id=me, kind=ActivityKind.REFERRAL_ASK, on=today, account=who)
        touched.append(Touched(await add_activity(context.scope, asked, context.now, opportunity_id=deal_id)))
    undo = await remember(context, f"referral, {who}", *touched)
    return Reply(say=views.noted(row, undo.id, today), home=True)


async def answer(context: Context) -> Reply:
    """A line of the menu beside who was asked was chosen.

    Raises:
        Refusal: if it is gone, or somebody else's.
    """
    way, _, referral_id = context.request.value.partition("|")
    row = await own(context, int(referral_id))
    if way == views.INTRODUCED:
        return Reply(view=views.form(row))
    return await decided(context, row.who, ReferralState.DECLINED, row.cause, row.deal_id)


async def save(context: Context) -> Reply:
    """The form of an introduction was submitted."""
    row, values = await own(context, int(context.request.private)), context.request.values
    said = Introduction(
        clean(values.get(views.WHO) or "", MAX_NAME, views.WHO),
        clean(values.get(views.FIRM) or "", MAX_NAME, views.FIRM),
        clean(values.get(views.EMAIL) or "", MAX_EMAIL, views.EMAIL),
        clean(values.get(views.PHONE) or "", MAX_PHONE, views.PHONE),
    )
    if not said.name:
        raise Refusal("Who is it that they introduced?", field=views.WHO)
    return await became_lead(context, row, row.who, said)


async def own(context: Context, referral_id: int) -> ReferralRow:
    """Return an ask of the asking person's.

    Raises:
        Refusal: if it is gone, or somebody else's.
    """
    row = await queries.find_referral(context.scope, referral_id)
    if row is None or row.owner_id != context.member.user_id:
        raise Refusal("That ask is no longer there.", example="/why referrals")
    return row


async def hear_logged(context: Context, news: ActivitiesLogged) -> None:
    """An ask that was logged with a customer's name counts here too, once."""
    asks = [row for row in news.rows if row.kind is ActivityKind.REFERRAL_ASK and row.account]
    for row in asks:
        who = str(row.account)
        known = await queries.referrals_of(context.scope, row.owner_id, context.today - LEFT_ALONE)
        if is_left_alone(known, who, context.today) is None:
            ask = Referral(owner_id=row.owner_id, who=who, on=row.on, deal_id=row.opportunity_id)
            news.touched.append(Touched(await queries.add_referral(context.scope, ask)))
            news.said.append(views.counted_line(who))


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """Let whoever takes over hear of the asks that are still open."""
    since = context.today - ALL_OF_THEM
    for row in await queries.referrals_of(context.scope, news.old.user_id, since):
        if row.state is ReferralState.ASKED:
            before = image(row, OWNER)
            said = changed(Referral, row, owner_id=news.new.user_id)
            await queries.change_referral(context.scope, row, said)
            news.touched.append(Touched(row, before, columns=OWNER))


async def on_surface(look: Look) -> Shown | None:
    """Whom to ask for an introduction now, in a line; nothing where there is nobody."""
    if look.team is None or not look.member.is_rep:
        return None
    asks = await queries.referral_asks(look.scope, look.member.user_id, look.today)
    return Shown([views.ask_line(asks, look.today)], why=views.why_line()) if asks else None


async def in_morning(look: Look) -> Shown | None:
    """The same where the mornings before did not say it already: Home has it all the time."""
    if look.team is None or not look.member.is_rep:
        return None
    asks = await queries.referral_asks(look.scope, look.member.user_id, look.today)
    new = to_say_in_morning(asks, look.last.on if look.last is not None else None, look.today)
    return Shown([views.ask_line(new, look.today)], why=views.why_line()) if new else None


FEATURE = Feature(
    name="referral",
    commands=(
        Command(
            "lead referral",
            "[Acme [introduced Ben Hall at Borealis] | @rep]",
            "whom you asked for an introduction, and what came of it",
            EXAMPLE,
            command,
            Act.SEE_WORK_OF,
            order=49,
            mentions=True,
        ),
        Command(
            "lead referrals",
            "[@rep]",
            "asked, introduced, deals: what your referral asks came to",
            "/lead referrals",
            asks_of,
            Act.SEE_WORK_OF,
            order=49,
            mentions=True,
        ),
    ),
    phrases=(
        Phrase(r"(?:show (?:me )?)?(?:my |our )?referrals?", "lead", "referrals"),
        Phrase(r"(.+? (?:introduced|referred) (?:me|us) (?:to|with) .+)", "lead", r"referral \1"),
    ),
    actions=routes(Act.OWN_WORK, {views.MENU: choose, views.ASKED_MENU: answer}),
    views=routes(Act.OWN_WORK, {views.SAVE: save}),
    sections=(
        Section(Surface.HOME, 57, on_surface, Act.OWN_WORK),
        Section(Surface.MORNING, 26, in_morning, Act.OWN_WORK),
    ),
    hears={ActivitiesLogged: hear_logged, WorkReassigned: hear_reassigned},
    explain=explain,
    explains="referrals",
    records=(Record(ReferralRow, undone=True, exported=True, read=Act.SEE_WORK_OF, erased="owner_id"),),
)
