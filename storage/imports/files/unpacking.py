"""A process of its own that turns a workbook into text: `WORKBOOK FOLDER`, a file of text for each sheet.

A number that its cell shows with a currency is written with it: 1200 in a cell of euros is "1200 EUR".

It stands alone, so that it starts at once and a workbook made to do harm reaches nothing but this process and its
limits. It writes out the names of the sheets as JSON; what it cannot read it says in one line, and ends with 3.
"""

import csv
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

MEMORY = 1536 * 2**20  # bytes of addresses: a sheet of 64 MB takes less than half
SECONDS = 90
WRITTEN = 256 * 2**20  # bytes of one file
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CALCULATED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
STYLES = "xl/styles.xml"
UNREADABLE = 3
MOST_REPEATED = 1_000  # cells alike beside each other
CURRENCY = "\x1f"  # before what is no content of a cell but how it is shown
DOLLARS = frozenset({"5", "6", "7", "8", "42", "44"})  # formats that need no code, as they are in English
REGIONS = {
    ("$", "409"): "USD", ("$", "1009"): "CAD", ("$", "C0C"): "CAD", ("$", "C09"): "AUD", ("$", "1409"): "NZD",
    ("$", "4809"): "SGD", ("$", "C04"): "HKD", ("$", "80A"): "MXN", ("$", "404"): "TWD", ("kr", "41D"): "SEK",
    ("kr", "414"): "NOK", ("kr", "814"): "NOK", ("kr", "406"): "DKK", ("kr.", "406"): "DKK", ("kr", "40F"): "ISK",
    ("£", "809"): "GBP", ("¥", "411"): "JPY", ("¥", "804"): "CNY", ("￥", "804"): "CNY", ("￥", "411"): "JPY",
}  # fmt: skip

CODES = (
    "USD EUR GBP CHF SEK NOK DKK ISK PLN CZK HUF RON BGN TRY RUB UAH ILS AED SAR ZAR INR CNY JPY KRW HKD SGD TWD THB "
    "IDR MYR PHP VND AUD NZD CAD MXN BRL ARS CLP COP PEN"
)
SCALES = {"k": "k", "t": "k", "tsd": "k", "m": "m", "mio": "m", "mn": "m", "mm": "m"}

_FORMAT = re.compile(
    r'"(?P<text>[^"]*)"|\[\$(?P<sign>[^\]-]*)(?:-(?P<place>[^\]]*))?\]|\[[^\]]*\]|(?P<escaped>\\.)|[_*].|(?P<end>;)'
    r"|(?P<bare>[$€£¥])"
)
_MONEY = re.compile(
    rf"US\$|R\$|[$€£¥₹₽₺₩₪₴₫฿₱￥]|(?<![^\W\d_])(?:{'|'.join(CODES.split())}|kr|zł|Kč|Ft|SFr|Fr|Euro)(?![^\W\d_])"
)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")  # a comma behind the last digit: the number itself is whole


