"""A file of cards: taken in as one action and taken back as one, on either engine, also five thousand (70)."""

from datetime import date

from sales.coaching.drill.deck_change import DeckWriter
from sales.coaching.drill.deck_file import as_markdown, from_markdown, read_deck
from storage.coaching.drill import card as cards
from storage.coaching.drill.deck_file import outlook_for, take_in
from storage.undo import undo_last
from tests.known import T0, WORKSPACE
from tests.storage.coaching.test_drill import field, made

TODAY = date(2026, 9, 14)
PEOPLE = {"U3": "Mia Horvat"}
TEXT = "## technique\n\n### Nobody calls back. And you?\n\nCall once more.\n\n- Why: Most stop too early.\n"


def writer(team, user_id="U3", *, leads=True) -> DeckWriter:
    return DeckWriter(user_id, team.id, team.name, leads, ["Mia Horvat"])


async def as_text(scope, team, user_id="U1") -> str:
    return as_markdown(await cards.cards_for(scope, team.id, user_id), PEOPLE)


async def test_a_file_is_one_action(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        await cards.add_card(scope, team.id, made(), TODAY)
        before = await as_text(scope, team)
        text = before.replace("Ask what for.", "Ask what for, and wait.").replace(
            "Think of last Monday", "Think of last Friday"
        )
        read = read_deck(from_markdown(f"{text}\n{TEXT}"), PEOPLE)
        shown = await outlook_for(scope, read, writer(team))
        assert (shown.new_count, shown.changed_count, shown.same, shown.left_count) == (1, 2, 39, 0)
        assert await as_text(scope, team) == before
        done = await take_in(scope, read, writer(team), shown.before, TODAY, T0)
        assert (done.outlook.new_count, done.outlook.changed_count) == (1, 2)
        now = await cards.cards_for(scope, team.id, "U1")
        assert (len(now), {one.changed_on for one in now if one.id}) == (42, {TODAY})
        assert sum(one.starter != "" for one in now) == 40
        again = await outlook_for(
            scope, read_deck(from_markdown(await as_text(scope, team)), PEOPLE), writer(team)
        )
        assert again.changes_nothing
        await undo_last(scope, "U3", T0)
        assert await as_text(scope, team) == before


async def test_who_looks_after_a_card_may_change_without_its_words(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        await cards.add_card(scope, team.id, made(), TODAY)
        text = await as_text(scope, team)
        read = read_deck(
            from_markdown(text.replace("- Owner: Mia Horvat", "- Review by: 2027-03-01")), PEOPLE
        )
        shown = await outlook_for(scope, read, writer(team))
        await take_in(scope, read, writer(team), shown.before, date(2026, 9, 20), T0)
        (now,) = [one for one in await cards.cards_for(scope, team.id, "U1") if one.id]
        assert (now.review_by, now.owner_id, now.changed_on) == (date(2027, 3, 1), "U3", TODAY)


async def test_a_reps_file_is_theirs_alone(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        read = read_deck(from_markdown(TEXT), None)
        shown = await outlook_for(scope, read, writer(team, "U1", leads=False))
        assert shown.team == ""
        await take_in(scope, read, writer(team, "U1", leads=False), shown.before, TODAY, T0)
        assert len(await cards.cards_for(scope, team.id, "U1")) == 41
        assert len(await cards.cards_for(scope, team.id, "U2")) == 40
        nothing = await take_in(scope, read, writer(team, "U1", leads=False), {}, TODAY, T0)
        assert (nothing.undo_id, nothing.outlook.same) == (None, 1)


async def test_five_thousand_are_taken_in_and_back(database):
    """Files are read while no unit of work is open, as the bot reads them."""
    many = "".join(
        f"### Depot {n} asks what the last one paid. And you?\n\nAsk why.\n\n" for n in range(5000)
    )
    read, changed = (
        read_deck(from_markdown(f"## technique\n\n{text}"), PEOPLE)
        for text in (many, many.replace("Ask why.", "Ask who paid it."))
    )
    async with database.write(WORKSPACE, slow=True) as scope:
        team = await field(scope)
        done = await take_in(scope, read, writer(team), {}, TODAY, T0)
        assert done.outlook.new_count == 5000
    async with database.read(WORKSPACE) as scope:
        shown = await outlook_for(scope, changed, writer(team))
    async with database.write(WORKSPACE, slow=True) as scope:
        await take_in(scope, changed, writer(team), shown.before, TODAY, T0)
    for left in (5040, 40):
        async with database.write(WORKSPACE, slow=True) as scope:
            assert len(await cards.cards_for(scope, team.id, "U1")) == 5040
            await undo_last(scope, "U3", T0)
        async with database.read(WORKSPACE) as scope:
            assert len(await cards.cards_for(scope, team.id, "U1")) == left
