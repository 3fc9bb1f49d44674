"""Declarations: a wrong one stops the start and says whose it is, and the real ones leave nothing out."""

import ast
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Job,
    Kind,
    Look,
    Phrase,
    Registry,
    Rendered,
    Section,
    Shown,
    Subject,
    Surface,
    routes,
)
from handlers.registry import FEATURES, REGISTRY
from handlers.reply import NOTHING, Reply
from messages.followups import followup
from messages.undo import UNDO
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence, ScheduleSpec
from sales.people.member import Member
from sales.people.permission import Act
from sales.people.team import Team
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.scope import Scope
from tests.features import note
from tests.setup_story import sets_up

HANDLERS = Path(__file__).parents[2] / "handlers"
ROUTED = ("actions", "views", "shortcuts")


async def answer(context: Context) -> Reply:
    return NOTHING


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    return []


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    return Skip("This is a test.")


async def show(look: Look) -> Shown | None:
    return None


def noon(team: Team, member: Member) -> ScheduleSpec:
    return ScheduleSpec("whistle", member.user_id, member.zone, time(12, 0), 0b1111111, 0, enabled=True)


def command(name: str, act: Any = Act.OWN_WORK) -> Command:
    return Command(name, "", "for the test", f"/{name}", answer, act, order=99)


def kind(key: str) -> Kind:
    return Kind(NudgeKind(key, "For the test", "said by a test"), render)


def job(key: str, spec: Any = noon) -> Job:
    return Job(key, CatchUp.DELIVER_LATEST, decide, of=Subject.MEMBER, spec=spec)


def first(kind: str) -> str:
    """Return an id of a kind that is answered already."""
    return next(name for feature in FEATURES for name in getattr(feature, kind))


def quince(**declared: Any) -> Feature:
    return Feature(name="quince", **declared)


