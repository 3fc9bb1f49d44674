"""Once: within one read the same question is asked of the database once, however many rules want to know."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from storage.scope import Scope

ANSWERS = "answers to what was asked in this read"

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once_in_a_read(
    question: Callable[Asked, Awaitable[Answer]],
) -> Callable[Asked, Awaitable[Answer]]:
    """Remember a question's answer until the read that asked it ends; a unit of work, which may write, asks anew.

    The question takes the scope first and then values that can be a key; its answer is shared and must not be
    changed. It also keeps the rows alive, which a session by itself forgets once nobody holds them.
    """

    @wraps(question)
    async def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        scope = arguments[0]
        assert isinstance(scope, Scope)
        answers = scope.session.info.get(ANSWERS)
        if answers is None:
            return await question(*arguments, **named)
        key = (question, scope.workspace_id, arguments[1:], tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = await question(*arguments, **named)
        found: Answer = answers[key]
        return found

    return asked
