"""views.*: modals and App Home."""

from typing import Any

from playground import limits, payloads
from playground.api.arguments import ApiError, Arguments
from playground.double import Double
from playground.tickets import TicketError
from playground.views import View

Json = dict[str, Any]


def open_(double: Double, given: Arguments) -> Json:
    """A modal of its own. What a modal's trigger opens is nothing to rely on.

    Slack's pages know views.push for that. Reports about views.open there differ: the new modal takes the place
    of the whole stack, or, after a submission, Slack answers ok and shows nothing.
    """
    view = _view(double, given, "modal")
    person = _redeemed(double, given)
    source = double.triggers.source(given.text("trigger_id"))
    if source:
        double.problem(
            "views.open was called with a modal's trigger. Use views.push or update.", "views.open"
        )
    if source == "submission":
        return _shown(double, double.new_view(person, view))
    return _shown(double, double.open_modal(person, view))


def push(double: Double, given: Arguments) -> Json:
    """A modal on top of the one whose trigger this is."""
    view = _view(double, given, "modal")
    person = _redeemed(double, given)
    if not double.triggers.source(given.text("trigger_id")):
        double.problem("views.push was called with a trigger of no modal. Use views.open.", "views.push")
    pushed = double.push_modal(person, view)
    if pushed is None:
        raise ApiError("push_limit_reached" if double.workspace.modal(person) else "not_found")
    return _shown(double, pushed)


def update(double: Double, given: Arguments) -> Json:
    if given.text("external_id"):
        found = double.workspace.view_with_external_id(given.text("external_id"))
    else:
        found = double.workspace.view(given.required("view_id"))
    if found is None:
        raise ApiError("not_found")
    content = _view(double, given, found.kind, replacing=found)
    _same_hash(found, given)
    double.update_view(found, content)
    return _shown(double, found)


def publish(double: Double, given: Arguments) -> Json:
    person = given.required("user_id")
    if not double.manifest.home_tab:
        raise ApiError("not_enabled")
    known = double.workspace.people.get(person)
    if known is None or known.is_bot:
        raise ApiError("user_not_found")
    content = _view(double, given, "home", replacing=double.workspace.homes.get(person))
    current = double.workspace.homes.get(person)
    if current is not None:
        _same_hash(current, given)
    return _shown(double, double.publish_home(person, content))


def _view(double: Double, given: Arguments, kind: str, *, replacing: View | None = None) -> Json:
    """The view in the call, within Slack's limits and of the kind the method takes."""
    found = given.json("view", "invalid_arguments")
    if not isinstance(found, dict):
        raise _invalid(["[ERROR] missing required field: view"])
    if found.get("type") != kind:
        raise _invalid([f"[ERROR] must be {kind} [json-pointer:/view/type]"])
    faults = limits.view_faults(found)
    if limits.TOO_LARGE in faults:
        raise ApiError("view_too_large")
    if faults:
        raise _invalid(faults)
    external_id = found.get("external_id")
    if external_id:
        holder = double.workspace.view_with_external_id(external_id)
        if holder is not None and holder is not replacing:
            raise ApiError("duplicate_external_id")
    return found


def _redeemed(double: Double, given: Arguments) -> str:
    try:
        return double.triggers.redeem(given.required("trigger_id"))
    except TicketError as error:
        raise ApiError(error.code) from None


def _same_hash(view: View, given: Arguments) -> None:
    if given.text("hash") and given.text("hash") != view.hash:
        raise ApiError("hash_conflict")


def _invalid(messages: list[str]) -> ApiError:
    return ApiError("invalid_arguments", response_metadata={"messages": messages})


def _shown(double: Double, view: View) -> Json:
    return {"view": payloads.view_object(double.workspace, view)}
