"""Keys by name: what deals of a list without ids are known by, from one file to the next: their name and company."""

from hashlib import blake2b

from sales.language.names.descent import comparable

BY_NAME = "name: "  # before what is no id of any system
LONGEST = 100  # characters of a key, as an opportunity holds it
MARK = 8  # characters that tell two long names apart


def key_by_name(name: str, account: str | None) -> str:
    """Return the key of a deal without an id; letter case and the width of spaces do not count."""
    key = BY_NAME + " · ".join(filter(None, (comparable(name), comparable(account or ""))))
    if len(key) <= LONGEST:
        return key
    mark = blake2b(key.encode("utf-8", "backslashreplace"), digest_size=MARK // 2).hexdigest()
    return f"{key[: LONGEST - MARK - 1]}…{mark}"


def is_by_name(key: str | None) -> bool:
    """Say whether a key is no id."""
    return key is not None and key.startswith(BY_NAME)
