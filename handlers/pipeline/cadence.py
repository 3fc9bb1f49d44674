"""Cadence: who heard nothing for too long on today's list and on the card, and a team's own numbers (mechanism 53)."""

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Record, Section, Shown, Surface, routes
from handlers.followups.activity.entry import log
from handlers.followups.followup.confirmation import hinted
from handlers.followups.followup.entry import made
from handlers.followups.touch_question import TouchInQuestion
from handlers.people.team import about_team, changeable_team, team_by_id, the_team
from handlers.pipeline.opportunity.close import in_place
from handlers.pipeline.opportunity.lookup import already_closed, is_closed, own
from handlers.pipeline.opportunity.shown import deal_card, facts_in
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.followups import touch_limit as limits
from messages.pipeline import cadence as views
from messages.pipeline.cadence import CadenceForm, StageRhythm
from messages.replies import as_modal
from sales.followups.activity import ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.followups.followup import FollowUp
from sales.followups.touch_limit import SHOWN_FOR, TouchLimit
from sales.language.names.match import fold, name_key
from sales.people.permission import Act
from sales.pipeline.cadence import CadenceBook, DealHeard, read_days, silent
from sales.pipeline.deal_contact import contact_meant
from sales.pipeline.opportunity import Stage, StoredOpportunity, goes_by, stage_on
from storage.followups.touch_limit import about, answers_since
from storage.people.calendar import next_working_day
from storage.people.member import team_id_of
from storage.pipeline.cadence import StageCadenceRow, cadence_book, set_cadences, silent_deals
from storage.pipeline.deal_contact import contacts_of
from storage.pipeline.opportunity import OpportunityRow

WORDS = frozenset({"cadence", "silence", "silent", "rhythm"})
CALL_THEM = "call them"  # what is promised for tomorrow


async def on_list(look: Look) -> Shown | None:
    """Who heard nothing for too long; nothing where everybody heard of us."""
    if look.member.team_id is None or not look.member.is_rep:
        return None
    found = await silent_deals(look.scope, look.member.user_id, look.member.team_id, look.today)
    return Shown(views.silent_blocks(found)) if found else None


async def on_card(look: Look) -> Shown | None:
    """That a deal is past its cadence, and what that is; what was answered before one touch too many."""
    facts = facts_in(look)
    team_id = await team_id_of(look.scope, facts.deal.owner_id)
    if team_id is None or stage_on(facts.deal, look.today) is not Stage.OPEN:
        return None
    answer = await answer_about(look, facts.deal)
    resting = answer.until if answer is not None else None
    promised = facts.next_step.due_on if facts.next_step is not None else None
    book = await cadence_book(look.scope, team_id, look.today)
    heard = DealHeard(facts.deal, facts.stage, facts.last_touch, promised, resting)
    found = silent(heard, book, look.today)
    blocks = [views.on_card(found, look.today)] if found is not None else []
    blocks += [limits.on_card(answer, look.today)] if answer is not None else []
    return Shown(blocks) if blocks else None


async def answer_about(look: Look, deal: StoredOpportunity) -> TouchLimit | None:
    """Return what a deal's owner answered last before one touch too many; others read of a pause alone."""
    found = about(await answers_since(look.scope, str(deal.owner_id), look.today - SHOWN_FOR), goes_by(deal))
    if found is None or found.is_over(look.today):
        return None
    is_theirs = look.member.user_id == deal.owner_id
    return found if is_theirs or found.is_paused(look.today) else None


async def name_others(context: Context, news: TouchInQuestion) -> None:
    """Name who else is known at a customer, and tell their touches apart from those of whom this one is for (54).

    Whoever decides is not worn out while there is somebody else (55).
    """
    if news.deal_id is None:
        return
    contacts = await contacts_of(context.scope, news.deal_id)
    meant = contact_meant(contacts, news.words)
    if meant is not None:
        had = {at: contact_meant(contacts, one.words) for at, one in enumerate(news.touches)}
        news.of_others.update(at for at, one in had.items() if one is not None and one.id != meant.id)
        news.deciders.extend([meant.name] if meant.decides else [])
    said = fold(news.words)
    others = [one for one in contacts if fold(one.name) not in said and one is not meant]
    news.people.extend(one.name for one in others if not one.decides)
    if not news.people:
        news.people.extend(one.name for one in others)


async def show_all(context: Context) -> Reply:
    """Everybody who heard nothing for too long, with the days behind it."""
    found = await silent_deals(context.scope, context.member.user_id, context.their_team.id, context.today)
    return Reply(view=as_modal(views.why(found, context.today), "No word for too long"))


