"""Undo: a person takes back their own last action, exactly, for ten minutes."""

from datetime import datetime, timedelta

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
            f"“{shorten(summary)}” was {ago(now - at)}; undo works for {minutes(UNDO_FOR)}. "
            "Please change it by hand."
        )


def nothing_to_undo() -> Refusal:
    """Return the refusal for somebody who did nothing lately."""
    return Refusal(f"You changed nothing in the last {minutes(UNDO_FOR)}, so there is nothing to undo.")


def changed_since(summary: str) -> Refusal:
    """Return the refusal for an action whose rows somebody, or a later action, has changed."""
    return Refusal(CHANGED_SINCE.format(summary=shorten(summary)))


def minutes(span: timedelta) -> str:
    """Return a span in whole minutes, at least one: `10 minutes`."""
    count = max(1, int(span.total_seconds() // 60))
    return f"{count} minute{'' if count == 1 else 's'}"


def ago(span: timedelta) -> str:
    """Return how long ago something was, in its largest unit: `14 minutes ago`, `3 hours ago`."""
    hours = int(span.total_seconds() // 3600)
    if hours == 0:
        return f"{minutes(span)} ago"
    if hours < 24:
        return f"{hours} hour{'' if hours == 1 else 's'} ago"
    return f"{hours // 24} day{'' if hours < 48 else 's'} ago"
