"""A rep sets a goal, watches the pace, changes their mind; a manager sets one for a rep."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from handlers.goals.goal.owner import as_typed
from sales.followups.activity import ActivityKind
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import PeriodKind
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from sales.value import changed
from storage.followups.activity import ActivityRow
from storage.goals.goal import add_goal, goal_history, goals_of
from storage.goals.progress import member_progress, people_progress
from storage.people.leave import add_leave
from storage.people.member import meet_member
from storage.people.team import change_team, every_team
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE
from tests.story_workspace import StoryWorkspace

TODAY = T0.date()
NASTY = "<!channel> <!here> & <mailto:a@b.example|click> `code` 🎉 שלום"


async def won(town: StoryWorkspace, owner: str, value: int, on: date, stage: Stage = Stage.WON) -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add(
            OpportunityRow.model_validate(
                {
                    "workspace_id": WORKSPACE,
                    "name": "Acme",
                    "owner_id": owner,
                    "stage": stage,
                    "opened_on": on - timedelta(days=30),
                    "closed_on": on,
                    "value_minor": value,
                    "updated_at": T0,
                }
            )
        )


async def rows_of(town: StoryWorkspace, owner: str) -> list[Any]:
    async with town.bot.database.read(WORKSPACE) as scope:
        return await goals_of(scope, owner, 50)


async def test_the_form_from_open_to_read_back(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await ana.says("/goal set")
    assert "By when: (Q3 2026, until Wed 30 Sep 2026)" in (ana.modal() or "")
    await ana.fills("Target", "120k")
    await ana.chooses("By when", "Q4 2026, until Thu 31 Dec 2026")
    await ana.fills("Which objective does it serve?", "Grow in healthcare")
    await ana.fills("Why this target?", "a tenth more than last autumn")
    await ana.submits()
    assert "Goal saved: $120,000 revenue in Q4 2026.\n$120k, from 1 Oct" in (ana.modal() or "")
    await ana.closes()
    (shown,) = await ana.says("/goal")
    assert "Q4 revenue  $120k, from 1 Oct (⋯ Details, Edit…, Close…)" in shown
    await ana.chooses("⋯", "Details", near="Q4 revenue")
    for said in (
        "It takes $1,936 a working day over 62 working days.",
        "Serves: Grow in healthcare",
        "Why: a tenth more than last autumn",
    ):
        assert said in ana.sees()[-1]
    assert "no objective" not in ana.sees()[-1]
    await ana.chooses("⋯", "Edit…", near="Q4 revenue")
    for kept in ("‘$120,000’", "Q4 2026", "‘Grow in healthcare’", "‘a tenth more than last autumn’"):
        assert kept in (ana.modal() or "")
    await ana.submits()
    assert "Nothing to change" in (ana.modal() or "")


async def test_a_goal_in_one_line_is_echoed_with_a_way_back(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    (said,) = await ana.says("/goal 120k this quarter", channel="sales")
    assert said == (
        "Rainmaker (only visible to you): Goal saved: $120,000 revenue in Q3 2026.\n"
        "What have you already won in Q3? Until that is said, nothing tells where the goal stands.\n"
        "[Enter what is won] [Nothing yet] [Edit] [Remove]"
    )
    count = len(ana.sees("sales"))
    await ana.clicks("Nothing yet", where="sales")
    assert ana.sees("sales")[-1] == (
        "Rainmaker (only visible to you): Goal saved: $120,000 revenue in Q3 2026.\n"
        "Nothing was won in Q3 before 14 Sep. The goal starts from zero, and its days count from when it was set.\n"
        "[Undo] [Edit] [Remove]"
    )
    assert len(ana.sees("sales")) == count
    assert "$0 of $120k · not started yet" in (await ana.says("/goal"))[0]
    assert team.person("ben").sees("sales") == []
    await ana.clicks("Remove")
    assert "Removed: $120,000 revenue in Q3 2026." in ana.sees("sales")[-1]
    assert "[Remove]" not in ana.sees("sales")[-1]
    (shown,) = await ana.says("/goal")
    assert "You have no goal for now." in shown


async def test_what_counts_comes_from_deals_and_activities(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    for line in (
        "120k this quarter",
        "4 deals this quarter",
        "3 opportunities this month",
        "40 calls this month",
    ):
        await ana.says(f"/goal {line}")
        if "this quarter" in line:
            await ana.clicks("Nothing yet")
    await won(team, "U1", 60_000_00, TODAY)
    await won(team, "U1", 99_000_00, TODAY + timedelta(days=1))
    await won(team, "U2", 7_000_00, TODAY)
    async with team.bot.database.write(WORKSPACE) as scope:
        call = ActivityRow(
            workspace_id=WORKSPACE, owner_id="U1", kind=ActivityKind.CALL, on=TODAY, count=30, created_at=T0
        )
        scope.session.add(call)
    (shown,) = await ana.says("/goal")
    assert [line.partition(" (⋯")[0] for line in shown.splitlines()[:4]] == [
        "Rainmaker (only visible to you): Q3 revenue  $60k of $120k · just begun",
        "Q3 deals won  1 of 4 · just begun",
        "September opportunities created  0 of 3 · not started yet",
        "September calls  30 of 40 · just begun",
    ]
    await ana.chooses("⋯", "Details", near="Q3 revenue")
    assert "50% of the target, 8% of its working days gone." in ana.sees()[-1]
    assert "$60,000 to go in 12 working days: $5,000 a working day." in ana.sees()[-1]
    await team.jump("tomorrow 10:00")
    (later,) = await ana.says("/goal")
    assert "$159k of $120k · reached" in later


async def test_a_change_keeps_the_dated_history(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    await team.jump("to wednesday")
    await ana.says("/goal edit revenue")
    await ana.fills("Target", "100,000")
    await ana.fills("What made you change it?", "two deals moved to autumn")
    await ana.submits()
    assert "Goal changed: $100,000 revenue in Q3 2026; it was $120,000 revenue in Q3 2026." in (
        ana.modal() or ""
    )
    await ana.closes()
    await team.jump("tomorrow")
    await ana.says("/goal close")
    await ana.clicks("Close…")
    assert "$100,000 revenue in Q3 2026 counts no more." in (ana.modal() or "")
    await ana.closes()
    assert len(await ana.says("/goal")) == 1
    await ana.chooses("⋯", "Close…", near="Q3 revenue")
    await ana.submits()
    assert "Goal closed" in (ana.modal() or "")
    assert "You have no goal for now." in ana.sees()[-1]
    await ana.closes()
    (shown,) = await ana.says("/goal history")
    assert shown.splitlines()[1:] == [
        "$100,000 revenue in Q3 2026 · closed",
        "$0; what was won before it was set was not said",
        "• Mon 14 Sep 2026: @Ana Kovač set $120,000 revenue in Q3 2026",
        "• Wed 16 Sep 2026: @Ana Kovač changed it to $100,000 revenue in Q3 2026 (two deals moved to autumn)",
        "• Thu 17 Sep 2026: @Ana Kovač closed it",
    ]


async def test_undo_takes_back_one_thing_at_a_time(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    await ana.says("/goal 120k this quarter")
    await ana.says("/goal 130k this quarter")
    await ana.clicks("Change to $130,000")
    await ana.says("/goal close")
    await ana.clicks("Close…")
    await ana.submits()
    await ana.closes()
    undone = []
    for _ in range(3):
        (said,) = await ana.says("/rainmaker undo")
        undone.append((said, [(row.target, row.state.value) for row in await rows_of(team, "U1")]))
    assert [state for _, state in undone] == [[(130_000_00, "open")], [(120_000_00, "open")], []]
    assert "$130,000 revenue in Q3 2026, closed" in undone[0][0]
    await mia.says("/goal set @ana 5 deals this quarter")
    (said,) = await mia.says("/rainmaker undo")
    assert "“5 deals won in Q3 2026, set, for Ana Kovač”, cannot be undone here. Nothing was undone" in said
    assert [row.target for row in await rows_of(team, "U1")] == [5]


async def test_the_same_goal_twice_offers_to_change_the_first(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    (again,) = await ana.says("/goal 130k this quarter")
    assert (
        "You already have this goal: $120,000 revenue in Q3 2026. Change it to $130,000 revenue, or edit it?"
        in again
    )
    await ana.clicks("Change to $130,000")
    assert "Goal changed: $130,000 revenue in Q3 2026; it was $120,000" in ana.sees()[-1]
    (same,) = await ana.says("/goal 130k this quarter")
    assert "Edit it to say more." in same
    await ana.says("/goal set")
    await ana.fills("Target", "150k")
    await ana.fills("Which objective does it serve?", "Win the north")
    await ana.submits()
    form = ana.modal() or ""
    assert "You already have this goal: $130,000 revenue in Q3 2026. Saving here changes it" in form
    assert "‘150k’" in form
    await ana.submits()
    assert "Goal changed: $150,000 revenue in Q3 2026; it was $130,000" in (ana.modal() or "")
    (row,) = await rows_of(team, "U1")
    assert (row.target, row.objective) == (150_000_00, "Win the north")
    await ana.closes()
    (month,) = await ana.says("/goal 50k this month")
    assert "Goal saved: $50,000 revenue in September 2026." in month


async def test_another_target_with_its_reason_is_a_change_with_the_way_back(team: StoryWorkspace) -> None:
    """Somebody who says why means it: it is changed at once, and was what it was one tap away, its reason too."""
    ana, mia = team.person("ana"), team.person("mia")
    await ana.says("/goal 60k this quarter because of last year")
    (said,) = await mia.says("/goal set @ana 90k this quarter because the region grew")
    assert "$90,000 revenue in Q3 2026; it was $60,000" in said
    await mia.clicks("Change back to $60,000")
    (row,) = await rows_of(team, "U1")
    assert (row.target, row.reason) == (60_000_00, "last year")
    (asked,) = await mia.says("/goal set @ana 90k this quarter")
    assert "[Change to $90,000]" in asked


async def test_a_period_names_the_goal_that_is_there_and_never_a_number(team):
    ana = team.person("ana")
    await ana.says("/goal 120k next quarter")
    await ana.says("/goal 5 calls this week")
    for named in ("Q4 2026", "q4 26", "2026 Q4", "next quarter", "Q4", "in q4 2026"):
        for line in (f"/goal {named}", f"/goal chart {named}", f"/why {named}"):
            [said] = await ana.says(line)
            assert "$120" in said or "Q4 2026 starts" in said, line
            assert "calls  0" not in said, line
            assert "2,026" not in said, line
    assert sorted(row.target for row in await rows_of(team, "U1")) == [5, 120_000_00]


async def test_a_period_without_a_goal_is_asked_how_much(team):
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    for line in (
        "Q1 2027",
        "set Q1 2027",
        "set October 2026",
        "2027",
        "calls in 2027",
        "by Q1 2027",
        "Q3 2025",
    ):
        [said] = await ana.says(f"/goal {line}")
        assert "How much " in said or "Q3 2025 is over." in said, line
        assert "Goal saved" not in said
    assert len(await rows_of(team, "U1")) == 1
    await ana.says("/goal 2027 q4")
    await ana.clicks("A target of 2,027")
    assert "Goal saved: $2,027 revenue in Q4 2026" in ana.sees()[-1]


async def test_a_goal_cannot_move_onto_another(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    await ana.says("/goal 90k next quarter")
    await ana.clicks("Edit")
    await ana.chooses("By when", "Q3 2026, until Wed 30 Sep 2026")
    await ana.submits()
    assert ana.modal_errors() == {
        "By when": "There is a goal for that already: $120,000 revenue in Q3 2026. Edit or close that one."
    }


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"Target": "-5"}, {"Target": "-5 is below zero; amounts are above it."}),
        ({"Target": "0"}, {"Target": "The amount has to be above zero."}),
        ({"Target": "9" * 40}, {"Target": None}),
        ({"Target": "lots 🎉"}, {"Target": "“lots 🎉” does not read as an amount."}),
        ({"What to measure": "Calls (activities)", "Target": "4.5"}, {"Target": None}),
        ({"By when": "Other dates"}, {"First day": "Choose the first day."}),
        ({"By when": "Other dates", "First day": "2026-10-01"}, {"Last day": "Choose the last day."}),
        ({"First day": "2026-10-01"}, {"By when": None}),
        (
            {"By when": "Other dates", "First day": "2026-10-09", "Last day": "2026-10-01"},
            {"Last day": "The period would end before it starts. Choose a later last day."},
        ),
        (
            {"By when": "Other dates", "First day": "2026-07-01", "Last day": "2026-09-13"},
            {"Last day": None},
        ),
        (
            {"By when": "Other dates", "First day": "2026-09-19", "Last day": "2026-09-20"},
            {"Last day": None},
        ),
        ({"Why this target?": "x" * 10_000}, {"Why this target?": None}),
    ],
)
async def test_what_cannot_stand_is_said_under_its_field(
    team: StoryWorkspace, values: dict[str, str], errors: dict[str, str | None]
) -> None:
    ana = team.person("ana")
    await ana.says("/goal set")
    await ana.fills("Target", "120k")
    for label, value in values.items():
        await ana.fills(label, value)
    await ana.submits()
    said = ana.modal_errors()
    assert list(said) == list(errors)
    for label, words in errors.items():
        assert words is None or said[label] == words
    assert await rows_of(team, "U1") == []


async def test_a_mended_form_saves(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await ana.says("/goal set")
    await ana.fills("Target", "-5")
    await ana.submits()
    assert list(ana.modal_errors()) == ["Target"]
    await ana.fills("Target", "120k")
    await ana.chooses("By when", "Other dates")
    await ana.chooses("First day", "2026-10-01")
    await ana.chooses("Last day", "2026-12-31")
    await ana.submits()
    assert "Goal saved: $120,000 revenue in Q4 2026." in (ana.modal() or "")


@pytest.mark.parametrize(
    "line",
    [
        "-5k this quarter",
        "0 calls this month",
        "120k last quarter",
        "120k in 2019",
        "120k 15 dec 2026 to 1 oct 2026",
        "9999999999999999999999k this quarter",
        "99999999 calls this month",
        "lots",
        "x" * 10_000,
        "120k this quarter because " + "y" * 1_900,
        NASTY,
        "﷽ 🎉 שלום",
    ],
)
async def test_a_line_that_cannot_be_a_goal_is_refused_with_one_that_can(
    team: StoryWorkspace, line: str
) -> None:
    ana = team.person("ana")
    (said,) = await ana.says(f"/goal {line}")
    assert "Try /goal " in said
    assert "went wrong" not in said
    assert len(said) < 600
    assert await rows_of(team, "U1") == []


async def test_injection_is_kept_and_shown_as_text(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    (said,) = await ana.says(f"/goal 120k this quarter because {NASTY}", channel="sales")
    assert f"Why: {NASTY}" in said
    await ana.clicks("Edit", where="sales")
    await ana.fills("Which objective does it serve?", NASTY)
    await ana.fills("What made you change it?", "<!channel> *now*")
    await ana.submits()
    assert f"Serves: {NASTY}" in (ana.modal() or "")
    await ana.closes()
    await ana.says("/goal")
    await ana.chooses("⋯", "Details", near="Q3 revenue")
    assert f"Serves: {NASTY}" in ana.sees()[-1]
    (history,) = await ana.says("/goal history")
    assert "changed what it serves or why (<!channel> " in history
    assert team.person("ben").sees("sales") == []


async def test_people_and_links_in_a_line_stay_as_they_were_typed(team: StoryWorkspace) -> None:
    line = "/goal 120k this quarter because @ben left, see https://northwind.example/plan"
    (said,) = await team.person("ana").says(line)
    assert "Why: @Ben Ito left, see https://northwind.example/plan" in said


@pytest.mark.parametrize(
    ("passed_on", "typed"),
    [
        ("<@U2|ben> and <#C1|sales>", "@ben and #sales"),
        ("<http://acme.com|acme.com>, <https://acme.com/a?b=1>", "acme.com, https://acme.com/a?b=1"),
        ("<mailto:a@acme.com|a@acme.com>", "a@acme.com"),
        ("<https://evil.example|click>", "<https://evil.example|click>"),
        ("<!channel> 1 < 2 > 0", "<!channel> 1 < 2 > 0"),
    ],
)
def test_what_slack_tagged_reads_as_it_was_typed(passed_on: str, typed: str) -> None:
    assert as_typed(passed_on) == typed


async def test_a_manager_sets_a_goal_and_the_rep_hears_of_it_in_working_hours(team: StoryWorkspace) -> None:
    mia, ben = team.person("mia"), team.person("ben")
    (said,) = await mia.says("/goal set @ben 50k next month because the north is yours")
    assert "Goal saved for @Ben Ito: $50,000 revenue in October 2026." in said
    assert ben.sees() == []  # 05:00 in New York
    await team.jump("today 14:00")
    (told,) = ben.sees()
    assert "@Mia Horvat set your goal: $50,000 revenue in October 2026." in told
    assert "Why: the north is yours" in told
    (shown,) = await ben.says("/goal")
    assert "October revenue  $50k, from 1 Oct" in shown
    for name in ("@ben", "@BenIto"):  # one Slack knows and passes on as a mention, and one only we know
        (seen,) = await mia.says(f"/goal {name}")
        assert "Goals of @Ben Ito" in seen
    await mia.chooses("⋯", "Close…", near="October revenue")
    await mia.submits()
    assert "Goal closed for @Ben Ito: $50,000 revenue in October 2026." in (mia.modal() or "")
    await team.server.settled()
    assert "@Mia Horvat closed your goal: $50,000 revenue in October 2026." in ben.sees()[-1]


async def test_a_manager_may_choose_the_rep_in_the_form(team: StoryWorkspace) -> None:
    mia, ana = team.person("mia"), team.person("ana")
    await mia.says("/goal set @ben")
    assert "Whose goal: (@Ben Ito)" in (mia.modal() or "")
    await mia.chooses("Whose goal", "ana")
    await mia.chooses("What to measure", "Calls (activities)")
    await mia.fills("Target", "60")
    await mia.submits()
    assert "Goal saved for @Ana Kovač: 60 calls in Q3 2026.\n0 of 60 · not started yet" in (mia.modal() or "")
    assert "@Mia Horvat set your goal: 60 calls in Q3 2026." in ana.sees()[-1]
    await mia.closes()
    await mia.says("/goal set")
    await mia.chooses("Whose goal", "raj")
    await mia.fills("Target", "60k")
    await mia.submits()
    assert "This person is in no team." in mia.modal_errors()["Whose goal"]


async def test_a_name_is_found_without_its_accents_however_it_is_asked_for(team: StoryWorkspace) -> None:
    await team.server.change_person("U1", real_name="Chloé Béranger", display_name="")
    mia, chloe = team.person("mia"), team.person("ana")
    await chloe.says("/goal 120k this quarter")
    for words in ("/goal @chloe", "/goal @Chloé", "how is Chloe doing", "/goal @chloeberanger"):
        said = "\n".join(await mia.says(words))
        assert "$120,000" in said or "$120k" in said, words


async def test_others_goals_are_not_for_colleagues(team: StoryWorkspace) -> None:
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/goal 120k this quarter")
    for words in ("/goal @ana", "/goal set @ana 5 deals this quarter", "/goal set @ana", "/goal close @ana"):
        (said,) = await ben.says(words)
        assert "Goals of others are for their manager or an admin." in said
    (unknown,) = await ben.says("/goal set @nobody 5 deals")
    assert "Nobody here is called @nobody." in unknown
    await ben.says("/goal set")
    assert "Whose goal" not in (ben.modal() or "")


async def test_a_button_pressed_late_says_so_calmly(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    await ana.says("/goal close", channel="sales")
    await ana.says("/goal edit", channel="sales")
    await ana.clicks("Remove", where="D1")
    await ana.clicks("Close…", where="sales")
    assert "This goal is closed already: $120,000 revenue in Q3 2026." in ana.sees("sales")[-1]
    (row,) = await rows_of(team, "U1")
    async with team.bot.database.read(WORKSPACE) as scope:
        assert len((await goal_history(scope, [row.id]))[row.id]) == 2


async def test_a_form_left_open_does_not_reopen_a_closed_goal(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    await ana.says("/goal 120k this quarter")
    await ana.says("/goal edit")
    await mia.says("/goal @ana")
    await mia.chooses("⋯", "Close…", near="Q3 revenue")
    await mia.submits()
    await ana.fills("Target", "1k")
    await ana.submits()
    assert "This goal is closed already" in (ana.modal() or "")
    assert [row.target for row in await rows_of(team, "U1")] == [120_000_00]


async def test_the_day_is_the_owners_own(team: StoryWorkspace) -> None:
    await team.jump("2026-09-30 23:00")
    (ana,) = await team.person("ana").says("/goal 120k this quarter")
    (ben,) = await team.person("ben").says("/goal 120k this quarter")
    assert "Q4 2026" in ana  # 01:00 on 1 October in Ljubljana
    assert "Q3 2026" in ben  # 19:00 on 30 September in New York
    (set_by_mia,) = await team.person("mia").says("/goal set @ben 5 deals this month")
    assert "September 2026" in set_by_mia


async def test_leave_takes_days_out_of_the_pace(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    async with team.bot.database.write(WORKSPACE) as scope:
        await add_leave(scope, "U1", date(2026, 9, 21), date(2026, 9, 25))
    await ana.says("/goal")
    await ana.chooses("⋯", "Details", near="Q3 revenue")
    assert "$120,000 to go in 7 working days: $17,143 a working day." in ana.sees()[-1]


async def test_a_fiscal_year_has_its_own_quarters(team: StoryWorkspace) -> None:
    async with team.bot.database.write(WORKSPACE) as scope:
        (row,) = await every_team(scope)
        await change_team(scope, row, changed(Team, row, fiscal_year_start=2, currency="EUR"))
    ana = team.person("ana")
    (said,) = await ana.says("/goal 120k this quarter")
    assert "Goal saved: €120,000 revenue in Q3 FY2027.\nWhat have you already won in Q3 FY2027?" in said
    await ana.clicks("Nothing yet")
    assert "€0 of €120k · not started yet" in (await ana.says("/goal"))[0]
    await ana.says("/goal set")
    await ana.fills("Target", "$5k")
    await ana.submits()
    assert "it is counted in EUR here" in ana.modal_errors()["Target"]


async def test_past_quarters_give_the_pace_its_season(team: StoryWorkspace) -> None:
    """Two quarters that came in wholly on their last day make nothing expected before it: no red start."""
    ana = team.person("ana")
    await won(team, "U2", 1_00, date(2025, 12, 31))
    for end in (date(2026, 3, 31), date(2026, 6, 30)):
        await won(team, "U2", 75_000_00, end)
        await won(team, "U2", 25_000_00, end.replace(day=1))
    await won(team, "U1", 30_000_00, TODAY - timedelta(days=3))
    await ana.says("/goal 100k this quarter because the last day decides")
    (shown,) = await ana.says("/goal")
    # Even days would expect 81% by now.
    assert "$30k of $100k · chance 14%" in shown
    await ana.chooses("⋯", "Details", near="Q3 revenue")
    assert "30% of the target where past periods had 25%, 81% of the working days gone." in (ana.sees()[-1])


async def test_a_digest_of_thirty_reps_takes_few_queries(team: StoryWorkspace) -> None:
    asked: list[str] = []
    async with team.bot.database.write(WORKSPACE) as scope:
        (row,) = await every_team(scope)
        people = [
            await meet_member(scope, Member(user_id=f"R{n}", name=f"Rep {n}", team_id=row.id))
            for n in range(30)
        ]
        for person in people:
            for metric in (Metric.REVENUE, Metric.DEALS_WON, Metric.OPPORTUNITIES_CREATED):
                await add_goal(scope, quarterly(person.user_id, metric), person.user_id, T0)

    def counted(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    engine = team.bot.database.engine.reading.sync_engine
    event.listen(engine, "before_cursor_execute", counted)
    try:
        async with team.bot.database.read(WORKSPACE) as scope:
            found = await people_progress(scope, people, row, TODAY)
            queries = [one for one in asked if one.startswith("SELECT")]
            alone = await member_progress(scope, people[3], row, TODAY)
    finally:
        event.remove(engine, "before_cursor_execute", counted)
    assert [len(found[person.user_id]) for person in people] == [3] * 30
    assert found["R3"] == alone
    beside = ("FROM leave", "FROM delivery")  # which is what delivery looks for meanwhile
    assert len([one for one in queries if not any(table in one for table in beside)]) <= 15


def quarterly(owner: str, metric: Metric) -> Goal:
    return Goal(
        owner_id=owner,
        metric=metric,
        target=100,
        period_kind=PeriodKind.QUARTER,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
    )


async def test_history_and_why_name_the_same_day_on_which_a_goal_was_set(team):
    mia = team.person("mia")
    await team.known("ben")
    await team.jump("2026-09-15 02:00", "Europe/Ljubljana")  # Monday evening where Ben is
    await mia.says("/goal set @ben 12 deals this quarter")
    [history] = await mia.says("/goal history @ben")
    [why] = await mia.says("/why @ben deals")
    assert "Tue 15 Sep 2026: @Mia Horvat set" in history
    assert "Target: Mia Horvat, Tue 15 Sep 2026" in why


async def test_why_names_words_that_mean_one_of_two_goals(team):
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    await ana.says("/goal 500k this year")
    [which] = await ana.says("/why revenue")
    assert "Say a few of its words, such as /why Q3:" in which
    [why] = await ana.says("/why Q3")
    assert "Why $120,000 revenue in Q3 2026 stands where it does" in why


async def test_why_of_a_rep_names_the_rep_in_its_example(team):
    mia = team.person("mia")
    await team.known("ben")
    await mia.says("/goal set @ben 120k this quarter")
    await mia.says("/goal set @ben 500k this year")
    [which] = await mia.says("/why @ben revenue")
    assert "such as /why @ben Q3:" in which
    [why] = await mia.says("/why @ben Q3")
    assert "Why $120,000 revenue in Q3 2026 stands where it does" in why


async def test_the_managers_home_says_how_many_have_the_goal_and_all_reps_stand_by_name(team):
    mia, ben, ana = team.person("mia"), team.person("ben"), team.person("ana")
    await ben.says("/goal 150k this year")
    await ana.says("/goal 12 deals next quarter")
    await ana.says("/goal 90k this quarter")
    await ben.says("/goal 80k this quarter")
    await mia.opens_home()
    home = mia.home()
    assert "2026 revenue  $0 of $150k" in home
    assert "1 of 2 reps has a goal for it" in home
    assert "Q3 revenue  $0 of $170k" in home
    await mia.clicks("All 2", where="home")
    everybody = mia.sees()[-1]
    assert 0 < everybody.index("Ana Kovač") < everybody.index("Ben Ito")