async def explain(context: Context) -> Reply | None:
    """Answer `/why cadence`, and `/why Acme` of a deal on the list; None for other words."""
    words = context.text.strip()
    if context.team is None or not words:
        return None
    found = await silent_deals(context.scope, context.member.user_id, context.team.id, context.today)
    if words.casefold() in WORDS:
        return Reply(say=views.why(found, context.today))
    named = [one for one in found if fold(words) in map(fold, goes_by(one.deal))]
    return Reply(say=views.why(named, context.today)) if named else None


# settled where it stands


async def choose(context: Context) -> Reply:
    """A line of a silent deal's menu was chosen."""
    way, deal_id = views.read_choice(context.request.value)
    row = await own(context, deal_id)
    if is_closed(context, row):
        return await already_closed(context, row)
    if way == views.SPOKE:
        return await spoke(context, row)
    if way == views.TOMORROW:
        return await call_tomorrow(context, row)
    return Reply(say=await deal_card(context, row))


async def spoke(context: Context, row: OpportunityRow) -> Reply:
    """They spoke today: one call, which asks for its next step as any does."""
    entry = ActivityEntry({ActivityKind.CALL: 1}, context.today, row.account or row.name, "spoke")
    return Reply(say=await log(context, entry, row.id), home=True)


async def call_tomorrow(context: Context, row: OpportunityRow) -> Reply:
    """Not today: a promise for the next working day, which brings it up then."""
    day = await next_working_day(context.scope, context.team, context.member, context.today)
    promise = FollowUp(
        owner_id=context.member.user_id, who=row.account or row.name, what=CALL_THEM, due_on=day
    )
    return Reply(say=await hinted(context, *await made(context, promise, row.id)), home=True)


# a team's own numbers


async def command(context: Context) -> Reply:
    """`/team cadence`: the days of each stage, with the way to change them for those who may."""
    team = await the_team(context)
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about)
    book = await cadence_book(context.scope, team.id, context.today)
    may_change = context.may(Act.CHANGE_TEAM, about)
    said = views.listing(team, team.id, rhythms(book), book.products, book.wins, may_change=may_change)
    return Reply(say=said)


def rhythms(book: CadenceBook) -> list[StageRhythm]:
    """Return each stage's cadence, beside what it would be had the team set nothing."""
    unset = book._replace(chosen={})
    found = []
    for stage in book.stages:
        otherwise = unset.of(stage)
        is_set = name_key(stage.name) in book.chosen
        found.append(StageRhythm(stage, book.of(stage) if is_set else otherwise, otherwise))
    return found


async def open_form(context: Context) -> Reply:
    """Open the form of a team's cadence."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    kept = CadenceForm(team.id, Place.of(context.request.body) or ())
    return Reply(
        view=views.form(rhythms(await cadence_book(context.scope, team.id, context.today)), kept.written())
    )


async def save(context: Context) -> Reply:
    """The form was submitted."""
    kept = CadenceForm.read(context.request.private)
    team = await changeable_team(context, await team_by_id(context, kept.team_id))
    book = await cadence_book(context.scope, team.id, context.today)
    days = {}
    for stage in book.stages:
        field = views.days_field(stage)
        if field in context.request.values:
            days[name_key(stage.name)] = read_days(str(context.request.values[field] or ""), field)
    touched = await set_cadences(context.scope, team.id, days)
    action = await remember(context, f"cadence of {team.name}", *touched)
    now = await cadence_book(context.scope, team.id, context.today)
    said = views.saved(team, rhythms(now), action.id)
    return in_place(Reply(say=said, home=True), Place.kept(kept.place))


FEATURE = Feature(
    name="cadence",
    commands=(
        Command(
            "team cadence",
            "[name]",
            "after how many days without a word a deal is on today's list: your team's cadence",
            "/team cadence",
            command,
            Act.SEE_TEAM,
            order=64,
        ),
    ),
    phrases=(
        Phrase(
            r"who(?: has|['’]s)? (?:not )?heard (?:nothing|from us)(?: lately| for too long)?|which deals are silent",
            "why",
            "cadence",
        ),
    ),
    actions={
        **routes(Act.OWN_WORK, {views.MENU: choose}),
        **routes(Act.OWN_WORK, {views.ALL: show_all}),
        **routes(Act.CHANGE_TEAM, {views.EDIT: open_form}),
    },
    views=routes(Act.CHANGE_TEAM, {views.SAVE: save}),
    sections=(
        Section(Surface.HOME, 21, on_list, Act.OWN_WORK),
        Section(Surface.MORNING, 12, on_list, Act.OWN_WORK),
        Section(Surface.DEAL, 13, on_card, Act.SEE_WORK_OF),
    ),
    explain=explain,
    explains="cadence",
    hears={TouchInQuestion: name_others},
    records=(
        Record(
            StageCadenceRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided; nobody's alone",
        ),
    ),
)
