"""How a person goes through a pipeline: cards, findings and forms, found by their words and kinds alone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from playground.transcript.elements import choices
from playground.views import elements
from playground.visitor import actions
from playground.visitor.search import Found
from tests.stories.face.seen import (
    label,
    message_lines,
    option,
    presses,
    ticks,
    ticks_off,
)  # fmt: skip

LATER = "2026-10-09"  # a Friday; what a date is set to where none is given
SOMETHING = "Their depot manager asked for it"
ENDS = re.compile(r"won|lost|parked|suspect|closed", re.IGNORECASE)
FROM_TO = re.compile(r"(under 1|over 99|[<>]?\s?\d+)\s?%\s*(?:→|->|to)\s*(under 1|over 99|[<>]?\s?\d+)\s?%")
MOST_FINDINGS = 60

Choice = str | Callable[[list[str]], str]


# what is read


def told(person, place=None):
    """Every message of the bot's that this person sees in a place (their direct one by default), oldest first."""
    bot = person._workspace.bot.id
    return [one for one in person._place(place).seen_by(person.person.id) if one.user == bot]


def texts(person, place=None) -> list[str]:
    return [text_of(person, one) for one in told(person, place)]


def text_of(person, message) -> str:
    """A message as it is read, what its buttons and menus offer included."""
    return "\n".join([*message_lines(person, message), *offered(message.blocks)])


def reads_anew(person, before, message) -> bool:
    """Whether a message was not there before, or reads otherwise now; one that is the same is not read for it."""
    return before is None or (before != message and text_of(person, before) != text_of(person, message))


def offered(blocks) -> list[str]:
    return [f"[{one}]" for one in _labels(blocks)]


def _labels(blocks):
    for _, element in elements(blocks or []):
        if element["type"] == "button":
            yield element["text"]["text"]
        elif element.get("placeholder"):
            yield element["placeholder"]["text"]


async def asks(person, line, place=None) -> str:
    """Type something; return what came of it, a form included."""
    before = {one.ts: replace(one) for one in told(person, place)}
    await person.says(line, channel=place)
    new = [one for one in told(person, place) if reads_anew(person, before.get(one.ts), one)]
    found = "\n".join([*(text_of(person, one) for one in new), person.modal() or ""]).strip()
    assert found, f"“{line}” brought no answer."
    return found


async def opens(person, line="/pipeline"):
    """Open something in the direct channel; return its message."""
    count = len(told(person))
    await person.says(line)
    assert len(told(person)) > count, f"“{line}” brought no message."
    return told(person)[-1]


async def findings(person, line="/pipeline") -> list[str]:
    """What each step of the audit reads, from the first finding to the last, by Next alone."""
    message = await opens(person, line)
    pages = [text_of(person, message)]
    while label(message.blocks, r"^Next\b") and len(pages) < MOST_FINDINGS:
        await presses(person, r"^Next\b", where=person._place(None).id)
        page = text_of(person, message)
        if page in pages:
            break
        pages.append(page)
    return pages


def about(pages, name, pattern) -> list[str]:
    """The steps that speak of a deal and say this; what is said of other deals of the same step counts for it too."""
    return [one for one in pages if name in one and re.search(pattern, one, re.IGNORECASE)]


async def turns_to(person, name, pattern=r".", line="/pipeline"):
    """Open the audit and go on to the finding of a deal; return the message."""
    message = await opens(person, line)
    for _ in range(MOST_FINDINGS):
        if about([text_of(person, message)], name, pattern):
            return message
        await presses(person, r"^Next\b", where=person._place(None).id)
    raise AssertionError(f"No finding is about “{name}”.")


def from_to(text) -> list[tuple[str, str]]:
    """Every “34 % → 34 %” of a text."""
    return FROM_TO.findall(text)


# what is pressed


async def does(person, pattern, answers: Mapping[str, Choice] | None = None, place=None, near=None) -> int:
    """Press something of the newest message, and fill in the form it opens, if any; return the taps it took."""
    where = place or person._place(None).id
    await presses(person, pattern, where=where, near=near)
    return 1 + (await fills_in(person, answers or {}) if person.modal() else 0)


async def fills_in(person, answers: Mapping[str, Choice]) -> int:
    """Fill the open form, what a pattern names and what has to be, and save it; return the taps: typing is none."""
    taps, view = 0, person._workspace.modal(person.person.id)
    for block in [one for one in view.blocks if one["type"] == "input"]:
        name, element = block["label"]["text"], block["element"]
        wanted = next((value for key, value in answers.items() if re.search(key, name, re.IGNORECASE)), None)
        held = view.values().get(block["block_id"], {}).get(element["action_id"], {})
        if wanted is None and (block.get("optional") or any(held.get(key) for key in held if key != "type")):
            continue
        await person.chooses(name, _value(person, name, element, wanted))
        taps += not element["type"].endswith("_input")
    if view.payload.get("submit"):
        await person.submits()
        taps += 1
    return taps


