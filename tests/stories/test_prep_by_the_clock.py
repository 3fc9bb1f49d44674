"""How long a talk takes to prepare from nothing (#15–#17), by a model of what is typed, read and tapped.

Nobody is timed. The model: 3.3 characters a second, every word that is shown read at 250 a minute, a second and a half
for a tap, the way to the next field included. Two minutes are asked for and kept from a name nobody knows: 117 seconds
with the answers of the example in `prepared/test_show.py`. They are not kept from a meeting that is promised first, of
which nothing is known: its promise and a brief that is amber all over are read besides, 187 seconds in all.
"""

import pytest

from tests.stories.face.seen import presses
from tests.stories.leads.prospected import fills, newest
from tests.stories.pipeline.walked import asks
from tests.stories.prepared.prepared import questions

pytestmark = pytest.mark.engines("sqlite")

TYPES = 3.3  # characters a second
READS = 250 / 60  # words a second
TAP = 1.5  # seconds
MOST = 120  # seconds, as it is asked for


class Clock:
    """What a person spends, in seconds, going through it as they do."""

    def __init__(self, person) -> None:
        self.person, self.spent = person, 0.0

    def reads(self) -> str:
        said = self.person.modal() or newest(self.person)
        self.spent += len(said.split()) / READS
        return said

    async def types(self, line) -> str:
        self.spent += len(line) / TYPES + TAP
        await asks(self.person, line, "sales")
        return self.reads()

    async def taps(self, label) -> str:
        self.spent += TAP
        await presses(self.person, label, where="sales")
        return self.reads()

    async def fills(self, answers, ticks) -> str:
        """Fill the form's fields, a tap to each, tick some boxes, and save."""
        self.spent += sum(len(one) / TYPES + TAP for one in answers.values()) + TAP * len(ticks) + TAP
        await fills(self.person, {**answers, **ticks})
        return self.reads()


TOLD = {
    r"^who is": "Dana Poe, CFO",
    r"changed": "they opened a second depot in Leeds",
    r"worth": "Forty hours of sorting a month",
    r"stop": "Their board meets in November only",
    r"how much": "24k",
}
DECIDES = {r"decision": "They decide"}


async def test_from_a_name_nobody_knows_to_four_of_four(team):
    clock = Clock(team.person("ana"))
    await clock.types("/prep Alder Yard")
    await clock.taps(r"^prepare")
    said = await clock.fills(TOLD, DECIDES)
    assert "4 of 4 ready" in said, said
    assert len(questions(said)) >= 5, said
    assert clock.spent <= MOST, clock.spent


async def test_of_a_deal_that_stands_already(team):
    """Typed before the day: its brief is one form away, and nothing that is known is asked for."""
    ana = team.person("ana")
    await asks(ana, "/deal Alder Yard 24k closes 15 Dec", "sales")
    await asks(ana, "/lead fact Alder Yard: they open a second depot", "sales")
    clock = Clock(ana)
    await asks(ana, "/prep Alder Yard", "sales")
    form = await clock.taps(r"^who, value, obstacle")
    assert "changed" not in form, form
    assert "How much" not in form, form
    said = await clock.fills({label: TOLD[label] for label in (r"^who is", r"worth", r"stop")}, DECIDES)
    assert "4 of 4 ready" in said, said
    assert clock.spent <= MOST, clock.spent
