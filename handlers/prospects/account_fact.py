"""Facts of accounts: noted in a line or a form, read beside deals and leads, one asked for before outreach (18)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Keeping,
    Look,
    Phrase,
    Record,
    Section,
    Shown,
    Surface,
    routes,
)
from handlers.followups.outreach import outreach_in
from handlers.people.team import about_team, changeable_team, team_by_id, the_team
from handlers.pipeline.opportunity.shown import facts_in
from handlers.prospects.client_fit import account_in
from handlers.prospects.client_fit.lookup import require_ours, team_of
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.prospects import account_fact as views
from sales.language.dates.instants import local_instant, place
from sales.language.names.descent import comparable
from sales.language.names.match import name_key
from sales.language.typed_text import clean
from sales.people.permission import Act
from sales.people.retention import Retention
from sales.pipeline.account import customer_of
from sales.prospects.account_fact import EXAMPLE, AccountFact, goes_out, read_fact
from sales.prospects.account_fact_phrase import named, read_account_fact
from sales.prospects.lead import Lead
from sales.refusal import Refusal
from storage.engines.statement import AlongQuestion
from storage.people.team import TeamRow
from storage.pipeline.known_name import known_names, known_to_others_only
from storage.pipeline.people_named import names_for
from storage.prospects import account_fact as queries
from storage.prospects.account_fact import AccountFactRow, FactFirstRow
from storage.prospects.target import targets_of
from storage.row_image import Touched

TAKEN_BACK = "That fact is gone already. `/lead fact` notes another."


async def command(context: Context) -> Reply:
    """`/lead fact Acme: they open a plant in Graz`: note it; an account alone is shown what is known of.

    Raises:
        Refusal: where nothing tells how far the account's name goes.
    """
    text = context.text.strip()
    if not text:
        return Reply(view=views.form())
    account, says = read_account_fact(text, await names_known(context, text))
    return Reply(say=await noted(context, account, says) if says else await listed(context, account))


async def names_known(context: Context, text: str) -> list[str]:
    """Return the names of accounts that a text may begin with: those of deals and lists, and one's own targets."""
    team_id = context.team.id if context.team is not None else None
    found = await known_names(context.scope, text, context.today, team_id)
    targets = await targets_of(context.scope, context.member.user_id)
    leads = await queries.firms_of_leads(context.scope, context.member.user_id, text)
    return [*found, *(one.name for one in targets), *leads]


async def listed(context: Context, account: str) -> Message:
    """Return what was noted of an account.

    Raises:
        Refusal: for one that only other teams do business with.
    """
    await require_ours(context, account, await team_of(context))
    found = await queries.facts_of(context.scope, account, views.MOST_SHOWN)
    people = await names_for(context.scope, context.member.user_id, {one.by for one in found})
    return views.listing(account, found, people, context.today, context.member.user_id)


async def noted(context: Context, account: str, says: str) -> Message:
    """Note something of an account, once a day."""
    latest = await queries.facts_of(context.scope, account, 1)
    if latest and (latest[0].on, name_key(latest[0].says)) == (context.today, name_key(says)):
        return views.known(account)
    said = AccountFact(account=account, says=says, by=context.member.user_id, on=context.today)
    row = await queries.add_fact(context.scope, said)
    undo = await remember(context, f"a fact about {account}", Touched(row))
    return views.noted(row, undo.id)


async def open_form(context: Context) -> Reply:
    return Reply(view=views.form(context.request.value))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    chosen = context.request.values
    account = context.request.private
    if not account:
        try:
            account = named(clean(chosen.get(views.ACCOUNT) or ""))
        except Refusal as refusal:
            refusal.field = views.ACCOUNT
            raise
    says = read_fact(chosen.get(views.SAYS) or "", views.SAYS)
    return Reply(say=await noted(context, account, says))


async def remove(context: Context) -> Reply:
    """Whoever noted a fact takes it back."""
    row = await queries.find_fact(context.scope, int(context.request.value))
    if row is None or row.by != context.member.user_id:
        raise Refusal(TAKEN_BACK)
    account = row.account
    undo = await remember(
        context, f"a fact about {account}, taken back", await queries.remove_fact(context.scope, row)
    )
    return Reply(say=views.removed(account, undo.id))


# asked beside an outreach, shown where the next one is prepared


def asks_along(look: Look) -> Sequence[AlongQuestion]:
    """Return what is asked of everybody to whom something is promised: whether they are pursued."""
    return queries.pursued_questions(look.member.user_id, outreach_in(look).who)


