"""The Show: real records of another firm, a lead's way from a file to a won deal, marketing's post read whole."""

import csv
import re
from pathlib import Path

import pytest

from sales.pipeline.opportunity import Stage
from storage.pipeline.opportunity import OpportunityRow
from tests.known import WORKSPACE
from tests.sales_story import deal
from tests.stories.craft.lived import NONSENSE, has, line_with, mark, since, tried
from tests.stories.files.typed import clear
from tests.stories.leads.books import HERE, TODAY, days
from tests.stories.leads.prospected import SOURCES, brings, card, counted, does, reads, row
from tests.stories.leads.test_flow_and_marketing import a_weeks_leads, posts, posts_to, week_passes
from tests.stories.pipeline.walked import asks, texts

HOME = Path("shared/data/salvirt/Salvirt_B2B_ML_dataset_HF.csv")
SALVIRT = next((one / HOME for one in Path(__file__).parents if (one / HOME).exists()), None)
needs_salvirt = pytest.mark.skipif(
    SALVIRT is None, reason="the Salvirt B2B data is not at ../shared/data/salvirt beside the project"
)
PAGE = Path(__file__).parents[3] / "docs" / "mechanisms.md"
NUMBERS = (18, 30, 31, 32, *range(34, 44), 78, 79)
GOLDEN = {  # which fields: AUC and Brier, ten folds, the means of ten seeds
    r"firmograph|demograph|size|from outside": (0.62, 0.233),
    r"attitude|relation": (0.78, 0.184),
    r"\ball\b|every": (0.83, 0.166),
}


def distinct() -> list[dict[str, str]]:
    """The 365 rows that are left of 448 without exact doubles."""
    assert SALVIRT is not None
    with SALVIRT.open(newline="", encoding="utf-8-sig") as file:
        every = list(csv.DictReader(file, delimiter=";"))
    return list({tuple(one.values()): one for one in every}.values())


@pytest.fixture
async def sold_elsewhere(team):
    """Their deals as Ana's own, with their sources, spread over a year that they do not name."""
    async with team.bot.database.write(WORKSPACE) as scope:
        for number, one in enumerate(distinct()):
            closed, stage = TODAY - days(3 + number % 300), Stage[one["Status"].upper()]
            made = deal("U1", closed - days(30), closed, stage, 4_000_00, f"Salvirt {number}")
            scope.session.add(OpportunityRow.model_validate({**made, "source": one["Source"]}))
    return team


@needs_salvirt
@pytest.mark.engines("sqlite")
async def test_real_sources_are_told_apart_as_they_are(sold_elsewhere, mia):
    """365 rows (#36): referrals won 13 of 51 and joint past 154 of 263; the page says both and wishes for neither."""
    said = await reads(mia, r"sources?\b", *SOURCES, helped=r"\bsources\b")
    assert counted(line_with(said, r"referral", r"\b51\b"), 13, 51), said
    past = line_with(said, r"joint past", r"\b263\b")
    assert counted(past, 154, 263), said
    assert said.index(past) < said.index(line_with(said, r"referral", r"\b51\b")), said
    assert not has(r"recommend|ask (for|more) (more )?referrals|more referrals", said), said


SCORED: list[str] = []


def scored(terminal) -> str:
    """The table of a file of outcomes: by `rainmaker backtest`, or by what `rainmaker --help` lists under scoring.

    It is the same whoever asks, and takes seconds: it is printed once.
    """
    if not SCORED:
        SCORED.append(scored_anew(terminal))
    return SCORED[0]


def scored_anew(terminal) -> str:
    told = terminal("--help").out
    listed = [one[1] for one in re.finditer(r"^\W*([a-z]+) +[A-Z].*(?:scor|lead|client)", told, re.MULTILINE)]
    heard = []
    for command in dict.fromkeys(("backtest", *listed)):
        ended = terminal(command, SALVIRT)
        if ended.code == 0 and has(r"AUC", ended.said):
            return clear(ended)
        heard.append(f"{command} → {ended.code} {ended.said[:200]}")
    raise AssertionError("\n".join(heard))


@needs_salvirt
@pytest.mark.large
@pytest.mark.parametrize("fields", GOLDEN, ids=["firmographics", "attitude and relation", "all but seller"])
def test_attitude_tells_more_than_size(terminal, fields):
    """AUC and Brier within .02 of what was measured (#31, #37): size, attitude, all but seller."""
    line = line_with(scored(terminal), fields, r"0?\.\d{2,}[^\n]*0?\.\d{2,}")
    found = [float(one) for one in re.findall(r"0?\.\d{2,}", line)]
    auc, brier = GOLDEN[fields]
    assert any(abs(one - auc) <= 0.02 for one in found), line
    assert any(abs(one - brier) <= 0.02 for one in found), line


@needs_salvirt
@pytest.mark.large
def test_doubles_are_left_out_and_said(terminal):
    """83 of 448 rows are exact doubles (#37): 365 are scored, and the report says so, with the base rate's score."""
    said = scored(terminal)
    assert has(r"\b365\b", said), said
    assert has(r"\b83\b|\b448\b", said), said
    assert has(r"0?\.249", said), said


@pytest.mark.engines("sqlite")
async def test_a_leads_way_from_a_file_to_a_won_deal(team, mia, ana):
    """Imported, told, called, accepted, qualified, won (#35, #38): each step is seen by whom it is for, and counted."""
    before = mark(ana)
    await brings(
        mia, row(1, "Dana Roe", "Alder Yard", phone="+386 1 555 010", source="Referral", title="CFO")
    )
    await team.jump("2026-09-14 11:10", HERE)
    assert any("Dana Roe" in one for one in since(ana, before))
    assert "Dana Roe" in await tried(ana, "/lead next")
    await asks(ana, "/log call Dana Roe – spoke, next step demo on Friday", "sales")
    await does(ana, "accept", "Dana Roe")
    await does(ana, "qualify", "Dana Roe")
    assert has(r"suspect", await asks(ana, "/deal Alder Yard", "sales"))
    await asks(ana, "/deal edit Alder Yard 12k", "sales")
    await team.jump("2026-10-05 10:00", HERE)
    await asks(ana, "/deal won Alder Yard", "sales")
    assert has(r"\bwon\b", await card(ana, "Dana Roe"))
    said = await reads(mia, r"sources?\b", *SOURCES, helped=r"\bsources\b")
    assert counted(line_with(said, r"referral", r"\d"), 1, 1), said


@pytest.mark.engines("sqlite")
async def test_the_channel_post_reads_as_marketing_would(team, mia, ana, ben):
    """Read whole (#38): the answer first, at most a dozen lines, plain words, nothing of the machinery."""
    await posts_to(mia)
    await a_weeks_leads(mia, ana, ben)
    await week_passes(team)
    found = posts(mia)
    assert len(found) == 1, texts(mia, "random")
    lines = [one for one in found[0].splitlines() if one.strip()]
    assert has(r"\b[245]\b", lines[0]), lines
    assert len(lines) <= 14, lines
    assert not NONSENSE.search(found[0]), found
    assert not has(r"P\(|Brier|posterior|beta|χ|suspect gate|SLA_", found[0]), found


def test_the_page_of_the_mechanisms_says_that_they_are_here():
    """The number in code, docs and tests: none of this issue's is still to come."""
    said = PAGE.read_text("utf-8")
    entries = {one: said.split(f"\n### {one}. ")[1].split("\n### ")[0] for one in NUMBERS}
    assert [one for one, entry in entries.items() if "State: to come" in entry] == []
