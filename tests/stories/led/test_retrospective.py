"""The retrospective at a period's close: to the manager, of the team and the system, and what the leader changes."""

import pytest

from tests.stories.craft.test_four_lights import COLOURS, parts
from tests.stories.leads.prospected import comes
from tests.stories.led.led import (
    NONSENSE,
    RETROSPECTIVE,
    a_good_week,
    asks,
    asks_for_a_discount,
    came,
    edits,
    fills,
    goal,
    has,
    joined,
    lives,
    mark,
    note,
    people,
    presses,
    readers_of,
    red_thing,
    retrospectives,
    since,
    texts,
    tried,
    types,
)
from tests.stories.prepared.prepared import refused

pytestmark = pytest.mark.engines("sqlite")

LINE = "/team retrospective"
CHANGE = r"chang|differently|will (I|you) do"
PLEDGE = "I read every lead list on Tuesdays"


@pytest.fixture
async def quarter(team, ana, ben):
    """A quarter that Ana and Ben will not reach: $60k each, the right thing of Ana's red."""
    await red_thing(team)
    await a_good_week(team)
    for person in (ana, ben):
        await goal(person)


async def closes(town, *readers, first="2026-09-28", last="2026-10-07"):
    """Live over the close of the third quarter; the mark stands before October."""
    if first < "2026-10-01":
        await lives(town, first, "2026-09-30")
    before = mark(*readers)
    await lives(town, "2026-10-01", last)
    return before


async def changes(mia, words=PLEDGE) -> str:
    """Say in the retrospective what one changes."""
    return await edits(mia, RETROSPECTIVE, {CHANGE: words}, LINE, button=CHANGE + r"|^answer|^note|^add")


async def test_it_comes_to_the_manager_once(team, quarter, ana, ben, mia):
    """The leader owns it (#11): one message to Mia within a week of the close, in her working hours; none to a rep."""
    before = await closes(team, ana, ben, mia)
    assert len(retrospectives(mia, before)) == 1, since(mia, before)
    assert retrospectives(ana, before) == retrospectives(ben, before) == []
    assert all(8 <= one.hour < 19 for one in came(mia, before)), came(mia, before)


async def test_it_has_the_four_lights_of_the_team(team, quarter, mia):
    """Four factors in their order (#11, #67): each with a colour, or why it cannot be told."""
    [said] = retrospectives(mia, await closes(team, mia))
    for one in parts(said):
        assert has(COLOURS, one), one


async def test_it_says_what_targets_moved(team, quarter, ana, mia):
    """What the system did (#11): a target that was changed in mid-quarter is counted."""
    await asks(mia, "/goal set @ana 90k this quarter because the region grew", "sales")
    if mia.modal():
        await mia.closes(everything=True)
    [said] = retrospectives(mia, await closes(team, mia))
    assert has(
        r"(\b1|one|a) (target|goal)[^\n]*(moved|changed|raised)|(moved|changed|raised)[^\n]*target", said
    ), said


async def test_it_says_what_approvals_were_late(team, quarter, ana, mia):
    """What the system did (#11): Ana's lower price waited over the close without an answer."""
    await asks_for_a_discount(team, ana)
    [said] = retrospectives(mia, await closes(team, mia, first="2026-09-29"))
    assert has(r"(approval|answer|decision|discount)[^\n]*(late|wait|\d+ (working )?days?|open)", said), said


async def test_it_says_what_leads_were_left(team, quarter, mia):
    """What the system did (#11): a lead that nobody touched for a fortnight is counted."""
    await comes(mia, "ana")
    [said] = retrospectives(mia, await closes(team, mia))
    assert has(r"(\b1|one|a) leads?[^\n]*(untouched|not touched|nobody|never|waited|no touch)", said), said


async def test_nothing_went_wrong_in_the_system_is_no_list_of_noughts(team, quarter, mia):
    """No padding (#11): what did not happen takes no line of noughts, and nothing is nonsense."""
    [said] = retrospectives(mia, await closes(team, mia))
    assert not has(r"\b0 (targets?|approvals?|leads?)[^\n]*\n[^\n]*\b0 (targets?|approvals?|leads?)", said), (
        said
    )
    assert not NONSENSE.search(said), said
    assert len([one for one in said.splitlines() if one.strip()]) <= 35, said


async def test_no_rep_is_named_in_it(team, quarter, mia):
    """Nobody under the bus (#11): the team's and the leader's part, no name of Ana or Ben, no blame."""
    [said] = retrospectives(mia, await closes(team, mia))
    assert not has(r"\bAna\b|\bBen\b|<@U[12]", said), said
    assert not has(r"blame|fault of|failed to|let (us|the team) down|underperform", said), said


