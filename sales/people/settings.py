"""Settings: what a modal says about a team's choices, read and checked against each other."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from sales.language.dates.zone import zone_named
from sales.people.country import NO_COUNTRY, currency_named, subdivision_named
from sales.people.hours import check_evening, check_quiet_hours
from sales.people.team import Audience, Team, WinPosting
from sales.refusal import Refusal
from sales.value import changed

ON = "on"
PERCENT = (50, 95)
CYCLE = (1, 730)
CAP = (1, 20)


def read_settings(values: Mapping[str, Any], team: Team) -> Team:
    """Return a team with the settings that a form says, in fields of the same names.

    Raises:
        Refusal: naming the field at fault.
    """
    country = None if values["country"] in (None, NO_COUNTRY) else str(values["country"])
    found = changed(
        Team,
        team,
        zone=zone_named(values["zone"] or ""),
        currency=currency_named(values["currency"] or ""),
        country=country,
        subdivision=subdivision_named(country, values["subdivision"]),
        fiscal_year_start=int(values["fiscal_year_start"]),
        workdays=workdays(values["workdays"] or []),
        evening_at=time_of_day(values["evening_at"], "evening_at"),
        quiet_from=time_of_day(values["quiet_from"], "quiet_from"),
        quiet_until=time_of_day(values["quiet_until"], "quiet_until"),
        digest_weekday=int(values["digest_weekday"]),
        digest_at=time_of_day(values["digest_at"], "digest_at"),
        daily_digest=values["daily_digest"] == ON,
        audience=Audience(values["audience"]),
        win_posts=WinPosting(values["win_posts"]),
        leaderboard=values.get("leaderboard") == ON,
        runway_percent=whole_number(values["runway_percent"], *PERCENT, "runway_percent"),
        cycle_days=whole_number(values["cycle_days"], *CYCLE, "cycle_days"),
        daily_cap=whole_number(values["daily_cap"], *CAP, "daily_cap"),
    )
    check_quiet_hours(found.quiet_from, found.quiet_until)
    check_evening(found.evening_at, found.quiet_from, found.quiet_until)
    if not found.workdays >> found.digest_weekday & 1:
        raise Refusal(
            "The digest's day is not one of the working days. Choose one that is.", field="digest_weekday"
        )
    return found


def workdays(chosen: list[str]) -> int:
    """Return weekdays by number, Monday being 0, as a bit mask."""
    if not chosen:
        raise Refusal("Choose at least one working day.", field="workdays")
    return sum(1 << day for day in {int(number) for number in chosen})


def time_of_day(text: str | None, field: str) -> time:
    """Return a time of day as a time picker says it, "16:30"."""
    try:
        return time.fromisoformat(text or "")
    except ValueError:
        raise Refusal("Choose a time of day, such as 16:30.", field=field, example="16:30") from None


def whole_number(text: str | None, least: int, most: int, field: str) -> int:
    """Return a number in a range, both ends included."""
    try:
        number = int(text or "")
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise Refusal(f"Write a whole number from {least} to {most}.", field=field, example=str(most))
    return number
