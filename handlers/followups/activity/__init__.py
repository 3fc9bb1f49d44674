"""Activities: logged in a line, in a form, or with a tap; every conversation is asked for its next step."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.deduplication import first_click
from handlers.feature import (
    Command,
    Feature,
    Keeping,
    Look,
    Phrase,
    Record,
    Section,
    Shown,
    Stays,
    Surface,
    routes,
)
from handlers.followups.activity.belonging import belongs
from handlers.followups.activity.entry import add_next_step, log, no_next_step
from handlers.followups.activity.form import filled_in
from handlers.followups.followup.entry import from_draft
from handlers.followups.followup.typed import ask_about_name
from handlers.followups.offered import as_log
from handlers.followups.touch_question import before_logging
from handlers.reading import FILL_IN, fillable
from handlers.reply import Reply
from messages import standing
from messages.blocks import marked
from messages.followups import activity as views
from messages.followups.logged_deal import BELONGS
from sales.followups.activity import ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.followups.activity_phrase import may_name, read_log
from sales.followups.activity_words import COUNTED_ITEM
from sales.people.permission import Act
from sales.people.retention import Retention
from sales.refusal import Refusal
from storage.followups import activity as queries
from storage.followups.activity import ActivityRow, forget_words
from storage.undo import newest_action

ONE = r"(?:i |we |i['’]ve |we['’]ve )?"


async def command(context: Context) -> Reply:
    """`/log` opens the form; with words it logs what they say."""
    if not context.text or context.text.startswith(FILL_IN):
        return Reply(view=views.form(context.today, context.text.removeprefix(FILL_IN)))
    try:
        return await typed(context)
    except Refusal as refusal:
        raise fillable(refusal, context.text) from None


async def typed(context: Context) -> Reply:
    """Log what a line says."""
    known = await context.declared.names(context, may_name(context.text))
    draft = read_log(context.text, context.now, context.zone, known)
    await ask_about_name(context, draft.account or "", sure=draft.sure)
    step = from_draft(context, draft.next_step) if draft.next_step is not None else None
    counts, none = dict(draft.activities), draft.no_next_step
    entry = ActivityEntry(counts, draft.on, draft.account, draft.outcome, step, none, draft.results)
    return await logged(context, entry)


async def form(context: Context) -> Reply:
    """Open the form."""
    return Reply(view=views.form(context.today))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    return await logged(context, filled_in(context))


async def logged(context: Context, entry: ActivityEntry) -> Reply:
    """Log what was said, unless it is one touch too many: that is asked about first."""
    if (question := await before_logging(context, entry)) is not None:
        return Reply(say=question)
    return Reply(say=await log(context, entry), home=True)


async def tap(context: Context) -> Reply:
    """One tap logs one; the message it stands on is shown again with the new count and the way back.

    A double click is one tap, and told so.
    """
    kind = ActivityKind(context.request.name.partition(":")[2])
    first = await first_click(context)
    said = await log(context, ActivityEntry({kind: 1}, context.today)) if first else views.counted_once()
    if not context.request.value:
        return Reply(say=said, home=True)
    ids = marked((context.request.body.get("message") or {}).get("blocks", []))
    return Reply(say=None if first else said, again=ids, home=True)


async def in_evening(look: Look) -> Shown:
    """What was logged today, with the way back from the last of it, and one tap for one more."""
    counts = await queries.counts_on(look.scope, look.member.user_id, look.today)
    newest = await newest_action(look.scope, look.member.user_id, look.now) if look.is_again else None
    is_log = newest is not None and newest.added(str(ActivityRow.__tablename__))
    undo_id = newest.id if newest is not None and is_log else None
    return Shown(views.evening_blocks(counts, look.place, undo_id))


async def evenings_ahead(looks: Sequence[Look]) -> None:
    """Read at once what many people logged today, each on their own date."""
    for day in {look.today for look in looks}:
        reps = [look.member.user_id for look in looks if look.today == day]
        await queries.counts_ahead(looks[0].scope, reps, day)


async def home_button(look: Look) -> Shown | None:
    return Shown(buttons=[views.home_button()]) if look.team is not None and look.member.is_rep else None


FEATURE = Feature(
    name="activity",
    commands=(
        Command(
            "log",
            "[5 calls 2 meetings]",
            "what you did today, in a line or a form, and what comes next",
            "/log call Acme – spoke, next step demo Tue",
            command,
            Act.OWN_WORK,
            order=30,
        ),
    ),
    phrases=(
        Phrase(rf"{ONE}(?:just )?log(?:ged)?:? (.*)", "log", r"\1"),
        Phrase(
            rf"{ONE}(?:just )?(?:did|made|had|sent|held|finished|completed) ({COUNTED_ITEM}(?:\W.*)?)",
            "log",
            r"\1",
        ),
        Phrase(
            rf"{ONE}(?:just )?((?:called|emailed|met|visited|messaged|phoned|demoed|left an? (?:vm|voice ?mail)) .*)",
            "log",
            r"\1",
        ),
        Phrase(
            rf"{ONE}(?:just )?((?:got|came|hung up|hopped|jumped) off (?:the |a )?(?:phone|call|zoom|teams)"
            r"(?: call)? w.*)",
            "log",
            r"\1",
        ),
        Phrase(
            rf"{ONE}(?:just )?((?:spoke|talked|chatted) (?:to|with) (?!(?:my|our|the|an?|his|her|your|you)\b).*)",
            "log",
            r"\1",
        ),
        Phrase(
            rf"{ONE}(?:just )?had (an? (?:\w+ )?(?:call|meeting|demo|coffee|lunch) (?:with|w/|at) .*)",
            "log",
            r"\1",
        ),
        Phrase(rf"({COUNTED_ITEM}(?:\W.*)?)", "log", r"\1"),
    ),
    offers=as_log,
    actions=routes(
        Act.OWN_WORK,
        {
            views.LOG: tap,
            views.FORM: form,
            views.NEXT_STEP: add_next_step,
            views.NO_NEXT_STEP: no_next_step,
            BELONGS: belongs,
        },
    ),
    views=routes(Act.OWN_WORK, {views.SAVE: save}),
    sections=(
        Section(Surface.EVENING, 20, in_evening, Act.OWN_WORK, ahead=evenings_ahead),
        Section(Surface.HOME_BUTTONS, 15, home_button, Act.OWN_WORK),
    ),
    records=(
        Record(
            ActivityRow,
            undone=True,
            says=standing.activity,
            exported=True,
            erased="owner_id",
            stays=Stays("what was done for a deal; it goes with the deal", only_with="opportunity_id"),
        ),
    ),
    keeps=(
        Keeping(
            Retention("words", "Words of activities", days=730, least=365, but="What was done still counts."),
            forget_words,
        ),
    ),
)
