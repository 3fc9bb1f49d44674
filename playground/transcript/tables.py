"""Tables and charts as small text tables."""

from typing import Any

from playground.transcript.mrkdwn import MrkdwnReader
from playground.transcript.rich import read_rich_text

Json = dict[str, Any]


def grid(rows: list[list[str]]) -> list[str]:
    """Rows as aligned columns."""
    columns = max((len(row) for row in rows), default=0)
    widths = [max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(columns)]
    return [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    ]


def read_table(block: Json, reader: MrkdwnReader) -> list[str]:
    return grid([[_cell(cell, reader) for cell in row] for row in block["rows"]])


def read_data_table(block: Json, reader: MrkdwnReader) -> list[str]:
    return [block["caption"], *read_table(block, reader)]


def read_chart(block: Json, reader: MrkdwnReader) -> list[str]:
    """The title, then a pie's labels and values, or one column per series."""
    chart = block["chart"]
    if chart["type"] == "pie":
        rows = [[segment["label"], _number(segment["value"])] for segment in chart["segments"]]
        return [block["title"], *grid(rows)]
    series = chart["series"]
    points = [{point["label"]: point["value"] for point in one["data"]} for one in series]
    axis = chart["axis_config"]
    head = [axis.get("x_label") or "", *(one["name"] for one in series)]
    rows = [
        [category, *(_number(values[category]) if category in values else "" for values in points)]
        for category in axis["categories"]
    ]
    return [block["title"], *grid([head, *rows])]


def _cell(cell: Json, reader: MrkdwnReader) -> str:
    if cell["type"] == "rich_text":
        return " ".join(read_rich_text(cell, reader))
    return str(cell.get("text") if cell.get("text") is not None else _number(cell.get("value")))


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) else ""
