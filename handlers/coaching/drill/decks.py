"""Decks: how many cards of each, and how much of it is remembered today, for a rep and who manages them (70)."""

from collections.abc import Awaitable, Callable

from handlers.coaching.drill import note
from handlers.coaching.drill.card_list import listing
from handlers.coaching.drill.session import begin, practice_of
from handlers.context import Context
from handlers.goals.goal.owner import Owner, owner_of, rep_meant
from handlers.reply import Reply
from messages.blocks import Message
from messages.coaching import drill as views
from sales.coaching.drill.card import DECKS, Deck, deck_called, stale
from sales.coaching.drill.practice import standings
from sales.language.names.match import fold
from sales.people.permission import About, Act
from sales.refusal import Refusal
from storage.people.team import managers_of

EXAMPLE = "/drill decks"


SWITCHES = {"on": note.want, "daily": note.want, "off": note.stop, "stop": note.stop}


async def drill(context: Context) -> Reply:
    """`/drill` and what it reads; `/drill off` and `/drill on` switch the note of a morning.

    Raises:
        Refusal: as `drill_or_decks`.
    """
    switch = switch_meant(context)
    return await (switch or drill_or_decks)(context)


async def read(context: Context) -> Reply | None:
    """Return what `/drill` answers where it changes nothing.

    Raises:
        Refusal: as `drill_or_decks`.
    """
    return await drill_or_decks(context) if switch_meant(context) is None else None


def switch_meant(context: Context) -> Callable[[Context], Awaitable[Reply]] | None:
    return SWITCHES.get(fold(context.text.strip(" .!")))


async def drill_or_decks(context: Context) -> Reply:
    """`/drill`; `/drill objections`, the cards of a deck; and `/drill @ana`, her decks, for who manages her.

    Raises:
        Refusal: for other words, and for somebody whose manager the asking person is not.
    """
    text = context.text.strip()
    if not text:
        return await begin(context)
    if (deck := deck_called(text)) is not None:
        return await cards_in(context, deck)
    owner = await rep_meant(context, text, views.PRIVATE)
    if owner is None:
        raise Refusal(views.said("unknown", text=text), example="/drill")
    return Reply(say=await decks_of(context, owner))


async def command(context: Context) -> Reply:
    """`/drill decks`: one's own; `/drill decks objections`, one's cards in it; `/drill decks @ana` for who manages her.

    Raises:
        Refusal: for other words, and for somebody whose manager the asking person is not.
    """
    text = context.text.strip()
    if (deck := deck_called(text)) is not None:
        return await cards_in(context, deck)
    owner = await rep_meant(context, text, views.PRIVATE) if text else await me(context)
    if owner is None:
        raise Refusal(views.said("unknown_decks", text=text), example=EXAMPLE)
    return Reply(say=await decks_of(context, owner))


async def cards_in(context: Context, deck: Deck) -> Reply:
    return Reply(say=await listing(context, DECKS[deck]))


async def me(context: Context) -> Owner:
    return await owner_of(context, context.member.user_id)


async def decks_of(context: Context, owner: Owner) -> Message:
    """Return somebody's decks, to them and to who manages them alone.

    Raises:
        PermissionRefusal: for anybody else, an admin too.
    """
    bosses = await managers_of(context.scope, owner.team.id)
    about = About(bosses, owner_id=owner.member.user_id)
    context.require(Act.TALK, about, otherwise=views.PRIVATE)
    practice = await practice_of(context.scope, owner.member, owner.today, chooses=False)
    found = standings(practice.cards, practice.memories, owner.today)
    past = stale([one for one in practice.cards if one.for_id is None], owner.today)
    return views.decks(found, owner.member.name if owner.shown else "", len(past))
