"""Beside goals: what later chapters say of somebody's goals, below their list and where one was just set."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.context import Context
from handlers.goals.goal.owner import Owner
from handlers.section import Look, Surface, collected
from messages.blocks import Block
from sales.goals.progress import GoalProgress


class GoalsInView(NamedTuple):
    """Goals that are shown, and whose they are."""

    owner: Owner
    goals: Sequence[GoalProgress]


async def beside_goals(context: Context, owner: Owner, goals: Sequence[GoalProgress]) -> list[Block]:
    """Return what other features say of these goals; nothing where there are none."""
    if not goals:
        return []
    about = GoalsInView(owner, goals)
    look = Look(context.scope, context.member, context.team, context.now, context.today, about=about)
    found = await collected(context.declared.sections(Surface.GOAL), look)
    return [block for shown in found for block in shown.blocks]


def goals_in(look: Look) -> GoalsInView:
    """Return the goals that a look is about."""
    assert isinstance(look.about, GoalsInView)
    return look.about
