"""Cell errors: what a spreadsheet writes where it could not work a cell out.

One that found nothing (#N/A) is as good as empty, and is told; every other stands for something that should be there.
"""

NOT_FOUND = frozenset({"#n/a", "#nv"})
ERRORS = frozenset(
    {
        "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#error!", "#field!",
        "#blocked!", "#connect!", "#unknown!", "#busy!", "#getting_data", "#bezug!", "#wert!", "#zahl!", "#leer!",
        "#¡ref!", "#¡valor!", "#¿nombre?", "#¡div/0!", "#¡num!", "#valeur!", "#nom?", "#nombre!",
    }
)  # fmt: skip
LONGEST = max(map(len, ERRORS))
OF_LIBREOFFICE = "err:"  # and a number


def is_error(cell: str) -> bool:
    """Say whether a tidied cell holds an error in place of what should be there."""
    if not 4 <= len(cell) <= LONGEST or cell[0] not in "#Ee":
        return False
    text = cell.lower()
    return text in ERRORS or (text.startswith(OF_LIBREOFFICE) and text[len(OF_LIBREOFFICE) :].isdecimal())


def found_nothing(cell: str) -> bool:
    """Say whether a tidied cell looked something up that was not there."""
    return cell[:1] == "#" and cell.lower() in NOT_FOUND
