"""What is looked at right before a CRM is written to: a field stands as it was seen, and a closed deal stays closed."""

from collections.abc import Collection

from sales.imports.sync.port import WriteMoved, WriteRefused
from sales.imports.sync.record import VENDORS, Vendor


def is_to_set(vendor: Vendor, now: object, seen: object, wanted: object) -> bool:
    """Say whether a field has to be written: it stands as it was seen, and not as it shall.

    Raises:
        WriteMoved: if somebody set it to something else meanwhile.
    """
    if now == wanted:
        return False
    if now != seen:
        raise changed_meanwhile(vendor)
    return True


def refuse_reopening(vendor: Vendor, now: str, wanted: str, closed: Collection[str]) -> None:
    """Let a deal go to a stage, by ids; `closed` are those that end one.

    Raises:
        WriteRefused: if it is closed, and would be open again.
    """
    if now in closed and wanted not in closed:
        raise WriteRefused(f"The deal is closed in {VENDORS[vendor]}, and is not opened again from here.")


def changed_meanwhile(vendor: Vendor) -> WriteMoved:
    return WriteMoved(f"The deal was changed in {VENDORS[vendor]} meanwhile. Nothing was written.")


def not_there(vendor: Vendor) -> WriteMoved:
    return WriteMoved(f"The deal is not there any more in {VENDORS[vendor]}. Nothing was written.")