WRONG: dict[str, tuple[Callable[[], Feature], str]] = {
    "a command that another feature has": (lambda: quince(commands=(command("goal"),)), "goal"),
    "a word after a command that another has": (lambda: quince(commands=(command("team leave"),)), "team leave"),
    "a command twice": (lambda: quince(commands=(command("whistle"), command("whistle"))), "whistle"),
    "a kind that another has": (lambda: quince(kinds=(kind(END_OF_DAY),)), END_OF_DAY),
    "a kind twice": (lambda: quince(kinds=(kind("whistle"), kind("whistle"))), "whistle"),
    "a button that another has": (lambda: quince(actions=routes(Act.OWN_WORK, {UNDO: answer})), UNDO),
    "a form that another has": (
        lambda: quince(views=routes(Act.OWN_WORK, {first("views"): answer})),
        first("views"),
    ),
    "a shortcut that another has": (
        lambda: quince(shortcuts=routes(Act.OWN_WORK, {followup.SHORTCUT: answer})),
        followup.SHORTCUT,
    ),
    "a job that another has": (lambda: quince(jobs=(job(END_OF_DAY),)), END_OF_DAY),
    "a job twice": (lambda: quince(jobs=(job("whistle"), job("whistle"))), "whistle"),
    "a job without a schedule": (lambda: quince(jobs=(job("whistle", None),)), "whistle"),
    "words for a command that nobody has": (
        lambda: quince(phrases=(Phrase(r"(?:please )?whistle (.*)", "whistle", r"\1"),)),
        "whistle",
    ),
    "a section for a surface that does not exist": (
        lambda: quince(sections=(Section("attic", 10, show, Act.OWN_WORK),)),
        "attic",
    ),
    "a command without an act": (lambda: quince(commands=(command("whistle", None),)), "whistle"),
    "a button without an act": (lambda: quince(actions=routes(None, {"quince.whistle": answer})), "quince.whistle"),
    "a form without an act": (lambda: quince(views=routes(None, {"quince.whistle": answer})), "quince.whistle"),
    "a shortcut without an act": (
        lambda: quince(shortcuts=routes(None, {"quince.whistle": answer})),
        "quince.whistle",
    ),
    "a section without an act": (lambda: quince(sections=(Section(Surface.HOME, 10, show, None),)), ""),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_declared_wrongly_stops_the_start_and_says_whose_it_is(wrong):
    declared, what = WRONG[wrong]
    with pytest.raises(ValueError, match="quince") as stopped:
        Registry.of((*FEATURES, declared()))
    assert what.casefold() in str(stopped.value).casefold()


def test_what_is_declared_rightly_does_not():
    right = quince(
        commands=(command("whistle"), command("whistle loudly")),
        phrases=(Phrase(r"(?:please )?whistle (.*)", "whistle", r"\1"),),
        actions=routes(Act.OWN_WORK, {"quince.whistle": answer}),
        views=routes(Act.OWN_WORK, {"quince.save": answer}),
        jobs=(job("whistle"),),
        kinds=(kind("whistle"),),
        sections=(Section(Surface.HOME, 10, show, Act.OWN_WORK),),
    )
    assert isinstance(Registry.of((*FEATURES, right)), Registry)
    assert isinstance(Registry.of((*FEATURES, note.FEATURE)), Registry)
    assert isinstance(REGISTRY, Registry)


def test_every_feature_has_a_name_of_its_own():
    names = [feature.name for feature in FEATURES]
    assert all(names)
    assert len(names) == len(set(names))


# the acts


def test_everything_that_is_asked_for_names_an_act():
    named = {f"/{one.name}": one.act for feature in FEATURES for one in feature.commands}
    for kind in ROUTED:
        named |= {
            f"{kind} {name}": route.act
            for feature in FEATURES
            for name, route in getattr(feature, kind).items()
        }
    named |= {
        f"section {number} of {feature.name}": one.act
        for feature in FEATURES
        for number, one in enumerate(feature.sections)
    }
    assert len(named) > 80
    assert [what for what, act in named.items() if not isinstance(act, Act)] == []


# the tables


def declared_first(declaration: Any) -> Any:
    """Return what a declaration names first: the table of a record, the rules of a kind."""
    return getattr(declaration, fields(declaration)[0].name)


RECORDS = {declared_first(record).__tablename__: record for feature in FEATURES for record in feature.records}


def test_every_table_is_declared_by_exactly_one_feature():
    times = Counter(
        declared_first(record).__tablename__ for feature in FEATURES for record in feature.records
    )
    assert dict(times) == dict.fromkeys(SQLModel.metadata.tables, 1)


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_every_table_is_exported_and_erased_or_says_why_it_is_not(name):
    record = RECORDS[name]
    reasoned = " " in (record.exempt or "").strip()
    assert reasoned or (record.exported and record.erased)
    if isinstance(record.erased, str):
        assert record.erased in SQLModel.metadata.tables[name].columns


# the off switches


async def test_every_kind_that_can_be_switched_off_is_offered_in_the_settings(town):
    """Mia is an admin, and now a manager and a rep as well: everything may come to her."""
    mia = town.person("mia")
    await sets_up(mia, "Field", ["mia", "ana"])
    await mia.closes()
    await mia.says("/rainmaker settings")
    kinds = [declared_first(one) for feature in (*FEATURES, note.FEATURE) for one in feature.kinds]
    mutable = [kind.name for kind in kinds if kind.mutable]
    assert "End-of-day prompt" in mutable
    offered = {one.strip(" ()") for one in re.split(r"[☑☐\n(]", mia.modal())}
    assert [name for name in mutable if name not in offered] == []


# the imports


def inside_functions(source: str) -> list[int]:
    """Return the lines of a module on which a function imports something."""
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    found = {
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    return sorted(found)


def test_no_function_of_a_handler_imports():
    found = {
        f"{path.relative_to(HANDLERS.parent)}:{line}"
        for path in HANDLERS.rglob("*.py")
        for line in inside_functions(path.read_text(encoding="utf-8"))
    }
    assert found == set()
