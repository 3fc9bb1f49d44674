"""Ahead: what a handler reads and works out is done before its unit of work, in a read that nobody waits for.

What changes nothing is answered from there altogether. What changes something finds worked out what it is going to ask.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar
from weakref import WeakValueDictionary

from handlers.context import Context, Handler, Prefetched, Preflight
from handlers.reply import Reply
from sales.language.reader import written_for
from sales.refusal import Refusal
from storage.people.member import find_member
from storage.people.team import find_team

T = TypeVar("T")

# By workspace: one at a time, so that of many who ask at once the first one reads the record and the others find it.
TURNS = WeakValueDictionary[str, asyncio.Lock]()


async def ahead(preflight: Preflight, ask: Callable[[Context], Awaitable[T]]) -> T | None:
    """Return what a request comes to in a read; None for whoever is not met, and where it is refused.

    It is refused where it is done, behind what was asked before. Whoever waits for a turn holds no connection.
    """
    async with TURNS.setdefault(preflight.request.workspace_id, asyncio.Lock()), preflight.read() as scope:
        member = await find_member(scope, preflight.request.user_id)
        if member is None or not member.active:
            return None
        team = await find_team(scope, member.team_id)
        try:
            with written_for(member.locale):
                return await ask(preflight.context(scope, member, team))
        except Refusal:
            return None


def answered_ahead(
    ask: Callable[[Context], Awaitable[Reply | None]], otherwise: Handler | None = None
) -> Prefetched:
    """Return a handler whose answer is read before the unit of work, where `ask` has one that changes nothing.

    `otherwise` does the rest in the unit; without it, `ask` answers whatever was not answered ahead.
    """

    async def run(context: Context) -> Reply:
        if context.prefetched is not None:
            found: Reply = context.prefetched
            return found
        reply = await (otherwise or ask)(context)
        assert reply is not None
        return reply

    return Prefetched(partial(ahead, ask=ask), run)
