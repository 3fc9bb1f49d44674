"""What an app may answer to a submitted modal: errors, update, push, clear, or nothing."""

from collections.abc import Callable
from typing import Any

from playground import limits
from playground.api.arguments import ApiError
from playground.double import Double
from playground.views import View

Json = dict[str, Any]
Apply = Callable[[Double, str, View, Json], None]


def apply_response(double: Double, person: str, view: View, payload: Json | None) -> None:
    """Do what the ack of a view_submission asks; nothing asked closes the modal. ApiError if it cannot be."""
    action = (payload or {}).get("response_action")
    if action is None:
        if double.workspace.modal(person) is not view:
            double.problem(
                "A view opened or pushed while a submission was being handled is closed by the plain ack. "
                "Answer with response_action push or update instead.",
                "view_submission",
            )
        double.pop_modal(person)
        return
    apply = RESPONSES.get(str(action))
    if apply is None:
        raise _invalid(f"unknown response_action: {action}")
    apply(double, person, view, payload or {})


def _errors(double: Double, person: str, view: View, payload: Json) -> None:
    errors = payload.get("errors")
    if not isinstance(errors, dict) or not errors:
        raise _invalid("errors must name at least one input block")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    strangers = [block_id for block_id in errors if block_id not in inputs]
    if strangers:
        raise _invalid(f"errors name blocks that are no input of this modal: {', '.join(strangers)}")
    view.errors = {block_id: str(text) for block_id, text in errors.items()}


def _update(double: Double, person: str, view: View, payload: Json) -> None:
    double.update_view(view, _content(payload))


def _push(double: Double, person: str, view: View, payload: Json) -> None:
    if double.push_modal(person, _content(payload)) is None:
        raise ApiError("push_limit_reached")


def _clear(double: Double, person: str, view: View, payload: Json) -> None:
    double.pop_modal(person, everything=True)


RESPONSES: dict[str, Apply] = {"errors": _errors, "update": _update, "push": _push, "clear": _clear}


def _content(payload: Json) -> Json:
    view = payload.get("view")
    if not isinstance(view, dict) or view.get("type") != "modal":
        raise _invalid("the answer needs a view of type modal")
    faults = limits.view_faults(view)
    if faults:
        raise ApiError("invalid_arguments", response_metadata={"messages": faults})
    return view


def _invalid(message: str) -> ApiError:
    return ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}"]})
