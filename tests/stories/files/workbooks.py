"""Workbooks of nobody, written cell by cell: .xlsx as a spreadsheet saves it, .ods as an office suite does."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

EPOCH = date(1899, 12, 30)  # day nought of a spreadsheet
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PLAIN, DAY = 0, 1  # styles


@dataclass(frozen=True)
class Formula:
    """A cell that is worked out; `held` is what it came to when it was saved, None where nobody opened it."""

    text: str
    held: float | None = None


Cell = str | int | float | date | Formula | None
Rows = Sequence[Sequence[Cell]]


def xlsx(sheets: dict[str, Rows]) -> bytes:
    """A workbook with these sheets."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in xlsx_parts(sheets).items():
            book.writestr(name, content)
    return kept.getvalue()


def xlsx_parts(sheets: dict[str, Rows]) -> dict[str, str]:
    numbers = range(1, len(sheets) + 1)
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kinds}.worksheet+xml"/>'
        for at in numbers
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>'
        for at, name in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    for at, rows in zip(numbers, sheets.values(), strict=True):
        lines = "".join(
            f'<row r="{row}">{"".join(xlsx_cell(place, row, cell) for place, cell in enumerate(cells))}</row>'
            for row, cells in enumerate(rows, 1)
        )
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
        )
    return {name: f'<?xml version="1.0" encoding="UTF-8"?>{content}' for name, content in parts.items()}


def xlsx_cell(place: int, row: int, cell: Cell) -> str:
    at = f'r="{chr(ord("A") + place)}{row}"'
    match cell:
        case None:
            return ""
        case str():
            return f'<c {at} t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        case date():
            return f'<c {at} s="{DAY}"><v>{(cell - EPOCH).days}</v></c>'
        case Formula():
            held = "" if cell.held is None else f"<v>{cell.held}</v>"
            return f"<c {at}><f>{escape(cell.text)}</f>{held}</c>"
    return f'<c {at} s="{PLAIN}"><v>{cell!r}</v></c>'


def ods(rows: Rows) -> bytes:
    """An open document with one sheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    lines = "".join(f"<table:table-row>{''.join(map(ods_cell, cells))}</table:table-row>" for cells in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Deals">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    listed = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", kind, zipfile.ZIP_STORED)
        book.writestr("META-INF/manifest.xml", listed)
        book.writestr("content.xml", content)
    return kept.getvalue()


def ods_cell(cell: Cell) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case date():
            kind = f'date" office:date-value="{cell.isoformat()}'
        case int() | float():
            kind = f'float" office:value="{cell!r}'
        case _:
            kind = "string"
    shown = escape(str(cell))
    return f'<table:table-cell office:value-type="{kind}"><text:p>{shown}</text:p></table:table-cell>'


def swollen(megabytes: int) -> bytes:
    """A small .xlsx that grows to this many MB when it is unpacked: one cell, over and over."""
    parts = xlsx_parts({"Deals": [["id"]]})
    row = '<row><c t="inlineStr"><is><t>Quay lamp and the like of it</t></is></c></row>'
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            if "sheet1" not in name:
                book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(megabytes):
                sheet.write((row * (1_000_000 // len(row))).encode())
            sheet.write(b"</sheetData></worksheet>")
    return kept.getvalue()
