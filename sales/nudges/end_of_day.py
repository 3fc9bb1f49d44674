"""The end of a rep's day, by its kind and its key: by it one finds whether the message of an evening reached them."""

from datetime import date

END_OF_DAY = "end_of_day"


def prompt_key(workspace_id: str, user_id: str, day: date) -> str:
    """Return the occurrence key of one person's prompt of a day."""
    return f"{END_OF_DAY}:{workspace_id}:{user_id}:{day}"
