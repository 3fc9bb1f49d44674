"""Cards that somebody drops as a file: whose they will be, and what is said of a file that holds none."""

from typing import Any

from handlers.context import Context
from handlers.people.team import may_change_team
from sales.imports.files.drop import is_of_library
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.people.team import TeamRow, teams_managed_by

DECKS = "decks"  # of the answers of a file: the teams whose cards its person writes, by id; none for their own alone
OTHERWISE = "otherwise"  # why nothing but cards is taken of a file's person


async def decks_written(context: Context) -> dict[str, str]:
    """Return the teams whose cards the asking person writes, their own first."""
    own: list[TeamRow] = []
    if context.team is not None and await may_change_team(context, context.team):
        own = [context.team]
    managed = await teams_managed_by(context.scope, context.member.user_id)
    return {str(one.id): one.name for one in [*own, *managed]}


async def answers_for(context: Context, name: str, libraries: Any) -> dict[str, Any]:
    """Return what is known of how to read a file that may hold cards, before anybody looked into it.

    `libraries` finds the libraries that its person writes in. Where they may bring in cards and nothing else, it is
    said once the file turns out to hold none.
    """
    answers: dict[str, Any] = {DECKS: await decks_written(context)}
    try:
        if is_of_library(name):
            return {**answers, **await libraries(context)}
        context.require(Act.IMPORT_DEALS)
    except Refusal as refused:
        answers[OTHERWISE] = refused.text
    return answers