async def test_the_leader_says_what_changes_and_it_is_kept(team, quarter, mia):
    """Owned (#11): what Mia writes stands in the retrospective as she wrote it."""
    await closes(team, mia)
    await changes(mia)
    assert PLEDGE in await types(mia, LINE)


async def test_it_asks_by_a_button_of_the_message(team, quarter, mia):
    """On the spot (#11): the message itself has the button, a form with one field is all."""
    before = await closes(team, mia)
    assert retrospectives(mia, before), since(mia, before)
    await presses(mia, CHANGE, where=mia._place(None).id)
    await fills(mia, {CHANGE: PLEDGE})
    assert PLEDGE in await types(mia, LINE)


async def test_next_time_it_is_asked_about(team, quarter, ana, mia):
    """Asked next time (#11): the retrospective of the fourth quarter quotes the change and asks whether it was made."""
    await closes(team, mia)
    await changes(mia)
    await goal(ana)
    await team.jump("2026-12-30 09:00", "Europe/Ljubljana")
    before = mark(mia)
    await lives(team, "2026-12-31", "2027-01-08", hours=("09:15", "12:05"))
    [said] = retrospectives(mia, before)
    assert PLEDGE in said, said
    at = said.index(PLEDGE)
    assert "?" in said[max(0, at - 200) : at + 250], said


async def test_it_is_private_to_the_managers(team, quarter, ana, ben, raj, mia):
    """Private (#11): the lights of the team and Mia's words reach no rep and no channel, by no line."""
    public = len(texts(ben, "sales"))
    await closes(team, mia)
    await changes(mia)
    assert await readers_of(team, PLEDGE, LINE, "/team", "/why lights team", "/team digest") == {"mia"}
    assert not has(RETROSPECTIVE + r"|all the time", "\n".join(texts(ben, "sales")[public:]))
    for person in (ana, ben, raj):
        said = await tried(person, LINE)
        assert said
        assert not has(COLOURS + r"|targets? moved", said), said


async def test_what_is_shared_of_it_takes_three_reps(team, quarter, mia):
    """No aggregate of fewer than three: the team's lights are not in the channel for two reps, nor offered to it."""
    before = await closes(team, mia)
    [said] = retrospectives(mia, before)
    assert not has(r"\[(share|post)", said), said


async def test_a_team_of_five_names_nobody_either(team, quarter, mia):
    """More reps (#11): five of them, and still no name."""
    await joined(team, 3)
    [said] = retrospectives(mia, await closes(team, mia))
    assert not has(r"Rep\d Surname|\bAna\b|\bBen\b", said), said


async def test_notes_of_a_one_on_one_stay_out(team, quarter, mia):
    """Private to the pair (#6, #11): what was noted of Ana is in no retrospective."""
    await note(mia, "She thinks of moving to Graz")
    [said] = retrospectives(mia, await closes(team, mia))
    assert "Graz" not in said


async def test_a_period_without_a_goal_is_no_miss(team, ana, mia):
    """Nothing was aimed at (#11): no percentage, no miss; the line for it says so."""
    before = await closes(team, mia)
    said = "\n".join([*retrospectives(mia, before), await types(mia, LINE)])
    assert not has(r"\d\s?% of|missed (it|the|by)", said), said
    assert has(r"no (goal|target)|nothing|not (enough|yet)|cannot tell", said), said


async def test_a_quarter_that_ended_while_nobody_managed(team, quarter, mia):
    """Nobody there (#11): it waits; who manages from 12 October on reads it by the line, and the channel nothing."""
    await lives(team, "2026-09-14", "2026-09-25")
    await people(team, ("U1", "U2"), ())
    public = len(texts(mia, "sales"))
    before = await closes(team, mia, last="2026-10-09")
    assert retrospectives(mia, before) == []
    await people(team, ("U1", "U2"), ("U3",))
    await lives(team, "2026-10-12", "2026-10-14")
    said = await types(mia, LINE)
    assert has(r"Q3|third quarter|July|September", said), said
    assert parts(said)
    assert len(retrospectives(mia, before)) <= 1
    assert not has(RETROSPECTIVE, "\n".join(texts(mia, "sales")[public:-1]))


async def test_an_empty_change_is_none(team, quarter, mia):
    """A blank answer: refused under its field, nothing kept."""
    await closes(team, mia)
    await asks(mia, LINE, "sales")
    if not mia.modal():
        await presses(mia, CHANGE, where="sales")
    assert await refused(mia, {CHANGE: "\u200b"})
    assert "\u200b\n" not in await types(mia, LINE)
