"""A drill: one message that is edited from card to card; recall first, then how well it went (68)."""

from datetime import date
from typing import NamedTuple

from handlers.coaching.skill import focus_of_skills
from handlers.context import Context
from handlers.feature import Look, Shown
from handlers.people.team import may_change_team
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.coaching import drill as views
from messages.coaching.card_list import CardChosen
from messages.coaching.drill import Ended, ShownCard
from sales.coaching.drill.card import StoredCard
from sales.coaching.drill.focus import Focus
from sales.coaching.drill.memory import Memory, Recall
from sales.coaching.drill.practice import NEW_A_WEEK, Practice, changed_since, days_in_a_row
from sales.language.dates.weekday import monday_of
from sales.people.calendar import WorkCalendar
from storage.coaching.drill.card import cards_for, find_card
from storage.coaching.drill.focus import focus_for
from storage.coaching.drill.memory import (
    ANSWERS,
    RecalledCard,
    answered_on,
    days_practised,
    keep_answer,
    memories_of,
)
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import find_team
from storage.scope import Scope
from storage.undo import PutBack


class PressedCard(NamedTuple):
    """What a button of a card carries: which card, how often it had been answered by then, and its words."""

    key: str
    times: int
    fingerprint: str = ""

    @property
    def written(self) -> str:
        return f"{self.key}|{self.times}|{self.fingerprint}"

    @classmethod
    def read(cls, value: str) -> "PressedCard":
        key, times, *fingerprint = value.split("|")
        return cls(key, int(times), *fingerprint[:1])


async def practice_of(scope: Scope, member: MemberRow, today: date, *, chooses: bool = True) -> Practice:
    """Return what somebody practises on a day; what their work asks for only where it `chooses` among new cards."""
    memories = await memories_of(scope, member.user_id)
    cards = await cards_for(scope, member.team_id, member.user_id)
    team = await find_team(scope, member.team_id)
    monday = monday_of(today)
    learned = sum(one.first_on >= monday for one in memories.values())
    focus = list[Focus]()
    if chooses and learned < NEW_A_WEEK and team is not None:
        focus += await focus_for(scope, member, team, today)
        focus += await focus_of_skills(scope, member, cards, memories, today)
    return Practice(
        cards,
        memories,
        today,
        await calendar_of(scope, team, member) if team is not None else WorkCalendar(),
        await answered_on(scope, member.user_id, today),
        learned,
        focus,
    )


async def begin(context: Context) -> Reply:
    """`/drill`: the first card of today that is not done, or why there is none."""
    return Reply(say=await standing_now(context))


async def go_on(context: Context) -> Reply:
    """Start: the first card in place of what was pressed, or below a note that holds more than that."""
    message = await standing_now(context)
    return Reply(say=message) if context.request.value else Reply(edit=message)


async def standing_now(context: Context, note: str = "") -> Message:
    """Return how the asking person's drill stands; `note` says what just happened."""
    practice = await practice_of(context.scope, context.member, context.today)
    return await standing(context.scope, context.member, practice, note)


async def standing(scope: Scope, member: MemberRow, practice: Practice, note: str = "") -> Message:
    """Return the card that comes next, or how the day's drill ended; `note` says what just happened."""
    queue = practice.queue
    if queue:
        return views.asked(shown(practice, queue[0]), note)
    return views.ended(await ended(scope, member, practice), note)


def shown(practice: Practice, card: StoredCard) -> ShownCard:
    """Return a card as it is shown today."""
    memory = practice.memories.get(card.key)
    focus = practice.focus_of(card) if memory is None else None
    return ShownCard(
        card,
        PressedCard(card.key, times_of(memory), card.fingerprint).written,
        number=len(practice.done) + 1,
        total=len(practice.done) + len(practice.queue),
        is_changed=changed_since(card, memory),
        why_chosen=focus.why if focus is not None else "",
    )


async def ended(scope: Scope, member: MemberRow, practice: Practice) -> Ended:
    """Return what is said where no card is left for today."""
    days = await days_practised(scope, member.user_id, practice.today)
    streak = days_in_a_row(days, practice.calendar, practice.today)
    return Ended(len(practice.done), practice.next_on, practice.today, streak)


async def show(context: Context) -> Reply:
    """Show the answer: the same card with its answer, as it reads now."""
    pressed = PressedCard.read(context.request.value)
    practice = await practice_of(context.scope, context.member, context.today)
    card = next((one for one in practice.cards if one.key == pressed.key), None)
    if card is None:
        return Reply(edit=await standing(context.scope, context.member, practice, views.said("gone")))
    if times_of(practice.memories.get(card.key)) != pressed.times:
        return Reply(edit=await standing(context.scope, context.member, practice))
    return Reply(edit=views.answered(shown(practice, card), await way_to_change(context, card)))


async def way_to_change(context: Context, card: StoredCard) -> CardChosen | None:
    """Return what lets the asking person change a card where they meet it; None for who may not."""
    team = context.team
    may = card.for_id is not None or (team is not None and await may_change_team(context, team))
    return CardChosen(team.id if team is not None else 0, card.key, in_list=False) if may else None


async def worked_out(context: Context) -> None:
    """Work out ahead what somebody's work asks for, which the next card may depend on."""
    if context.team is not None:
        await focus_for(context.scope, context.member, context.team, context.today)


async def rate(context: Context) -> Reply:
    """Again, Hard, Good or Easy: it is kept, and the next card comes; what was answered before counts once.

    What is kept is of the words that were read, so that a card changed meanwhile comes once more.
    """
    recall, _, value = context.request.value.partition(":")
    pressed, me = PressedCard.read(value), context.member
    card = await find_card(context.scope, me.team_id, me.user_id, pressed.key)
    if card is None:
        return Reply(edit=await standing_now(context, views.said("gone")))
    held = (await memories_of(context.scope, me.user_id)).get(card.key)
    if times_of(held) == pressed.times:
        read = pressed.fingerprint or card.fingerprint
        said = RecalledCard(card.key, read, Recall(recall), context.today, context.now)
        touched = await keep_answer(context.scope, me.user_id, held, said)
        await remember(context, views.summary(said.recall), *touched)
    return Reply(edit=await standing_now(context))


async def below_undo(look: Look) -> Shown | None:
    """After an answer was taken back: the way to the card, which is asked again."""
    done = look.about
    if not isinstance(done, PutBack) or all(each["table"] != ANSWERS for each in done.images):
        return None
    return Shown(views.again())


def times_of(memory: Memory | None) -> int:
    """Return how often somebody answered a card."""
    return memory.times if memory is not None else 0


async def first_card(scope: Scope, member: MemberRow, today: date) -> Message | None:
    """Return the first card of somebody's morning; None where nothing is due and nothing may come in."""
    practice = await practice_of(scope, member, today)
    if practice.done or not practice.queue:
        return None
    return await standing(scope, member, practice)
