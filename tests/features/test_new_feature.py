"""A feature that is declared and nothing else: everything a person may expect of it follows from the declaration."""

import pytest

from bot.manifest import manifest
from bot.readme import command_list, command_page
from handlers.feature import Registry
from handlers.registry import FEATURES, REGISTRY
from playground.visitor.search import NotSeen
from tests.features import note
from tests.features.boot import double
from tests.setup_story import sets_up
from tests.story_workspace import StoryWorkspace, running_bot

HERE = "Europe/Ljubljana"
WROTE = "What you wrote down this week"
KIND = "Notes of the week"


def reminders(person):
    return [text for text in person.sees() if WROTE in text]


# typed


async def test_its_command_works_and_refuses_with_an_example(team):
    ana = team.person("ana")
    [said] = await ana.says("/note Acme hates mornings")
    assert "Noted: Acme hates mornings" in said
    assert "[Undo]" in said
    for typed in ("/note", f"/note {'x' * 201}"):
        [said] = await ana.says(typed)
        assert "A note is up to 200 characters." in said
        assert "Try /note Acme hates mornings" in said


async def test_help_shows_it_among_the_others_and_by_itself(team):
    ana = team.person("ana")
    [said] = await ana.says("/rainmaker help")
    assert "/note something worth remembering" in said
    [said] = await ana.says("/note help")
    assert "/note [words]" in said
    assert "/note team how much your reps wrote down" in said
    assert "Example: /note Acme hates mornings" in said


async def test_it_works_behind_the_command_of_the_app(team):
    ana = team.person("ana")
    [said] = await ana.says("/rainmaker note Acme hates mornings")
    assert "Noted: Acme hates mornings" in said


@pytest.mark.parametrize(
    "words", ["note that Acme hates mornings", "take a note: Acme hates mornings", "Note Acme hates mornings"]
)
async def test_plain_words_in_the_direct_message_work(team, words):
    ana = team.person("ana")
    await ana.says(words)
    assert [text for text in ana.sees() if "Noted: Acme hates mornings" in text] == [ana.sees()[-1]]


@pytest.mark.parametrize("typed", ["/rainmaker noet Acme hates mornings", "noet Acme hates mornings"])
async def test_a_slip_of_the_finger_is_asked_about_and_nothing_is_kept(team, typed):
    ana = team.person("ana")
    await ana.says(typed)
    assert "Did you mean" in ana.sees()[-1]
    assert "note" in ana.sees()[-1]
    await ana.opens_home()
    assert "My notes" not in ana.home()


# permitted


async def test_what_is_for_managers_is_refused_to_a_rep_in_the_usual_words_and_told_a_manager(team):
    ana, raj = team.person("ana"), team.person("raj")
    await ana.says("/note Acme hates mornings")
    for typed in ("/note team", "/rainmaker note team"):
        [said] = await ana.says(typed)
        assert "That is for managers and admins." in said
        [said] = await raj.says(typed)
        assert "Your reps' notes: 1" in said
    await ana.says("note team")
    assert "That is for managers and admins." in ana.sees()[-1]


# shown


