"""Turns: whoever has held the event loop for long lets everybody else go on first."""

import asyncio
import time

LONGEST = 0.005  # seconds of work that never waits for anything; then everybody else has a turn
ROUNDS = 3  # of the loop: a timer or a socket is noticed in one, whoever waits for it is woken by the next


async def give_way() -> None:
    """Let everybody go on who can, also whose timer or socket only the next round of the loop is going to notice.

    After one round alone, somebody who woke meanwhile would wait for this one's whole next turn, and for another.
    """
    for _ in range(ROUNDS):
        await asyncio.sleep(0)


class Turn:
    """Since when the event loop has been in its present round; unknown until somebody asks in it."""

    def __init__(self) -> None:
        self.since: float | None = None

    async def share(self) -> None:
        """Give way if this turn has lasted long."""
        now = time.perf_counter()
        if self.since is None:
            self.since = now
            asyncio.get_running_loop().call_soon(self.over)
        elif now - self.since > LONGEST:
            await give_way()

    def over(self) -> None:
        self.since = None


TURN = Turn()
