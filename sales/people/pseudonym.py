"""Pseudonyms: what stands for somebody who was forgotten, and how a file that still names them is noticed."""

from hashlib import blake2b

from sales.language.names.match import fold

FORMER = "Former colleague"
FORMER_CONTACT = "Former contact"
PSEUDONYM = "FORMER"  # Slack's ids of people begin with U or W


def pseudonym_of(token: str) -> str:
    """Return the id that stands for somebody forgotten, made of a random token that tells nothing of them."""
    return f"{PSEUDONYM}{token.upper()}"


def is_pseudonym(user_id: str) -> bool:
    """Say whether an id stands for somebody who was forgotten."""
    return user_id.startswith(PSEUDONYM)


def name_mark(salt: str, name: str) -> str:
    """Return by what a name or an address is known again, without being kept: a keyed fingerprint."""
    said = name.casefold().strip() if "@" in name else fold(name)
    key = salt.encode()[:64]  # as much as the fingerprint takes
    return blake2b(said.encode("utf-8", "backslashreplace"), key=key, digest_size=16).hexdigest()
