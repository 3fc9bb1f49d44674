"""A rep logs what they did: in a line, in the form, with a tap; and is asked what comes next."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from sales.followups.activity import ActivityKind
from sales.followups.followup import FollowUp, done
from sales.followups.next_step import NextStep
from storage.followups.activity import ActivityRow, counts_on
from storage.followups.followup import add_followup, change_followup, open_between
from storage.undo import UndoRow
from tests.known import T0, WORKSPACE

TODAY = T0.date()


async def counts(town, user="U1", on=TODAY):
    async with town.bot.database.read(WORKSPACE) as scope:
        return await counts_on(scope, user, on)


async def promises(town, user="U1"):
    async with town.bot.database.read(WORKSPACE) as scope:
        return await open_between(scope, user, date.min, date.max)


async def last(town, user="U1"):
    async with town.bot.database.read(WORKSPACE) as scope:
        asked = select(ActivityRow).where(ActivityRow.owner_id == user).order_by(col(ActivityRow.id).desc())
        return (await scope.session.exec(asked.limit(1))).one()


async def test_a_line_is_counted_added_up_and_moves_the_goal(team):
    ana = team.person("ana")
    await ana.says("/goal 40 calls this month")
    await ana.says("/log 5 calls 2 meetings")
    answer = await ana.says("/log 3 calls")
    assert answer == [
        "Rainmaker (only visible to you): Logged 3 calls.\n"
        "Today so far: 8 calls and 2 meetings.\n"
        "September 2026 calls: 8 of 40\n"
        "[Undo]"
    ]


async def test_reaching_the_target_is_said(team):
    ana = team.person("ana")
    await ana.says("/goal 5 demos this month")
    (answer,) = await ana.says("/log 5 demos")
    assert "September 2026 demos: 5 of 5. Target reached" in answer


async def test_a_next_step_becomes_a_follow_up_and_undo_takes_both_back(team):
    ana = team.person("ana")
    (answer,) = await ana.says("/log call Acme – spoke, next step demo Tue")
    assert "Next step: Acme · demo · tomorrow, Tue 15 Sep" in answer
    assert "What happens next" not in answer
    assert [(one.who, one.what, one.due_on) for one in await promises(team)] == [
        ("Acme", "demo", date(2026, 9, 15))
    ]
    assert (await last(team)).next_step is NextStep.AGREED
    await ana.clicks("Undo")
    assert ana.sees() == ["Rainmaker (only visible to you): Undone: 1 call with Acme. Nothing of it is kept."]
    assert await counts(team) == {}
    assert await promises(team) == []


async def test_a_conversation_without_a_next_step_is_asked_for_one(team):
    ana = team.person("ana")
    (answer,) = await ana.says("/log call Acme – spoke")
    assert answer.endswith("What happens next with Acme, and when?\n[Add next step] [No next step] [Undo]")
    await ana.clicks("Add next step")
    assert "Acme" in ana.modal()
    await ana.fills("What will happen?", "Send the ROI sheet")
    await ana.submits()
    assert [(one.who, one.what) for one in await promises(team)] == [("Acme", "Send the ROI sheet")]


async def test_no_next_step_is_noted_once_and_belongs_to_the_entry(team):
    ana = team.person("ana")
    await ana.says("/log call Acme – spoke")
    await ana.clicks("No next step")
    assert ana.sees() == [
        "Rainmaker (only visible to you): Logged 1 call with Acme. No next step, noted.\n[Undo]"
    ]
    assert (await last(team)).next_step is NextStep.NONE
    await ana.clicks("Undo")
    assert await counts(team) == {}


async def test_no_next_step_said_in_the_line_is_not_asked_again(team):
    (answer,) = await team.person("ana").says("/log met with Acme, no next step")
    assert "No next step, noted." in answer
    assert "[No next step]" not in answer


async def test_bare_counts_and_emails_are_not_asked_for_a_next_step(team):
    ana = team.person("ana")
    for line in ("/log 5 calls", "/log email Acme – sent the brochure"):
        (answer,) = await ana.says(line)
        assert "What happens next" not in answer


async def test_an_entry_undone_elsewhere_answers_its_old_buttons_calmly(team):
    ana = team.person("ana")
    await ana.says("/log call Acme – spoke")
    await ana.says("/rainmaker undo", channel="sales")
    await ana.clicks("No next step")
    assert ana.sees()[-1].startswith("Rainmaker (only visible to you): That entry is no longer there.")
    await ana.clicks("Undo", near="What happens next")
    assert "“1 call with Acme” is undone already." in ana.sees()[-1]


async def test_undo_ends_after_ten_minutes(team):
    ana = team.person("ana")
    await ana.says("/log 5 calls")
    await team.clock.advance(timedelta(minutes=11))
    await ana.clicks("Undo")
    assert ana.sees()[-1] == (
        "Rainmaker (only visible to you): “5 calls” was 11 minutes ago; undo works for 10 minutes. "
        "Please change it by hand."
    )
    assert await counts(team) == {ActivityKind.CALL: 5}
    assert "undo works for 10 minutes" in (await ana.says("/rainmaker undo"))[0]


async def test_undo_takes_back_one_action_after_the_other_and_then_says_there_is_none(team):
    ana = team.person("ana")
    await ana.says("/log 5 calls")
    await ana.says("/log 2 meetings")
    assert "Undone: 2 meetings." in (await ana.says("/rainmaker undo"))[0]
    assert "Undone: 5 calls." in (await ana.says("/rainmaker undo"))[0]
    assert "nothing to undo" in (await ana.says("/rainmaker undo"))[0]
    assert await counts(team) == {}


async def test_nobody_undoes_for_somebody_else(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/log 5 calls")
    assert "nothing to undo" in (await ben.says("/rainmaker undo"))[0]
    assert await counts(team) == {ActivityKind.CALL: 5}


async def test_a_next_step_done_since_is_not_lost_by_undo(team):
    ana = team.person("ana")
    await ana.says("/log call Acme – spoke, next step demo Tue")
    async with team.bot.database.write(WORKSPACE) as scope:
        (row,) = await open_between(scope, "U1", date.min, date.max)
        await change_followup(scope, row, done(row, T0))
    await ana.clicks("Undo")
    assert "was changed again since" in ana.sees()[-1]
    assert await counts(team) == {ActivityKind.CALL: 1}


async def test_counts_that_look_like_a_slip_are_taken_and_asked_about(team):
    ana = team.person("ana")
    (answer,) = await ana.says("/log 60 calls")
    assert "is a lot" not in answer
    (answer,) = await ana.says("/log 1 call")
    assert "61 calls in one day is a lot. If a digit slipped in, undo it." in answer
    assert await counts(team) == {ActivityKind.CALL: 61}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/log 501 calls", "more than one entry holds (500)"),
        ("/log 5 calls next friday", "a log is for what was done"),
        ("/log -3 calls", "is not a number of calls"),
        ("/log 5 unicorns", "unicorns"),
        ("/log " + "call Acme " * 1000, "2,000 is the most that fits"),
        ("/log call Acme – spoke, next step demo", "[Tue 15 Sep] [Thu 17 Sep] [Mon 21 Sep]"),
    ],
)
async def test_what_cannot_be_logged_is_said_with_the_mend_and_nothing_is_kept(team, line, said):
    (answer,) = await team.person("ana").says(line)
    assert said in answer
    assert await counts(team) == {}
    assert await promises(team) == []


@pytest.mark.parametrize("name", ["<!channel>", "<@U2>", "🚀 Rocket & Söhne", "שלום בעמ", "*Acme* _Ltd_"])
async def test_names_are_shown_as_typed_and_ring_nobody(team, name):
    ana = team.person("ana")
    (answer,) = await ana.says(f'/log call "{name}" – spoke')
    if name.startswith("<"):
        assert name in answer
    assert (await last(team)).account == name
    assert team.person("ben").unread("sales") == 0


async def test_yesterday_is_logged_for_yesterday(team):
    ana = team.person("ana")
    (answer,) = await ana.says("/log 5 calls yesterday")
    assert "Logged 5 calls on Sun 13 Sep.\nThat day: 5 calls." in answer
    assert await counts(team) == {}
    assert await counts(team, on=date(2026, 9, 13)) == {ActivityKind.CALL: 5}


async def test_the_form_logs_every_kind_with_its_next_step(team):
    ana = team.person("ana")
    assert await ana.says("/log") == []
    for label, text in (("Calls", "4"), ("Visits", "1"), ("With whom?", "Acme"), ("How did it go?", "Warm")):
        await ana.fills(label, text)
    await ana.fills("What is the next step?", "Pilot plan")
    await ana.chooses("By when?", "2026-09-18")
    await ana.submits()
    shown = ana.modal()
    assert "Logged 4 calls and 1 visit with Acme." in shown
    assert "Next step: Acme · Pilot plan · Fri 18 Sep" in shown
    assert await counts(team) == {ActivityKind.CALL: 4, ActivityKind.VISIT: 1}
    await ana.clicks("Undo")
    assert await counts(team) == {}
    assert await promises(team) == []


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"Calls": "Fill in at least one number."}),
        ({"Calls": "0"}, {"Calls": "Fill in at least one number."}),
        (
            {"Calls": "1", "With whom?": "Acme"},
            {"What is the next step?": "Say what comes next, or tick “No next step” below."},
        ),
        (
            {"Calls": "1", "What is the next step?": "demo"},
            {"By when?": "Choose a day for the next step."},
        ),
        (
            {"Calls": "1", "What is the next step?": "demo", "By when?": "2026-09-18"},
            {"With whom?": "Say with whom the next step is."},
        ),
        (
            {"Calls": "1", "With whom?": "Acme", "By when?": "2026-09-18"},
            {"What is the next step?": "Say what the next step is."},
        ),
        (
            {"Calls": "1", "With whom?": "Acme", "What is the next step?": "demo", "By when?": "2026-09-01"},
            {"By when?": "That day is over. Choose today or a later day."},
        ),
        (
            {"Calls": "1", "On which day?": "2026-09-15"},
            {"On which day?": "That day is still to come; a log is for what was done."},
        ),
    ],
)
async def test_the_form_says_under_the_field_what_is_missing(team, fields, errors):
    ana = team.person("ana")
    await ana.says("/log")
    for label, text in fields.items():
        await ana.fills(label, text)
    await ana.submits()
    assert ana.modal_errors() == errors
    assert await counts(team) == {}


async def test_the_form_takes_no_next_step_for_an_answer(team):
    ana = team.person("ana")
    await ana.says("/log")
    await ana.fills("Calls", "1")
    await ana.fills("With whom?", "Acme")
    await ana.chooses("If there is none", ["No next step"])
    await ana.submits()
    assert "No next step, noted." in ana.modal()
    assert (await last(team)).next_step is NextStep.NONE


async def test_a_tap_in_the_evening_logs_one_and_updates_the_prompt(team):
    ana = team.person("ana")
    async with team.bot.database.write(WORKSPACE) as scope:
        await add_followup(scope, FollowUp(owner_id="U1", who="Acme", what="call", due_on=TODAY), T0)
    await team.jump("today 18:00", "Europe/Ljubljana")
    prompt = next(text for text in ana.sees() if "[+1 call]" in text)
    await ana.clicks("+1 call")
    await ana.clicks("+1 call")
    assert await counts(team) == {ActivityKind.CALL: 2}
    edited = next(text for text in ana.sees() if "[+1 call]" in text)
    assert edited != prompt
    assert "2 calls" in edited
    assert len([text for text in ana.sees() if "[+1 call]" in text]) == 1
    await ana.clicks("Undo")
    assert await counts(team) == {ActivityKind.CALL: 1}


async def test_what_was_said_more_than_a_day_ago_is_not_kept_for_undoing(team):
    ana = team.person("ana")
    await ana.says("/log 5 calls with Acme")
    await team.clock.advance(timedelta(days=1, minutes=2))
    await team.person("ben").says("/log 1 call")
    await team.bot.catch_up()
    assert [row.user_id for row in await remembered(team)] == ["U2"]


async def remembered(town):
    async with town.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(UndoRow)))
