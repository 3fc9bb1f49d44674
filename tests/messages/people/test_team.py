"""What people read about teams, settings, holidays and leave; and that Slack takes the blocks as they are."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from messages.nudges.preferences import own_form, zone_and_hours
from messages.people import holiday, leave, settings, setup, team
from messages.room import MOST, weight
from messages.surfaces.evening import own_time_saved
from playground import limits
from playground.transcript import MrkdwnReader, read_blocks
from playground.transcript.blocks import Sight
from playground.views import state_values
from playground.workspace import Workspace
from sales.language.figures import week
from sales.people.member import Member
from sales.people.setup import MOST_CHOSEN, MOST_REPS
from sales.people.team import Audience, Team

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
FIELD = Team(name="Field", zone="Europe/Ljubljana", country="SI", currency="EUR", digest_channel="C1")
INJECTION = "<!channel> <@U1> <https://evil.example|click> & *bold*"


def reader():
    workspace = Workspace("Northwind")
    person = workspace.add_person("U1", "ana", "Ana Kovač")
    workspace.add_channel("C1", "sales", ["U1"])
    return MrkdwnReader(workspace, person, NOW)


def text_of(message):
    assert limits.message_faults(message.blocks) == []
    return "\n".join(read_blocks(message.blocks, Sight(reader(), state_values(message.blocks, {}))))


def modal_text(view):
    assert limits.view_faults(view) == []
    return "\n".join(read_blocks(view["blocks"], Sight(reader(), state_values(view["blocks"], {}))))


def markup(part):
    """Every text of the blocks that Slack reads as markup."""
    if isinstance(part, list):
        return [text for one in part for text in markup(one)]
    if not isinstance(part, dict):
        return []
    here = [part["text"]] if part.get("type") == "mrkdwn" else []
    return here + [text for one in part.values() for text in markup(one)]


def person(name="Ana Kovač", **changed):
    values = {
        "is_rep": True,
        "manages": False,
        "zone": "Asia/Kolkata",
        "now": NOW,
        "back_after": None,
        "active": True,
    }
    return team.ListedPerson(name=name, **{**values, **changed})


def test_a_team_is_listed_with_roles_and_everybodys_own_clock():
    people = [
        person(),
        person("Mia", is_rep=False, manages=True, zone="Europe/Ljubljana"),
        person("Ben", manages=True, zone="America/New_York", back_after=date(2026, 9, 18)),
        person("Old", is_rep=True, active=False),
    ]
    shown = text_of(team.listing(FIELD, 1, people, manages=False))
    assert "Ana Kovač rep · 14:30 Asia/Kolkata" in shown
    assert "Mia manager · 11:00 Europe/Ljubljana" in shown
    assert "Ben rep and manager · 05:00 America/New_York · on leave until Fri 18 Sep" in shown
    assert "Old rep · 14:30 Asia/Kolkata · deactivated in Slack" in shown
    assert "Digest in #sales, Monday 09:00." in shown
    assert "[Settings]" not in shown
    assert "[Settings]" in text_of(team.listing(FIELD, 1, people, manages=True))


def test_a_team_of_a_hundred_long_names_fits():
    people = [person("W" * 200) for _ in range(120)]
    message = team.listing(FIELD, 1, people, manages=True)
    shown = text_of(message).count("14:30")
    assert f"and {120 - shown} more: /team people has them all" in text_of(message)
    assert weight(message.blocks) <= MOST


def test_nobody_and_no_channel_are_said():
    shown = text_of(team.listing(Team(name="New"), 1, [], manages=True))
    assert "Nobody is in this team yet." in shown
    assert "No digest channel yet." in shown


def test_what_people_typed_is_shown_as_text():
    outcome = setup.SetupOutcome(
        Team(name=INJECTION),
        True,
        [INJECTION],
        [INJECTION],
        [(INJECTION, INJECTION)],
        [INJECTION],
        [(INJECTION, "a bot")],
    )
    days = [holiday.Day(date(2026, 12, 24), INJECTION, ours=True)]
    spans = [leave.LeaveValue(1, INJECTION, date(2026, 9, 21), date(2026, 9, 25), INJECTION)]
    for message in (
        setup.saved(outcome),
        team.listing(Team(name=INJECTION), 1, [person(INJECTION)], manages=True),
        team.all_teams([(INJECTION, 3)], manages=True),
        settings.team_saved(Team(name=INJECTION), [INJECTION]),
        holiday.listing(Team(name=INJECTION), 1, days, None, manages=True),
        leave.listing(spans, INJECTION, 1, date(2026, 9, 14)),
        leave.added(spans[0], 5, 1, date(2026, 9, 14)),
    ):
        written = message.text + "".join(markup(message.blocks))
        assert "<!channel>" not in written
        assert "<@U1>" not in written
        assert "<https" not in written
        assert text_of(message)


def test_names_are_listed_up_to_ten():
    outcome = setup.SetupOutcome(FIELD, True, [f"P{n}" for n in range(12)], ["Ana", "Ben"])
    assert "P9 and 2 more), managed by Ana and Ben." in text_of(setup.saved(outcome))


def test_setting_up_says_what_will_happen_and_when():
    outcome = setup.SetupOutcome(
        FIELD, True, ["Ana", "Ben"], ["Mia"], moved=[("Ben", "West")], passed_over=[("bot", "a bot")]
    )
    message = setup.saved(outcome)
    assert message.text == "Field is set up: 2 reps (Ana and Ben), managed by Mia."
    shown = text_of(message)
    assert (
        "Each rep gets one message around 16:30 their time on working days, only if something is due."
        in shown
    )
    assert "Monday 09:00 (Europe/Ljubljana): digest in #sales." in shown
    assert "Ben moved here from West." in shown
    assert "Left out: bot, a bot." in shown
    assert (
        "without the public holidays of Slovenia. Money is in EUR; the fiscal year starts in January."
        in shown
    )


def test_setting_up_without_a_channel_or_a_country_says_so():
    bare = Team(name="Field", country=None)
    shown = text_of(setup.saved(setup.SetupOutcome(bare, False, ["Ana"], ["Mia"], left=["Raj"], kept=True)))
    assert "No digest yet: /team people chooses a channel for it." in shown
    assert "No longer in the team: Raj. Their messages stop." in shown
    assert "Field is saved: 1 rep (Ana)" in shown
    assert "nobody was removed" in shown
    assert "public holidays" not in shown


def test_the_setup_form_offers_groups_only_where_there_are_any():
    with_groups = modal_text(
        setup.form(setup.SetupForm("Field", 7, groups=[("S1", "EMEA")], managers=["U1"]))
    )
    assert "And everybody in this user group (optional): (None…)" in with_groups
    assert "usergroups:read" not in with_groups
    assert "user group" not in modal_text(setup.form(setup.SetupForm("Field", 7, groups=[]))).casefold()
    assert "usergroups:read" in modal_text(setup.form(setup.SetupForm("Field", 7, groups=None)))


def test_the_setup_form_takes_everything_at_its_longest():
    many = [f"U{n:09d}" for n in range(MOST_REPS)]
    groups = [(f"S{n}", "g" * 200) for n in range(300)]
    view = setup.form(setup.SetupForm("x" * 80, 7, many, many[:20], "C1", groups))
    assert modal_text(view)
    assert view["private_metadata"] == "7"
    held = [block["element"]["initial_users"] for block in view["blocks"][1:3]]
    assert held == [many[:MOST_CHOSEN], many[MOST_CHOSEN:]]


@pytest.mark.parametrize("country", ["SI", "US", "AQ", None])
def test_the_settings_form_opens_with_what_is_decided(country):
    shown = Team(
        name="Field", country=country, workdays=0b1001111, audience=Audience.EVERYTHING, daily_digest=True,
        fiscal_year_start=4, digest_weekday=6, evening_at=time(17, 5), cycle_days=45,
    )  # fmt: skip
    text = modal_text(settings.team_form(shown, 1))
    assert "End-of-day message: (17:05)" in text
    assert "☑ Thursday  ☐ Friday  ☐ Saturday  ☑ Sunday" in text
    assert "◉ Everything" in text
    assert "◉ On" in text
    assert "Fiscal year starts in: (April)" in text
    assert "Weekly digest on: (Sunday)" in text
    named = {"SI": "Slovenia", "US": "United States", "AQ": "Antarctica", None: "No public holidays"}
    assert f"Public holidays of: ({named[country]})" in text


@pytest.mark.parametrize(
    ("workdays", "said"),
    [
        (0b0011111, "Monday to Friday"),
        (0b1001111, "Sunday to Thursday"),
        (0b0111111, "Monday to Saturday"),
        (0b1111111, "all seven days"),
        (0b0000101, "Monday, Wednesday"),
        (0b0011000, "Thursday, Friday"),
        (0b0010101, "Monday, Wednesday, Friday"),
        (0b1000000, "Sunday"),
    ],
)
def test_a_week_is_said_as_people_say_it(workdays, said):
    assert week(workdays) == said


def test_ones_own_settings_say_the_zone_and_the_minute():
    ana = Member(user_id="U1", name="Ana", zone="Europe/Ljubljana")
    assert "Your time zone is Europe/Ljubljana." in modal_text(own_form(zone_and_hours(ana, FIELD)))
    said = own_time_saved(ana, FIELD, time(16, 33))
    assert "comes by 16:33 (Europe/Ljubljana), Monday to Friday" in said
    assert "your team's time" in said
    ana.evening_at = time(17, 0)
    assert "your team's time" not in own_time_saved(ana, FIELD, time(17, 4))


def holidays(count, **changed):
    first = date(2026, 9, 15)
    return [holiday.Day(first + timedelta(days=n), "H" * 100, **changed) for n in range(count)]


def test_holidays_come_with_the_choice_that_is_left():
    days = [
        holiday.Day(date(2026, 12, 25), "Christmas Day"),
        holiday.Day(date(2026, 11, 26), "Thanksgiving Day", works=True),
        holiday.Day(date(2026, 12, 24), "Company day", ours=True),
        holiday.Day(date(2026, 12, 26), "Boxing Day", weekend=True),
    ]
    shown = text_of(holiday.listing(FIELD, 1, days, 2026, manages=True))
    assert "Fri 25 Dec 2026 Christmas Day [We work]" in shown
    assert "Thanksgiving Day · the team works [Restore]" in shown
    assert "Company day · the team's own [Remove]" in shown
    assert "Sat 26 Dec 2026 Boxing Day · not a working day anyway\n" in shown
    assert "[" not in text_of(holiday.listing(FIELD, 1, days, 2026, manages=False))


@pytest.mark.parametrize("manages", [True, False])
def test_more_holidays_than_fit_are_counted(manages):
    shown = text_of(holiday.listing(FIELD, 1, holidays(60), None, manages=manages))
    count = shown.count("H" * 100)
    assert count >= 20
    assert f"And {60 - count} more: /team holidays 2026 shows one year." in shown


def test_no_holidays_are_none():
    bare = Team(name="Field", country=None)
    shown = text_of(holiday.listing(bare, 1, [], None, manages=False))
    assert "keeps no country's holidays" in shown
    assert "There are none." in shown


def test_a_button_brings_back_what_it_stood_for():
    on = date(2026, 12, 25)
    assert holiday.read_value(holiday.value(3, on, None)) == (3, on, None)
    assert holiday.read_value(holiday.value(3, on, 2027)) == (3, on, 2027)
    assert leave.read_value(leave.value(9, None)) == (9, None)
    assert leave.read_value(leave.value(9, 3)) == (9, 3)


def test_leave_is_listed_as_ones_own_or_by_name():
    own = [leave.LeaveValue(1, None, date(2026, 9, 21), date(2026, 9, 25), "sea & sun")]
    shown = text_of(leave.listing(own, None, None, date(2026, 9, 14)))
    assert "Mon 21 Sep to Fri 25 Sep · sea & sun [Remove]" in shown
    theirs = [leave.LeaveValue(n, "Ana", date(2026, 9, 21), date(2026, 9, 21), "") for n in range(60)]
    shown = text_of(leave.listing(theirs, "Field", 1, date(2026, 9, 14)))
    assert "Ana Mon 21 Sep [Remove]" in shown
    assert f"And {60 - shown.count('[Remove]')} more, later on." in shown
    assert "None to come." in text_of(leave.listing([], None, None, date(2026, 9, 14)))


def test_leave_of_a_managers_people_asks_whose():
    assert "Who" in modal_text(leave.form(date(2026, 9, 14), "U1", team_id=1))
    assert "Who" not in modal_text(leave.form(date(2026, 9, 14), "U1", team_id=None))


def test_a_holiday_of_the_teams_own_has_a_form():
    assert "Day: (2026-09-14)" in modal_text(holiday.form(1, date(2026, 9, 14)))
