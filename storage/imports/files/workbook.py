"""Workbooks: .xlsx and .ods files as the text of their sheets.

A zip of a few MB can grow to hundreds when it is opened: its size is added up first, and reading it is left to a
process with limits of its own.
"""

import json
import subprocess
import sys
import zipfile
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from sales.language.figures import number
from sales.refusal import Refusal
from storage.imports.files.stoppable import go_on

MOST_UNPACKED = 64 * 2**20  # bytes: some 300,000 rows of deals
MOST_PARTS = 2_000  # files in the zip; a workbook has some dozens
SECONDS = 120  # until reading one is given up
LOOKS = 0.2  # seconds between two looks whether anybody still waits for it
MB = 2**20
EXCEL, OPEN_DOCUMENT = "xl/workbook.xml", "content.xml"


def sheets_of(path: Path, kept: ExitStack) -> dict[str, Path]:
    """Return the sheets of a workbook by name, as files of text that are there until `kept` is closed.

    Raises:
        Refusal: if it is none, is damaged, or too large.
    """
    require_workbook(path)
    folder = kept.enter_context(TemporaryDirectory(prefix="rainmaker-"))
    command = [sys.executable, str(Path(__file__).with_name("unpacking.py")), str(path), folder]
    code, out, err = ended(command)
    if code != 0:
        reason = err.strip().splitlines()[-1:] or ["it takes too much memory or time"]
        raise Refusal(
            f"The workbook cannot be read; it may be damaged, or have a password ({reason[0]}). Open it in the "
            "spreadsheet, save it, and import it again."
        )
    names = json.loads(out)
    return {name: Path(folder, f"{at}.csv") for at, name in enumerate(names)}


def ended(command: list[str]) -> tuple[int, str, str]:
    """Run a command to its end; return its exit code, and what it wrote to its two streams.

    Raises:
        Refusal: if it takes too long.
        LookStopped: if nobody waits for it any more; it is stopped then.
    """
    until = monotonic() + SECONDS
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            while True:
                go_on()
                if monotonic() > until:
                    raise too_large()
                with suppress(subprocess.TimeoutExpired):
                    out, err = running.communicate(timeout=LOOKS)
                    return running.returncode, out, err
        except BaseException:
            running.kill()
            raise


def require_workbook(path: Path) -> None:
    """See by its table of contents that a zip is a workbook, and not one that would fill the memory."""
    try:
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise Refusal(
            "The file is damaged or incomplete and cannot be opened; perhaps a download broke off. Get it again."
        ) from broken
    if not {EXCEL, OPEN_DOCUMENT} & {one.filename for one in parts}:
        raise Refusal("The file is a zip archive, not a workbook. Unpack it and import what is in it.")
    if sum(one.file_size for one in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise too_large()


def too_large() -> Refusal:
    return Refusal(
        f"The workbook is too large: unpacked it is more than {number(MOST_UNPACKED // MB)} MB. Save the sheet with "
        "the deals as CSV (UTF-8), and import that."
    )
