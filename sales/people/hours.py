"""Hours: the times of day a team chose have to leave room for each other."""

from datetime import time, timedelta

from sales.language.figures import clock
from sales.refusal import Refusal

MORNING_AT = time(8, 30)  # before the first call, and never within the team's quiet hours
JITTER = timedelta(minutes=5)  # 2,000 reps at 17:00 sharp would take 8 min to send anyway (delivery.md §6)

SHORTEST_DAY = timedelta(hours=4)  # less than this between quiet hours leaves no day to be reached in
DAY = timedelta(days=1)


def check_quiet_hours(quiet_from: time, quiet_until: time) -> None:
    """Refuse quiet hours that are none at all, or that swallow the working day."""
    if quiet_from == quiet_until:
        raise Refusal(
            "Quiet hours need a beginning and an end that differ.", field="quiet_until", example="08:00"
        )
    open_for = (since_midnight(quiet_from) - since_midnight(quiet_until)) % DAY
    if open_for < SHORTEST_DAY:
        raise Refusal(
            "That leaves less than four hours a day for any message. Make the quiet hours shorter.",
            field="quiet_until",
            example="08:00",
        )


def fits(evening_at: time, quiet_from: time, quiet_until: time) -> bool:
    """Say whether an end-of-day message and the minutes around it stay clear of quiet hours."""
    return not any(
        is_quiet(moved(evening_at, by), quiet_from, quiet_until) for by in (-JITTER, timedelta(0), JITTER)
    )


def morning_at(quiet_from: time, quiet_until: time) -> time:
    """Return when a team's mornings begin: at half past eight, or when its quiet hours are over."""
    clear = fits(MORNING_AT, quiet_from, quiet_until)
    return MORNING_AT if clear else moved(quiet_until, JITTER)


def check_evening(evening_at: time, quiet_from: time, quiet_until: time) -> None:
    """Refuse an end-of-day time at which nobody may be written to."""
    if not fits(evening_at, quiet_from, quiet_until):
        raise Refusal(
            f"Quiet hours are {clock(quiet_from)} to {clock(quiet_until)}, and a message can come five minutes "
            "early or late. Choose a time clear of them.",
            field="evening_at",
            example="16:30",
        )


def moved(clock: time, by: timedelta) -> time:
    return clock_of(since_midnight(clock) + by)


def since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def clock_of(since: timedelta) -> time:
    minutes = int((since % DAY).total_seconds()) // 60
    return time(minutes // 60, minutes % 60)


def is_quiet(clock: time, quiet_from: time, quiet_until: time) -> bool:
    """Return whether a time of day lies in quiet hours; the end itself does not."""
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until
