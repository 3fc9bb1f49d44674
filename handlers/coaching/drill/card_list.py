"""Cards looked for by their words, changed and retired: one's own, and the team's by who leads it (69, 70)."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.coaching.drill.card import require_room, written
from handlers.context import Context
from handlers.people.team import about_team, may_change_team
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply, placed
from messages.blocks import Message
from messages.coaching import card_list as views
from messages.coaching import drill_form as form
from messages.coaching.card_list import CardChangeForm, CardChosen, DoneToListed, ListedCard
from sales.coaching.drill.card import DrillCard, StoredCard, cards_with
from sales.language.typed_text import shorten
from sales.refusal import Refusal
from sales.value import changed
from storage.coaching.drill.card import cards_for, change_card, retire_card
from storage.people.member import find_members
from storage.people.team import TeamRow, find_team, teams_managed_by

IN_FORM = ("deck", "question", "answer", "why", "review_by")
MAX_WORDS = 60  # of what a list is about, as its buttons keep it


async def command(context: Context) -> Reply:
    """`/drill cards`, `/drill cards discount`: the cards with these words, five at a time."""
    return Reply(say=await listing(context, shorten(context.text.strip(), MAX_WORDS)))


async def listing(context: Context, about: str, done: DoneToListed | None = None) -> Message:
    """Return the list of cards with some words, as it stands; `done` is what was just done to one of them."""
    teams: list[TeamRow | None] = [*await teams_read(context)]
    found = [one for team in teams or [None] for one in await cards_of(context, team)]
    own = {one.card.key: one for one in found if one.card.for_id}
    found = [*own.values(), *(one for one in found if not one.card.for_id)]
    kept = {one.key for one in cards_with([one.card for one in found], about)}
    shown = [one for one in found if one.card.key in kept]
    shown.sort(key=lambda one: not one.card.id)
    return views.listed(shown, about, await leaders_of(context), context.today, done)


async def teams_read(context: Context) -> list[TeamRow]:
    """Return the teams whose cards somebody reads: their own, and those they manage."""
    managed = await teams_managed_by(context.scope, context.member.user_id)
    own = [context.team] if context.team is not None else []
    return [*own, *(one for one in managed if one.id not in {each.id for each in own})]


async def cards_of(context: Context, team: TeamRow | None) -> list[ListedCard]:
    """Return the cards of a team, with those that are the asking person's alone."""
    me = context.member.user_id
    leads = team is not None and await may_change_team(context, team)
    cards = await cards_for(context.scope, team.id if team is not None else None, me)
    others = {one.owner_id for one in cards if one.owner_id and not one.for_id}
    names = {one.user_id: one.name for one in await find_members(context.scope, others)}
    return [
        ListedCard(
            one,
            team.id if team is not None else 0,
            team.name if team is not None else "",
            "" if one.for_id else names.get(one.owner_id or "", ""),
            one.for_id == me or (leads and one.for_id is None),
        )
        for one in cards
    ]


async def leaders_of(context: Context) -> Sequence[str]:
    """Return who may change the cards of the asking person's team."""
    if context.team is None:
        return []
    about = await about_team(context.scope, context.team)
    return [one.name for one in await find_members(context.scope, about.managers or ())]


async def card_meant(context: Context, team_id: int, key: str) -> StoredCard | None:
    """Return a card to be changed; None once it is gone.

    Raises:
        Refusal: for whoever may not change it.
    """
    team = await find_team(context.scope, team_id or None)
    found = next((one for one in await cards_of(context, team) if one.card.key == key), None)
    if found is None:
        return None
    if not found.may_change:
        raise Refusal(views.said("not_theirs"))
    return found.card


async def open_change(context: Context) -> Reply:
    """Change…: the form, with the card in it."""
    meant = CardChosen.read(context.request.value)
    card = await card_meant(context, meant.team_id, meant.key)
    if card is None:
        gone = DoneToListed(views.said("gone"))
        return (
            Reply(edit=await listing(context, meant.words, gone))
            if meant.in_list
            else Reply(say=views.done(gone))
        )
    place = (Place.of(context.request.body) or ()) if meant.in_list else ()
    kept = CardChangeForm(meant.team_id, card.key, card.fingerprint, meant.words, place)
    return Reply(view=form.form(kept.written(), await practised_by(context, kept, card), card, views.CHANGED))


async def practised_by(context: Context, kept: CardChangeForm, card: StoredCard) -> str:
    """Return the name of the team that practises a card; empty for one of a person alone."""
    team = await find_team(context.scope, kept.team_id or None)
    return team.name if team is not None and not card.for_id else ""


async def save_change(context: Context) -> Reply:
    """The form was submitted: the card says that, also one of ours; what somebody else wrote meanwhile is shown first.

    Raises:
        Refusal: under the field at fault.
    """
    kept = CardChangeForm.read(context.request.private)
    held = await card_meant(context, kept.team_id, kept.key)
    if held is None:
        return await shown_after(context, kept, DoneToListed(views.said("gone")))
    said = retold(held, written(context, None, held))
    if held.fingerprint not in (kept.fingerprint, said.fingerprint):
        again = replace(kept, fingerprint=held.fingerprint)
        name, note = await practised_by(context, kept, held), views.said("clash", card=held)
        return Reply(view=form.form(again.written(), name, said, views.CHANGED, note))
    if all(getattr(said, name) == getattr(held, name) for name in IN_FORM):
        return await shown_after(context, kept, DoneToListed(views.said("unchanged", card=said)))
    cards = await cards_for(context.scope, kept.team_id or None, context.member.user_id)
    require_room([one for one in cards if one.key != held.key], said)
    touched = await change_card(context.scope, kept.team_id or None, held, said, context.today)
    undo = await remember(context, "a card to practise, changed", touched)
    what = "kept" if said.fingerprint == held.fingerprint else "changed"
    return await shown_after(context, kept, DoneToListed(views.said(what, card=said), undo.id))


def retold(held: StoredCard, typed: DrillCard) -> DrillCard:
    """Return what becomes of a card in the form: whose it is stays, and what nobody looked after is the writer's to."""
    owner_id = held.owner_id or typed.owner_id
    return changed(DrillCard, typed, for_id=held.for_id, starter=held.starter, owner_id=owner_id)


async def shown_after(context: Context, kept: CardChangeForm, done: DoneToListed) -> Reply:
    """Return the list that the form was opened from, as it stands; from a drill what was done alone."""
    place = Place.kept(kept.place)
    if place is None:
        return Reply(say=views.done(done), home=True)
    return placed(await listing(context, kept.words, done), place, home=True)


async def retire(context: Context) -> Reply:
    """Retire: nobody is asked it any more, until Undo."""
    meant = CardChosen.read(context.request.value)
    card = await card_meant(context, meant.team_id, meant.key)
    touched = None
    if card is not None:
        touched = await retire_card(context.scope, meant.team_id or None, card, context.today)
    if card is None or touched is None:
        return Reply(edit=await listing(context, meant.words, DoneToListed(views.said("gone"))))
    undo = await remember(context, "a card to practise, retired", touched)
    done = DoneToListed(views.said("retired", card=card), undo.id)
    return Reply(edit=await listing(context, meant.words, done), home=True)
