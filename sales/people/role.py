"""Roles: what somebody sells as, which says how much of it is to be done in a week (mechanism 63)."""

from enum import StrEnum

from sales.refusal import Refusal


class SalesRole(StrEnum):
    """What somebody sells as; for whom nobody said it, `USUAL`."""

    SDR = "sdr"  # opens: calls and writes to whoever has not bought yet
    AE = "ae"  # sells from the first conversation to the signature
    AM = "am"  # looks after customers, and sells to them again


USUAL = SalesRole.AE  # does both, so its floor is fair to whoever has no role yet
LABELS = {role: role.value.upper() for role in SalesRole}
MEANINGS = {
    SalesRole.SDR: "sales development",
    SalesRole.AE: "account executive",
    SalesRole.AM: "account manager",
}


def read_role(typed: str) -> SalesRole:
    """Return the role that a word names, in any case, short or in full.

    Raises:
        Refusal: if it names none.
    """
    word = " ".join(typed.casefold().replace("rep", " ").split())
    for role in SalesRole:
        if word in (role.value, f"{role.value}s", MEANINGS[role], f"{MEANINGS[role]}s"):
            return role
    known = ", ".join(f"{LABELS[role]} ({MEANINGS[role]})" for role in SalesRole)
    raise Refusal(f"The roles are {known}.", field="role", example="/team role @ana SDR")