async def ask(look: Look) -> Shown | None:
    """One fact first: asked of whom nothing was noted in 90 days, at most once a day for each; None for others."""
    about, me = outreach_in(look), look.member.user_id
    if about.kinds and not goes_out(about.kinds):
        return None
    whom = await queries.prospect_called(look.scope, me, about.who)
    if whom is None or not await queries.asks_first(look.scope, look.member.team_id):
        return None
    if not await queries.is_unknown(look.scope, me, whom, look.today):
        return None
    zone = place(look.member.zone, look.team.zone if look.team is not None else "").key
    begun = local_instant(zone, time.min, look.today)
    if await queries.was_asked(look.scope, me, whom, begun, about.stored):
        return None
    return Shown(views.question(whom.account))


async def on_deal(look: Look) -> Shown | None:
    """What was noted of a deal's customer lately; nothing where nothing was."""
    return await beside(look, customer_of(facts_in(look).deal))


async def on_lead(look: Look) -> Shown | None:
    """What was noted of a lead's firm lately, on its card."""
    assert isinstance(look.about, Lead)
    firm = look.about.firm
    if await known_to_others_only(look.scope, [comparable(firm)], look.member.team_id):
        return None
    return await beside(look, firm)


async def on_account(look: Look) -> Shown | None:
    """What was noted of an account lately, on its page."""
    return await beside(look, account_in(look).name)


async def beside(look: Look, account: str) -> Shown | None:
    """Return the latest that was noted of an account; None where nothing was."""
    found: Sequence[AccountFactRow] = await queries.facts_of(look.scope, account, views.MOST_BESIDE)
    if not found:
        return None
    people = await names_for(look.scope, look.member.user_id, {one.by for one in found})
    return Shown(views.beside(found, people, look.today))


# a team's choice


async def show_choice(context: Context) -> Reply:
    """`/team facts`: whether the team's reps are asked; `/team facts off` and `on` change it."""
    words, way = context.text.split(), ""
    if words and words[-1].casefold() in (views.ON, views.OFF):
        way = words.pop().casefold()
    nameless = replace(context, request=replace(context.request, text=" ".join(words)))
    team = await the_team(nameless)
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about)
    if way:
        return Reply(say=await switched(context, team, is_wanted=way == views.ON))
    is_wanted = await queries.asks_first(context.scope, team.id)
    manages = context.may(Act.CHANGE_TEAM, about)
    return Reply(say=views.of_team(team.name, team.id, is_wanted=is_wanted, manages=manages))


async def switch(context: Context) -> Reply:
    """Stop asking, or ask for one, below what the team wants."""
    way, _, team_id = context.request.value.partition(":")
    team = await team_by_id(context, team_id)
    return Reply(edit=await switched(context, team, is_wanted=way == views.ON))


async def switched(context: Context, team: TeamRow, *, is_wanted: bool) -> Message:
    await changeable_team(context, team)
    undo_id = None
    if is_wanted != await queries.asks_first(context.scope, team.id):
        touched = await queries.want_facts(context.scope, team.id, is_wanted=is_wanted)
        undo_id = (await remember(context, f"one fact first of {team.name}", touched)).id
    return views.of_team(team.name, team.id, is_wanted=is_wanted, manages=True, undo_id=undo_id)


FEATURE = Feature(
    name="account_fact",
    commands=(
        Command(
            "lead fact",
            "[Acme: what you know]",
            "note a fact about an account, or read what was noted: one fact first, then the call",
            EXAMPLE,
            command,
            Act.OWN_WORK,
            order=48,
        ),
        Command(
            "team facts",
            "[name] [on|off]",
            "whether your team is asked for one fact about a stranger before a call or a mail",
            "/team facts",
            show_choice,
            Act.SEE_TEAM,
            order=69,
        ),
    ),
    phrases=(
        Phrase(r"(?:note )?(?:a )?fact about (.+)", "lead", r"fact \1"),
        Phrase(r"what do (?:we|i) know about (.+)", "lead", r'fact "\1"'),
    ),
    actions={
        **routes(Act.OWN_WORK, {views.OPEN: open_form, views.REMOVE: remove}),
        **routes(Act.CHANGE_TEAM, {views.SWITCH: switch}),
    },
    views=routes(Act.OWN_WORK, {views.SAVE: save}),
    sections=(
        Section(Surface.OUTREACH, 10, ask, Act.OWN_WORK, asks=asks_along),
        Section(Surface.DEAL, 32, on_deal, Act.SEE_WORK_OF),
        Section(Surface.ACCOUNT, 10, on_account, Act.OWN_WORK),
        Section(Surface.LEAD, 32, on_lead, Act.OWN_WORK),
    ),
    records=(
        Record(
            AccountFactRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what is known of a customer; it is of whoever sells to it",
        ),
        Record(
            FactFirstRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided; nobody's alone",
        ),
    ),
    keeps=(
        Keeping(
            Retention("facts", "Facts about accounts", days=730, least=180, but="What was done stays."),
            queries.forget_facts,
        ),
    ),
)
