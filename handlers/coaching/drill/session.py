"""A drill: one message that is edited from card to card; recall first, then how well it went (68)."""

from datetime import date
from typing import NamedTuple

from handlers.coaching.skill import focus_of_skills
from handlers.context import Context
from handlers.reply import Reply
from messages.blocks import Message
from messages.coaching import drill as views
from messages.coaching.drill import Ended, ShownCard
from sales.coaching.drill.card import StoredCard
from sales.coaching.drill.memory import Recall
from sales.coaching.drill.practice import NEW_A_WEEK, Focus, Practice, changed_since, days_in_a_row
from sales.language.dates.weekday import monday_of
from sales.people.calendar import WorkCalendar
from storage.coaching.drill.card import cards_for
from storage.coaching.drill.focus import focus_for
from storage.coaching.drill.memory import answered_on, days_practised, keep_answer, memories_of
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow, find_team
from storage.scope import Scope


class PressedCard(NamedTuple):
    """What a button of a card carries: which card, and how often it had been answered when it was shown."""

    key: str
    times: int

    @property
    def written(self) -> str:
        return f"{self.key}|{self.times}"

    @classmethod
    def read(cls, value: str) -> "PressedCard":
        key, _, times = value.rpartition("|")
        return cls(key, int(times))


async def practice_of(scope: Scope, member: MemberRow, today: date) -> Practice:
    """Return what somebody practises on a day."""
    memories = await memories_of(scope, member.user_id)
    team = await find_team(scope, member.team_id)
    monday = monday_of(today)
    learned = sum(one.first_on >= monday for one in memories.values())
    return Practice(
        await cards_for(scope, member.team_id, member.user_id),
        memories,
        today,
        await calendar_of(scope, team, member) if team is not None else WorkCalendar(),
        await answered_on(scope, member.user_id, today),
        learned,
        await focuses_of(scope, member, team, today) if team is not None and learned < NEW_A_WEEK else (),
    )


async def focuses_of(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> list[Focus]:
    """Return what somebody's work asks for: what they lose on and where, a red light, then the skill that is due."""
    return [
        *await focus_for(scope, member, team, today),
        *await focus_of_skills(scope, member, team, today),
    ]


async def begin(context: Context) -> Reply:
    """`/drill`: the first card of today that is not done, or why there is none."""
    practice = await practice_of(context.scope, context.member, context.today)
    return Reply(say=await standing(context.scope, context.member, practice))


async def go_on(context: Context) -> Reply:
    """Start: the first card in place of what was pressed, or below a note that holds more than that."""
    practice = await practice_of(context.scope, context.member, context.today)
    message = await standing(context.scope, context.member, practice)
    return Reply(say=message) if context.request.value else Reply(edit=message)


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
        PressedCard(card.key, memory.times if memory is not None else 0).written,
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
        return Reply(edit=await anew(context, practice, views.said("gone")))
    if times_of(practice, card) != pressed.times:
        return Reply(edit=await anew(context, practice))
    return Reply(edit=views.answered(shown(practice, card)))


async def worked_out(context: Context) -> None:
    """Work out ahead what somebody's work asks for, which the next card may depend on."""
    await practice_of(context.scope, context.member, context.today)


async def rate(context: Context) -> Reply:
    """Again, Hard, Good or Easy: it is kept, and the next card comes; what was answered before counts once."""
    recall, _, value = context.request.value.partition(":")
    pressed = PressedCard.read(value)
    practice = await practice_of(context.scope, context.member, context.today)
    card = next((one for one in practice.cards if one.key == pressed.key), None)
    if card is None:
        return Reply(edit=await anew(context, practice, views.said("gone")))
    if times_of(practice, card) == pressed.times:
        await keep_answer(
            context.scope, context.member.user_id, card, Recall(recall), context.today, context.now
        )
        practice = await practice_of(context.scope, context.member, context.today)
    return Reply(edit=await anew(context, practice))


def times_of(practice: Practice, card: StoredCard) -> int:
    memory = practice.memories.get(card.key)
    return memory.times if memory is not None else 0


async def anew(context: Context, practice: Practice, note: str = "") -> Message:
    """Return how the drill stands in place of what was pressed."""
    return await standing(context.scope, context.member, practice, note)


async def first_card(scope: Scope, member: MemberRow, today: date) -> Message | None:
    """Return the first card of somebody's morning; None where nothing is due and nothing may come in."""
    practice = await practice_of(scope, member, today)
    if practice.done or not practice.queue:
        return None
    return await standing(scope, member, practice)
