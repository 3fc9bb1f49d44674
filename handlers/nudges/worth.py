"""What messages are worth: useful or not, said of each beside why it came; `/team nudges` publishes the rates."""

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, Record, routes
from handlers.people.team import about_team, changeable_team, team_by_id, the_team
from handlers.reply import Reply
from messages.blocks import Message
from messages.formatting import Mrkdwn
from messages.nudges import worth as views
from messages.nudges.worth import WorthShown
from sales.nudges.worth import TeamSwitch, Verdict, worths
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.nudges import worth as queries
from storage.nudges.ledger.rows import deliveries, parts_of
from storage.nudges.worth import TeamSwitchRow, VerdictRow
from storage.people.team import TeamRow

GONE = "That message is too old to be judged: it is not kept any more."


async def command(context: Context) -> Reply:
    """`/team nudges`: how useful each kind of message is to a team, by what its people say."""
    return Reply(say=await page(context, await the_team(context)))


async def page(context: Context, team: TeamRow, note: Mrkdwn | str = "") -> Message:
    """Return the rates of a team.

    Raises:
        PermissionRefusal: if they are not the asking person's to read.
    """
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about, f"What messages are worth in {team.name} is for its people.")
    shown = WorthShown(
        team.name,
        team.id,
        worths(await queries.verdicts_in(context.scope, team.id, context.today)),
        await queries.switched_off(context.scope, team.id),
        context.scope.declared.kinds,
        context.may(Act.CHANGE_TEAM, about),
    )
    return views.page(shown, note)


async def useful(context: Context) -> Reply:
    """Useful: said of the message whose reason was asked for."""
    return await judged(context, useful=True)


async def useless(context: Context) -> Reply:
    """Not useful: the same."""
    return await judged(context, useful=False)


async def judged(context: Context, *, useful: bool) -> Reply:
    """Keep what somebody says of a message; of one that several came in it is said of each.

    Raises:
        Refusal: if the message is not kept any more, or came to somebody else.
    """
    found = await deliveries(context.scope, [context.request.value])
    if not found or found[0].user_id not in (None, context.member.user_id):
        raise Refusal(GONE)
    for kind in sorted({one.kind for one in parts_of(found[0])}):
        said = Verdict(
            user_id=context.member.user_id,
            team_id=context.member.team_id,
            kind=kind,
            delivery_id=found[0].id,
            on=context.today,
            useful=useful,
        )
        await queries.judge(context.scope, said)
    return Reply(edit=views.thanks(useful=useful))


async def switch_off(context: Context) -> Reply:
    """Switch off for the team: each rep's own switch is set, and whoever wants the kind sets it back."""
    team, kind = await pressed(context)
    if kind not in await queries.switched_off(context.scope, team.id):
        said = TeamSwitch(team_id=team.id, kind=kind, by=context.member.user_id, on=context.today)
        people = await queries.switch_off(context.scope, said)
        name = context.scope.declared.kind(kind).name
        return Reply(edit=await page(context, team, views.was_switched(name, len(people), on=False)))
    return Reply(edit=await page(context, team))


async def switch_on(context: Context) -> Reply:
    """Switch on: for every rep of the team."""
    team, kind = await pressed(context)
    row = (await queries.switched_off(context.scope, team.id)).get(kind)
    if row is None:
        return Reply(edit=await page(context, team))
    people = await queries.switch_on(context.scope, row)
    name = context.scope.declared.kind(kind).name
    return Reply(edit=await page(context, team, views.was_switched(name, len(people), on=True)))


async def pressed(context: Context) -> tuple[TeamRow, str]:
    """Return the team and the kind of a pressed button."""
    team_id, _, kind = context.request.value.partition(":")
    return await changeable_team(context, await team_by_id(context, team_id)), kind


FEATURE = Feature(
    name="worth",
    commands=(
        Command(
            "team nudges",
            "[name]",
            "how useful each kind of message is to your team, by what its people say",
            "/team nudges",
            command,
            Act.SEE_TEAM,
            order=79,
        ),
    ),
    phrases=(Phrase(r"(?:which|what) (?:messages|nudges) (?:are|were) useful", "team", "nudges"),),
    actions={
        **routes(Act.OWN_WORK, {views.USEFUL: useful, views.USELESS: useless}),
        **routes(Act.CHANGE_TEAM, {views.OFF: switch_off, views.ON: switch_on}),
    },
    records=(
        Record(VerdictRow, exported=True, erased="user_id"),
        Record(
            TeamSwitchRow,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="that a kind of message was switched off for a team",
        ),
    ),
)
