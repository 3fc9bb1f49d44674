"""A team named at the beginning of a line, and the words behind it."""

from dataclasses import replace

from handlers.context import Context
from handlers.people.team import the_team, visible_teams
from sales.language.names.match import unaccented
from storage.people.team import TeamRow


async def team_and_words(context: Context) -> tuple[TeamRow, str]:
    """Return the team that a text is about, its name at the beginning or left out, and what is said behind it."""
    text = context.text
    for team in sorted(await visible_teams(context), key=lambda one: -len(one.name)):
        name, rest = text[: len(team.name)], text[len(team.name) :]
        if unaccented(name) == unaccented(team.name) and (not rest or not rest[0].isalnum()):
            return team, rest.strip(" ,:;\n\t")
    nameless = replace(context, request=replace(context.request, text=""))
    return await the_team(nameless), text.strip()
