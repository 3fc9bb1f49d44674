"""The library as it is stored: a team's entries beside ours, personas in one place, what is undone (#15, #48)."""

from datetime import date, timedelta

from sales.craft.library import EntryKind, LibraryEntry
from sales.people.member import Member
from sales.people.team import Team
from sales.prospects.persona import Persona
from sales.value import changed
from storage.craft import library as queries
from storage.people import workspace
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.prospects.persona import add_persona, personas_of
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE

TODAY = date(2026, 9, 14)
OURS = 24


async def field(scope, name="Field", *reps):
    for user_id in reps:
        await meet_member(scope, Member(user_id=user_id, name=user_id))
    team = await add_team(scope, Team(name=name))
    await set_people(scope, team.id, list(reps), [])
    return team


def point(title="Trucks in winter", text="Storms stop one truck in six.", **more):
    return LibraryEntry(kind=EntryKind.TALKING_POINT, title=title, text=text, **more)


def named(entries, title):
    return next((one for one in entries if one.title == title), None)


async def test_a_library_is_the_teams_own_beside_ours(database):
    async with database.write(WORKSPACE) as scope:
        team, other = await field(scope, "Field", "U1"), await field(scope, "North", "U9")
        await queries.add_entry(scope, team.id, point())
    async with database.read(WORKSPACE) as scope:
        assert len(await queries.library_of(scope, team.id)) == OURS + 1
        assert named(await queries.library_of(scope, team.id), "Trucks in winter").key.startswith("entry:")
        assert len(await queries.library_of(scope, other.id)) == OURS
        assert await queries.library_of(scope, None) == []


async def test_another_workspace_reads_nothing_of_it(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        touched = (await queries.add_entry(scope, team.id, point()))[0]
    async with database.read("T2") as scope:
        assert await queries.find_row(scope, touched.row.id) is None
        assert len(await queries.library_of(scope, team.id)) == OURS


async def test_one_of_ours_that_is_changed_stands_in_its_place_and_comes_back_by_undo(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        ours = named(await queries.library_of(scope, team.id), "The last time it let them down")
        said = changed(LibraryEntry, ours, text="When did a truck last stand still?")
        await remember_undo(scope, "U1", T0, "it", await queries.change_entry(scope, ours, team.id, said))
        every = await queries.library_of(scope, team.id)
        assert len(every) == OURS
        assert named(every, ours.title).text == "When did a truck last stand still?"
        await undo_last(scope, "U1", T0)
        assert named(await queries.library_of(scope, team.id), ours.title).text == ours.text


async def test_one_of_ours_that_is_taken_away_stays_away_also_when_it_was_changed_first(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        for title in ("If it stays as it is", "“We are happy with what we have.”"):
            ours = named(await queries.library_of(scope, team.id), title)
            if title.startswith("If"):
                await queries.change_entry(scope, ours, team.id, changed(LibraryEntry, ours, text="Changed."))
                ours = named(await queries.library_of(scope, team.id), title)
            touched = await queries.remove_entry(scope, ours, team.id)
            await remember_undo(scope, "U1", T0, "it", touched)
            assert named(await queries.library_of(scope, team.id), title) is None
        assert len(await queries.library_of(scope, team.id)) == OURS - 2
        await undo_last(scope, "U1", T0)
        assert len(await queries.library_of(scope, team.id)) == OURS - 1


async def test_a_persona_is_one_truth_written_in_either_place(database):
    """#34."""
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        said = LibraryEntry(
            kind=EntryKind.PERSONA, title="CFO", text="Cash by March", owner_id="U1", review_by=TODAY
        )
        await remember_undo(scope, "U1", T0, "it", await queries.add_entry(scope, team.id, said))
        (card,) = await personas_of(scope, team.id)
        assert (card.role, card.goals, card.owner_id) == ("CFO", "Cash by March", "U1")
        await add_persona(scope, team.id, Persona(role="Buyer", pains="late trucks"))
        every = await queries.library_of(scope, team.id)
        assert named(every, "Buyer").text == "Worries: late trucks"
        held = named(every, "CFO")
        assert (held.key, held.review_by) == (f"persona:{card.id}", TODAY)
        await queries.change_entry(
            scope, held, team.id, changed(LibraryEntry, held, text="Says: not now", review_by=None)
        )
        (card, _) = await personas_of(scope, team.id)
        assert (card.goals, card.objections, card.review_by) == ("", "not now", None)


async def test_a_persona_of_ours_that_is_changed_becomes_a_card_and_is_there_once(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        ours = named(await queries.library_of(scope, team.id), "Operations manager")
        said = changed(LibraryEntry, ours, title="Depot manager", role="")
        await remember_undo(scope, "U1", T0, "it", await queries.change_entry(scope, ours, team.id, said))
        every = await queries.library_of(scope, team.id)
        assert len(every) == OURS
        assert named(every, "Operations manager") is None
        assert [one.role for one in await personas_of(scope, team.id)] == ["Depot manager"]
        await undo_last(scope, "U1", T0)
        assert await personas_of(scope, team.id) == []
        assert named(await queries.library_of(scope, team.id), "Operations manager") is not None


async def test_an_entry_may_become_one_of_another_kind(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        await queries.add_entry(scope, team.id, point(title="Yard manager", text="Wants: quiet"))
        for kind in (EntryKind.PERSONA, EntryKind.PLAY):
            held = named(await queries.library_of(scope, team.id), "Yard manager")
            await queries.change_entry(
                scope,
                held,
                team.id,
                LibraryEntry.model_validate(held, from_attributes=True, update={"kind": kind}),
            )
            every = await queries.library_of(scope, team.id)
            assert len(every) == OURS + 1
            assert named(every, "Yard manager").kind is kind
        assert await personas_of(scope, team.id) == []


async def test_whoever_looks_after_an_entry_reads_which_are_due(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        days = {"Late": -1, "Today": 0}
        for title, days_on in days.items():
            day = TODAY + timedelta(days=days_on)
            await queries.add_entry(scope, team.id, point(title, owner_id="U1", review_by=day))
        late = TODAY - timedelta(days=9)
        await queries.add_entry(
            scope, team.id,
            LibraryEntry(kind=EntryKind.PERSONA, title="CFO", text="Cash", owner_id="U1", review_by=late),
        )  # fmt: skip
        assert [one.title for one in await queries.due_for(scope, "U1", TODAY)] == ["CFO", "Late"]
        assert await queries.due_for(scope, "U2", TODAY) == []


async def test_a_team_lets_its_people_write_until_that_is_undone(database):
    """#47."""
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        assert not (await queries.rights_of(scope, team.id)).lets_reps
        touched = await queries.let_reps(scope, team.id, lets=True)
        await remember_undo(scope, "U1", T0, "it", [touched])
        assert (await queries.rights_of(scope, team.id)).lets_reps
        await undo_last(scope, "U1", T0)
        assert not (await queries.rights_of(scope, team.id)).lets_reps
