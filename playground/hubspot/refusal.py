"""What the double answers where it does not do what was asked: JSON of the shape that HubSpot sends."""

from typing import Any

from aiohttp import web

CORRELATION = "00000000-0000-4000-8000-000000000000"


class HubSpotRefusal(Exception):
    """A request that is refused."""

    def __init__(self, status: int, category: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status, self.category, self.message, self.more = status, category, message, more

    def response(self) -> web.Response:
        body = {"status": "error", "message": self.message, "correlationId": CORRELATION}
        return web.json_response({**body, "category": self.category, **self.more}, status=self.status)


def invalid(message: str, **more: Any) -> HubSpotRefusal:
    return HubSpotRefusal(400, "VALIDATION_ERROR", message, **more)


def not_found(what: str) -> HubSpotRefusal:
    return HubSpotRefusal(404, "OBJECT_NOT_FOUND", f"{what} not found")
