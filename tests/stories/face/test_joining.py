"""Onboarding: who is put into a team hears of it once, starts from what is won already, and leaves nothing behind."""

import re

import pytest

from handlers.imports.files.run import bring_in
from tests.known import WORKSPACE
from tests.setup_story import sets_up
from tests.stories.face import books
from tests.stories.face.books import HERE, TODAY
from tests.stories.face.seen import (
    field,
    home_lines,
    label,
    lines,
    message_lines,
    modal,
    newest,
    presses,
    progress,
    reader_of,
    same_amount,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

WELCOME = re.compile(r"welcome|hello|I am Rainmaker|I'm Rainmaker", re.IGNORECASE)
WON_ALREADY = r"already won|won (already|so far)|starting balance"
ENTER = r"\bwon\b|balance|enter|fill in|tell me|answer"  # whatever the button under the question reads


def welcomes(person):
    return [one for one in person.sees() if WELCOME.search(one)]


def welcome(person):
    found = [
        one
        for one in person._place(None).seen_by(person.person.id)
        if WELCOME.search("\n".join(message_lines(person, one)))
    ]
    assert found, f"{person.person.real_name} was not welcomed."
    return found[-1]


@pytest.fixture
async def raj(team):
    """Raj was put into the team by Mia at half past two in the afternoon of his Monday; it is his Tuesday morning."""
    mia = team.person("mia")
    await sets_up(mia, "Field", ["raj"])
    await mia.closes()
    await team.jump("2026-09-14 17:30", "Asia/Kolkata")
    return team.person("raj")


async def test_who_is_put_into_a_team_is_welcomed_within_working_hours(raj):
    """Without having said or opened anything, on the same working day."""
    assert len(welcomes(raj)) == 1


async def test_the_welcome_has_the_off_switch_and_says_what_comes_when(raj):
    """What comes, at what time, and how it stops: in the message itself."""
    message = welcome(raj)
    said = "\n".join(message_lines(raj, message))
    assert re.search(r"\b16:[23]\d\b|evening|end of (the|your) day", said), said
    assert label(message.blocks, r"off|pause|stop|settings|what comes"), "The welcome has no off switch."


async def test_the_welcome_comes_once(raj, team):
    """Opening Home, writing, being saved again: no second welcome."""
    await raj.opens_home()
    await raj.says("/log 1 call", channel="sales")
    mia = team.person("mia")
    await sets_up(mia, "Field", ["raj"])
    await mia.closes()
    for day in ("2026-09-15", "2026-09-16", "2026-09-21"):
        await team.jump(f"{day} 10:30", "Asia/Kolkata")
    assert len(welcomes(raj)) == 1


async def test_at_night_and_on_a_weekend_it_waits_for_the_next_working_hour(team):
    """Put into the team on a Saturday evening, Raj hears of it on Monday morning, by his own clock."""
    await team.jump("2026-09-19 20:30", "Asia/Kolkata")
    mia, raj = team.person("mia"), team.person("raj")
    await sets_up(mia, "Field", ["raj"])
    await mia.closes()
    for when in ("2026-09-19 22:00", "2026-09-20 11:00", "2026-09-21 06:30"):
        await team.jump(when, "Asia/Kolkata")
        assert welcomes(raj) == []
    await team.jump("2026-09-21 10:30", "Asia/Kolkata")
    assert len(welcomes(raj)) == 1


async def test_a_user_group_is_welcomed_too(town):
    """Everybody means everybody: also who came with a group."""
    mia = town.person("mia")
    await sets_up(mia, "Field", [], group="EMEA")
    await mia.closes()
    await town.jump("2026-09-14 17:45", "Asia/Kolkata")
    assert (len(welcomes(town.person("ana"))), len(welcomes(town.person("raj")))) == (1, 1)


async def says_what_is_won(raj, team):
    """Raj sets a goal, and answers the welcome's question with 21,000."""
    await raj.says("/goal 60k this quarter because of last year", channel="sales")
    await presses(raj, ENTER, where=team.dm("raj"))
    await raj.fills(field(raj, r"won|amount|how much|balance"), "21k")
    await raj.submits()
    if raj.modal():
        await raj.closes()


async def test_the_welcome_asks_what_is_already_won(raj, team):
    """The answer is where the goal begins, in one form."""
    await says_what_is_won(raj, team)
    await raj.opens_home()
    assert [one for one in progress("\n".join(home_lines(raj))) if same_amount(one[0], 21_000)], raj.home()


async def test_a_starting_balance_is_dated_in_why_and_undone(raj, team):
    """/why says that 21,000 were there before and since when; undo takes them back."""
    await says_what_is_won(raj, team)
    why = "\n".join(await raj.says("/why revenue", channel="sales"))
    line = next(
        (
            one
            for one in why.splitlines()
            if "21,000" in one and re.search("start|before|already", one, re.IGNORECASE)
        ),
        None,
    )
    assert line, why
    assert re.search(r"\b\d{1,2} Sep\b", line), line
    assert "Undone" in "\n".join(await raj.says("/rainmaker undo", channel="sales"))
    assert "21,000" not in "\n".join(await raj.says("/goal", channel="sales"))


async def test_an_import_of_the_same_days_is_never_added_to_the_balance(raj, team, tmp_path):
    """A file that covers the days of a starting balance asks to replace it: what is won is one or the other."""
    await says_what_is_won(raj, team)
    header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    rows = "".join(
        f"{one},Raj Patel,GTX,Acme,Won,2026-07-0{one},2026-08-0{one},5000\n" for one in range(1, 4)
    )
    (tmp_path / "sales_pipeline.csv").write_text(header + rows, "utf-8")
    await bring_in(team.bot.database, WORKSPACE, tmp_path / "sales_pipeline.csv", team.clock.now)
    await raj.opens_home()
    done = {round(one[0], -2) for one in progress("\n".join(home_lines(raj)))}
    assert done, raj.home()
    assert done <= {21_000, 15_000}, done


async def test_a_goal_set_in_mid_period_asks_what_is_won_already(team):
    """Law 6: with no deals on record, a goal set in week eleven is asked about before it is called anything."""
    ana = team.person("ana")
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    shown = "\n".join([*ana.sees("sales"), *ana.sees()])
    assert re.search(WON_ALREADY, shown, re.IGNORECASE), shown
    await ana.opens_home()
    assert not re.search(r"\d+ days behind", ana.home()) or re.search(WON_ALREADY, ana.home(), re.IGNORECASE)


# setting a team up


async def steps(person, limit=9):
    """Walk through the set-up by skipping what can be skipped; return what each step showed."""
    shown = []
    for _ in range(limit):
        if person.modal() is None:
            break
        shown.append(modal(person))
        view = person._workspace.modal(person.person.id)
        if label(view.blocks, r"^Skip"):
            await presses(person, r"^Skip", where="modal")
        elif view.payload.get("submit"):
            await person.submits()
            assert not person.modal_errors(), person.modal_errors()
        else:
            break
        if person.modal() == shown[-1]:
            break
    return shown


async def test_the_set_up_is_a_wizard_and_every_step_can_be_skipped(town):
    """Team, people, channel, fiscal year, holidays: several short steps, each but the name can be skipped."""
    mia = town.person("mia")
    await mia.says("/rainmaker setup", channel="sales")
    await mia.fills(field(mia, r"team name|name of the team"), "Northerners")
    shown = await steps(mia)
    told = "\n".join(shown)
    assert len(shown) >= 4, f"{len(shown)} steps:\n{told}"
    for words in (r"people|reps", r"channel", r"fiscal", r"holidays"):
        assert re.search(words, told, re.IGNORECASE), f"No step for {words}"
    assert max(one.count("\n") for one in shown) <= 16, "A step is longer than a phone."


@pytest.mark.parametrize("later", ["2026-09-14 15:00", "2026-10-14 10:00"], ids=["hours", "a month"])
async def test_a_set_up_left_half_done_goes_on_where_it_was(town, later):
    """What was entered is there again, after hours and after a month, and the team is made in the end."""
    mia = town.person("mia")
    await mia.says("/rainmaker setup", channel="sales")
    await mia.fills(field(mia, r"team name|name of the team"), "Northerners")
    await mia.submits()
    assert mia.modal() is not None, "The set-up has one step only."
    await mia.closes(everything=True)
    await town.jump(later, HERE)
    await mia.says("/rainmaker setup", channel="sales")
    assert "Northerners" in modal(mia)
    await steps(mia)
    if mia.modal():
        await mia.closes(everything=True)
    assert "Northerners" in "\n".join(await mia.says("/team", channel="sales"))


# leaving, and coming after


async def _hand_over_form(mia):
    """Open the form that reassigns what a rep leaves behind: from /team, its people, or by command."""
    await mia.says("/team", channel="sales")
    if label(newest(mia, "sales").blocks, r"hand ?over|leaves|leaving"):
        await presses(mia, r"hand ?over|leaves|leaving", where="sales")
    else:
        await mia.says("/team handover", channel="sales")
    shown = modal(mia)
    assert re.search(r"deals", shown, re.IGNORECASE), f"This form does not speak of deals:\n{shown}"


async def test_a_leavers_deals_promises_and_goals_are_handed_over_in_one_form(team):
    """One form: from whom, to whom; the open work is the other's, the history stays."""
    ben, ana, mia = (team.person(name) for name in ("ben", "ana", "mia"))
    await ben.says("/deal Borealis 24k", channel="sales")
    await ben.says("/deal Won-before 5k", channel="sales")
    await ben.says("/deal won Won-before 5k", channel="sales")
    await ben.says("/followup Borealis fri send the contract", channel="sales")
    await ben.says("/goal 40k this quarter because of last year", channel="sales")
    await _hand_over_form(mia)
    leaver, heir = (
        field(mia, r"who leaves|leav|from|whose"),
        field(mia, r"\bto\b|takes|goes to|instead|new owner"),
    )
    await mia.chooses(leaver, "Ben Ito")
    await mia.chooses(heir, "Ana Kovač")
    await mia.submits()
    if mia.modal():
        assert not mia.modal_errors(), mia.modal_errors()
        await mia.closes(everything=True)
    assert "Borealis" in "\n".join(await ana.says("/deal", channel="sales"))
    assert "Borealis" in "\n".join(await ana.says("/followup list", channel="sales"))
    assert "Borealis" not in "\n".join(await ben.says("/deal", channel="sales"))
    assert "40,000" in "\n".join(await mia.says("/goal history @ben", channel="sales"))
    assert "Won-before" not in "\n".join(await ana.says("/deal", channel="sales"))


async def test_who_joins_is_offered_a_ramp(team):
    """The goal of somebody new can grow: the form for a joiner says so, and the months add up to the target shown."""
    mia = team.person("mia")
    await sets_up(mia, "Field", ["raj"])
    await mia.closes()
    await mia.says("/goal set @raj", channel="sales")
    assert re.search(r"\bramp|\bgrows? (to|over|into)|new here|joined", modal(mia), re.IGNORECASE), modal(mia)


async def test_nobody_is_welcomed_by_a_wall(raj):
    """The welcome is at most ten lines of text and asks one question."""
    said = lines(welcome(raj).blocks or [], reader_of(raj))
    assert 1 <= len(said) <= 10, said
    assert sum("?" in one for one in said) == 1, said


async def test_a_manager_sees_who_is_new(team):
    """A rep without a goal is somebody worth a talk, not a row of zeros: they are named without “behind”."""
    mia = team.person("mia")
    await team.person("ana").says("/goal 60k this quarter because of last year", channel="sales")
    await books.won(team, "U1", 50_000_00, TODAY)
    await mia.opens_home()
    assert not re.search(r"Ben Ito[^\n]*(behind|0 ?%)", mia.home())