def _value(person, name, element, wanted):
    kind, offers = element["type"], [one["text"]["text"] for one in choices(element)]
    if callable(wanted):
        wanted = wanted(offers)
    if "date" in kind:
        return wanted or LATER
    if kind == "timepicker":
        return wanted or "16:00"
    if "user" in kind:
        return wanted or person.person.name
    if not offers:
        return wanted or SOMETHING
    found = offers[0] if wanted is None else wanted if wanted in offers else option(person, name, wanted)
    return [found] if kind == "checkboxes" or kind.startswith("multi") else found


def last_open(offers: list[str]) -> str:
    """The last stage of a list before the ends."""
    found = [one for one in offers if not ENDS.search(one)]
    assert found, f"No stage is offered; there are: {', '.join(offers) or 'none'}."
    return found[-1]


def inclined(pattern, otherwise):
    """What to answer in a form: the option that reads so, else the first; a text or a day where none is offered."""

    def choose(offers: list[str]) -> str:
        fit = [one for one in offers if re.search(pattern, one, re.IGNORECASE)]
        return [*fit, *offers, otherwise][0]

    return choose


async def edits(person, what, value: Choice, place="sales") -> None:
    """Change one thing of a deal on its card: by a menu or picker there, by a button, else in Edit…."""
    surface = person._surfaces(place)[0]
    for block, element in elements(surface.blocks):
        called = f"{(element.get('placeholder') or {}).get('text', '')} {element.get('action_id', '')}"
        if "select" in element["type"] or "picker" in element["type"]:
            if not re.search(what, called, re.IGNORECASE):
                continue
            offers = [one["text"]["text"] for one in choices(element)]
            wanted = value(offers) if callable(value) else _of(offers, value)
            held = actions.value_of(element, wanted, person._workspace, person.person)
            await person._act(Found(surface, block, element), actions.chosen(block, element, held))
            return
    pattern = what if label(surface.blocks, what) else r"^Edit"
    await presses(person, pattern, where=place)
    assert person.modal(), f"“{pattern}” opens nothing to fill in."
    view = person._workspace.modal(person.person.id)
    named = [one["label"]["text"] for one in view.blocks if one["type"] == "input"]
    fit = [one for one in named if re.search(what, one, re.IGNORECASE)]
    if pattern == what:
        fit = [*fit, *named]
    assert fit, f"No field of the form is called “{what}”; there are: {', '.join(named)}."
    await fills_in(person, {re.escape(fit[0]): value})


def _of(offers, value):
    return next((one for one in offers if re.search(value, one, re.IGNORECASE)), value)


async def answers(person, pattern, place="sales") -> int:
    """Say yes to one question of a card or an open form: a tick, a button, or a menu; return the taps it took."""
    surface = person._surfaces(None if person.modal() else place)[0]
    where = "modal" if person.modal() else place
    if any(re.search(pattern, one.text, re.IGNORECASE) for one in ticks(surface.blocks)):
        box = next(one.text for one in ticks(surface.blocks) if re.search(pattern, one.text, re.IGNORECASE))
        await ticks_off(person, box, where=where)
        return 1
    if label(surface.blocks, pattern):
        form = person._workspace.modal(person.person.id)
        await presses(person, pattern, where=where)
        opened = person._workspace.modal(person.person.id)
        return 1 + (await fills_in(person, {}) if opened is not None and opened is not form else 0)
    assert person.modal(), f"Nothing on the card asks “{pattern}”."
    return 0


async def passes_gate(person, name) -> int:
    """Answer what a suspect's card asks: they spoke, a need, a dated next step; return the taps it took."""
    await asks(person, f"/deal {name}", "sales")
    taps = 0
    if not re.search(r"spoke|talked", text_of(person, told(person, "sales")[-1]), re.IGNORECASE):
        taps += 1
        await presses(person, r"gate|qualif|count", where="sales")
    for pattern in (r"spoke|talked", r"\bneed", r"next step"):
        taps += await answers(person, pattern)
    if person.modal():
        taps += await fills_in(person, {r"spoke|talked|need": r"^yes"})
    return taps


async def card(person, name) -> str:
    """The card of a deal, as a text."""
    return await asks(person, f"/deal {name}", "sales")
