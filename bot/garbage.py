"""Garbage: collected as ever, except while modules are loaded, which make a great deal and throw nothing away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Load modules in the block without looking for garbage, then or ever.

    A start makes a quarter of a million objects, and nearly all of them live until the end. Python looks through them
    again and again while their number grows, an eighth of the time that loading takes; and a full collection later, at
    any moment, would hold the event loop for a tenth of a second to find that they are all in use.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
