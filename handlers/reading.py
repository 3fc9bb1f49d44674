"""Readings: what somebody typed can mean two things, they are asked, and what they choose is done as if typed so."""

from collections.abc import Callable
from dataclasses import replace

from handlers.context import Context, Handler, Prefetched, Request
from handlers.reply import Reply
from sales.refusal import MOST_READINGS, Reading, Refusal

FILL_IN = "fill in: "  # before what was typed and could not be read


def chosen(request: Request, command_handler: Callable[[Request], Handler]) -> Handler:
    """Return who does the reading whose button was pressed; its answer stands where the question was.

    Raises:
        Refusal: if the button means a command that there is none of.
    """
    name, _, text = request.value.removeprefix("/").partition(" ")
    handler = command_handler(replace(request, name=name, text=text))

    async def run(context: Context) -> Reply:
        reply = await handler(context)
        return replace(reply, say=None, edit=reply.edit or reply.say)

    return Prefetched(handler.prepare, run) if isinstance(handler, Prefetched) else run


def behind(request: Request, handler_of: Callable[[Request], Handler | None]) -> Handler | None:
    """Return who answers what was chosen behind three dots, as if it had been a button of its own."""
    name, _, value = request.value.partition("|")
    meant = replace(request, name=name, value=value)
    handler = handler_of(meant)
    if handler is None:
        return None

    async def run(context: Context) -> Reply:
        return await handler(replace(context, request=meant))

    return Prefetched(handler.prepare, run) if isinstance(handler, Prefetched) else run


def fillable(refusal: Refusal, text: str, before: str = "") -> Refusal:
    """Return a refusal with the form, which has in it what was typed, as one more way on; `before` opens that form."""
    if len(refusal.readings) < MOST_READINGS:
        refusal.readings = (*refusal.readings, Reading("Fill in a form…", f"{before}{FILL_IN}{text}"))
    return refusal


def after_its_command(refusal: Refusal, command: str, works: str) -> Refusal:
    """Return a refusal whose example and readings can be typed as they stand; in place of a value's `works` does."""

    def typed(words: str) -> str:
        return words if words.startswith("/") else f"/{command} {words}"

    if refusal.example:
        refusal.example = (
            works if refusal.of_value and not refusal.example.startswith("/") else typed(refusal.example)
        )
    refusal.readings = tuple(Reading(one.label, typed(one.typed)) for one in refusal.readings)
    return refusal
