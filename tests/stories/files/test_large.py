"""What came in before comes in as before, and 10⁶ rows come in without a machine to match.

The figures are those of the CRM Sales Opportunities data, whose licence keeps it out of the project.
"""

from pathlib import Path

import pytest

from tests.stories.files.books import kept
from tests.stories.files.typed import clear, counted

CRM = Path(__file__).parents[4] / "shared" / "data" / "crm"
ROWS = 10**6

needs_crm = pytest.mark.skipif(not CRM.exists(), reason=f"the CRM Sales Opportunities data is not at {CRM}")
pytestmark = pytest.mark.large


@needs_crm
def test_both_crm_sets_come_in_as_before(terminal):
    """8,800 deals, 4,238 of them won for 10,005,534; the resaved file changes none. Holds today and must stay so."""
    ended = terminal("import", CRM)
    assert ended.code == 0, clear(ended)
    found = kept(terminal.url)
    won = [float(one.value) for one in found if one.stage == "won"]
    assert (len(found), len(won), sum(won)) == (8800, 4238, 10_005_534.0)
    again = terminal("import", CRM / "sales_pipeline_mdy_dates.csv")
    assert (again.code, counted(again, "unchanged"), counted(again, "changed")) == (0, 8800, 0)
    assert kept(terminal.url) == found


@pytest.mark.processes
def test_a_million_rows_are_read_in_little_memory(terminal):
    """Every row is looked at and none is held: under 512 MB at the most."""
    path = terminal.folder / "deals.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Record ID,Deal Name,Deal Stage,Amount,Close Date\n")
        file.writelines(f"{at},D{at},Contract Sent,{at % 900},2026-10-20\n" for at in range(ROWS))
    ended = terminal.watched("import", path, "--dry-run", seconds=1800)
    assert ended.code == 0, clear(ended)
    assert counted(ended, "rows") == ROWS
    assert ended.peak < 512, ended.peak
