"""Tables: Slack's own, in messages alone; cut to what Slack takes.

`table` is a small one that reads along; `data_table` is one to sort and look things up in, its first column naming
each row.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from messages.blocks import Block, Message, section
from messages.formatting import words
from sales.language.typed_text import seen, shorten

Align = Literal["left", "right"]

TABLE_ROWS = 100  # Slack's, the header one of them
DATA_ROWS = 201  # likewise
COLUMNS = 20
MOST_AT_ONCE = 100
CELL_LENGTH = 200  # characters; a longer one makes a wall of its row
CAPTION_LENGTH = 150
PAGE = 25  # rows of a data table in one message: with six columns they leave room for what stands around them
EMPTY = "–"  # Slack takes no empty cell in a table to look things up in


class CellRows(NamedTuple):
    """Rows of words under their columns' names; every row has a cell for each column."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def part(self, first: int, end: int) -> "CellRows":
        """Return some of its rows."""
        return CellRows(self.columns, self.rows[first:end])


def table(grid: CellRows, aligned: Sequence[Align] = ()) -> Block:
    """Build a small table; `aligned` says how the columns stand, left where it says nothing."""
    shown = [grid.columns, *grid.rows[: TABLE_ROWS - 1]]
    block: Block = {"type": "table", "rows": [[cell(one, " ") for one in row[:COLUMNS]] for row in shown]}
    if aligned:
        block["column_settings"] = [{"align": align} for align in aligned[:COLUMNS]]
    return block


def data_table(caption: str, grid: CellRows) -> Block:
    """Build a table to look things up in; it has one row at least."""
    shown = [grid.columns, *grid.rows[: DATA_ROWS - 1]]
    return {
        "type": "data_table",
        "caption": shorten(seen(caption), CAPTION_LENGTH),
        "rows": [[cell(one, EMPTY) for one in row[:COLUMNS]] for row in shown],
        "row_header_column_index": 0,
        "page_size": min(max(len(shown) - 1, 1), MOST_AT_ONCE),  # Slack turns pages of five by itself
    }


def in_lines(message: Message) -> Message:
    """Return a message whose tables to look things up in are lines, for where Slack shows no table: in a form."""
    blocks: list[Block] = []
    for block in message.blocks:
        blocks += rows_said(block) if block["type"] == "data_table" else [block]
    return replace(message, blocks=blocks)


def has_table(message: Message) -> bool:
    return any(block["type"] == "data_table" for block in message.blocks)


def rows_said(grid: Block) -> list[Block]:
    """Return the rows of a table, a section each: what names it, then what stands in it."""
    told = [[str(one["text"]) for one in row] for row in grid["rows"][1:]]
    return [
        section(words("tables", "row", name=row[0], cells=[one for one in row[1:] if one != EMPTY]))
        for row in told
    ]


def cell(text: str, otherwise: str) -> Block:
    return {"type": "raw_text", "text": shorten(seen(text), CELL_LENGTH).strip() or otherwise}
