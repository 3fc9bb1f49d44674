"""What a pair has on its page: items, notes, what was agreed on, and which pack came, on either engine."""

from datetime import date, timedelta

import pytest

from bot.erase.person import forget, planned
from sales.coaching.agenda import NOTES_SHOWN, REMEMBERED, Pair
from sales.coaching.one_on_one import RepWeek
from sales.coaching.pack import PACK, PackFact, PackFactKind, marks
from sales.followups.followup import FollowUp, FollowUpState
from sales.language.dates.period import DaySpan
from sales.language.figures import number
from sales.nudges.ledger import RAN_OUT, DeliveryState, Nudge, delivery_id
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from storage.coaching import agenda as queries
from storage.coaching import pack as packs
from storage.followups.followup import add_followup
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)
NAMES = {"U1": "Ana Kovač", "U2": "Ben Ito", "U3": "Mia Horvat", "U4": "Raj Patel"}
PAIR, OTHER_REP, OTHER_MANAGER = (
    Pair(rep_id=rep, manager_id=manager) for rep, manager in (("U1", "U3"), ("U2", "U3"), ("U1", "U4"))
)


async def field(scope) -> None:
    for user_id, name in NAMES.items():
        await meet_member(scope, Member(user_id=user_id, name=name))
    team = await add_team(scope, Team(name="Field"))
    await set_people(scope, team.id, ["U1", "U2"], ["U3", "U4"])


async def agreed(scope, pair, owner_id, what, due_on, state=FollowUpState.OPEN):
    settled = {} if state is FollowUpState.OPEN else {"settled_at": T0}
    said = FollowUp(owner_id=owner_id, who="1:1", what=what, due_on=due_on, state=state, **settled)
    row = await add_followup(scope, said, T0)
    return await queries.add_action(scope, pair, row.id, TODAY)


async def of_each(scope) -> None:
    """An item, a note and an action of each pair, and a pack."""
    for pair in (PAIR, OTHER_REP, OTHER_MANAGER):
        said = f"{pair.rep_id} and {pair.manager_id}"
        await queries.add_item(scope, pair, pair.manager_id, said, T0)
        await queries.add_note(scope, pair, pair.rep_id, said, TODAY)
        await agreed(scope, pair, pair.rep_id, said, TODAY)
        await packs.note_sent(scope, pair, None, TODAY, "")


async def test_a_page_is_of_one_pair(database):
    """A second manager of the same rep, and a second rep of the same manager, have pages of their own."""
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        await of_each(scope)
    async with database.read(WORKSPACE) as scope:
        for pair in (PAIR, OTHER_REP, OTHER_MANAGER):
            found, said = await queries.agenda_of(scope, pair, TODAY), f"{pair.rep_id} and {pair.manager_id}"
            assert [one.text for one in (*found.items, *found.notes)] == [said, said]
            assert [one.what for one in found.actions] == [said]
    async with database.read("T2") as scope:
        assert not (await queries.agenda_of(scope, PAIR, TODAY)).items


async def test_what_was_talked_about_is_open_no_more(database):
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        rows = [await queries.add_item(scope, PAIR, "U1", number(at), T0) for at in range(3)]
        await queries.settle(scope, rows[1:2], T0)
    async with database.read(WORKSPACE) as scope:
        assert [one.text for one in await queries.open_items(scope, PAIR)] == ["0", "2"]
        assert len(await queries.items_among(scope, [one.id for one in rows])) == 3


async def test_the_newest_notes_stand_on_the_page_and_tell_when_they_talked(database):
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        for at in (3, 1, 2, 0, 4):
            await queries.add_note(scope, PAIR, "U3", "" if at == 4 else str(at), TODAY - 4 * DAY + at * DAY)
    async with database.read(WORKSPACE) as scope:
        found = await queries.agenda_of(scope, PAIR, TODAY)
    assert [one.text for one in found.notes] == ["", "3", "2"][:NOTES_SHOWN]
    assert found.talked_on == TODAY


async def test_what_was_agreed_on_is_read_back_until_it_is_old(database):
    """What is open stays however old it is; what is done goes after six weeks, what was dropped at once."""
    old = TODAY - REMEMBERED - DAY
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        for what, due_on, state in (
            ("old and open", old, FollowUpState.OPEN),
            ("old and done", old, FollowUpState.DONE),
            ("done", TODAY - REMEMBERED, FollowUpState.DONE),
            ("dropped", TODAY, FollowUpState.DROPPED),
        ):
            await agreed(scope, PAIR, "U1", what, due_on, state)
    async with database.read(WORKSPACE) as scope:
        assert [one.what for one in await queries.actions_of(scope, PAIR, TODAY)] == ["old and open", "done"]


async def test_of_each_pair_the_last_pack_is_known_and_when_the_first_came(database):
    told = [PackFact(PackFactKind.LOST, ("Lockside",), count=1), PackFact(PackFactKind.TOUCHES, count=3)]
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        for day, facts in ((TODAY, []), (TODAY + 7 * DAY, told)):
            row = (await packs.sent_packs(scope, "U3")).get("U1")
            await packs.note_sent(scope, PAIR, row, day, marks(facts, facts, ()))
        await packs.note_sent(scope, OTHER_REP, None, TODAY, "")
    async with database.read(WORKSPACE) as scope:
        row = await packs.last_pack(scope, PAIR)
        assert row is not None
        assert (row.on, row.first_on) == (TODAY + 7 * DAY, TODAY)
        assert row.facts == {one.told for one in told}
        assert sorted(await packs.sent_packs(scope, "U3")) == ["U1", "U2"]
        assert await packs.last_pack(scope, OTHER_MANAGER) is None


