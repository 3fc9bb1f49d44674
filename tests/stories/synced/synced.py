"""How a CRM is connected and pulled: its double and what stands there, `rainmaker …` beside the bot, time that passes.

What the doubles and the commands are taken to do stands in README.md.
"""

import os
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.known import T0
from tests.stories.craft.lived import form_inputs, has
from tests.stories.face.seen import label, presses
from tests.stories.files.typed import Ended, Terminal
from tests.stories.pipeline.walked import text_of, told

EVERY = timedelta(minutes=5)
NIGHT = ("22:05", "23:05", "00:05", "01:05", "02:05", "03:05", "04:05", "05:05", "06:05")
SECRET = "TOKEN|SECRET|KEY"  # what settings are called that nobody may read
OWNERS = {"ana": ("Ana Kovač", "ana@northwind.example"), "ben": ("Ben Ito", "ben@northwind.example")}
PAGES = {"HubSpot": "search", "Salesforce": "quer"}
CLOSES = date(2026, 10, 14)
MATCH_STAGES, MATCH_PEOPLE = r"^match stages", r"^match people"


class Watch:
    """A clock that goes with another one, `ahead` of it or behind."""

    def __init__(self) -> None:
        self.follows: Any = None
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return (self.follows.now() if self.follows else T0) + self.ahead


async def double(name: str, clock: Any) -> AsyncIterator[Any]:
    """The CRM of a vendor, on loopback, as long as somebody uses it."""
    if name == "salesforce":
        from playground.salesforce import SalesforceDouble

        async with SalesforceDouble(clock) as crm:
            yield crm
    else:
        from playground.hubspot import HubSpotDouble

        async with HubSpotDouble(clock) as crm:
            yield crm


def vendor(crm) -> str:
    """What people call it; at a terminal in small letters."""
    return "Salesforce" if "salesforce" in type(crm).__module__ else "HubSpot"


# what stands there


def owner_of(crm, name) -> str:
    """The id there of Ana or of Ben; they are made owners where they are none."""
    known = crm.__dict__.setdefault("owners_of_examples", {})
    if name not in known:
        known[name] = crm.owner(*OWNERS[name])
    return str(known[name])


def puts(crm, name="Lockside", of="ana", stage=0, **fields) -> str:
    """A deal there of 24,000 that closes on 14 October, in an open stage, of an account of its own; its id."""
    made = {"amount": "24000", "close": CLOSES, **fields}
    made["stage"] = stage if isinstance(stage, str) else open_labels(crm)[stage]
    made["owner"] = fields.get("owner") or owner_of(crm, of)
    made["account"] = fields.get("account") or crm.account(name)
    return str(crm.deal(name, **made))


def many(crm, number=60, **fields) -> list[str]:
    """So many deals of Ana's and of Ben's by turns, of one account: Depot 00, Depot 01 and on; their ids."""
    account = crm.account("Haulmate")
    both = ("ana", "ben")
    return [puts(crm, depot(one), of=both[one % 2], account=account, **fields) for one in range(number)]


def depot(number) -> str:
    return f"Depot {number:02}"


def depots(number) -> list[str]:
    return [depot(one) for one in range(number)]


def open_labels(crm) -> list[str]:
    """What open stages are called there, in their order."""
    return [one[1] for one in crm.stages if one[2] == "open"]


def ended(crm, kind="won") -> str:
    """What the stage of what is won, or lost, is called there."""
    return str(next(one[1] for one in crm.stages if one[2] == kind))


def pages(crm) -> str:
    """What stands in the paths by which pages of records come."""
    return PAGES[vendor(crm)]


# at a terminal


async def types(team, crm, *words: object, answers: str = "", **changed: str) -> Ended:
    """Type `rainmaker` and this beside the running bot.

    What an operator set for the `crm` is in the environment, where the fixtures put it; `changed` is set otherwise for
    this once.
    """
    assert crm.address
    slack = {"SLACK_API_URL": team.server.api_url, "SLACK_BOT_TOKEN": team.server.bot_token}
    with TemporaryDirectory(prefix="rainmaker-") as folder:
        url = team.bot.database.url.render_as_string(hide_password=False)
        terminal = Terminal(Path(folder), url, list({**slack, **changed}.items()))
        return await terminal.beside(*words, answers=answers)


async def connects(team, crm, *words: str, answers: str = "", **changed: str) -> Ended:
    """Type `rainmaker connect …`, whether it goes well or not; no secret and no traceback is in what is said."""
    said = await types(team, crm, "connect", vendor(crm).lower(), *words, answers=answers, **changed)
    secrets = [one for name, one in {**os.environ, **changed}.items() if has(SECRET, name)]
    secrets = [one for one in [*secrets, crm.token, *answers.split()] if len(one) > 8]
    assert not [one for one in secrets if one in said.said], said.said
    assert "Traceback" not in said.said, said.said[-1500:]
    return said


async def connect(team, crm) -> Ended:
    """Connect the CRM to the team Field, and see that it went well."""
    said = await connects(team, crm, "--team", "Field")
    assert said.code == 0, said.said
    return said


# time


async def synced(team, times: int = 1) -> None:
    """Let five minutes pass, and the pull that falls due in them run to its end."""
    for _ in range(times):
        await team.clock.advance(EVERY)
        await team.server.settled()


async def pulled(team, crm) -> None:
    """Connect the CRM, and let its first pull run to its end."""
    await connect(team, crm)
    await synced(team)


async def a_night(team, evening="2026-09-14", morning="2026-09-15") -> None:
    """Let an evening and a night pass, and what is done in them, up to noon in Ljubljana."""
    for hour in NIGHT:
        await team.jump(f"{evening if hour > '12' else morning} {hour}")
        await synced(team)
    await team.jump(f"{morning} 10:00")
    await synced(team)


# what is asked of people


def offering(person, pattern) -> list[Any]:
    """The messages in somebody's direct channel that offer this to press."""
    return [one for one in told(person) if label(one.blocks or [], pattern)]


async def asked_about(person, pattern) -> list[str]:
    """What the form behind *Match stages…* or *Match people…* asks about: the labels of its fields."""
    await presses(person, pattern, where=person._place(None).id)
    found = [str(one["label"]["text"]) for one in form_inputs(person)]
    await person.closes(everything=True)
    return found


async def matches(person, pattern, wanted: dict[str, str]) -> str:
    """Choose in that form, beside each of theirs, one of ours; what stands in the direct channel then."""
    await presses(person, pattern, where=person._place(None).id)
    named = [one["label"]["text"] for one in form_inputs(person)]
    for theirs, ours in wanted.items():
        field = next((one for one in named if theirs in one), None)
        assert field, f"“{theirs}” is not among {named}."
        await person.chooses(field, ours)
    await person.submits()
    assert not person.modal_errors(), person.modal_errors()
    if person.modal():
        await person.closes(everything=True)
    return text_of(person, told(person)[-1])
