"""Tables and charts: cells, series, axes."""

from typing import Any

from playground.limits.objects import BLOCK_ID
from playground.limits.rich import RICH_TEXT, no_longer_than
from playground.limits.rules import (
    Report,
    Rule,
    boolean,
    integer,
    items,
    number,
    one_of,
    positive,
    shape,
    string,
    typed,
)

Json = dict[str, Any]

TABLE_ROWS, COLUMNS = 100, 20
DATA_ROWS = 201
CELL_CHARACTERS = 20_000

_RAW_TEXT = shape({"text": string(CELL_CHARACTERS)})
_CELL = typed({"raw_text": shape({"text": string(CELL_CHARACTERS, 0)}), "rich_text": RICH_TEXT})
_DATA_CELL = typed(
    {
        "raw_text": _RAW_TEXT,
        "raw_number": shape({"value": number}, {"text": string(CELL_CHARACTERS)}),
        "rich_text": RICH_TEXT,
    }
)

TABLE = shape(
    {"rows": items(items(_CELL, 1, COLUMNS), 1, TABLE_ROWS)},
    {
        "block_id": BLOCK_ID,
        "column_settings": items(
            shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}), 1, COLUMNS
        ),
    },
)


def _even_rows(value: Json, path: str, report: Report) -> None:
    width = len(value["rows"][0])
    for at, row in enumerate(value["rows"]):
        if len(row) != width:
            report.add(f"{path}/rows/{at}", f"must have {width} cells like the header")
    if any(cell["type"] == "rich_text" for cell in value["rows"][0]):
        report.add(f"{path}/rows/0", "header cells cannot be rich text")
    if value.get("row_header_column_index", 0) >= width:
        report.add(f"{path}/row_header_column_index", f"must be less than {width}")


DATA_TABLE = shape(
    {"rows": items(items(_DATA_CELL, 1, COLUMNS), 2, DATA_ROWS), "caption": string(2000)},
    {"block_id": BLOCK_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0, COLUMNS - 1)},
    _even_rows,
    no_longer_than(CELL_CHARACTERS, "rows"),
)

_SERIES = shape(
    {"name": string(20), "data": items(shape({"label": string(20), "value": number}), 1, 20)},
)
_AXIS = shape({"categories": items(string(20), 1, 20)}, {"x_label": string(50), "y_label": string(50)})


def _one_point_per_category(value: Json, path: str, report: Report) -> None:
    categories = value["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        report.add(f"{path}/axis_config/categories", "must be unique")
    names = [series["name"] for series in value["series"]]
    if len(set(names)) != len(names):
        report.add(f"{path}/series", "series names must be unique")
    for at, series in enumerate(value["series"]):
        labels = [point["label"] for point in series["data"]]
        if sorted(labels) != sorted(categories):
            report.add(f"{path}/series/{at}/data", "must hold exactly one point for every category")


_AXIS_CHART = shape({"series": items(_SERIES, 1, 12), "axis_config": _AXIS}, {}, _one_point_per_category)
CHARTS: dict[str, Rule] = {
    "pie": shape({"segments": items(shape({"label": string(20), "value": positive}), 1, 12)}),
    "bar": _AXIS_CHART,
    "area": _AXIS_CHART,
    "line": _AXIS_CHART,
}
DATA_VISUALIZATION = shape({"title": string(50), "chart": typed(CHARTS)}, {"block_id": BLOCK_ID})
