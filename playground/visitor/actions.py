"""The part of a payload that says what was clicked or chosen, per element type."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from playground.people import Person
from playground.views import LISTS, STATEFUL
from playground.visitor.search import NotSeen, option
from playground.workspace import Workspace

Json = dict[str, Any]

CARRIED = ("text", "value", "style", "placeholder", "confirm", "url")


def pressed(block: Json, element: Json, label: str) -> Json:
    """The action of a button; feedback buttons say which of the two."""
    if element["type"] == "feedback_buttons":
        pair = (element["positive_button"], element["negative_button"])
        chosen = next(button for button in pair if button["text"]["text"] == label)
        return _base(block, element) | {"text": chosen["text"], "value": chosen["value"]}
    return _base(block, element) | {name: element[name] for name in CARRIED if name in element}


def chosen(block: Json, element: Json, value: Any) -> Json:
    """The action of a menu, picker or field that now holds `value`."""
    found = _base(block, element)
    if element["type"] == "overflow":
        return found | {"selected_option": value}
    value_name, initial_name = STATEFUL[element["type"]]
    kept = {name: element[name] for name in ("placeholder", initial_name) if name in element}
    return found | {value_name: value} | kept


def state_entry(element: Json, value: Any) -> Json:
    """The entry of state.values for an element that now holds `value`."""
    return {"type": element["type"], STATEFUL[element["type"]][0]: value}


def value_of(element: Json, said: str | Sequence[str], workspace: Workspace, person: Person) -> Any:
    """What the element holds after the person picks or types `said`. Raises NotSeen when it cannot."""
    kind = element["type"]
    words = [said] if isinstance(said, str) else list(said)
    if kind in LISTS:
        most = element.get("max_selected_items")
        if most is not None and len(words) > most:
            raise NotSeen(f"Only {most} may be chosen here, not {len(words)}.")
        return [_one(element, word, workspace, person) for word in words]
    if not words:
        return None
    return _one(element, words[0], workspace, person)


def _base(block: Json, element: Json) -> Json:
    return {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}


def _one(element: Json, said: str, workspace: Workspace, person: Person) -> Any:
    for part, pick in PICKS.items():
        if part in element["type"]:
            return pick(element, said, workspace, person)
    found = option(element, said)
    if found is None:
        offered = ", ".join(f"‘{one['text']['text']}’" for one in _offered(element))
        raise NotSeen(f"No option ‘{said}’. Offered: {offered}.")
    return found


def _offered(element: Json) -> list[Json]:
    groups = [one for group in element.get("option_groups") or [] for one in group["options"]]
    return [*(element.get("options") or []), *groups]


def _user(element: Json, said: str, workspace: Workspace, person: Person) -> str:
    found = workspace.person_named(said)
    if found is None:
        raise NotSeen(f"Nobody here is called ‘{said}’.")
    return found.id


def _channel(element: Json, said: str, workspace: Workspace, person: Person) -> str:
    found = workspace.channel_named(said)
    if found is None or (found.kind == "private" and person.id not in found.members):
        raise NotSeen(f"{person.shown_as} knows no channel ‘{said}’.")
    return found.id


def _moment(element: Json, said: str, workspace: Workspace, person: Person) -> int:
    found = datetime.fromisoformat(said)
    return int((found if found.tzinfo else found.replace(tzinfo=person.zone)).timestamp())


def _date(element: Json, said: str, workspace: Workspace, person: Person) -> str:
    return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=person.zone).strftime("%Y-%m-%d")


def _time(element: Json, said: str, workspace: Workspace, person: Person) -> str:
    return datetime.strptime(said, "%H:%M").replace(tzinfo=person.zone).strftime("%H:%M")


def _rich(element: Json, said: str, workspace: Workspace, person: Person) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": said}]}
    return {"type": "rich_text", "elements": [section]}


PICKS: dict[str, Callable[[Json, str, Workspace, Person], Any]] = {
    "users_select": _user,
    "conversations_select": _channel,
    "channels_select": _channel,
    "datetimepicker": _moment,
    "datepicker": _date,
    "timepicker": _time,
    "rich_text_input": _rich,
    "_input": lambda element, said, workspace, person: said,
}