async def test_home_shows_its_section_and_the_button_and_form_in_it_work(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.opens_home()
    assert "My notes" not in ana.home()
    await ana.says("/note Acme hates mornings")
    assert "14 Sep: Acme hates mornings" in ana.home()
    await ana.opens_home()
    await ana.clicks("New note", where="home")
    await ana.fills("What is worth remembering?", "Initech pays late")
    await ana.submits()
    assert "Noted: Initech pays late" in ana.modal()
    await ana.closes()
    assert ana.home().index("Initech pays late") < ana.home().index("Acme hates mornings")
    await ben.opens_home()
    assert "My notes" not in ben.home()


# sent


async def test_its_message_comes_on_fridays_at_nine_to_those_it_concerns_and_says_why(team):
    ana, ben, raj = (team.person(name) for name in ("ana", "ben", "raj"))
    await ana.says("/note Acme hates mornings")
    await raj.says("/note Ana needs a rest")
    await team.jump("2026-09-18T08:54", HERE)
    assert reminders(ana) == []
    await team.jump("2026-09-18T09:06", HERE)
    [said] = reminders(ana)
    assert "14 Sep: Acme hates mornings" in said
    assert f"Switch off: {KIND}" in said
    [why] = await ana.says("/why")
    assert f"{KIND}: You wrote something down this week. I show it once, on Fridays." in why
    await ana.chooses("⋯", "Why this message?", near=WROTE, where=team.dm("ana"))
    assert f"{KIND}, Fri 18 Sep, 09:" in ana.sees()[-1] or f"{KIND}, Fri 18 Sep, 08:" in ana.sees()[-1]
    await team.jump("2026-09-18T18:00", "America/New_York")
    assert reminders(ben) == []  # wrote nothing
    assert reminders(raj) == []  # sells nothing
    await team.jump("2026-09-25T12:00", HERE)
    assert len(reminders(ana)) == 1


async def test_it_keeps_to_each_person_s_own_clock(team):
    ben = team.person("ben")
    await ben.says("/note Globex moved")
    await team.jump("2026-09-18T08:54", "America/New_York")
    assert reminders(ben) == []
    await team.jump("2026-09-18T09:06", "America/New_York")
    assert len(reminders(ben)) == 1


async def test_a_note_taken_back_before_friday_brings_no_message(team):
    ana = team.person("ana")
    await team.jump("2026-09-18T08:50", HERE)
    await ana.says("/note Acme hates mornings")
    await ana.says("/rainmaker undo")
    await team.jump("2026-09-18T12:00", HERE)
    assert reminders(ana) == []


async def test_it_is_switched_off_under_the_message_and_on_again_in_the_settings(team):
    ana, raj = team.person("ana"), team.person("raj")
    await ana.says("/rainmaker settings")
    assert f"☑ {KIND}" in ana.modal()
    await ana.closes()
    await raj.says("/rainmaker settings")
    assert KIND not in raj.modal()
    await raj.closes()

    await ana.says("/note Acme hates mornings")
    await team.jump("2026-09-18T08:54", HERE)
    await team.jump("2026-09-18T09:06", HERE)
    await ana.chooses("⋯", f"Switch off: {KIND}", near=WROTE, where=team.dm("ana"))
    assert f"{KIND}: switched off." in ana.sees()[-1]

    await team.jump("2026-09-21T10:00", HERE)
    await ana.says("/note Initech pays late")
    await team.jump("2026-09-25T08:54", HERE)
    await team.jump("2026-09-25T09:06", HERE)
    assert len(reminders(ana)) == 1
    [why] = await ana.says("/why")
    assert f"This kind of message is switched off ({KIND})." in why
    await ana.says("/rainmaker settings")
    assert f"☐ {KIND}" in ana.modal()
    await ana.chooses("Your day", [KIND])
    await ana.submits()
    await ana.closes()

    await team.jump("2026-09-28T10:00", HERE)
    await ana.says("/note Globex moved")
    await team.jump("2026-10-02T08:54", HERE)
    await team.jump("2026-10-02T09:06", HERE)
    assert len(reminders(ana)) == 2
    assert "Globex moved" in reminders(ana)[-1]


async def test_a_feature_that_joins_later_speaks_to_those_who_were_there_before(database_url):
    async with double((*FEATURES, note.FEATURE)) as (server, clock):
        async with running_bot(server, clock, database_url, features=FEATURES):
            await sets_up(server.visitor("mia"), "Field", ["ana"])
        await note.make_table(database_url)
        async with running_bot(server, clock, database_url, features=(*FEATURES, note.FEATURE)) as bot:
            town = StoryWorkspace(server, clock, bot)
            ana = town.person("ana")
            await ana.says("/note Acme hates mornings")
            await town.jump("2026-09-18T08:54", HERE)
            await town.jump("2026-09-18T09:06", HERE)
            assert len(reminders(ana)) == 1


# taken back


async def test_a_note_is_taken_back_by_its_button(team):
    ana = team.person("ana")
    await ana.opens_home()
    await ana.says("/note Acme hates mornings")
    assert "Acme hates mornings" in ana.home()
    await ana.clicks("Undo", where=team.dm("ana"))
    assert "Undone: a note." in ana.sees()[-1]
    assert "Acme hates mornings" not in ana.home()
    with pytest.raises(NotSeen):
        await ana.clicks("Undo", where=team.dm("ana"))


@pytest.mark.parametrize("words", ["/rainmaker undo", "undo that"])
async def test_a_note_is_taken_back_in_words_and_only_the_last_one_and_one_s_own(team, words):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/note Acme hates mornings")
    await ana.says("/note Initech pays late")
    await ben.says("/rainmaker undo")
    assert "nothing to undo" in ben.sees()[-1]
    await ana.says(words)
    assert "Undone: a note." in ana.sees()[-1]
    await ana.opens_home()
    assert "Acme hates mornings" in ana.home()
    assert "Initech pays late" not in ana.home()


# written down


def test_the_manifest_and_the_readme_s_list_have_its_command_and_change_nothing_else():
    registry = Registry.of((*FEATURES, note.FEATURE))
    made = {one["command"]: one for one in manifest(registry=registry)["features"]["slash_commands"]}
    assert made["/note"]["description"] == "Something worth remembering"
    assert made["/note"]["usage_hint"] == "[words]"
    before = manifest(registry=REGISTRY)["features"]["slash_commands"]
    assert [one for name, one in made.items() if name != "/note"] == before
    listed = command_list(registry=registry)
    assert "* `/note [words]` something worth remembering. Example: `/note Acme hates mornings`" in listed
    assert "| `/note team` | how much your reps wrote down |" in command_page(registry=registry)
    assert "/note" not in command_list(registry=REGISTRY)