def main(path: str, folder: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_path(path)
        names = [one.name for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        for number, name in enumerate(names):
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            said = dict(cells_in(path, name))
            with Path(folder, f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                for row, cells in enumerate(rows):
                    writer.writerow([shown(cell, said.get((row, at))) for at, cell in enumerate(cells)])
    except (
        CalamineError,
        zipfile.BadZipFile,
        ElementTree.ParseError,
        MemoryError,
        OSError,
        ValueError,
    ) as trouble:
        sys.stderr.write(" ".join(str(trouble).split())[:200])
        return UNREADABLE
    sys.stdout.write(json.dumps(names))
    return 0


def text_of(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, days as 2026-02-13."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else with_point(repr(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
        case date() | time() | timedelta() | int():
            return str(cell)
    return str(cell)


def with_point(digits: str) -> str:
    """Return a number so that nobody takes its decimal point for one between thousands: 1.125 is 1.1250."""
    return f"{digits}0" if re.fullmatch(r"-?\d+\.\d{3}", digits) else digits


def shown(cell: object, said: str | None) -> str:
    """Return a cell as text, by what its file says of it beside its content."""
    if said is None:
        return text_of(cell)
    if not said.startswith(CURRENCY):
        return said
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return f"{text_of(cell)} {said.removeprefix(CURRENCY)}" if is_number else text_of(cell)


def cells_in(path: str, name: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what the file says of single cells of a sheet; row and column from 0.

    A cell whose formula no program has worked out, or that came to an error, is its text: it reads as empty otherwise,
    and an amount would be nothing. One that is shown as money is its currency, after a mark.
    """
    with zipfile.ZipFile(path) as book:
        if "xl/workbook.xml" not in book.namelist():
            yield from cells_of_open_document(book, name)
            return
        part = part_of(book, name)
        if part is None:
            return
        currencies = currencies_of_styles(book)
        with book.open(part) as file:
            for place, cell in placed_cells(file):
                formula, held = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
                if cell.get("t") == "e" and held is not None:
                    yield place, held.text or ""
                elif formula is not None and (held is None or not held.text):
                    yield place, f"={formula.text or ''}"
                elif currency := currencies.get(cell.get("s", "0")):
                    yield place, f"{CURRENCY}{currency}"


def placed_cells(file: IO[bytes]) -> Iterator[tuple[tuple[int, int], ElementTree.Element]]:
    """Yield the cells of an .xlsx sheet; one that does not say where it stands follows the one before it."""
    row = column = -1
    for event, element in ElementTree.iterparse(file, ("start", "end")):
        if element.tag == f"{MAIN}row" and event == "start":
            given = element.get("r", "")
            row, column = int(given) - 1 if given.isdecimal() else row + 1, -1
        elif element.tag == f"{MAIN}c" and event == "end":
            place = place_of(element.get("r", ""))
            column = place[1] if place is not None else column + 1
            yield place or (row, column), element
            element.clear()
        elif element.tag == f"{MAIN}row":
            element.clear()


def currencies_of_styles(book: zipfile.ZipFile) -> dict[str, str]:
    """Return the styles of an .xlsx file that show money, by number, each with its currency."""
    if STYLES not in book.namelist():
        return {}
    styles = ElementTree.fromstring(book.read(STYLES))
    formats = {one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iter(f"{MAIN}numFmt")}
    styled = styles.find(f"{MAIN}cellXfs")
    found = {}
    for number, style in enumerate(styled if styled is not None else ()):
        code = style.get("numFmtId", "")
        currency = "$" if code in DOLLARS and code not in formats else currency_of(formats.get(code, ""))
        if currency:
            found[str(number)] = currency
    return found


def currency_of(code: str) -> str:
    """Return the currency that a format shows: `#,##0.00 "€"`, `[$kr-41D] #,##0`; "" where it shows none.

    Of signs that several currencies have, the region says which. A format may also write thousands that are not in the
    number: `0 "k€"` shows 12 as 12 k€.
    """
    text, currency = "", ""
    for found in _FORMAT.finditer(code):
        if found["end"]:
            break
        if sign := (found["sign"] or "").strip():
            region = (found["place"] or "").split(",")[0][-4:].lstrip("0").upper()
            currency = REGIONS.get((sign, region), sign)
        text += found["text"] or (found["escaped"] or "")[1:] or found["bare"] or ""
    currency = currency or "".join(_MONEY.findall(text)[:1])
    scale = SCALES.get(_MONEY.sub("", text).strip(" .\xa0").casefold(), "")
    return f"{'' if _SCALED.search(code) else scale} {currency}".strip()


def cells_of_open_document(book: zipfile.ZipFile, name: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what an .ods file says of single cells of a sheet, as `cells_in` does; what repeats counts."""
    with book.open("content.xml") as file:
        here, row, column, alike = False, 0, 0, 1
        for event, element in ElementTree.iterparse(file, ("start", "end")):
            if element.tag == f"{TABLE}table":
                here, row = event == "start" and element.get(f"{TABLE}name") == name, 0
            elif element.tag == f"{TABLE}table-row" and event == "start":
                column, alike = 0, int(element.get(f"{TABLE}number-rows-repeated", "1"))
            elif element.tag == f"{TABLE}table-row":
                row += alike
                element.clear()
            elif event == "end" and element.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                repeated = int(element.get(f"{TABLE}number-columns-repeated", "1"))
                if here and (said := said_of_open_cell(element)):
                    for at in range(min(alike, MOST_REPEATED) * min(repeated, MOST_REPEATED)):
                        down, right = divmod(at, min(repeated, MOST_REPEATED))
                        yield (row + down, column + right), said
                column += repeated


def said_of_open_cell(cell: ElementTree.Element) -> str:
    """Return what an .ods file says of a cell beside its content: an error, a formula without a result, a currency.

    An error is stored as a text that is empty or as a number that is 0, and called an error in a space of its own.
    """
    shown, formula = "".join(cell.itertext()).strip(), cell.get(f"{TABLE}formula", "")
    if cell.get(CALCULATED) == "error":
        return shown or "#ERROR!"
    if formula and cell.get(f"{OFFICE}value-type") is None and not shown:
        return f"={formula.partition('=')[2]}"
    currency = currency_in(cell)
    return f"{CURRENCY}{currency}" if currency else ""


def currency_in(cell: ElementTree.Element) -> str:
    """Return the currency of a cell of an .ods file, by what it says or shows; "" of one that is no money."""
    if cell.get(f"{OFFICE}value-type") != "currency":
        return ""
    return cell.get(f"{OFFICE}currency") or "".join(_MONEY.findall("".join(cell.itertext()))[:1])


def part_of(book: zipfile.ZipFile, name: str) -> str | None:
    """Return which part of an .xlsx file a sheet is; None in another kind of workbook."""
    if "xl/workbook.xml" not in book.namelist():
        return None
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
    number = next((sheet.get(RELATED) for sheet in sheets if sheet.get("name") == name), None)
    related = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    target = next((one.get("Target") for one in related if one.get("Id") == number), None)
    if target is None:
        return None
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in book.namelist() else None


def place_of(reference: str) -> tuple[int, int] | None:
    """Return row and column, from 0, of a reference such as D2; None for anything else."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
