"""Which account a line means, and the team by whose ideal client it is measured."""

from handlers.context import Context
from sales.language.names.descent import comparable
from sales.language.names.match import fold
from sales.language.typed_text import shorten
from sales.refusal import Reading, Refusal
from storage.people.team import TeamRow, teams_managed_by
from storage.pipeline.known_name import known_to_others_only
from storage.pipeline.near_name import names_alike


async def team_of(context: Context) -> TeamRow | None:
    """Return the team whose ideal client somebody measures by: their own, else the first they manage."""
    if context.team is not None:
        return context.team
    return next(iter(await teams_managed_by(context.scope, context.member.user_id)), None)


def team_id(team: TeamRow | None) -> int | None:
    return team.id if team is not None else None


def currency_of(team: TeamRow | None) -> str:
    return team.currency if team is not None else "USD"


async def ask_about_slip(context: Context, name: str, text: str, team: TeamRow | None) -> None:
    """Ask which account is meant where a name is one letter off from another.

    Raises:
        Refusal: with both readings.
    """
    alike = await names_alike(context.scope, [name], context.member.user_id, context.today, team_id(team))
    other = next((one for one in alike.values() if fold(one) != fold(name)), None)
    if other is None or comparable(name) in alike:
        return
    rest = text[len(name) :].strip(" ,") if text.casefold().startswith(name.casefold()) else ""
    raise Refusal(
        f"I know no account called “{shorten(name, 40)}”. Did you mean {shorten(other, 40)}?",
        readings=[
            Reading(shorten(other, 40), f"/lead account {other} {rest}".strip()),
            Reading(f"No, {shorten(name, 40)}", f'/lead account "{name}" {rest}'.strip()),
        ],
    )


async def require_ours(context: Context, name: str, team: TeamRow | None) -> None:
    """Refuse an account that only other teams do business with: what is noted of it is theirs.

    Raises:
        Refusal: with the way to it.
    """
    if context.member.administers:
        return
    if await known_to_others_only(context.scope, [comparable(name)], team_id(team)):
        raise Refusal(
            f"Your team does no business with {shorten(name, 40)} yet. Add a deal with them first.",
            example=f"/deal {shorten(name, 40)} 24k",
        )
