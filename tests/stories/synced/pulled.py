"""What is known here of a CRM: by `rainmaker export`, by cards and lists, and by `/rainmaker sync`."""

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from tests.stories.craft.lived import has, line_with
from tests.stories.files import ways_out
from tests.stories.pipeline.walked import asks
from tests.stories.synced.synced import types

HERE = "Europe/Ljubljana"
PROGRAMS = (
    r"\b(400|401|403|404|429|500|502)\b|Traceback|<html|JSON|INVALID_|None\b|\bnull\b"  # not for people
)
NUMBERS = count(1)


# what is known here


async def book(team, crm) -> dict[str, list[dict[str, str]]]:
    """Everything the workspace owns, as `rainmaker export` writes it: its tables by name."""
    with TemporaryDirectory(prefix="rainmaker-") as folder:
        out = Path(folder) / f"out{next(NUMBERS)}"
        done = await types(team, crm, "export", out)
        assert done.code == 0, done.said
        return ways_out.tables(out)


async def table(team, crm, kind="deals") -> list[dict[str, str]]:
    return ways_out.table(await book(team, crm), kind)


async def names(team, crm) -> list[str]:
    """What the deals are called that are known here, each as often as it is there."""
    return sorted(one["name"] for one in await table(team, crm))


async def row(team, crm, name="Lockside") -> dict[str, str]:
    """The one deal of this name, as it is exported."""
    found = [one for one in await table(team, crm) if one["name"] == name]
    assert len(found) == 1, f"{name} is there {len(found)} times: {found}"
    return found[0]


async def worth(team, crm, name="Lockside") -> tuple[str, str]:
    """What a deal is worth here, and in which currency; ("", …) where nobody said."""
    found = await row(team, crm, name)
    return found["value"], found["currency"]


# what is read


async def card(person, name="Lockside") -> str:
    return await asks(person, f"/deal {name}", "sales")


async def lists(person) -> str:
    """The open deals of somebody, as `/deal` lists them."""
    return await asks(person, "/deal", "sales")


async def status(team) -> str:
    """What a manager reads of the CRM: `/rainmaker sync`, which pulls as well."""
    return await asks(team.person("mia"), "/rainmaker sync", "sales")


def clock(team, zone=HERE) -> str:
    """What time it is somewhere, as 11:05."""
    return str(team.clock.now().astimezone(ZoneInfo(zone)).strftime("%H:%M"))


def line(text, *patterns) -> str:
    """The line that says all of these; fails where none does."""
    found = line_with(text, *patterns)
    assert found, f"No line says {' and '.join(patterns)}:\n{text}"
    return found


def calm(text: str) -> str:
    """A text that is for people: no number of an error, nothing of a program's."""
    assert not has(PROGRAMS, text), text
    return text
