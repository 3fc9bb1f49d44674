"""Whom a brief is of: a deal of one's own or of a rep's, an account without one, or whom the first meeting is with."""

from collections.abc import Sequence
from datetime import date

from handlers.context import Context
from handlers.craft.prep.shown import of_account, of_deal
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.of_others import find_of, of_their_reps, person_in
from handlers.prospects.client_fit.lookup import require_ours, team_of
from handlers.reply import Reply
from messages.craft.prep import brief as views
from messages.craft.prep.ids import BriefOf
from sales.language.names.customer import customer_in
from sales.language.names.match import Match, name_key
from sales.language.typed_text import clean, clean_name, shorten
from sales.people.permission import About, Act
from sales.pipeline.account import customer_of
from sales.pipeline.opportunity import StoredOpportunity
from sales.refusal import Refusal
from storage.craft.prep.facts import meetings_between
from storage.followups.followup import FollowUpRow
from storage.people.team import managers_over
from storage.pipeline import opportunity as queries
from storage.pipeline.account import accounts_called
from storage.pipeline.known_name import known_names
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.account_fact import facts_of, prospect_called

EXAMPLE = "/prep Acme"
OTHERS = "A brief of somebody else’s deal is for their manager and for admins."


async def command(context: Context) -> Reply:
    """`/prep Acme`: the brief; without a name that of the meeting that comes first, else the choice.

    A name that nobody here knows is offered the form that prepares whoever it is.
    """
    text = clean(context.text)
    return await named(context, text) if text else await coming_first(context)


async def coming_first(context: Context) -> Reply:
    """The brief of the meeting that comes first; where none is promised, the choice among one's open deals."""
    me = context.member.user_id
    coming = await meetings_between(context.scope, me, context.today, date.max)
    if coming:
        return await of_promise(context, coming[0])
    deals = await queries.open_deals(context.scope, me, context.today)
    if not deals:
        raise Refusal(
            "No meeting is promised, and you have no open deal. Whom do you talk to next?", example=EXAMPLE
        )
    first = sorted(deals, key=lambda one: (one.expected_on or date.max, one.id))
    return which(first, "")


async def of_promise(context: Context, promise: FollowUpRow) -> Reply:
    """The brief of whom a promise is with: its deal, where it has one that is theirs."""
    if promise.opportunity_id is not None:
        row = await queries.find_opportunity(context.scope, promise.opportunity_id)
        if row is not None and row.owner_id == context.member.user_id:
            return Reply(say=await of_deal(context, row, BriefOf(row.id)))
    return await named(context, customer_in(promise.who) or promise.who, is_sure=True)


async def named(context: Context, text: str, *, is_sure: bool = False) -> Reply:
    """The brief of what a name means; several deals are asked about. `is_sure` where it is no typed guess.

    Raises:
        Refusal: for a name of somebody else's that nobody here knows.
    """
    if text.startswith("@") and (person := await person_in(context, text)) is not None and person[1]:
        rep, name = person
        about = About(await managers_over(context.scope, rep.user_id), owner_id=rep.user_id)
        context.require(Act.SEE_WORK_OF, about, OTHERS)
        return await answer_of(context, await find_of(context, rep.user_id, name), name)
    live = await queries.find_live(context.scope, context.member.user_id, text, context.today)
    if live.found:
        return await answer_of(context, live, text)
    theirs, owners = await of_their_reps(context, text)
    if len(theirs) == 1:
        return await answer_of(context, Match(theirs[0]), text)
    if theirs:
        return which(theirs, text, owners)
    account = await account_called(context, text)
    if account is None and not is_sure:
        if live.maybe:
            return which(live.maybe, text, is_guess=True)
        return Reply(say=views.not_known(clean_name(text) or text))
    name = account or text
    await require_ours(context, name, await team_of(context))
    return Reply(say=await of_account(context, name, BriefOf(account=name)))


async def answer_of(context: Context, match: Match[OpportunityRow], asked: str) -> Reply:
    """The brief of the deal that is meant, or the question which one it is."""
    if match.sure is not None:
        row = await own(context, match.sure.id)
        return Reply(say=await of_deal(context, row, BriefOf(row.id)))
    if not match.maybe:
        raise not_known(asked)
    return which(match.maybe, asked, is_guess=match.is_guess)


def which(
    deals: Sequence[StoredOpportunity],
    asked: str,
    owners: dict[str, str] | None = None,
    *,
    is_guess: bool = False,
) -> Reply:
    return Reply(say=views.which(deals, asked, owners or {}, is_guess=is_guess))


async def account_called(context: Context, text: str) -> str | None:
    """Return the account that a name means: one that is on file, or that a deal here is with, open or closed."""
    row = (await accounts_called(context.scope, [text])).get(name_key(text))
    if row is not None:
        return row.name
    closed = await queries.find_closed(context.scope, context.member.user_id, text, context.today)
    if closed.sure is not None:
        return customer_of(closed.sure)
    team = await team_of(context)
    known = await known_names(context.scope, text, context.today, team.id if team is not None else None)
    if found := next((one for one in known if name_key(one) == name_key(text)), None):
        return found
    return await pursued(context, text)


async def pursued(context: Context, text: str) -> str | None:
    """Return the account that a lead or a target of the asking person is of, or of which something was noted."""
    prospect = await prospect_called(context.scope, context.member.user_id, text)
    if prospect is not None:
        return prospect.account
    facts = await facts_of(context.scope, text, 1)
    return facts[0].account if facts else None


def not_known(text: str) -> Refusal:
    """Return the refusal of a name that nobody here knows, with the way to begin."""
    name = shorten(text, 40)
    return Refusal(
        f"I know no deal and no account called “{name}”. Begin with a deal, or note one thing about them:"
        f" `/lead fact {name}: they open a plant in Graz`.",
        example=f"/deal {name} 24k",
    )
