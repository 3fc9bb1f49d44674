"""A section joins the evening prompt and the digest by its declaration alone, and no surface knows of it."""

import ast
from pathlib import Path

import pytest

from handlers.feature import (
    Feature,
    Line,
    Look,
    Registry,
    Section,
    Shown,
    Surface,
    TeamLook,
    TeamSection,
    Tells,
    Told,
)
from handlers.registry import FEATURES
from messages.blocks import section
from sales.people.audience import may_read
from sales.people.permission import Act
from sales.people.team import Audience
from tests.features.boot import booted
from tests.setup_story import sets_up

ROOT = Path(__file__).parents[2]


async def in_evening(look: Look) -> Shown:
    return Shown([section(f"A quince a day, {look.member.name}.")])


async def reason_to_write(look: Look) -> Shown:
    return Shown([section("One quince is ripe.")], why="A quince was ripe.")


async def in_digest(look: TeamLook) -> Told:
    names = ", ".join(one.name for one in look.reps.values())
    lines = [Line("*Quinces: 3*", Tells.TEAM), Line(f"By {names}", Tells.GOOD_NEWS)]
    return Told(paragraphs=[lines], says_something=True)


def quince(*sections: Section | TeamSection) -> Feature:
    return Feature(name="quince", sections=sections)


ALONG = Section(Surface.EVENING, 15, in_evening, Act.OWN_WORK)
LEADING = Section(Surface.EVENING, 15, reason_to_write, Act.OWN_WORK, leads=True)
TEAM = TeamSection(Surface.DIGEST, 15, in_digest, Act.SEE_TEAM)


async def set_up(town):
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana", "ben"], managers=["mia", "raj"])
    await mia.closes()


async def test_a_section_comes_along_in_the_evening_and_gives_no_reason_to_write(database_url):
    async with booted(database_url, (*FEATURES, quince(ALONG))) as town:
        await set_up(town)
        ana, ben = town.person("ana"), town.person("ben")
        await ana.says("/followup Acme today send the ROI sheet")
        await town.jump("16:36", "Europe/Ljubljana")
        (said,) = [text for text in ana.sees() if "promise is still open" in text]
        assert (
            said.index("send the ROI sheet") < said.index("A quince a day, Ana") < said.index("nothing yet")
        )
        await town.jump("16:36", "America/New_York")
        assert not any("quince" in text for text in ben.sees())


async def test_one_that_leads_is_a_reason_to_write(database_url):
    async with booted(database_url, (*FEATURES, quince(LEADING))) as town:
        await set_up(town)
        await town.jump("16:36", "Europe/Ljubljana")
        (said,) = [text for text in town.person("ana").sees() if "quince" in text]
        assert "Logged today  nothing yet" in said
        assert "open" not in said


async def test_a_section_of_a_team_stands_in_its_digest(database_url):
    async with booted(database_url, (*FEATURES, quince(TEAM))) as town:
        await set_up(town)
        (said,) = await town.person("mia").says("/team digest")
        assert "Quinces: 3" in said
        assert said.index("Quinces: 3") < said.index("By Ana") < said.index("Goals come next")


@pytest.mark.parametrize(
    "wrong",
    [
        Section(Surface.DIGEST, 10, in_evening, Act.OWN_WORK),
        TeamSection(Surface.HOME, 10, in_digest, Act.SEE_TEAM),
    ],
)
def test_a_section_of_the_wrong_sort_stops_the_start(wrong):
    with pytest.raises(ValueError, match="quince: its section on"):
        Registry.of([quince(wrong)])


@pytest.mark.parametrize("tells", list(Tells))
def test_everything_a_smaller_audience_reads_a_larger_one_reads_too(tells):
    seen = [may_read(audience, tells) for audience in Audience]
    assert seen == sorted(seen)


@pytest.mark.parametrize("room", ["handlers", "messages"])
@pytest.mark.parametrize("surface", ["evening", "digest"])
def test_no_surface_knows_a_feature(room, surface):
    """What a surface is told of people and their team it may know, and how it is sent; nothing of what they do."""
    imported = [
        node.module or ""
        for node in ast.walk(ast.parse((ROOT / room / "surfaces" / f"{surface}.py").read_text()))
        if isinstance(node, ast.ImportFrom)
    ]
    chapters = {".".join(name.split(".")[1:2]) for name in imported}
    assert not chapters & {"followups", "pipeline", "goals", "audit", "prospects", "craft", "coaching"}
