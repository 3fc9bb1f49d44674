"""What Slack's own client refuses in a modal before the app hears of it."""

import math
import re
from collections.abc import Callable
from typing import Any

from playground.views import STATEFUL, View

Json = dict[str, Any]
Check = Callable[[Json, Any], str | None]

REQUIRED = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$")


def faults_of(view: View) -> dict[str, str]:
    """block_id -> what Slack writes under the field, for every input that may not be submitted as it is."""
    values = view.values()
    found = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = values[block["block_id"]][element["action_id"]].get(STATEFUL[element["type"]][0])
        fault = _fault(element, value, optional=bool(block.get("optional")))
        if fault is not None:
            found[block["block_id"]] = fault
    return found


def _fault(element: Json, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
        return None if optional else REQUIRED
    check = CHECKS.get(element["type"])
    return check(element, value) if check is not None else None


def _length(element: Json, value: Any) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"This field must have at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"This field must have no more than {element.get('max_length', 3000)} characters."
    return None


def _number(element: Json, value: Any) -> str | None:
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        return "Please enter a valid number."
    if not math.isfinite(number) or (not element.get("is_decimal_allowed") and not number.is_integer()):
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number that is at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number that is at most {element['max_value']}."
    return None


def _email(element: Json, value: Any) -> str | None:
    return None if _EMAIL.match(str(value)) else "Please enter a valid email address."


def _url(element: Json, value: Any) -> str | None:
    return None if str(value).startswith(("http://", "https://")) else "Please enter a valid URL."


CHECKS: dict[str, Check] = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
}
