"""Measures: what the running bot counts and times of itself. These count nothing: nobody asked for metrics."""

from collections.abc import Iterable
from datetime import datetime

from sales.nudges.ledger import DeliveryState
from storage.nudges.ledger.rows import DeliveryRow


class Measures:
    """What parts of the bot report as they go. `bot/metrics.py` keeps it for Prometheus."""

    def answered(self, kind: str, seconds: float) -> None:
        """Take note that a request of Slack's was acknowledged."""

    def moved(self, row: DeliveryRow, state: DeliveryState, now: datetime) -> None:
        """Take note that a message took a step."""

    def postponed(self, row: DeliveryRow) -> None:
        """Take note that a message is not sent when it was due."""

    def ended(self, state: DeliveryState, kinds: Iterable[str]) -> None:
        """Take note of messages that came to their end without being claimed."""

    def waited(self, method: str, seconds: float) -> None:
        """Take note that a call waited for its turn."""

    def throttled(self, method: str) -> None:
        """Take note that Slack asked us to wait."""

    def stored(self, what: str, seconds: float) -> None:
        """Take note that a unit of work, or a read, ended well."""


UNMEASURED = Measures()
