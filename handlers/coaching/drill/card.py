"""A card written in the form: a manager's is the team's, anybody else's is their own alone (70)."""

from collections.abc import Sequence
from datetime import date

from handlers.context import Context
from handlers.goals.goal.owner import worded
from handlers.people.team import may_change_team, no_team
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.coaching import drill_form as form
from messages.coaching.drill import said
from messages.coaching.drill_form import CardForm
from sales.coaching.drill.card import (
    MAX_QUESTION,
    MAX_WHY,
    MOST_CARDS,
    REVIEWED_IN,
    Deck,
    DrillCard,
    StoredCard,
    read_answer,
    read_question,
)
from sales.language.typed_text import clean, shorten
from sales.refusal import Refusal
from storage.coaching.drill.card import add_card, cards_for
from storage.people.team import TeamRow, find_team, teams_managed_by


async def open_form(context: Context) -> Reply:
    """`/drill add`, or Add…: the form; words behind the command stand in it as what happens."""
    team = await team_written_for(context)
    if team is None and context.team is None:
        raise no_team(context)
    kept = CardForm(team.id if team is not None else 0, Place.of(context.request.body) or ())
    typed = shorten((await worded(context, context.text)).strip(), MAX_QUESTION)
    if team is None:
        return Reply(view=form.form(kept.written(), "", question=typed))
    review_by = context.today + REVIEWED_IN
    return Reply(view=form.form(kept.written(), team.name, review_by=review_by, question=typed))


async def team_written_for(context: Context) -> TeamRow | None:
    """Return the team whose cards the asking person writes: one they lead, their own before others; else None."""
    if context.team is not None and await may_change_team(context, context.team):
        return context.team
    managed = await teams_managed_by(context.scope, context.member.user_id)
    return managed[0] if managed else None


async def save(context: Context) -> Reply:
    """The form was submitted.

    Raises:
        Refusal: under the field at fault.
    """
    kept = CardForm.read(context.request.private)
    team = await find_team(context.scope, kept.team_id or None)
    if team is not None and not await may_change_team(context, team):
        team = None  # they led it when they opened the form
    card = written(context, team)
    team_id = team.id if team is not None else context.member.team_id
    require_room(await cards_for(context.scope, team_id, context.member.user_id), card)
    touched = await add_card(context.scope, team_id, card, context.today)
    undo = await remember(context, "a card to practise", touched)
    return Reply(say=form.saved(card, team.name if team is not None else "", undo.id))


def require_room(there: Sequence[StoredCard], card: DrillCard) -> None:
    """Refuse a card that is there already, and more than anybody practises.

    Raises:
        Refusal: under the question.
    """
    if any((one.deck, one.called) == (card.deck, card.called) for one in there):
        raise Refusal(said("there_already"), field=form.QUESTION)
    if len(there) >= MOST_CARDS:
        raise Refusal(said("full", most=MOST_CARDS), field=form.QUESTION)


def written(context: Context, team: TeamRow | None, held: DrillCard | None = None) -> DrillCard:
    """Return the card that a form says; `held` is what it said before.

    Raises:
        Refusal: under the field at fault, also for a review day that is over and was not there before.
    """
    values = context.request.values
    review = values.get(form.REVIEW)
    review_by = date.fromisoformat(review) if review else None
    stood = held.review_by if held is not None else None
    if review_by is not None and review_by < context.today and review_by != stood:
        raise Refusal(said("review_over"), field=form.REVIEW)
    return DrillCard(
        deck=Deck(values.get(form.DECK) or Deck.OWN),
        question=read_question(values.get(form.QUESTION) or "", form.QUESTION),
        answer=read_answer(values.get(form.ANSWER) or "", form.ANSWER),
        why=clean(values.get(form.WHY) or "", MAX_WHY, form.WHY),
        owner_id=context.member.user_id,
        review_by=review_by,
        for_id=None if team is not None else context.member.user_id,
    )
