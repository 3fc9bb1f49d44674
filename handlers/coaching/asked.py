"""What is asked of a rep or a team after `/why`: "lights", "lights @ana", "@ana lights", "lights team"."""

from collections.abc import Collection
from dataclasses import replace

from handlers.context import Context
from handlers.goals.goal.owner import Owner, owner_of, rep_meant

OF_OTHERS = "What somebody works on is for themselves, their manager and admins."


def said_of(text: str, called: Collection[str]) -> str | None:
    """Return the words beside one of the words that something is called by; None where there are none."""
    typed = " ".join(text.strip(" ?!.").split())
    folded = typed.casefold()
    for one in called:
        if folded == one:
            return ""
        if folded.startswith(f"{one} "):
            return typed[len(one) + 1 :]
        if folded.endswith(f" {one}"):
            return typed[: -len(one) - 1]
    return None


def with_words(context: Context, text: str) -> Context:
    """Return the context with other words after the command."""
    return replace(context, request=replace(context.request, text=text))


async def person_meant(context: Context, said: str) -> Owner | None:
    """Return whose record words ask for, the asking person's without any; None where they name nobody.

    Raises:
        Refusal: for a name nobody has, and for somebody whose record is not theirs to read.
    """
    if not said:
        return await owner_of(context, context.member.user_id)
    return await rep_meant(context, said, OF_OTHERS, then="")
