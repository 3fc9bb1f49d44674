"""Do we agree whom we want: reps describe the ideal client apart, and the manager sees where they differ."""

import pytest

from tests.stories.craft.lived import has, line_with, since
from tests.stories.face.seen import presses
from tests.stories.leads.books import HERE
from tests.stories.leads.prospected import AGREE, PROFILE, fills, offers, opens, reads, understood, wants

pytestmark = pytest.mark.engines("sqlite")

ASKED = r"ideal client|best (kind of )?customer|whom (do )?we want"
DESCRIBE = r"describe|ideal client|answer"


async def begins(town, mia) -> None:
    """The manager asks everybody: in a line, or by the button of the ideal client. Then all three are at work."""
    line, _ = await understood(mia, r"agree|asked|describe", *AGREE, helped=r"agree")
    if not line:
        await opens(mia, r"ideal client", *PROFILE, helped=r"ideal client")
        await presses(mia, r"agree", where="sales")
    elif offers(mia, r"^(ask|begin|start)"):
        await presses(mia, r"^(ask|begin|start)", where="sales")
    await town.jump("2026-09-14 15:05", HERE)


async def describes(person, **given) -> None:
    """Answer in one's own direct channel what one was asked there."""
    await presses(person, DESCRIBE, where=person._place(None).id)
    await fills(person, wants(**given))


async def compared(mia) -> str:
    return await reads(mia, r"agree|differ|answered", *AGREE, helped=r"agree")


@pytest.fixture
async def asked(team, three, mia):
    await begins(team, mia)
    return three


async def test_each_is_asked_alone(asked, team, ana):
    """Apart from each other (#78): one message in each direct channel, none in the channel of all."""
    for person in asked:
        found = [one for one in since(person, {person.person.id: 0}) if has(ASKED, one)]
        assert len(found) == 1, (person.person.name, found)
    assert not [one for one in ana.sees("sales") if has(r"describe", one) and "only visible" not in one]


async def test_nobody_is_shown_what_the_others_said(asked):
    """Apart from each other (#78): what Ana described stands in no message of Ben's, and not in his form."""
    ana, ben, _ = asked
    await describes(ana, sector="Harbours")
    await presses(ben, DESCRIBE, where=ben._place(None).id)
    assert "Harbours" not in ben.modal() + "\n".join(ben.sees())


async def test_the_manager_sees_where_they_differ(asked, mia):
    """Harbours, retail and harbours; one size; one sells on price (#78): what differs is said, not what is alike."""
    ana, ben, raj = asked
    await describes(ana, sector="Harbours")
    await describes(ben, sector="Retail", sells_on="price")
    await describes(raj, sector="Harbours")
    said = await compared(mia)
    assert "Harbours" in said, said
    assert "Retail" in said, said
    assert has(r"differ|apart|not agree|disagree", said), said
    assert has(r"price", said), said
    assert not has(r"differ", line_with(said, r"employees")), said


async def test_three_who_agree_are_said_to(asked, mia):
    """All alike (#78): that they agree, which is worth knowing too."""
    for person in asked:
        await describes(person, sector="Harbours")
    said = await compared(mia)
    assert has(r"\bagree", said), said
    assert not has(r"disagree|not agree|differ from", said), said


async def test_a_rep_does_not_read_the_comparison(asked):
    """The manager's (#78): a rep who types the line reads of no other rep."""
    ana, ben, _ = asked
    await describes(ana, sector="Harbours")
    await describes(ben, sector="Retail")
    line, said = await understood(ana, r"Retail", *AGREE, helped=r"agree")
    assert not line, said
    assert "Retail" not in "\n".join(ana.sees())
