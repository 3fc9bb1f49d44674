"""What is owed: what a person and one customer, or one of their people, still owe each other."""

from datetime import date

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase
from handlers.reply import Reply
from messages.followups import followup as views
from sales.followups.followup import Owes, StoredFollowUp
from sales.language.names.match import begins_name, fold
from sales.language.typed_text import shorten
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.followups import followup as queries

BY_THEM = "by "  # before a name: only what they owe


async def command(context: Context) -> Reply:
    """`/followup owed Acme`: what is open with Acme; "owed by Acme" is what Acme owes, and without a name all of it.

    Raises:
        Refusal: if nothing is open with whoever is named.
    """
    items = await queries.open_between(context.scope, context.member.user_id, date.min, date.max)
    said = context.text.strip(" ?.!")
    by_them = f"{said} ".casefold().startswith(BY_THEM)
    name = said[len(BY_THEM) :].strip() if by_them else said
    found = [one for one in items if concerns(one, name)]
    theirs = [one for one in found if one.owes is Owes.THEM]
    if by_them and theirs:
        found = theirs
    if name and not found:
        raise Refusal(f"Nothing is open with “{shorten(name)}”.", example="/followup")
    return Reply(say=views.listing(found, context.today, context.zone))


def concerns(item: StoredFollowUp, name: str) -> bool:
    """Say whether a commitment is with somebody, or about them; everybody is meant by no name."""
    wanted = fold(name) if name else ""
    return not wanted or begins_name(wanted, item.who) or begins_name(wanted, item.what)


FEATURE = Feature(
    name="owed",
    commands=(
        Command(
            "followup owed",
            "[by] [Acme]",
            "what you and a customer owe each other",
            "/followup owed Acme",
            command,
            Act.OWN_WORK,
            order=22,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:what|which|how much|anything)(?: (?:else|all))? (?:do|did) (?:i|we) (?:still )?owe(?: to)?(?: (.*))?",
            "followup",
            r"owed \1",
        ),
        Phrase(r"do (?:i|we) (?:still )?owe(?: to)? (.*?)(?: anything)?", "followup", r"owed \1"),
        Phrase(
            r"(?:what|anything)(?: (?:do|does|did|is|are))? (.*?) (?:still )?owes? (?:me|us)",
            "followup",
            r"owed by \1",
        ),
        Phrase(
            r"(?:do|does) (.*?) (?:still )?owe (?:me|us)(?: (?:anything|something))?",
            "followup",
            r"owed by \1",
        ),
        Phrase(
            r"(?:what(?:['’]?s| is| have i) )?(?:open|due|pending|outstanding) (?:with|for|at) (.*)",
            "followup",
            r"owed \1",
        ),
    ),
)
