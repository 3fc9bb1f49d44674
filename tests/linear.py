"""Linear: how the work of reading a text grows with it, whatever else the machine does meanwhile."""

from collections.abc import Callable
from contextlib import suppress
from time import thread_time

from sales.refusal import Refusal

TIMES = 4  # the longer text is so many times the shorter one
AT_MOST = 10.0  # times the work for it: a square would be sixteen
TRIES = 4
TRIFLE = 100e-6  # seconds of work in which nothing can be told apart


def grows_linearly(read: Callable[[str], object], piece: str, short: int = 500) -> bool:
    """Say whether reading a text four times as long takes not much more than four times the work."""
    longer, shorter = (
        min(work(read, (piece * length)[:length]) for _ in range(TRIES)) for length in (short * TIMES, short)
    )
    return longer <= AT_MOST * (shorter + TRIFLE)


def work(read: Callable[[str], object], text: str) -> float:
    began = thread_time()
    with suppress(Refusal):
        read(text)
    return thread_time() - began
