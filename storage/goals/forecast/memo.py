"""The memo: what was worked out of questions for P(hit), kept for the process by all that went into it.

The work is pure, so what is kept for the same values is the same. What of them comes from deals is named by the deal
stamp; everything else is read each time it is asked about.
"""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple, TypeVar

from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.question import Question
from storage.cache import Cache
from storage.scope import Scope

T = TypeVar("T")
MOST_VALUES = 20_000  # in all keys together; a rep's own deals are a hundred: some megabytes


class Result(NamedTuple):
    """What work came to, and how many values it was worked out from."""

    found: Any
    values: int


MEMO: Cache[Result] = Cache(MOST_VALUES, lambda result: result.values)


async def worked(scope: Scope, work: Callable[..., T], *args: Any) -> T:
    """Return what pure work about questions comes to, in a thread, as it takes hundredths of a second; once for the
    same values.

    Raises:
        Lacking: in a brief unit of work, where it is not kept yet.
    """
    return await worked_under(key_of(work, args), scope, work, *args)


async def worked_under(
    key: tuple[Hashable, ...] | None, scope: Scope, work: Callable[..., T], *args: Any
) -> T:
    """Return the same of work that depends on no more than the key says; None where nothing says it."""
    kept = MEMO.get(key) if key is not None else None
    if kept is None:
        if key is not None:
            scope.work_apart(lambda other: worked_under(key, other, work, *args))
        kept = keep(key, await asyncio.to_thread(work, *args))
    result: T = kept.found
    return result


async def answers(scope: Scope, asked: Sequence[Question]) -> list[Forecast]:
    """Answer questions, those that are not answered yet in a thread, together.

    Raises:
        Lacking: in a brief unit of work, where one is not answered yet.
    """
    left = [one for one in asked if MEMO.get(key_of(Question.answer, [one])) is None]
    if len(left) <= 1:
        return [await worked(scope, Question.answer, one) for one in asked]
    if all(one.key is not None for one in left):
        scope.work_apart(lambda other: answers(other, asked))
    found = dict(
        zip(map(id, left), await asyncio.to_thread(lambda: [one.answer() for one in left]), strict=True)
    )
    return [
        keep(key_of(Question.answer, [one]), found[id(one)]).found
        if id(one) in found
        else await worked(scope, Question.answer, one)
        for one in asked
    ]


def keep(key: tuple[Hashable, ...] | None, found: Any) -> Result:
    if key is None:
        return Result(found, 0)
    result = Result(found, sum(len(one) if isinstance(one, tuple) else 1 for one in key))
    MEMO.put(key, result)
    return result


def key_of(work: Callable[..., Any], args: Sequence[Any]) -> tuple[Hashable, ...] | None:
    """Return all that the work depends on; None where a question does not say what its record was made from."""
    told: list[Hashable] = [work]
    for one in args:
        if isinstance(one, Question):
            if one.key is None:
                return None
            told.append(one.key)
        else:
            told.append(tuple(one) if isinstance(one, list) else one)
    return tuple(told)
