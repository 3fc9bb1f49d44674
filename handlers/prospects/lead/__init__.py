"""Leads: added, given to whoever calls first, accepted or rejected with a reason, qualified into a deal (35, 38)."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.context import Context, Handler
from handlers.feature import (
    Command,
    Feature,
    Keeping,
    Kind,
    Phrase,
    Record,
    Section,
    Stays,
    Surface,
    TeamSection,
    routes,
)
from handlers.followups.activity.entry import ActivitiesLogged
from handlers.goals.goal.owner import MENTION
from handlers.nudges.reassignment import WorkReassigned
from handlers.prospects.lead import assign, calls, decision, entry, listing, qualify, told, watch
from handlers.prospects.lead.lookup import MeantLead, own, the_one
from handlers.prospects.lead.shown import lead_card
from handlers.reply import Reply
from messages import standing
from messages.prospects import lead as views
from messages.prospects.lead import OfLead
from sales.nudges.kind import NudgeKind, Topic
from sales.people.permission import Act
from sales.people.retention import Retention
from sales.prospects.lead_phrase import EXAMPLE
from sales.refusal import Reading, Refusal
from storage.prospects.lead import LeadRow
from storage.prospects.lead_retention import forget_leads
from storage.prospects.team_leads import open_leads_whole
from storage.row_image import Touched, image

OWNER = ("owner_id", "team_id", "assigned_at")


async def command(context: Context) -> Reply:
    """`/lead` lists; with a name it shows one; words that are no lead's are asked about.

    Raises:
        Refusal: with the ways on, where no lead is called so.
    """
    text = context.text.strip()
    if not text or MENTION.fullmatch(text):
        return await listing.show(context)
    found = await the_one(context, text, views.SHOW)
    if not isinstance(found, MeantLead):
        return found
    if found.rest:
        raise Refusal(
            f"What about {found.row.name}?",
            example=f"/lead accept {found.row.name}",
            readings=[
                Reading("Show the lead", f"/lead “{found.row.name}”"),
                Reading("Reject it for that", f"/lead reject {text}"),
            ],
        )
    return Reply(say=await lead_card(context, found.row))


async def show_button(context: Context) -> Reply:
    """Show behind three dots, or This one: the card in the place of the list."""
    row = await own(context, OfLead.read(context.request.value).lead_id)
    return Reply(edit=await lead_card(context, row))


WAYS: Mapping[str, Handler] = {
    views.SHOW: show_button,
    views.CALLED: calls.button,
    views.ACCEPT: decision.accept_button,
    views.IN_WORDS: decision.open_words,
    views.QUALIFY: qualify.button,
    views.EDIT: entry.edit,
    views.ASSIGN: assign.open_form,
}


async def choose(context: Context) -> Reply:
    """A line behind the three dots of a lead was chosen."""
    action, _, carried = context.request.value.partition("|")
    return await WAYS[action](replace(context, request=replace(context.request, value=carried)))


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """Give every open lead to whoever takes over."""
    for row in await open_leads_whole(context.scope, news.old.user_id):
        before = image(row, OWNER)
        row.owner_id, row.team_id, row.assigned_at = news.new.user_id, news.new.team_id, context.now
        context.scope.session.add(row)
        news.touched.append(Touched(row, before, columns=OWNER))
        news.moved["leads"] += 1
    await context.scope.session.flush()


FEATURE = Feature(
    name="lead",
    commands=(
        Command(
            "lead",
            "[Dana]",
            "your leads, and by when the first call of each is due; with a name, one of them",
            "/lead",
            command,
            Act.SEE_WORK_OF,
            order=45,
            mentions=True,
        ),
        Command(
            "lead add",
            "[Dana Cole at Acme from webinar]",
            "a new lead, in a line or a form",
            EXAMPLE,
            entry.add,
            Act.OWN_WORK,
            order=45,
            mentions=True,
        ),
        Command(
            "lead list",
            "[@rep]",
            "open leads, those that press first",
            "/lead list",
            listing.show,
            Act.SEE_WORK_OF,
            order=45,
            mentions=True,
        ),
        Command(
            "lead accept",
            "Dana",
            "say that a lead is worth pursuing",
            "/lead accept Dana",
            decision.accept_typed,
            Act.SEE_WORK_OF,
            order=45,
        ),
        Command(
            "lead reject",
            "Dana [wrong size]",
            "send a lead back, and say why",
            "/lead reject Dana wrong size",
            decision.reject_typed,
            Act.SEE_WORK_OF,
            order=45,
        ),
        Command(
            "lead qualify",
            "Dana [24k]",
            "make a deal of a lead, as a suspect",
            "/lead qualify Dana 24k",
            qualify.command,
            Act.SEE_WORK_OF,
            order=45,
        ),
        Command(
            "lead assign",
            "Dana to @ben",
            "say who calls a lead; nobody's you can take yourself",
            assign.EXAMPLE,
            assign.command,
            Act.SEE_WORK_OF,
            order=45,
            mentions=True,
        ),
    ),
    phrases=(
        Phrase(r"(?:show (?:me )?|list )?(?:my |our )?(?:open |new )?leads", "lead", "list"),
        Phrase(r"(?:add (?:an? )?(?:new )?|(?:an? )?new )lead:? (.+)", "lead", r"add \1"),
        Phrase(r"accept (?:the )?lead:? (.+)", "lead", r"accept \1"),
        Phrase(r"(?:reject|send back) (?:the )?lead:? (.+)", "lead", r"reject \1"),
        Phrase(r"qualify (?:the )?(?:lead:? )?(.+)", "lead", r"qualify \1"),
        Phrase(r"(?:assign|give) (?:the )?lead:? (.+ to .+)", "lead", r"assign \1"),
    ),
    actions={
        **routes(
            Act.SEE_WORK_OF,
            {
                views.MENU: choose,
                views.SHOW: show_button,
                views.CALLED: calls.button,
                views.ACCEPT: decision.accept_button,
                views.REJECT: decision.reject_tap,
                views.IN_WORDS: decision.open_words,
                views.QUALIFY: qualify.button,
                views.NEW_DEAL: qualify.new_deal,
                views.JOIN: qualify.join,
                views.ASSIGN: assign.open_form,
                views.TAKE: assign.take,
                views.EDIT: entry.edit,
            },
        ),
        **routes(Act.OWN_WORK, {views.ADD: entry.form_button, views.LIST: listing.turn}),
        **routes(Act.SEE_TEAM_NUMBERS, {views.NOBODYS: listing.turn_nobodys}),
    },
    views=routes(Act.SEE_WORK_OF, {views.SAVE: entry.save, views.SAY: decision.say, views.GIVE: assign.save}),
    kinds=(
        Kind(
            NudgeKind(
                watch.LEAD_CAME,
                "Leads and their first call",
                "leads given to you, first calls that are late; to managers, untouched ones",
                news=True,
                for_reps=True,
                for_leads=True,
                topic=Topic.DEALS,
                order=34,
                merges=watch.as_one,
            ),
            watch.render,
            watch.render_again,
        ),
    ),
    sections=(
        Section(Surface.HOME, 18, told.on_home, Act.OWN_WORK),
        Section(Surface.HOME, 52, told.on_home_of_leads, Act.SEE_TEAM_NUMBERS),
        Section(Surface.MORNING, 11, told.in_morning, Act.OWN_WORK, leads=True),
        Section(Surface.TEAM, 20, told.on_team, Act.SEE_TEAM_NUMBERS),
        Section(Surface.DEAL, 28, told.on_deal, Act.SEE_WORK_OF),
        TeamSection(Surface.DIGEST, 45, told.in_digest, Act.SEE_TEAM),
    ),
    hears={ActivitiesLogged: calls.hear_logged, WorkReassigned: hear_reassigned},
    explain=told.explain,
    explains="leads",
    names=calls.names,
    records=(
        Record(
            LeadRow,
            undone=True,
            says=standing.lead,
            exported=True,
            read=Act.SEE_WORK_OF,
            erased="owner_id",
            stays=Stays("who asked for the team, and what became of them"),
        ),
    ),
    keeps=(
        Keeping(
            Retention(
                "leads",
                "Leads that nobody touched",
                days=730,
                least=90,
                but="Of rejected ones the source and the reason stay.",
            ),
            forget_leads,
        ),
    ),
)
