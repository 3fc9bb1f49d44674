"""What a person sees and can press, found by its words and its kind alone; what is not there is said in a sentence."""

import html
import json
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playground.transcript import MrkdwnReader
from playground.transcript.blocks import Sight, read_blocks
from playground.transcript.elements import choices, read_text
from playground.views import children, elements, inner_blocks
from playground.visitor import actions
from playground.visitor.search import Found

Json = dict[str, Any]
PHONE = 45  # characters of one line at 390 pixels, as the sketches wrap
TABLES = ("table", "data_table")
MONEY = r"[$€£]\s?([\d.,]+\d|\d)\s?([km]?)\b"
CHANCE = re.compile(
    r"(?:chance|P\(hit\))\s*(?:of |is )?(under 1|over 99|<\s?1|>\s?99|\d+)\s?%", re.IGNORECASE
)
STATUS = re.compile(
    r"\b(\d+ (?:working )?days? (?:behind|ahead)|a day (?:behind|ahead)|behind|ahead"
    r"|on pace|on track|reached|not started)\b",
    re.IGNORECASE,
)


# surfaces


def newest(person, channel=None):
    """The newest message of the bot's that this person sees in a channel (their direct one by default)."""
    here = [one for one in person._place(channel).seen_by(person.person.id) if one.user != person.person.id]
    assert here, f"{person.person.real_name} sees no message there."
    return here[-1]


def evening_of(person):
    """The newest end-of-day message of a person: the one whose notification speaks of what is open."""
    said = person._place(None).seen_by(person.person.id)
    found = [one for one in said if re.search(r"\bopen\b|alive|settled|all done", one.text) and one.blocks]
    assert found, f"{person.person.real_name} got no end-of-day message."
    return found[-1]


def home_blocks(person):
    view = person._workspace.homes.get(person.person.id)
    assert view is not None, f"{person.person.real_name} has no Home."
    return view.blocks


def every_message(town):
    """Every message of the bot's that still stands, in whatever channel, oldest first."""
    found = [
        one
        for channel in town.server.workspace.channels.values()
        for one in channel.messages
        if one.user == town.server.workspace.bot.id and not one.deleted
    ]
    return sorted(found, key=lambda one: (one.at, one.ts))


def reader_of(person):
    return MrkdwnReader(person._workspace, person.person, person._server.clock.now())


# words


def lines(blocks: list[Json], reader) -> list[str]:
    """What is read from top to bottom, without buttons and menus; each tick and its note are a line of their own."""
    found: list[str] = []
    for block in blocks:
        if block["type"] in ("actions", "context_actions"):
            for element in block["elements"]:
                if element["type"] in ("checkboxes", "radio_buttons"):
                    for one in element["options"]:
                        found += [read_text(one["text"], reader), read_text(one.get("description"), reader)]
            continue
        bare = {name: value for name, value in block.items() if name != "accessory"}
        if block["type"] == "divider":
            continue
        found += read_blocks([bare], Sight(reader, {}))
    return [one.strip() for one in found if one.strip()]


def words(person, blocks) -> str:
    return "\n".join(lines(blocks, reader_of(person)))


def home_lines(person):
    return lines(home_blocks(person), reader_of(person))


def message_lines(person, message):
    if not message.blocks:
        return [line for line in plain(message.text, reader_of(person)).splitlines() if line.strip()]
    return lines(message.blocks, reader_of(person))


def on_a_phone(blocks, reader) -> list[str]:
    """The lines of a surface as a phone shows them: wrapped, a row of buttons being one line."""
    found: list[str] = []
    for block in blocks:
        if block["type"] in ("actions", "context_actions") and not ticks([block]):
            found.append("[buttons]")
        else:
            for line in lines([block], reader):
                found += textwrap.wrap(line, PHONE)
    return found


def plain(text: str, reader=None) -> str:
    """A text without marks and escapes, as a notification or an eye takes it."""
    read = html.unescape(text)
    read = re.sub(r"<[@#!][^|>]*\|([^>]*)>", r"\1", read)
    return re.sub(r"[*_~`\u200b]", "", read).strip()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text)).strip()


def size(blocks) -> int:
    return len(json.dumps(blocks or [], ensure_ascii=False))


# figures


