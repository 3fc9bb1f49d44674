"""Scores of leads learned from what became of leads themselves: from a file of 150 that were decided, through Slack."""

from datetime import date, timedelta

import pytest

from tests.stories.craft.lived import has
from tests.stories.leads.prospected import brings, row
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")
TODAY = date(2026, 9, 14)
GROUPS = (("Referral", "Won", 60, "Rejected", 15), ("Cold list", "Won", 9, "Rejected", 66))


def decided() -> list[str]:
    """150 leads of two sources, one of which mostly became customers; a few each week of a year."""
    rows = []
    for source, good, won, poor, lost in GROUPS:
        for number in range(won + lost):
            status = good if number * 29 % (won + lost) < won else poor
            came = TODAY - timedelta(days=10 + number * 4)
            name = f"{source} Person {number}"
            one = row(
                f"{source[0]}{number}",
                name,
                f"{name} Ltd",
                source=source,
                created=came.isoformat(),
                status=status,
            )
            rows.append(one)
    return rows


@pytest.fixture
async def learned(team):
    """A file of them, and two that are open; as `/team scoring` then has them."""
    mia = team.person("mia")
    team.server.busy_when(lambda: team.bot.desk.working is not None)  # on a busy machine it takes seconds
    await brings(
        mia,
        *decided(),
        row("N1", "Dana Roe", "Alder Yard", source="Referral"),
        row("N2", "Sam Poe", "Birch Shops", source="Cold list"),
    )
    (said,) = await mia.says("/team scoring")
    return said


async def test_what_is_learned_is_of_leads(learned):
    assert has(r"Learned from 150 outcomes of leads, 69 won", learned), learned
    assert has(r"source Referral \(60 of 75 won\), up", learned), learned
    assert has(r"0 outcomes of deals", learned), learned


async def test_a_leads_card_says_its_score_and_why(team, learned):
    card = await asks(team.person("ana"), "/lead Dana Roe", "sales")
    assert has(r"because of", card), card
    assert has(r"source Referral \(60 of 75 won\)", card), card
    said = await asks(team.person("ana"), "/why score Sam Poe", "sales")
    assert has(r"of leads like this are won", said), said
    assert has(r"Speaks against it: source Cold list \(9 of 75 won\)", said), said


async def test_the_likelier_is_called_first(team, learned):
    said = await asks(team.person("ana"), "/lead next", "sales")
    assert said.index("Dana Roe") < said.index("Sam Poe"), said
