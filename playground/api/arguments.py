"""Arguments of a Web API call, however they were encoded, and the refusals Slack answers with."""

import json
from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """An answer with ok=false; `code` is Slack's error name, `extra` goes into the body beside it."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra: Json = extra


class Arguments:
    """Reads values that may be JSON, or strings from a form: "1", "true", and blocks as a JSON string."""

    def __init__(self, given: Json) -> None:
        self.given = {name: value for name, value in given.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name, default)
        return value if isinstance(value, str) else str(value)

    def required(self, name: str, code: str = "invalid_arguments") -> str:
        """The text of an argument that must be there; ApiError(`code`) when it is missing or empty."""
        value = self.text(name)
        if not value:
            raise ApiError(code, response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.given.get(name, default)
        return value.lower() in ("1", "true") if isinstance(value, str) else bool(value)

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`; ApiError invalid_limit otherwise."""
        try:
            value = int(self.given.get(name, default))
        except (TypeError, ValueError):
            raise ApiError("invalid_limit") from None
        if not 1 <= value <= most:
            raise ApiError("invalid_limit")
        return value

    def json(self, name: str, code: str) -> Any:
        """A structure, decoded if it came as a string; None when absent. ApiError(`code`) if not JSON."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(code) from None
