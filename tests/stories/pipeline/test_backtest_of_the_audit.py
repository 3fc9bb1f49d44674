"""What an operator reads of the audit on a record of their own: which checks were right, and what halving would keep.

The figures are those of the CRM Sales Opportunities data, whose licence keeps it out of the project.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.stories.pipeline import books
from tests.stories.pipeline.test_forecast_weights import WHOLE, history
from tests.terminal import rainmaker

ROOT = Path(__file__).parents[3]
CRM = ROOT.parent / "shared" / "data" / "crm"
MONTHS = {"Jun": "06", "Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10"}
FLAGGED = {
    "30 Jun": (172, 0),
    "31 Jul": (334, 0),
    "31 Aug": (466, 2),
    "30 Sep": (595, 0),
    "31 Oct": (717, 0),
}
OLDER_THAN = {("60", "31 Jul"): (1015, 255), ("30", "31 Jul"): (1537, 536), ("60", "31 Aug"): (1016, 235)}
HALVED = {
    r"P × list|likely|chance|model": (87, 90),
    r"dearest": (84, 81),
    r"newest": (69, 90),
    r"random": (50, 51),
}

needs_crm = pytest.mark.skipif(not CRM.exists(), reason=f"the CRM Sales Opportunities data is not at {CRM}")
pytestmark = pytest.mark.large


@cache
def printed(path, *options) -> str:
    """What `rainmaker backtest` prints, as somebody types it."""
    code, said = rainmaker(ROOT, "backtest", str(path), *options, COLUMNS="160")
    assert code == 0, said[-400:]
    return said


def names_the_day(said: str, day: str) -> bool:
    """Whether a table names a day, as 31 Jul or 2017-07-31."""
    number, month = day.split()
    return day in said or f"2017-{MONTHS[month]}-{number}" in said


def pair(one: int, other: int) -> re.Pattern[str]:
    """Two figures of a row, one soon after the other: flagged, and won later."""
    return re.compile(
        rf"(?<![\d,.]){one // 1000 or ''},?{one % 1000:0{3 if one > 999 else 1}}[^\d\n]{{1,40}}{other}(?![\d,.]*\d)"
    )


@needs_crm
@pytest.mark.parametrize("day", FLAGGED)
def test_flagged_and_won_later_are_the_golden_counts(day):
    """Chance that it is ever won under 10 % (#20): how many were flagged that day, and how many won after all."""
    said = printed(CRM, "--checks")
    assert names_the_day(said, day), said
    assert pair(*FLAGGED[day]).search(said), said


@needs_crm
@pytest.mark.parametrize(("than", "day"), OLDER_THAN)
def test_beside_them_stands_what_age_alone_would_have_flagged(than, day):
    """“Older than 30 / 60 / 90 days” (#20) cuts a third of all later wins; the table says it."""
    said = printed(CRM, "--checks")
    assert re.search(r"older than", said, re.IGNORECASE)
    assert re.search(rf"\b{than}\b", said)
    assert names_the_day(said, day), said
    assert pair(*OLDER_THAN[than, day]).search(said), said


@needs_crm
def test_likely_value_is_the_golden_one():
    """174,329 at the end of December within 1 %, beside 2,457,943 at a flat rate (#25)."""
    said = printed(CRM, "--checks")
    lines = [one for one in said.splitlines() if re.search("likely", one, re.IGNORECASE)]
    found = [int(one.replace(",", "")) for line in lines for one in re.findall(r"\d{2,3},?\d{3}\b", line)]
    assert any(abs(one - 174_329) <= 1_743 for one in found), "\n".join(lines)


@needs_crm
def test_leaving_the_flagged_out_moves_next_to_no_forecast():
    """The cut's impact (#74): 94.8 % of 1,800 forecasts within a point, and the one of 13 points explained."""
    said = printed(CRM, "--checks")
    within = [
        float(one)
        for one in re.findall(r"(\d\d(?:\.\d)?)\s?%[^\n]*within (?:one|a|1) (?:percentage )?point", said)
    ]
    assert any(abs(one - 94.8) <= 1 for one in within), within
    greatest = [one for one in said.splitlines() if re.search(r"greatest|largest|most", one, re.IGNORECASE)]
    assert any(re.search(r"\b0?\.13|\b13\b", one) for one in greatest), greatest
    assert re.search(r"because|since|as its|only deal|explained", said, re.IGNORECASE)


@needs_crm
@pytest.mark.parametrize("by", HALVED, ids=("likely", "dearest", "newest", "random"))
def test_the_half_that_is_kept_holds_what_was_won(by):
    """Halving (#21): share of later won value in the half kept, at the ends of June and September, within a point."""
    said = printed(CRM, "--halve")
    assert re.search(by, said, re.IGNORECASE), said
    figures = [float(one) for one in re.findall(r"\b(\d{2}(?:\.\d)?)\s?%", said)]
    assert [one for one in HALVED[by] if not any(abs(one - each) <= 1 for each in figures)] == []


@needs_crm
def test_forecasts_are_as_good_as_before():
    """Brier at most .121 (#25), to the three figures it is told in; holds today and must stay so."""
    line = next(one for one in printed(CRM).splitlines() if re.search(WHOLE, one))
    assert round(float(re.search(r"\b0?\.\d{3,}", line).group()), 3) <= 0.121


@pytest.mark.parametrize("asked", ["--checks", "--halve"])
def test_any_file_of_deals_can_be_asked(tmp_path, asked):
    """On a record of one's own (#20, #21): a table with days, and the usual rules of thumb beside it."""
    said = printed(books.written_history(tmp_path / "deals.csv", history()), asked)
    thumb = r"older than 60 days|\b60\b" if asked == "--checks" else r"dearest"
    assert re.search(thumb, said, re.IGNORECASE), said
    assert re.search(r"\b\d{1,2} [A-Z][a-z]{2} 202\d|202\d-\d\d-\d\d", said), said
    assert re.search(r"won", said, re.IGNORECASE), said


def test_a_record_too_short_for_a_check_is_one_clear_line(tmp_path):
    """Exit code 1 and a sentence (#20), where nothing could be scored."""
    path = books.written_history(
        tmp_path / "deals.csv", [("Ana", "GTX", "won", 100, "2024-01-02", "2024-01-20")]
    )
    code, said = rainmaker(ROOT, "backtest", str(path), "--checks")
    assert code == 1, said
    assert "not enough" in said.lower()
