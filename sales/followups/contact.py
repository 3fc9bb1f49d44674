"""Contacts' time: where somebody at a customer is, when they like to be called, or that they never do (57)."""

from typing import Any

from sqlmodel import Field, SQLModel

from sales.followups.time_window import MAX_WINDOWS, TimeWindow, say_windows, stored_windows

MAX_ZONE = 64


class ContactTerms(SQLModel):
    """How one person wants to be reached. `best` is stored windows on their own clock, empty where nobody asked them.

    `zone` is empty where it is not known; their clock is then taken for that of whoever calls them.
    """

    zone: str = Field(default="", max_length=MAX_ZONE)
    best: str = Field(default="", max_length=MAX_WINDOWS)
    never_call: bool = False
    email_only: bool = False

    @property
    def windows(self) -> tuple[TimeWindow, ...]:
        """The times they asked for."""
        return stored_windows(self.best)

    @property
    def terms(self) -> dict[str, Any]:
        """What is known of it, field by field."""
        return {name: getattr(self, name) for name in ContactTerms.model_fields}

    @property
    def takes_calls(self) -> bool:
        """Whether they did not ask to be left alone by phone."""
        return not (self.never_call or self.email_only)

    @property
    def terms_told(self) -> list[str]:
        """What is known of it, a few words each: "New York", "best Tue 09:00–10:00", "never call"."""
        return [
            *([place_name(self.zone)] if self.zone else []),
            *([f"best {say_windows(self.windows)}"] if self.best else []),
            *(["e-mail only"] if self.email_only else ["never call"] if self.never_call else []),
        ]


def place_name(zone: str) -> str:
    """Return the city of a zone, as people say it: "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")