def amount(said: str) -> float:
    """What “$84.8k” comes to."""
    found = re.search(MONEY, said, re.IGNORECASE)
    assert found, f"No amount stands in “{said}”."
    return _value(*found.groups())


def _value(number: str, unit: str) -> float:
    scale = {"k": 1_000.0, "m": 1_000_000.0}.get(unit.lower(), 1.0)
    return float(number.replace(",", "")) * scale


def progress(text: str) -> list[tuple[float, float]]:
    """Every “$84.8k of $122k” of a text."""
    pairs = re.findall(rf"{MONEY} of {MONEY}", text, re.IGNORECASE)
    return [(_value(one[0], one[1]), _value(one[2], one[3])) for one in pairs]


def same_amount(one: float, other: float) -> bool:
    """Whether two amounts are one, the coarser being rounded to three figures."""
    return abs(one - other) <= max(abs(one), abs(other)) * 0.006 + 0.5


def chances(text: str) -> list[int]:
    """The chances a text names, as whole per cent; “under 1” is 0, “over 99” is 100."""
    edges = {"under1": 0, "<1": 0, "over99": 100, ">99": 100}
    said = [re.sub(r"\s", "", one.lower()) for one in CHANCE.findall(text)]
    return [edges[one] if one in edges else int(one) for one in said]


def statuses(text: str) -> list[str]:
    return [one.lower() for one in STATUS.findall(text)]


# things to press


@dataclass(frozen=True)
class TickBox:
    text: str
    note: str
    element: Json
    block: Json
    option: Json
    done: bool  # stands ticked, or struck through


def ticks(blocks: Iterable[Json], reader=None) -> list[TickBox]:
    """Every option of every tick list."""
    return [
        TickBox(
            plain(one["text"]["text"]),
            plain((one.get("description") or {}).get("text", "")),
            element,
            block,
            one,
            one in element.get("initial_options", []) or one["text"]["text"].startswith("~"),
        )
        for block in inner_blocks(list(blocks))
        for element in children(block)
        if element["type"] == "checkboxes"
        for one in element["options"]
    ]


def still_open(blocks) -> list[str]:
    """What the tick lists offer to be done; what stays on them as ticked is none of it."""
    return [one.text for one in ticks(blocks) if not one.done]


def labels(blocks) -> list[str]:
    """What every button and every line of a menu reads."""
    found: list[str] = []
    for _, element in elements(blocks or []):
        if element["type"] == "overflow":
            found += [one["text"]["text"] for one in choices(element)]
        elif "text" in element and isinstance(element["text"], dict):
            found.append(element["text"]["text"])
    return found


def label(blocks, pattern: str) -> str | None:
    """The first button or line of a menu that reads so; None where there is none."""
    return next((one for one in labels(blocks) if re.search(pattern, one, re.IGNORECASE)), None)


def _surfaces(person, where):
    found = person._surfaces(where)
    assert found, f"{person.person.real_name} sees nothing to press."
    return found


async def ticks_off(person, words_: str, where=None) -> None:
    """Tick the promise that says this, on the newest surface that has a tick list with it."""
    await _turned(person, words_, where, on=True)


async def takes_back(person, words_: str, where=None) -> None:
    """Take a tick back in one tap where it was made: by the Undo beside it, or by the tick itself if it is shown."""
    blocks = _surfaces(person, where)[0].blocks
    if label(blocks, r"^Undo"):
        await presses(person, r"^Undo", where=where)
    else:
        assert any(words_ in one.text for one in ticks(blocks) if one.done), (
            f"“{words_}” has no Undo and no tick."
        )
        await _turned(person, words_, where, on=False)


async def undoes(person, where) -> None:
    """Take back what was done last: by an Undo on the spot, else in a line."""
    if any(label(one.blocks, r"^Undo") for one in _surfaces(person, where)[:1]):
        await presses(person, r"^Undo", where=where)
    else:
        await person.says("/rainmaker undo", channel="sales")


async def _turned(person, words_: str, where, *, on: bool) -> None:
    for surface in _surfaces(person, where):
        for one in ticks(surface.blocks):
            if words_ in one.text:
                state = surface.values.get(one.block["block_id"], {}).get(one.element["action_id"], {})
                others = [
                    each
                    for each in state.get("selected_options") or []
                    if each["value"] != one.option["value"]
                ]
                chosen = [*others, one.option] if on else others
                found = Found(surface, one.block, one.element)
                person._remember(found, chosen)
                await person._act(found, actions.chosen(one.block, one.element, chosen))
                return
    raise AssertionError(f"No tick list has “{words_}”.")


