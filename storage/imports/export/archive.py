"""The archive: tables in one zip file, written as they come."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sales.imports.export.folder import README, ExportedFile, readme
from storage.imports.export.write_out import ENCODING, ExportPart, origin_of, write_out
from storage.scope import Scope


class Archive:
    """A zip file being written; its entries are of the instant `at`."""

    def __init__(self, file: ZipFile, at: datetime) -> None:
        self.file, self.at = file, at

    @contextmanager
    def table(self, name: str) -> Iterator[IO[str]]:
        with (
            self.file.open(self.entry(name), "w", force_zip64=True) as raw,
            io.TextIOWrapper(raw, encoding=ENCODING, newline="", write_through=False) as text,
        ):
            yield text

    def text(self, name: str, text: str) -> None:
        self.file.writestr(self.entry(name), text)

    def entry(self, name: str) -> ZipInfo:
        made = ZipInfo(name, self.at.timetuple()[:6])
        made.compress_type = ZIP_DEFLATED
        return made


async def write_archive(
    scope: Scope, parts: Sequence[ExportPart], to: Path, now: datetime
) -> list[ExportedFile]:
    """Write what one person is given into a zip file; return its tables, none without a row."""
    with ZipFile(to, "x") as file:
        archive = Archive(file, now)
        files = await write_out(scope, parts, archive.table, empty=False)
        archive.text(README, readme(await origin_of(scope, now), files, whole=False))
    return files
