"""Record ids: one record under its short and its long id, and ids that a spreadsheet has rounded.

Salesforce shows 15 characters in reports, in which letter case counts, and exports 18: three more that say which of
the others are capitals. A spreadsheet keeps 15 digits of a number, writes long ones with an exponent and fills up
with zeros: two records then have one id.
"""

import re
import string
from dataclasses import dataclass

from sales.language.typed_text import shorten
from sales.refusal import Refusal

KEPT_DIGITS = 15  # of a number, by every spreadsheet
SURE = 2  # zeros in place of digits, over all ids: one in a hundred by chance

_SHORT = re.compile(r"006[A-Za-z0-9]{12}")  # an opportunity's, as a report shows it
_LONG = re.compile(r"006[A-Za-z0-9]{15}")
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?[Ee]\+?\d+")
_CHECK_LETTERS = string.ascii_uppercase + "012345"


def one_id(written: str) -> str:
    """Return the id under which a record is kept, whichever of its two forms is written."""
    if not _SHORT.fullmatch(written):
        return written
    parts = (written[at : at + 5] for at in range(0, 15, 5))
    return written + "".join(
        _CHECK_LETTERS[sum(2**bit for bit, letter in enumerate(part) if "A" <= letter <= "Z")]
        for part in parts
    )


def short_id(kept: str) -> str | None:
    """Return the short form of an id that has one, as it was kept before both were known to be one."""
    return kept[:15] if _LONG.fullmatch(kept) else None


@dataclass
class IdEvidence:
    """What the ids of a file have shown of having been rounded."""

    exponent: str = ""
    longer: int = 0
    ending_in_zeros: int = 0
    zeros: int = 0
    example: str = ""

    def see(self, text: str) -> None:
        """Take one cell into account."""
        if text.isdecimal():
            if len(text) > KEPT_DIGITS:
                self.longer += 1
                beyond = text[KEPT_DIGITS:]
                if not beyond.strip("0"):
                    self.ending_in_zeros += 1
                    self.zeros += len(beyond)
                    self.example = self.example or text
        elif not self.exponent and _EXPONENT.fullmatch(text):
            self.exponent = text

    def require_whole(self, header: str, things: str = "deals") -> None:
        """See that the ids are as their system wrote them.

        Raises:
            Refusal: if a spreadsheet has rounded them.
        """
        all_rounded = self.longer and self.longer == self.ending_in_zeros and self.zeros >= SURE
        if example := self.exponent or (self.example if all_rounded else ""):
            raise Refusal(
                f"The ids in column “{shorten(header)}” were rounded by a spreadsheet ({example}), so that different "
                f"{things} have one id. Export the file again and import it without saving it in a spreadsheet, or "
                "format the column as text there."
            )
