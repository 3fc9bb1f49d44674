"""Before one touch too many: where it is asked, what each answer does to what was typed, and how it is taken back."""

from datetime import date

import pytest
from sqlmodel import select

from sales.followups.followup import FollowUpState
from sales.pipeline.deal_contact import DealContact
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.followups.touch_limit import TouchLimitRow
from storage.pipeline.deal_contact import name_contact
from storage.pipeline.opportunity import OpportunityRow
from tests.known import WORKSPACE
from tests.stories.craft import books
from tests.stories.pipeline.books import HERE, TODAY, days

pytestmark = pytest.mark.engines("sqlite")
ASKED = "3 touches without an answer in seven days: Lockside."


@pytest.fixture
async def ana(team):
    """A deal whose customer answered two weeks ago, and of whom nobody answered three mails since Friday."""
    touches = [books.Touch(TODAY - days(14))]
    touches += [books.Touch(TODAY - days(ago), "email", "") for ago in (3, 2, 1)]
    await books.worked(team, "Lockside", touches)
    return team.person("ana")


async def every(town, table):
    async with town.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(table).order_by(table.id)))


async def mails(town):
    return [row for row in await every(town, ActivityRow) if row.on == TODAY]


async def test_nothing_is_logged_before_the_answer_and_going_on_logs_it_as_it_was_typed(ana, team):
    said = (await ana.says("/log email Lockside – sent the price list"))[0]
    assert ASKED in said
    assert "Not logged yet: 1 email with Lockside, Mon 14 Sep, sent the price list" in said
    assert await mails(team) == []
    await ana.clicks("Log it anyway")
    (mail,) = await mails(team)
    assert (mail.outcome, mail.account) == ("sent the price list", "Lockside")
    assert "Noted: you go on with Lockside." in ana.sees()[-1]
    await ana.says("/log email Lockside")  # whoever answered is not asked again
    assert len(await mails(team)) == 2


async def test_a_second_press_logs_nothing_twice(ana, team):
    await ana.says("/log email Lockside")
    await ana.says("/log email Lockside")
    await ana.clicks("Log it anyway")
    assert len(await mails(team)) == 1


async def test_a_pause_moves_the_promise_to_its_end_and_undo_takes_both_back(ana, team):
    await ana.says("/followup Lockside tomorrow call Dana about the quote")
    assert await every(team, FollowUpRow) == []
    await ana.clicks("Pause until…")
    await ana.submits()
    (promise,) = await every(team, FollowUpRow)
    assert (promise.who, promise.what, promise.due_on) == (
        "Lockside",
        "call Dana about the quote",
        date(2026, 9, 28),
    )
    assert "Lockside is paused until Mon 28 Sep." in ana.sees()[-1]
    assert (
        "Paused until Mon 28 Sep, after 3 touches without an answer." in (await ana.says("/deal Lockside"))[0]
    )
    await ana.says("/rainmaker undo")
    assert await every(team, FollowUpRow) == []
    assert "Paused" not in (await ana.says("/deal Lockside"))[0]


async def test_a_pause_after_a_log_has_an_end_that_comes_up(ana, team):
    await ana.says("/log email Lockside")
    await ana.clicks("Pause until…")
    await ana.submits()
    assert len(await mails(team)) == 1
    (promise,) = await every(team, FollowUpRow)
    assert (promise.who, promise.what, promise.due_on) == ("Lockside", "pick it up again", date(2026, 9, 28))


async def test_an_answer_ends_the_pause(ana, team):
    await ana.says("/log email Lockside")
    await ana.clicks("Pause until…")
    await ana.submits()
    await team.jump("2026-09-16 10:00", HERE)
    await ana.says("/log call Lockside – they called back, no next step")
    assert "Paused" not in (await ana.says("/deal Lockside"))[0]
    await ana.says("/rainmaker undo")
    assert "Paused until Mon 28 Sep" in (await ana.says("/deal Lockside"))[0]


async def test_a_pause_that_is_over_today_is_refused_under_its_field(ana, team):
    await ana.says("/log email Lockside")
    await ana.clicks("Pause until…")
    await ana.fills("Until when?", "2026-09-14")
    await ana.submits()
    assert ana.modal_errors() == {"Until when?": "Choose a day to come."} or "Choose a day to come." in str(
        ana.modal_errors()
    )
    assert await mails(team) == []


async def test_another_person_is_promised_for_the_next_working_day(ana, team):
    await ana.says("/log email Lockside")
    await ana.clicks("Another person…")
    await ana.fills("Who else is there?", "Ola Berg")
    await ana.submits()
    (promise,) = await every(team, FollowUpRow)
    assert (promise.who, promise.what, promise.due_on) == (
        "Ola Berg at Lockside",
        "get in touch",
        TODAY + days(1),
    )
    assert promise.opportunity_id is not None
    assert len(await mails(team)) == 1
    await ana.says("/rainmaker undo")
    assert [row.state for row in await every(team, FollowUpRow)] == []
    assert await mails(team) == []


