"""Days chosen in a form or picked on a card that have to be today or later; everywhere the same is said of others."""

from datetime import date

from sales.refusal import Refusal


def coming_day(
    chosen: str | None, today: date, field: str | None = None, held: date | None = None
) -> date | None:
    """Return the local day that was chosen, None where none was; the one that is `held` already may be over.

    Raises:
        Refusal: for a day that is over, naming the field.
    """
    day = date.fromisoformat(chosen) if chosen else None
    if day is not None and day < today and day != held:
        raise Refusal("That day is over. Choose today or a later day.", field=field)
    return day
