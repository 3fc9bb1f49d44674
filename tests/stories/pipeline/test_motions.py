"""Two motions, and whether the work goes where it can be won: created beside captured, touches beside chances."""

import re

import pytest

from tests.stories.face.seen import home_lines
from tests.stories.pipeline import books
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks, texts

pytestmark = pytest.mark.engines("sqlite")

GAP = re.compile(r"gap[^\n]{0,40}\bin (about )?\d+ days", re.IGNORECASE)


@pytest.fixture
async def ana(team):
    await books.a_record(team)
    return team.person("ana")


async def everything(person) -> str:
    """What a rep is shown of their pipeline without asking twice: Home, the pipeline, and their direct channel."""
    await person.opens_home()
    return "\n".join([*home_lines(person), await asks(person, "/pipeline"), *texts(person)])


async def a_week_later(town):
    for moment in ("2026-09-18 16:40", "2026-09-21 09:30", "2026-09-21 13:30", "2026-09-21 16:40"):
        await town.jump(moment, books.HERE)


async def test_created_and_captured_stand_side_by_side(ana, team):
    """Two motions (#28): five captured, none created in 14 days, and when that gap will be felt."""
    for number in range(5):
        await books.was_won(team, f"Sale {number}", TODAY - days(2 + number), age=40)
    await a_week_later(team)
    said = await everything(ana)
    counted = [one for one in said.splitlines() if re.search(r"14 days", one)]
    assert any(
        re.search(r"captured|won", one, re.IGNORECASE)
        and re.search(
            r"(created|opened) (0|none)|(0|none|nothing) (was )?(created|opened)", one, re.IGNORECASE
        )
        for one in counted
    ), said
    assert GAP.search(said), said


async def test_who_creates_as_well_reads_of_no_gap(ana, team):
    """Both motions run (#28): no warning, the two counts alone."""
    for number in range(5):
        await books.was_won(team, f"Sale {number}", TODAY - days(2 + number), age=40)
        await books.stands(team, books.NAMES[number], age=3 + number)
    await a_week_later(team)
    said = await everything(ana)
    assert re.search(r"(created|opened) [1-5]\b|[1-5] (created|opened)", said, re.IGNORECASE), said
    assert not GAP.search(said)


async def test_busy_but_empty_is_looked_into_in_order(ana, team):
    """Activity green, pipeline empty, two weeks (#29): fit first, then skill, then volume."""
    for day in (14, 16, 18, 21, 23, 25):
        await team.jump(f"2026-09-{day} 15:00", books.HERE)
        await ana.says("/log 30 calls", channel="sales")
    for moment in ("2026-09-28 09:30", "2026-09-28 16:40", "2026-09-29 09:30"):
        await team.jump(moment, books.HERE)
    said = await everything(ana)
    assert re.search(r"\b180 (calls|touches|activities)", said), said
    found = [re.search(one, said, re.IGNORECASE) for one in (r"\bfit\b|right customers", r"skill", r"volume")]
    assert all(found), said
    assert [one.start() for one in found] == sorted(one.start() for one in found)


async def test_touches_are_held_against_chances(ana, team):
    """Time on winnable deals (#26): six of ten touches went to a deal nobody ever won so late, by name."""
    await books.stands(team, "Lockside", age=141)
    await books.stands(team, "Granary", age=20)
    await ana.says("/log 6 calls Lockside", channel="sales")
    await ana.says("/log 4 calls Granary", channel="sales")
    await a_week_later(team)
    said = await everything(ana)
    line = next(
        (one for one in said.splitlines() if re.search(r"60\s?%", one) and "touch" in one.lower()), ""
    )
    assert line, said
    assert re.search(r"Granary|Lockside", said[said.index(line) :])


async def test_touches_that_go_to_deals_that_can_be_won_are_no_news(ana, team):
    """Nothing is said of touches that are well spent (#26): neither in private nor anywhere else."""
    await books.stands(team, "Granary", age=20)
    await ana.says("/log 6 calls Granary", channel="sales")
    await a_week_later(team)
    assert not re.search(r"\d\s?% of your touches", await everything(ana))


async def test_whose_touches_went_where_is_on_no_channel(ana, team):
    """Here alone (#26): the digest everybody reads says nothing of it; holds today and must stay so."""
    await books.stands(team, "Lockside", age=141)
    await ana.says("/log 6 calls Lockside", channel="sales")
    await a_week_later(team)
    assert not re.search(r"touches", "\n".join(texts(team.person("ben"), "sales")))
