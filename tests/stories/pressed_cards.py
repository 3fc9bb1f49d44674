"""Buttons of cards to be pressed twice: what becomes of one past its review day, and of what was heard again."""

from datetime import date

from sales.coaching.drill.card import Deck, DrillCard
from storage.coaching.drill.card import add_card
from storage.nudges.mute import set_mutes
from storage.people.team import find_team_named
from tests.known import WORKSPACE
from tests.stories.drilled.practised import loses
from tests.stories.pressed import LOGGED, UNDO, Button, jumps, then
from tests.story_workspace import StoryWorkspace


async def past_its_day(town: StoryWorkspace) -> None:
    """Ana is asked of a card of hers."""
    async with town.bot.database.write(WORKSPACE) as scope:
        team = await find_team_named(scope, "Field")
        said = DrillCard(
            deck=Deck.OBJECTIONS,
            question="They say that it is too dear. What do you say?",
            answer="Ask what it costs them as it is",
            owner_id="U1",
            review_by=date(2026, 9, 14),
        )
        await add_card(scope, team.id, said, date(2026, 9, 1))
    await jumps("2026-09-15 09:20")(town)


async def reads_a_note(town: StoryWorkspace) -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        await set_mutes(scope, "U1", [], ["morning"])


async def three_losses(town: StoryWorkspace) -> None:
    """Mia is asked whether what her team lost three deals on shall be practised."""
    await loses(town, town.person("ana"), "Lockside", "Granary", "Iron Lane")
    await jumps("2026-09-15 09:20")(town)


DRAFTS = (
    Button("card_draft.write", three_losses, who="mia"),
    Button("card_draft.decline", three_losses, {**UNDO, **LOGGED}, who="mia"),
)
CARD_REVIEWS = (
    Button("card_review.keep", past_its_day, UNDO),
    Button("card_review.retire", past_its_day, {"drill_card": -1, **UNDO}),
    Button("card_review.look", then(reads_a_note, past_its_day)),
)
