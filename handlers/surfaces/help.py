"""Help: every command in a line."""

from handlers.commands import OURS
from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Section, Shown, Surface
from handlers.reply import Reply
from messages.nudges.app_manifest import in_help
from messages.replies import as_modal
from messages.surfaces import help as views
from messages.surfaces.home import help_button
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.people.permission import Act
from sales.refusal import Reading, Refusal
from storage.nudges.app_manifest import app_manifest


async def overview(context: Context) -> Reply:
    """Show every command in a line; with a word that is none, say so, and which is meant where it is nearly one.

    Raises:
        Refusal: naming the command that was probably meant.
    """
    words = [one.name for one in context.declared.commands] + list(context.declared.words_after(OURS))
    typed = context.text.partition(" ")[0].casefold()
    likely = closest(typed, words) if typed and typed not in words else None
    if likely is not None:
        meant = f"/{OURS} {likely}"
        raise Refusal(
            f"There is no “{shorten(typed)}”. Did you mean {likely}?",
            example=meant,
            readings=[Reading(meant, f"{meant} {context.text.partition(' ')[2]}".strip())],
        )
    unknown = shorten(typed) if typed not in ("", *words) else ""
    noted = await app_manifest(context.scope)
    awaited = in_help(noted.awaited) if noted is not None and noted.awaited else None
    found = views.overview(context.declared.commands, unknown, awaited, mentions=context.hears_mentions)
    return Reply(view=as_modal(found, "Help")) if context.request.is_on_home else Reply(say=found)


async def home_button(look: Look) -> Shown | None:
    """The last of the ways on from Home; somebody in no team has it by itself there."""
    return Shown(buttons=[help_button()]) if look.team is not None else None


FEATURE = Feature(
    name="help",
    commands=(
        Command(
            "rainmaker",
            "",
            "set up, your own settings, and help",
            "/rainmaker help",
            overview,
            Act.OWN_WORK,
            order=80,
        ),
        Command(
            "rainmaker help",
            "",
            "every command in a line",
            "/rainmaker help",
            overview,
            Act.OWN_WORK,
            order=87,
        ),
    ),
    sections=(Section(Surface.HOME_BUTTONS, 90, home_button, Act.OWN_WORK),),
    phrases=(Phrase(r"help(?: me)?|\?+|what can you do|commands", "help"),),
)
