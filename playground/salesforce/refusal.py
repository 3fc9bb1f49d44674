"""What the double answers where it does not do what was asked: a list of errors, as Salesforce sends it."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web


class SalesforceRefusal(Exception):
    """A request that is refused."""

    def __init__(self, status: int, code: str, message: str, fields: Sequence[str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.fields = status, code, message, fields

    def response(self) -> web.Response:
        body: dict[str, Any] = {"message": self.message, "errorCode": self.code}
        if self.fields is not None:
            body["fields"] = list(self.fields)
        return web.json_response([body], status=self.status)


class OAuthRefusal(Exception):
    """A token that is not given: an object, where all other errors are lists."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(message)
        self.error, self.message = error, message

    def response(self) -> web.Response:
        return web.json_response({"error": self.error, "error_description": self.message}, status=400)


def malformed(message: str) -> SalesforceRefusal:
    return SalesforceRefusal(400, "MALFORMED_QUERY", message)


def not_found() -> SalesforceRefusal:
    return SalesforceRefusal(404, "NOT_FOUND", "The requested resource does not exist")
