"""Warm and cold: `/why mix` says where one's effort goes and what it yields; a month's review, where it matters (43).

It sends nothing by itself. One's own is one's own; whoever leads a rep may read theirs.
"""

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Section, Shown, Surface
from handlers.goals.goal.owner import MENTION, rep_meant
from handlers.reply import Reply
from messages.prospects import touch_mix as views
from sales.people.permission import Act
from storage.prospects.touch_mix import own_mix

OTHERS = "What somebody works on is for themselves, their manager and admins."
WORDS = ("mix", "warm", "warm and cold", "warm or cold", "my mix", "cold")


async def command(context: Context) -> Reply:
    """`/lead mix`: one's own, or a rep's, for whoever leads them."""
    return await answer(context, context.text.strip())


async def answer(context: Context, said: str) -> Reply:
    """Answer for the asking person, or for whom they name.

    Raises:
        PermissionRefusal: if it is not theirs to read.
    """
    owner = await rep_meant(context, said, OTHERS)
    if owner is None:
        return Reply(say=views.answer(await own_mix(context.scope, context.member, context.now)))
    mix = await own_mix(context.scope, owner.member, context.now)
    return Reply(say=views.answer(mix, owner.member.name if owner.shown else ""))


async def explain(context: Context) -> Reply | None:
    """`/why mix`, also with whose, before it or behind it; None for other words."""
    typed = " ".join(context.text.strip(" ?!.").split())
    head, _, behind = typed.rpartition(" ")
    before, _, tail = typed.partition(" ")
    if typed.casefold() in WORDS:
        return await answer(context, "")
    for words, who in ((head, behind), (tail, before)):
        if words.casefold() in WORDS and MENTION.fullmatch(who):
            return await answer(context, who)
    return None


async def in_review(look: Look) -> Shown | None:
    """That most effort went to strangers while warm touches pay; nothing where that is not so, or not known."""
    if look.team is None or not look.member.is_rep:
        return None
    mix = await own_mix(look.scope, look.member, look.now)
    return Shown([views.in_review(mix)]) if mix.is_mostly_cold else None


FEATURE = Feature(
    name="touch mix",
    commands=(
        Command(
            "lead mix",
            "[@rep]",
            "warm and cold: where your effort goes, and what each yields per 100 touches",
            "/lead mix",
            command,
            Act.SEE_WORK_OF,
            order=51,
            mentions=True,
        ),
    ),
    sections=(Section(Surface.REVIEW, 40, in_review, Act.OWN_WORK),),
    explain=explain,
    explains="mix",
)
