"""Stages are a team's own: what they are called, what each needs, and what becomes of deals when one goes."""

import re

import pytest

from playground.views import elements
from tests.stories.face.seen import label, modal, presses
from tests.stories.pipeline import books
from tests.stories.pipeline.walked import asks, card, edits, last_open, text_of, told

pytestmark = pytest.mark.engines("sqlite")


async def stages_of(person) -> str:
    """The way to the stages: `/team stages`, or what `/team settings` offers under that name; return what is read."""
    said = await asks(person, "/team stages", "sales")
    if not person.modal() and label(told(person, "sales")[-1].blocks, r"edit|change|stages"):
        await presses(person, r"edit|change|stages", where="sales")
    return person.modal() or said


def fields(person):
    """The text fields of the open form: (label, what it holds, whether it takes several lines)."""
    modal(person)
    return [
        (block["label"]["text"], element.get("initial_value", ""), element.get("multiline", False))
        for block, element in elements(person._workspace.modal(person.person.id).blocks)
        if block["type"] == "input" and element["type"] == "plain_text_input"
    ]


async def adds(person, stage):
    """One more stage: a line of the list, or the first field for one that is empty."""
    named = [one for one in fields(person) if re.search("stage", one[0], re.IGNORECASE)]
    assert named, f"No field of the form is a stage's:\n{person.modal()}"
    name, held, _ = next((one for one in named if one[2] or not one[1]), named[-1])
    await person.fills(name, f"{held}\n{stage}".strip())
    await person.submits()


async def removes(person, stage):
    """One stage less: its line taken out of the list, or its field emptied."""
    found = [one for one in fields(person) if stage in one[1]]
    assert found, f"The form does not name the stage {stage}:\n{person.modal()}"
    name, held, _ = found[0]
    await person.fills(name, "\n".join(one for one in held.splitlines() if stage not in one))
    await person.submits()


async def test_a_manager_sees_the_stages_and_what_each_needs(team):
    """Stages per team, editable, each with what it needs before a deal may stand there (#23, #47)."""
    mia = team.person("mia")
    said = await stages_of(mia)
    assert mia.modal(), said
    assert re.search(r"stage", said, re.IGNORECASE)
    assert re.search(r"need|require|before", said, re.IGNORECASE), said


async def test_a_rep_reads_the_stages_and_does_not_change_them(team):
    """What a team decides is the manager's (permission): no form opens for a rep."""
    ana = team.person("ana")
    said = await asks(ana, "/team stages", "sales")
    assert ana.modal() is None
    assert re.search(r"manager", said, re.IGNORECASE), said


async def test_a_stage_that_was_added_is_offered_on_the_card(team):
    """A stage of the team's own can be chosen on a card (#23)."""
    mia, ana = team.person("mia"), team.person("ana")
    await books.stands(team, "Lockside")
    await stages_of(mia)
    await adds(mia, "Site visit")
    await card(ana, "Lockside")
    await edits(ana, r"stage", "Site visit")
    assert "Site visit" in await card(ana, "Lockside")


async def test_moving_on_says_what_the_stage_still_needs(team):
    """A late stage with nobody who decides and no obstacle named is said on the spot (#24, #55)."""
    ana = team.person("ana")
    await books.stands(team, "Lockside")
    await card(ana, "Lockside")
    await edits(ana, r"stage", last_open)
    said = text_of(ana, told(ana, "sales")[-1])
    assert re.search(r"decision maker|who decides", said, re.IGNORECASE), said
    assert re.search(r"stop|obstacle", said, re.IGNORECASE), said


async def test_a_stage_with_deals_in_it_does_not_vanish_under_them(team):
    """A stage removed while deals stand in it: says how many and asks where to; no deal is lost from sight."""
    mia, ana = team.person("mia"), team.person("ana")
    await books.many_stand(team, ("Lockside", "Granary"), stage_label="Pilot")
    await stages_of(mia)
    await removes(mia, "Pilot")
    said = "\n".join([mia.modal() or "", *mia.modal_errors().values(), text_of(mia, told(mia, "sales")[-1])])
    assert re.search(r"\b(2|two)\b", said), said
    assert re.search(r"where|move|which stage|instead|stand", said, re.IGNORECASE), said
    assert "Lockside" in await asks(ana, "/deal", "sales")
