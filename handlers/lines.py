"""Lines: several commands in one message, each begun on a line of its own, are done in their order."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from handlers.context import Context, Handler, Prefetched, Preflight, Request
from handlers.reply import Reply
from messages import replies
from sales.refusal import Refusal

MOST = 10  # commands in one message: more is a list that belongs into a file


class TypedCommand(NamedTuple):
    """One command of several: who does it, and how it is typed as a command."""

    run: Handler
    typed: str = ""


def commands_in(text: str, begins: Callable[[str], bool]) -> list[str]:
    """Return the commands that a text holds, each with the lines that go on with it; the whole text if it is one."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not begins(lines[0]):
        return [text]
    found: list[str] = []
    for line in lines:
        if begins(line):
            found.append(line)
        else:
            found[-1] += f"\n{line}"
    return found


def commands_typed(request: Request, known: Container[str]) -> list[Request]:
    """Return a command, and each that was typed with its slash at the beginning of a line after it."""
    if "\n" not in request.text:
        return [request]
    prefix = str(request.body.get("command") or "").removeprefix("/").removesuffix(request.name)

    def named(line: str) -> tuple[str, str]:
        word, *rest = line.split(maxsplit=1)
        return word.removeprefix("/").removeprefix(prefix).casefold(), "".join(rest)

    first, *others = commands_in(
        f"/{prefix}{request.name} {request.text}", lambda line: line[0] == "/" and named(line)[0] in known
    )
    found = [replace(request, name=name, text=text) for name, text in map(named, others)]
    return [replace(request, text=named(first)[1]), *found]


def in_order(lines: Sequence[TypedCommand]) -> Prefetched:
    """Return who does several commands one after the other and answers them together.

    One that is refused is answered, with nothing of it done, and the others are done. No form opens, as there is room
    for one. More than `MOST` are refused as a whole.
    """

    async def prepare(preflight: Preflight) -> list[Any]:
        found = [await prepared(line.run, preflight) for line in lines] if len(lines) <= MOST else []
        # An answer that was read before the first line was done does not know of it.
        return found[:1] + [None if isinstance(one, Reply) else one for one in found[1:]]

    async def run(context: Context) -> Reply:
        if len(lines) > MOST:
            return Reply(say=replies.refusal(too_many(len(lines))))
        found = context.prefetched or [None] * len(lines)
        return together(
            [
                await done(line, replace(context, prefetched=one))
                for line, one in zip(lines, found, strict=True)
            ]
        )

    return Prefetched(prepare, run)


async def prepared(run: Handler, preflight: Preflight) -> Any:
    """Return what a command wants to know of Slack; one that is refused here is refused again where it is done."""
    try:
        return await run.prepare(preflight) if isinstance(run, Prefetched) else None
    except Refusal:
        return None


async def done(line: TypedCommand, context: Context) -> Reply:
    try:
        async with context.scope.session.begin_nested():
            reply = await line.run(context)
    except Refusal as refusal:
        return Reply(say=replies.refusal(refusal))
    return reply if reply.view is None else replace(reply, view=None, say=replies.needs_form(line.typed))


def too_many(count: int) -> Refusal:
    return Refusal(f"That is {count} commands; {MOST} in one message is the most. Nothing was done.")


def together(answers: Sequence[Reply]) -> Reply:
    """Return several answers as one, in their order. Everybody sees it only where everybody may see each."""
    if len(answers) == 1:
        return answers[0]
    said = [one.say for one in answers if one.say is not None]
    return Reply(
        say=replies.together(said) if said else None,
        public=all(one.public for one in answers),
        home=any(one.home for one in answers),
        file=next((one.file for one in answers if one.file is not None), None),
    )
