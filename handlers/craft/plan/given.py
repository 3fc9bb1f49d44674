"""Plans handed over, and steps that come again: what goes with the follow-ups that a plan consists of."""

from handlers.context import Context
from handlers.followups.news import NextFollowUpOpened
from handlers.nudges.reassignment import WorkReassigned
from sales.goals.goal import Goal, duplicate_of
from sales.language.dates.instants import local_date
from sales.value import changed
from storage.craft import plan as queries
from storage.goals.goal import open_goals


async def hear_next(context: Context, news: NextFollowUpOpened) -> None:
    """The next of a step that repeats is a step of the same strategy."""
    strategy_id = await queries.strategy_with(context.scope, news.settled.id)
    if strategy_id is not None:
        await queries.add_step(context.scope, strategy_id, news.following.id)


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """Let strategies that have something left go with their goals: the steps are owed by whoever takes over already.

    Those that are done stay with whoever did them, and so does a plan whose goal was not handed over.
    """
    theirs = await open_goals(context.scope, news.new.user_id, local_date(context.now, news.new.zone))
    for strategy, goal in await queries.with_steps_of(context.scope, news.old.user_id, news.new.user_id):
        wanted = changed(Goal, goal, owner_id=news.new.user_id)
        found = duplicate_of(wanted, theirs)
        if found is not None:
            news.touched.append(
                await queries.give_strategy(context.scope, strategy, found.id, news.new.user_id)
            )
