"""Currency rates: what another currency is worth to a team and from which day on, set and listed by `/team`."""

from dataclasses import replace
from datetime import date

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, Record, routes
from handlers.people.customs import customs_of
from handlers.people.team import changeable_team, may_change_team, team_by_id, team_to_change, the_team
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.people import currency_rate as views
from sales.language.figures import exact, long_day
from sales.people.currency_rate import CurrencyRate, begins, in_force
from sales.people.currency_rate_phrase import read_rate, team_in
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.people import currency_rate as queries
from storage.people.currency_rate import CurrencyRateRow, rates_of
from storage.people.team import TeamRow
from storage.row_image import Touched, image


async def show(context: Context) -> Reply:
    """`/team rates`: list a team's rates; with a figure behind it, what `/team rate` does."""
    try:
        team = await the_team(context)
    except Refusal:
        if any(one.isdecimal() for one in context.text):
            return await set_rate(context)
        raise
    return Reply(say=await listed(context, team))


async def listed(context: Context, team: TeamRow) -> Message:
    """Return the list of a team's rates."""
    rates = [(row.id, row) for row in await rates_of(context.scope, team.id, team.currency)]
    return views.listing(
        team,
        views.listed_rates(rates, context.today),
        context.today,
        manages=await may_change_team(context, team),
    )


async def set_rate(context: Context) -> Reply:
    """`/team rate EUR 1.08 from 1 Jan`: keep a rate from a day on; without one from today, or the first from the start.

    Raises:
        Refusal: where the words say no rate, or may mean several; or for a team that is not the person's to change.
    """
    if not context.text:
        return await show(context)
    words, name = team_in(context.text)
    try:
        team = await team_to_change(replace(context, request=replace(context.request, text=name)))
    except Refusal as which:
        which.readings = tuple(one._replace(typed=f"for {one.typed}") for one in which.readings)
        raise
    customs = await customs_of(context, words)
    typed = read_rate(words, team.currency, context.today, customs)
    rates = await rates_of(context.scope, team.id, team.currency)
    known = [row for row in rates if row.currency == typed.currency]
    since = begins(known, context.today) if typed.since is None else typed.since
    there = in_force(known, since)
    if there is not None and there.rate == typed.rate and (typed.since is None or there.since == since):
        return Reply(say=views.stands(there, context.today))
    rate = CurrencyRate(currency=typed.currency, counted_in=team.currency, rate=typed.rate, since=since)
    row, was = await queries.keep_rate(context.scope, team.id, rate)
    earlier = in_force([one for one in known if one.since < since], since)
    undo = await remember(context, in_words(row, context.today), Touched(row, was))
    return Reply(say=views.kept(row, earlier, undo.id, context.today))


def in_words(rate: CurrencyRate, today: date) -> str:
    """Return a rate as it is named when it is taken back."""
    since = f"from {long_day(rate.since, today)}" if rate.has_beginning else "from the start"
    return f"1 {rate.currency} = {exact(rate.rate)} {rate.counted_in} {since}"


async def remove(context: Context) -> Reply:
    """Remove a rate, as its list says where it was pressed; pressing twice has one effect."""
    row = await queries.find_rate(context.scope, int(context.request.value))
    if row is None:
        raise Refusal("That rate is gone already. `/team rates` lists what there is.")
    team = await changeable_team(context, await team_by_id(context, row.team_id))
    gone = Touched(row, image(row), gone=True)
    summary = f"{in_words(row, context.today)} removed"
    await queries.remove_rate(context.scope, row)
    await remember(context, summary, gone)
    return Reply(edit=await listed(context, team))


FEATURE = Feature(
    name="currency rate",
    commands=(
        Command(
            "team rate",
            "EUR 1.08 [from 1 Jan] [for name]",
            "what another currency is worth, for deals of a file that are in it",
            "/team rate EUR 1.08",
            set_rate,
            Act.CHANGE_TEAM,
            order=61,
        ),
        Command(
            "team rates",
            "[name]",
            "the rates of your team, and from which day each counts",
            "/team rates",
            show,
            Act.SEE_TEAM,
            order=61,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:show )?(?:me )?(?:my |our |the |the team['’]?s )?(?:exchange|currency|fx) rates?",
            "team",
            "rates",
        ),
        Phrase(
            r"(?:set |change )?(?:our |the )?(?:exchange |currency |fx )?rate (?:of |for )(?:the )?(.*\d.*)",
            "team",
            r"rate \1",
        ),
        Phrase(r"((?:1|one|100) [a-z]{3,6} ?(?:=|is) ?\d.*)", "team", r"rate \1"),
    ),
    actions=routes(Act.CHANGE_TEAM, {views.REMOVE: remove}),
    records=(
        Record(
            CurrencyRateRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team counts by; nobody's alone",
        ),
    ),
)