async def test_a_promise_to_another_person_is_theirs(ana, team):
    await ana.says("/followup Lockside tomorrow email them the price list")
    await ana.clicks("Another person…")
    await ana.fills("Who else is there?", "Ola Berg")
    await ana.submits()
    (promise,) = await every(team, FollowUpRow)
    assert (promise.who, promise.what, promise.state) == (
        "Ola Berg at Lockside",
        "email them the price list",
        FollowUpState.OPEN,
    )


async def test_the_forms_ask_too_and_lose_nothing(ana, team):
    await ana.says("/log")
    await ana.fills("Emails", "1")
    await ana.fills("With whom?", "Lockside")
    await ana.fills("How did it go?", "sent the price list")
    await ana.submits()
    assert ASKED in (ana.modal() or "")
    await ana.clicks("Something of value…")
    await ana.fills("What is in it for them?", "What the new toll costs their depots")
    await ana.submits()
    (mail,) = await mails(team)
    assert mail.outcome == "sent the price list; What the new toll costs their depots"
    assert "In it for Lockside: What the new toll costs their depots." in (ana.modal() or ana.sees()[-1])


async def test_the_form_of_a_promise_asks_too(ana, team):
    await ana.says("/followup new")
    await ana.fills("Who is it with?", "Lockside")
    await ana.fills("What will happen?", "email them the price list")
    await ana.submits()
    assert ASKED in (ana.modal() or "")
    assert await every(team, FollowUpRow) == []
    await ana.clicks("Promise it anyway")
    (promise,) = await every(team, FollowUpRow)
    assert promise.what == "email them the price list"


async def test_work_at_ones_desk_and_what_they_owe_is_not_asked_about(ana, team):
    for line in (
        "/followup Lockside tomorrow prepare the offer",
        "/followup Lockside owes us the contract tomorrow",
    ):
        await ana.says(line)
    assert len(await every(team, FollowUpRow)) == 2
    assert await every(team, TouchLimitRow) == []


async def test_what_was_typed_is_gone_from_the_question_once_it_is_answered(ana, team):
    await ana.says("/log email Lockside – a secret")
    assert "a secret" in (await every(team, TouchLimitRow))[0].carried
    await ana.clicks("Log it anyway")
    assert (await every(team, TouchLimitRow))[0].carried == ""


# whom there it is with


async def knows(town, *people):
    """Who is spoken to at Lockside; the first of them decides."""
    async with town.bot.database.write(WORKSPACE) as scope:
        row = (await scope.session.exec(select(OpportunityRow))).first()
        for name in people:
            contact = DealContact(opportunity_id=row.id, name=name, decides=name == people[0])
            await name_contact(scope, contact)


async def test_touches_at_somebody_else_there_are_theirs(team):
    """Two mails to each of two people are no four to one of them (54)."""
    touches = [books.Touch(TODAY - days(14))]
    touches += [
        books.Touch(TODAY - days(ago), "email", f"sent to {who}")
        for ago, who in ((4, "Eva"), (3, "Eva"), (2, "Ola"), (1, "Ola"))
    ]
    await books.worked(team, "Lockside", touches)
    await knows(team, "Eva Berg", "Ola Roe")
    ana = team.person("ana")
    assert "without an answer" not in (await ana.says("/log email Lockside – sent to Ola"))[0]
    said = (await ana.says("/log email Lockside – sent to Ola again"))[0]
    assert ASKED in said
    assert "who decides" not in said


async def test_whoever_decides_is_said_to(team):
    """Touches at them are counted apart, and the question says that they decide (55)."""
    touches = [books.Touch(TODAY - days(14))]
    touches += [books.Touch(TODAY - days(ago), "email", "sent to Eva") for ago in (4, 3, 2)]
    await books.worked(team, "Lockside", touches)
    await knows(team, "Eva Berg", "Ola Roe")
    said = (await team.person("ana").says("/log email Lockside – sent to Eva"))[0]
    assert ASKED in said
    assert "They went to Eva Berg, who decides" in said
    assert "Ola Roe is known there too" in said


async def test_the_next_step_of_a_deal_is_asked_about_too(ana, team):
    await ana.says("/deal Lockside")
    await ana.clicks("Next step…")
    await ana.fills("What is the next step?", "email them the price list")
    await ana.submits()
    assert ASKED in (ana.modal() or "")
    assert await every(team, FollowUpRow) == []
    await ana.clicks("Promise it anyway")
    (promise,) = await every(team, FollowUpRow)
    assert promise.what == "email them the price list"
    assert promise.opportunity_id is not None


async def test_the_mend_of_the_audit_is_asked_about_too(ana, team):
    await ana.says("/pipeline")
    await ana.clicks("Fix: next step…")
    await ana.fills("Next step", "email them the price list")
    await ana.fills("Day", "2026-09-15")
    await ana.submits()
    assert ASKED in (ana.modal() or "")
    assert await every(team, FollowUpRow) == []
    await ana.clicks("Promise it anyway")
    (promise,) = await every(team, FollowUpRow)
    assert promise.what == "email them the price list"
