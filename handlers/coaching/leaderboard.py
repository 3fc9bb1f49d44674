"""The leaderboard: `/team leaderboard` shows a rep their neighbours, where the team wants it (mechanism 7)."""

from handlers.ahead import answered_ahead
from handlers.context import Context
from handlers.feature import Command, Feature, Phrase
from handlers.reply import Reply
from messages.coaching import leaderboard as views
from sales.coaching.leaderboard import LEAST_REPS, neighbours
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.coaching.leaderboard import board_of
from storage.coaching.recognition import wants_no_mention

OFF = (
    "{team} has no leaderboard. Its managers can switch one on in `/team settings`; it shows neighbours only."
)
TAKES_THREE = (
    "A leaderboard takes three reps with a goal for the same thing and time, who want to be named. "
    "Until then it shows nobody."
)


@answered_ahead
async def command(context: Context) -> Reply:
    """`/team leaderboard`: the next above and the next below the asking rep.

    Raises:
        Refusal: where the team has none, with fewer than three reps, and for who does not sell or is not named.
    """
    team = context.their_team
    if not team.leaderboard:
        raise Refusal(OFF.format(team=team.name))
    board = await board_of(context.scope, team, context.today)
    if board is None or len(board.places) < LEAST_REPS:
        raise Refusal(TAKES_THREE)
    if not context.member.is_rep:
        raise Refusal("It is for reps, who see their neighbours. `/team progress` has everybody you manage.")
    if await wants_no_mention(context.scope, context.member.user_id):
        raise Refusal(
            "You chose not to be mentioned in public, so you are not on it. `/rainmaker settings` changes that."
        )
    found = neighbours(board.places, context.member.user_id)
    if found is None:
        raise Refusal(
            "You have no goal for what the others are compared by.", example="/goal 60k this quarter"
        )
    return Reply(say=views.shown(found, board.goal, board.period, context.today))


FEATURE = Feature(
    name="leaderboard",
    commands=(
        Command(
            "team leaderboard",
            "",
            "the next above and below you, where your team wants a leaderboard of neighbours",
            "/team leaderboard",
            command,
            Act.OWN_WORK,
            order=68,
        ),
    ),
    phrases=(Phrase(r"(?:show (?:me )?)?(?:the |our )?leader ?board", "team", "leaderboard"),),
)