@pytest.mark.parametrize(
    ("state", "error", "counts", "missed"),
    [
        (DeliveryState.SENT, None, True, False),
        (DeliveryState.PENDING, None, True, False),
        (DeliveryState.SKIPPED, RAN_OUT, False, True),
        (DeliveryState.SKIPPED, "switched off", False, False),
        (DeliveryState.DEAD, "channel_not_found", False, False),
    ],
)
async def test_a_pack_that_did_not_come_has_told_nothing(database, state, error, counts, missed):
    """What it would have told is still to be told; one that ran out of its time comes again in its week."""
    lost = [PackFact(PackFactKind.LOST, ("Lockside",), count=1)]
    before, on = TODAY - 7 * DAY, TODAY
    earlier = {"on": before.isoformat(), "first_on": before.isoformat(), "told": ""}
    nudge = Nudge(
        key=packs.key_of(WORKSPACE, PAIR, on),
        kind=PACK,
        intent={"rep": "U1", "last": earlier},
        why="",
        not_before=T0,
        user_id="U3",
    )
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        await packs.note_sent(scope, PAIR, None, on, marks(lost, lost, ()))
        await enqueue(scope, nudge, T0)
        sent = await scope.session.get(DeliveryRow, delivery_id(nudge.key))
        sent.state, sent.last_error = state, error
        sent.slack_ts = "1.0" if state is DeliveryState.SENT else None
        scope.session.add(sent)
    async with database.read(WORKSPACE) as scope:
        [(rep, found)] = (await packs.came(scope, (await packs.sent_packs(scope, "U3")).values())).items()
        last = await packs.last_pack(scope, PAIR)
    assert (rep, found.missed) == ("U1", missed)
    assert (last.on, bool(last.facts)) == ((on, True) if counts else (before, False))


async def test_suspects_are_told_apart_and_what_was_agreed_on_is_no_customers_promise(database):
    """Beside "nothing opened" stands what was noted; an agreed action has its own line."""
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        row = {**deal("U1", TODAY - DAY, None, Stage.SUSPECT, name="Quayside"), "opened_on": None}
        scope.session.add(OpportunityRow.model_validate(row))
        await agreed(scope, PAIR, "U1", "send the list", TODAY - DAY)
    async with database.read(WORKSPACE) as scope:
        found = await packs.facts_of(
            scope, RepWeek("U1", "Ana Kovač"), DaySpan(TODAY - 7 * DAY, TODAY), TODAY
        )
        assert [(one.kind, one.names) for one in found] == [(PackFactKind.SUSPECTS, ("Quayside",))]


async def test_what_was_agreed_on_today_is_known_as_such(database):
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        link = await agreed(scope, PAIR, "U1", "send the list", TODAY + DAY)
    async with database.read(WORKSPACE) as scope:
        assert set((await queries.agenda_of(scope, PAIR, TODAY)).new) == {link.followup_id}
        assert not (await queries.agenda_of(scope, PAIR, TODAY + DAY)).new


async def test_facts_are_of_the_rep_and_of_the_time_since(database):
    """Lost, opened and overdue; not what was lost before, is a colleague's, or is due today."""
    since = TODAY - 7 * DAY
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        for owner, opened, closed, stage, name in (
            ("U1", TODAY - 30 * DAY, TODAY - 2 * DAY, Stage.LOST, "Westbound"),
            ("U1", TODAY - 30 * DAY, TODAY - 9 * DAY, Stage.LOST, "Before"),
            ("U2", TODAY - 30 * DAY, TODAY - 2 * DAY, Stage.LOST, "Bens"),
            ("U1", TODAY - DAY, None, Stage.OPEN, "Quayside"),
        ):
            row = OpportunityRow.model_validate(deal(owner, opened, closed, stage, name=name))
            scope.session.add(row)
        for who, due_on in (("Iron Lane", TODAY - DAY), ("Acme", TODAY)):
            await add_followup(scope, FollowUp(owner_id="U1", who=who, what="call", due_on=due_on), T0)
    async with database.read(WORKSPACE) as scope:
        found = await packs.facts_of(scope, RepWeek("U1", "Ana Kovač"), DaySpan(since, TODAY), TODAY)
        assert {(one.kind, one.names, one.count) for one in found} == {
            (PackFactKind.LOST, ("Westbound",), 1),
            (PackFactKind.OPENED, ("Quayside",), 1),
            (PackFactKind.PROMISES, ("Iron Lane",), 1),
        }


@pytest.mark.parametrize("erased", ["U1", "U3"], ids=["a rep", "a manager"])
async def test_who_is_erased_is_on_no_page(database, erased):
    """A rep's pages go with them; of a manager who is erased no id is left, and the other's pages stay as they are."""
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        await of_each(scope)
    await forget(await planned(database, WORKSPACE, erased, None), lambda: T0)
    async with database.read(WORKSPACE) as scope:
        for pair in (PAIR, OTHER_REP, OTHER_MANAGER):
            found = await queries.agenda_of(scope, pair, TODAY)
            gone = erased in (pair.rep_id, pair.manager_id)
            assert bool(found.items) is bool(found.notes) is bool(found.actions) is not gone, pair
            assert (await packs.last_pack(scope, pair) is None) is gone, pair