async def presses(person, pattern: str, where=None, near: str | None = None) -> str:
    """Press the first button, or choose the first line of a menu, that reads so; return what it reads.

    `near` is a text of the same block, or of the block before it.
    """
    for surface in _surfaces(person, where):
        before = ""
        for block in inner_blocks(surface.blocks):
            here = "\n".join(read_blocks([block], Sight(reader_of(person), surface.values)))
            beside = near is None or near in here or near in before
            for element in children(block) if beside else []:
                reads = await _pressed(person, Found(surface, block, element), pattern)
                if reads is not None:
                    return reads
            before = here
    beside = f" beside “{near}”" if near else ""
    raise AssertionError(f"No button or menu reads “{pattern}”{beside}.")


async def _pressed(person, found: Found, pattern: str) -> str | None:
    element = found.element
    if element["type"] == "overflow":
        for one in choices(element):
            if re.search(pattern, one["text"]["text"], re.IGNORECASE):
                await person._act(found, actions.chosen(found.block, element, one))
                return str(one["text"]["text"])
    elif element["type"] in ("button", "workflow_button"):
        reads = str(element["text"]["text"])
        if re.search(pattern, reads, re.IGNORECASE):
            await person._act(found, actions.pressed(found.block, element, reads))
            return reads
    return None


# forms


def modal(person) -> str:
    shown = person.modal()
    assert shown is not None, f"No form is open before {person.person.real_name}."
    return str(shown)


def field(person, pattern: str) -> str:
    """The label of the first field of the open form that reads so."""
    modal(person)
    view = person._workspace.modal(person.person.id)
    found = [block["label"]["text"] for block in view.blocks if block["type"] == "input"]
    hit = next((one for one in found if re.search(pattern, one, re.IGNORECASE)), None)
    assert hit is not None, (
        f"No field of the form is called “{pattern}”; there are: {', '.join(found) or 'none'}."
    )
    return hit


def option(person, field_label: str, pattern: str) -> str:
    """The option of a field that reads so."""
    view = person._workspace.modal(person.person.id)
    element = next(
        block["element"]
        for block in view.blocks
        if block["type"] == "input" and block["label"]["text"] == field_label
    )
    offered = [one["text"]["text"] for one in choices(element)]
    hit = next((one for one in offered if re.search(pattern, one, re.IGNORECASE)), None)
    assert hit is not None, (
        f"“{field_label}” offers nothing like “{pattern}”; it offers: {', '.join(offered) or 'nothing'}."
    )
    return hit


async def chooses(person, field_pattern: str, option_pattern: str) -> None:
    name = field(person, field_pattern)
    await person.chooses(name, option(person, name, option_pattern))


async def switches_on(person, pattern: str) -> None:
    """Switch something on in the open form, be it a field of its own or one tick among others."""
    view = person._workspace.modal(person.person.id)
    modal(person)
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element, name = block["element"], block["label"]["text"]
        offered = [one["text"]["text"] for one in choices(element)]
        if element["type"] == "checkboxes":
            hit = next(
                (
                    one
                    for one in offered
                    if re.search(pattern, f"{name} {one}" if len(offered) == 1 else one, re.IGNORECASE)
                ),
                None,
            )
            if hit is not None:
                state = view.values().get(block["block_id"], {}).get(element["action_id"], {})
                kept = [one["text"]["text"] for one in state.get("selected_options") or []]
                await person.chooses(name, [*(one for one in kept if one != hit), hit])
                return
        elif re.search(pattern, name, re.IGNORECASE):
            on = next(
                (one for one in offered if re.match(r"(on|yes|each|every|post)\b", one, re.IGNORECASE)), None
            )
            assert on is not None, f"“{name}” offers no “On”; it offers: {', '.join(offered)}."
            await person.chooses(name, on)
            return
    raise AssertionError(f"Nothing in the form is called “{pattern}”:\n{person.modal()}")


def tables(blocks) -> list[Json]:
    return [one for one in inner_blocks(blocks or []) if one["type"] in TABLES]
