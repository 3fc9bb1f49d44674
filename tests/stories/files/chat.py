"""How somebody drops a file in the bot's direct channel and goes on from there, found by words and kinds alone.

The double's hand for it is not known yet: whatever act of a person says in its first words that a file is dropped,
uploaded or shared is taken, and given what its parameters are for.
"""

import inspect
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from playground.views import elements
from playground.visitor import actions
from playground.visitor.search import Found
from tests.stories.face.seen import label, presses
from tests.stories.pipeline.walked import text_of, told

CONFIRM = r"^(confirm|import|take (them|it|this) in|yes)\b"
SELECTS = ("static_select", "external_select", "radio_buttons", "overflow")


def act_of(person, *patterns: str) -> Callable[..., Any]:
    """The act of a person, or of the double, whose first words hold all of these."""
    for owner in (person, person._server, person._server.gestures, person._server.double):
        for name, made in inspect.getmembers(owner, callable):
            said = (inspect.getdoc(made) or "").split("\n\n")[0]
            if not name.startswith("_") and all(re.search(one, said, re.IGNORECASE) for one in patterns):
                return made
    raise AssertionError(f"The double offers nothing that speaks of {' and '.join(patterns)}.")


async def drops(person, name: str, content: bytes | str):
    """Drop a file in the bot's direct channel; return the newest message there."""
    made = content.encode() if isinstance(content, str) else content
    act = act_of(person, r"\bfile", r"\b(drop|upload|share)s?\b")
    given: dict[str, Any] = {}
    for key, parameter in inspect.signature(act).parameters.items():
        kind = str(parameter.annotation)
        if "Path" in kind and "str" not in kind:
            given[key] = Path(mkdtemp(prefix="rainmaker-")) / name
            given[key].write_bytes(made)
        elif "bytes" in kind:
            given[key] = made
        elif "Person" in kind:
            given[key] = person.person
        elif "Channel" in kind:
            given[key] = person._place(None)
        elif parameter.default is inspect.Parameter.empty:
            asked = {"channel|place": person._place(None).id, "person|user": person.person.id}
            given[key] = next((one for kind, one in asked.items() if re.search(kind, key)), name)
    await act(**given)
    await person._server.settled()
    return newest(person)


async def takes_away(person, name: str) -> None:
    """Delete a file in Slack that was dropped before."""
    act = act_of(person, r"\bfile", r"\b(delete|remove)s?\b")
    needed = [
        key
        for key, one in inspect.signature(act).parameters.items()
        if one.default is inspect.Parameter.empty
    ]
    given = {
        key: person.person if "Person" in str(inspect.signature(act).parameters[key].annotation) else name
        for key in needed
    }
    made = act(**given)
    if inspect.isawaitable(made):
        await made
    await person._server.settled()


def newest(person):
    said = told(person)
    assert said, f"{person.person.real_name} sees no message of the bot's."
    return said[-1]


def words(person) -> str:
    """The newest message of the bot's as it is read, and the form that stands open, if any."""
    return "\n".join([text_of(person, newest(person)), person.modal() or ""])


async def confirms(person) -> None:
    await presses(person, CONFIRM, where=person._place(None).id)


def can_confirm(person) -> bool:
    return bool(label(newest(person).blocks or [], CONFIRM))


async def chooses(person, beside: str, pattern: str) -> None:
    """In the menu beside these words (a column, a stage), choose what reads so; open the form if need be."""
    if await _chosen(person, beside, pattern):
        return
    await presses(person, r"column|stage|mapping|change|adjust|what is what", where=person._place(None).id)
    assert await _chosen(person, beside, pattern), (
        f"No menu beside “{beside}” offers “{pattern}”:\n{words(person)}"
    )
    if person.modal():
        await person.submits()


async def _chosen(person, beside: str, pattern: str) -> bool:
    where = "modal" if person.modal() else person._place(None).id
    for surface in person._surfaces(where)[:1]:
        before = ""
        for block, element in elements(surface.blocks):
            here = str(block)
            if element["type"] in SELECTS and (beside in here or beside in before):
                offers = list(_offered(element))
                wanted = next((one for one in offers if re.search(pattern, one, re.IGNORECASE)), None)
                if wanted is not None:
                    await _picks(person, Found(surface, block, element), wanted)
                    return True
            before = here
    return False


def _offered(element):
    for group in element.get("option_groups") or [{"options": element.get("options") or []}]:
        for one in group["options"]:
            yield one["text"]["text"]


async def _picks(person, found: Found, wanted: str) -> None:
    value = actions.value_of(found.element, wanted, person._workspace, person.person)
    if found.element["type"] != "overflow":
        person._remember(found, value)
    if found.block["type"] != "input" or found.block.get("dispatch_action"):
        await person._act(found, actions.chosen(found.block, found.element, value))


def files_given(person) -> dict[str, str]:
    """Every text file that the bot put into this person's direct channel, out of its archives, by name."""
    found: dict[str, str] = {}
    for message in told(person):
        for file in _held(message, "files"):
            name, content = _named(file), _content(person, file)
            if content[:2] == b"PK":
                with zipfile.ZipFile(io.BytesIO(content)) as book:
                    found |= {one: book.read(one).decode("utf-8-sig") for one in book.namelist()}
            else:
                found[name] = content.decode("utf-8-sig")
    return found


def _held(thing: Any, name: str) -> list[Any]:
    held = thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
    return list(held or [])


def _values(thing: Any) -> dict[str, Any]:
    return thing if isinstance(thing, dict) else vars(thing)


def _named(file: Any) -> str:
    values = _values(file)
    return str(values.get("name") or values.get("title") or values.get("id"))


def _content(person, file: Any) -> bytes:
    values = _values(file)
    for one in values.values():
        if isinstance(one, bytes):
            return one
        if isinstance(one, Path):
            return one.read_bytes()
    for owner in (person._server.double, person._workspace):
        for store in vars(owner).values():
            if isinstance(store, dict) and values.get("id") in store:
                kept = store[values["id"]]
                return kept if isinstance(kept, bytes) else _content(person, kept)
    raise AssertionError(f"What {_named(file)} holds cannot be seen in the double.")
