"""Undo: a person takes back their own last action, exactly, for ten minutes."""

from datetime import datetime, timedelta

from sales.language.figures import duration
from sales.language.typed_text import shorten
from sales.refusal import Refusal

UNDO_FOR = timedelta(minutes=10)  # long enough to notice a slip; later, others have acted on what was said
CHANGED_SINCE = "“{summary}” was changed again since, so undoing it would lose that. Nothing was undone."


def may_undo(summary: str, at: datetime, undone_at: datetime | None, now: datetime) -> None:
    """Pass an action that can still be taken back, made at `at` (aware instants all).

    Raises:
        Refusal: if it was undone already, or is older than UNDO_FOR.
    """
    if undone_at is not None:
        raise Refusal(f"“{shorten(summary)}” is undone already.")
    if now - at > UNDO_FOR:
        raise Refusal(
            f"“{shorten(summary)}” was {duration(now - at)} ago; undo works for {duration(UNDO_FOR)}. "
            "Please change it by hand."
        )


def nothing_to_undo() -> Refusal:
    """Return the refusal for somebody who did nothing lately."""
    return Refusal(f"You changed nothing in the last {duration(UNDO_FOR)}, so there is nothing to undo.")


def cannot_undo(summary: str) -> Refusal:
    """Return the refusal for an action that cannot be taken back; what came before it is left alone."""
    return Refusal(
        f"The last thing you did, “{shorten(summary)}”, cannot be undone here. Nothing was undone; "
        "please change it by hand."
    )


def changed_since(summary: str) -> Refusal:
    """Return the refusal for an action whose rows somebody, or a later action, has changed."""
    return Refusal(CHANGED_SINCE.format(summary=shorten(summary)))
