"""The customer in a name: "Dana at Acme" is somebody at Acme."""

AT = " at "  # the name of the customer stands behind it


def customer_in(who: str) -> str:
    """Return the customer of whom something is promised: "Acme" of "Dana at Acme", else what was said."""
    return who.rpartition(AT)[2].strip() if AT in who else who


def person_in(who: str) -> str:
    """Return whom a name with a customer names there: "Dana" of "Dana at Acme", nobody of "Acme"."""
    return who.rpartition(AT)[0].strip()


def somebody_at(name: str, who: str) -> str:
    """Return somebody by name at the customer of whom something was said: "Ola at Acme"."""
    return f"{name}{AT}{customer_in(who)}"
