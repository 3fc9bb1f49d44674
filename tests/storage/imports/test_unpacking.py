"""Workbooks whose cells are shown as money: the currency of the format comes with the number."""

import io
import zipfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage.imports.files.unpacking import currency_of, place_of, with_point
from storage.imports.files.workbook import sheets_of
from tests.stories.files.workbooks import ods, xlsx, xlsx_parts

ROWS = [["id", "stage", "value"], [1, "open", 1200], [2, "open", 1200.5], [3, "open", 1.125]]


def read(path: Path) -> list[str]:
    with ExitStack() as kept:
        (sheet,) = sheets_of(path, kept).values()
        return sheet.read_text().splitlines()


def styled(code: str, *, number: int = 164, places: bool = True) -> bytes:
    """A workbook whose values are shown by a format."""
    parts = xlsx_parts({"Deals": ROWS})
    added = f'<numFmts count="1"><numFmt numFmtId="{number}" formatCode="{code}"/></numFmts>' if code else ""
    styles = parts["xl/styles.xml"].replace("<fonts", f"{added}<fonts", 1)
    parts["xl/styles.xml"] = styles.replace(
        '<xf numFmtId="14"', f'<xf numFmtId="{number}" applyNumberFormat="1"/><xf numFmtId="14"'
    )
    sheet = parts["xl/worksheets/sheet1.xml"]
    for row in (2, 3, 4):
        sheet = sheet.replace(f'r="C{row}" s="0"', f'r="C{row}" s="1"')
    if not places:
        for row in (1, 2, 3, 4):
            sheet = sheet.replace(f'<row r="{row}">', "<row>")
            for column in "ABC":
                sheet = sheet.replace(f'r="{column}{row}" ', "")
    parts["xl/worksheets/sheet1.xml"] = sheet
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("#,##0.00 &quot;€&quot;", "€"),
        ("[$€-407] #,##0.00;[Red]-[$€-407] #,##0.00", "€"),
        ("[$kr-41D] #,##0", "SEK"),
        ("0 &quot;k€&quot;", "k €"),
    ],
)
def test_the_currency_of_a_cell_comes_with_its_number(tmp_path: Path, code: str, shown: str) -> None:
    path = tmp_path / "deals.xlsx"
    path.write_bytes(styled(code))
    assert read(path) == [
        "id,stage,value", f"1,open,1200 {shown}", f"2,open,1200.5 {shown}", f"3,open,1.1250 {shown}",
    ]  # fmt: skip


def test_cells_that_do_not_say_where_they_stand_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx"
    path.write_bytes(styled("#,##0 [$CHF-807]", places=False))
    assert read(path)[1] == "1,open,1200 CHF"


def test_formats_without_a_code_of_their_own_are_dollars(tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx"
    path.write_bytes(styled("", number=44))
    assert read(path)[1] == "1,open,1200 $"


def test_a_plain_number_is_plain(tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx"
    path.write_bytes(xlsx({"Deals": ROWS}))
    assert read(path)[1:] == ["1,open,1200", "2,open,1200.5", "3,open,1.1250"]


def test_an_open_document_says_its_currency(tmp_path: Path) -> None:
    content = zipfile.ZipFile(io.BytesIO(ods(ROWS)))
    text = content.read("content.xml").decode()
    text = text.replace('"float" office:value="1200"', '"currency" office:currency="EUR" office:value="1200"')
    text = text.replace(
        '"float" office:value="1200.5"><text:p>1200.5', '"currency" office:value="1200.5"><text:p>1.200,50 zł'
    )
    path = tmp_path / "deals.ods"
    with zipfile.ZipFile(path, "w") as book:
        for name in content.namelist():
            book.writestr(name, text if name == "content.xml" else content.read(name))
    assert read(path)[1:] == ["1,open,1200 EUR", "2,open,1200.5 zł", "3,open,1.1250"]


CALCULATED = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
PLAIN = (
    '<table:table-cell office:value-type="float" office:value="1200"><text:p>1200</text:p></table:table-cell>'
)


@pytest.mark.parametrize(
    ("held", "shown", "read_as"),
    [
        ('office:value-type="string" office:string-value="" calcext:value-type="error"', "#REF!", "#REF!"),
        ('office:value-type="float" office:value="0" calcext:value-type="error"', "#DIV/0!", "#DIV/0!"),
        (
            'office:value-type="string" office:string-value="" calcext:value-type="error"',
            "Err:511",
            "Err:511",
        ),
        ('office:value-type="float" office:value="0" calcext:value-type="error"', "", "#ERROR!"),
        ('table:formula="of:=[.B2]*2"', "", "=[.B2]*2"),
        ('table:formula="of:=[.B2]*2" office:value-type="float" office:value="9"', "9", "9"),
        ('table:formula="of:=T(1)" office:value-type="string" office:string-value=""', "", ""),
    ],
)
def test_an_open_document_says_where_a_formula_came_to_nothing(
    tmp_path: Path, held: str, shown: str, read_as: str
) -> None:
    """What is stored beside an error is an empty text or a 0: read as it stands, a value would be nothing."""
    content = zipfile.ZipFile(io.BytesIO(ods(ROWS)))
    text = content.read("content.xml").decode()
    text = text.replace(PLAIN, f"<table:table-cell {held}><text:p>{shown}</text:p></table:table-cell>")
    text = text.replace("office:version", f'xmlns:calcext="{CALCULATED}" office:version')
    path = tmp_path / "deals.ods"
    with zipfile.ZipFile(path, "w") as book:
        for name in content.namelist():
            book.writestr(name, text if name == "content.xml" else content.read(name))
    assert read(path)[1] == f"1,open,{read_as}"


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("General", ""),
        ("0.00%", ""),
        ("yyyy-mm-dd", ""),
        ("[$-409]d/m/yy", ""),
        ('"POT"0', ""),
        ('0 "days"', ""),
        ('0.0, "k€"', "€"),
        ('_("$"* #,##0.00_)', "$"),
        ("[$$-1009]0", "CAD"),
        ("#,##0 [$zł-415]", "zł"),
    ],
)
def test_a_format_shows_a_currency_or_none(code: str, currency: str) -> None:
    assert currency_of(code) == currency


def test_places_and_points() -> None:
    assert (place_of("AB12"), place_of("D2"), place_of("")) == ((11, 27), (1, 3), None)
    assert [with_point(one) for one in ("1.125", "1.5", "-0.125", "1e-07")] == [
        "1.1250",
        "1.5",
        "-0.1250",
        "1e-07",
    ]
