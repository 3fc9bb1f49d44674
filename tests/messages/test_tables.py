"""Tables as Slack takes them: never too long, never uneven, and the same in words."""

from hypothesis import given
from hypothesis import strategies as st

from messages import tables
from messages.room import MOST, page_at, weight
from messages.tables import CellRows
from playground import limits

words = st.text(max_size=300)


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=30))
def test_whatever_is_in_the_cells_slack_takes_it(rows):
    grid = CellRows(("Name", "So far", "Chance"), rows)
    blocks = [tables.table(grid, ["left", "left", "right"]), tables.data_table("Field", grid)]
    assert limits.message_faults(blocks) == []


def test_more_rows_than_slack_takes_are_left_out():
    grid = CellRows(("A", "B"), [["x", "y"]] * 500)
    assert len(tables.table(grid)["rows"]) == tables.TABLE_ROWS
    assert len(tables.data_table("Field", grid)["rows"]) == tables.DATA_ROWS


def test_a_page_of_the_longest_rows_fits_a_message():
    row = ["ж" * 40, "$999.99m of $999.99m", "100 days behind the plan", "under 1%", "99", "999"]
    grid = CellRows(["Promises overdue"] * 6, [row] * tables.PAGE)
    assert weight([tables.data_table("x" * 80, grid)]) <= MOST - 1_200  # with a heading, buttons and a foot


@given(st.integers(0, 500), st.integers(-5, 600), st.integers(1, 40))
def test_every_item_is_on_one_page(count, at, length):
    page, seen = page_at(0, count, length), 0
    while True:
        assert page.start == seen
        seen = page.end
        if page.following is None:
            break
        page = page_at(page.following, count, length)
    assert seen == count
    asked = page_at(at, count, length)
    assert asked.end - asked.start <= length
    assert not 0 <= at < count or asked.start <= at < asked.end
