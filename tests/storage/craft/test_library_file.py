"""A file for the library: what it would change is taken in as one action, and taken back as one (#15)."""

from sales.craft.library_markdown import written
from storage.craft import library as queries
from storage.craft.library_file import outlook_for, take_in
from storage.prospects.persona import personas_of
from storage.undo import undo_last
from tests.known import T0, WORKSPACE
from tests.storage.craft.test_library import field, named, point

PEOPLE = {"U1": "Mia Horvat"}
PERSONA = "## CFO\n- Kind: persona\n- Owner: Mia Horvat\n\nWants: cash by March\nSays: not now"


async def exported(scope, team):
    return written(team.name, await queries.library_of(scope, team.id), PEOPLE)


async def test_a_file_is_one_action(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        await queries.add_entry(scope, team.id, point(owner_id="U1"))
        before = await exported(scope, team)
        text = before.replace("one truck in six", "one truck in five").replace(
            "## If it stays", "## What if it stays"
        )
        shown = await outlook_for(scope, team, f"{text}\n{PERSONA}\n", "U1", PEOPLE)
        assert (len(shown.new), shown.changed, shown.same) == (2, ["Trucks in winter"], 23)
        assert await exported(scope, team) == before
        done = await take_in(scope, team, f"{text}\n{PERSONA}\n", "U1", PEOPLE, shown, T0)
        assert (done.outlook.new, done.outlook.left) == (shown.new, [])
        every = await queries.library_of(scope, team.id)
        assert named(every, "Trucks in winter").text == "Storms stop one truck in five."
        assert [one.objections for one in await personas_of(scope, team.id)] == ["not now"]
        again = await outlook_for(scope, team, await exported(scope, team), "U1", PEOPLE)
        assert again.changes_nothing
        await undo_last(scope, "U1", T0)
        assert await exported(scope, team) == before
        assert await personas_of(scope, team.id) == []


async def test_a_file_that_changes_nothing_is_no_action(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        text = await exported(scope, team)
        shown = await outlook_for(scope, team, text, "U1", PEOPLE)
        assert (shown.changes_nothing, shown.same, shown.left) == (True, 24, [])
        assert (await take_in(scope, team, text, "U1", PEOPLE, shown, T0)).undo_id is None
