"""The wizard's steps and the team that comes of them; and whose holidays hold for whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.people.calendar import WorkCalendar, member_calendar, team_calendar
from sales.people.country import COUNTRY, NO_COUNTRY, SUBDIVISION, TEAMS, country_read
from sales.people.holiday import HolidayChange, public_days
from sales.people.leave import Leave
from sales.people.member import NO_HOLIDAYS, Member
from sales.people.team import Team
from sales.people.wizard import MOST_ELSEWHERE, STEPS, SetupDraft, SetupStep, lives_elsewhere
from sales.refusal import Refusal
from tests.known import T0

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
CITIES = (
    "Paris",
    "Rome",
    "Madrid",
    "Vienna",
    "Prague",
    "Warsaw",
    "Athens",
    "Oslo",
    "London",
    "Dublin",
    "Lisbon",
)
COUNTRIES = st.sampled_from([None, NO_HOLIDAYS, "US", "AT", "FR", "SI"])


def person(zone="UTC", **values):
    return Member.model_validate({"user_id": "U1", "name": "Ana", "zone": zone, **values})


def draft(**entered):
    return SetupDraft(begun_at=T0, name="North").with_entered(**entered)


def test_the_steps_lead_on_and_back_without_a_gap():
    assert [step.after for step in STEPS] == [*STEPS[1:], None]
    assert [step.before for step in STEPS] == [STEPS[0], *STEPS[:-1]]
    assert [step.number for step in STEPS] == [1, 2, 3, 4, 5]


def test_what_was_skipped_is_as_where_the_founder_lives():
    made = draft().team("Europe/Ljubljana")
    assert (made.country, made.currency, made.fiscal_year_start) == ("SI", "EUR", 1)


def test_what_was_chosen_stands_in_the_team():
    made = draft(channel="C1", month=4, country="US", subdivision="CA").team("Europe/Ljubljana")
    assert (made.country, made.subdivision, made.currency, made.zone) == (
        "US",
        "CA",
        "USD",
        "Europe/Ljubljana",
    )
    assert (made.fiscal_year_start, made.digest_channel) == (4, "C1")
    assert draft(country=NO_HOLIDAYS).team("Europe/Ljubljana").country is None
    assert draft(country=NO_HOLIDAYS).home("Europe/Ljubljana") is None


def test_who_lives_elsewhere_is_counted_by_country_and_who_has_chosen_is_left_alone():
    here, there = person("Europe/Ljubljana"), person("America/New_York")
    chosen, nowhere = person("Europe/Paris", country="FR"), person("UTC")
    assert lives_elsewhere([here, there, chosen, nowhere], "SI") == {"US": [there]}
    assert list(lives_elsewhere([here, there, there], None)) == ["US", "SI"]
    zones = [f"Europe/{city}" for city in CITIES]
    assert len(lives_elsewhere([person(zone) for zone in zones], "SI")) == MOST_ELSEWHERE


@given(COUNTRIES, st.sampled_from([None, "US", "AT"]), DAYS, DAYS, st.booleans())
def test_a_members_days_are_the_teams_week_and_own_days_and_their_countrys_holidays(
    own, teams, day, added, works
):
    changes = [HolidayChange(on=added, name="Company day")]
    if works and teams is not None:
        changes += [
            HolidayChange(on=on, works=True) for on in public_days(teams, None, day.year).off if on != added
        ]
    team = team_calendar(Team(name="Field", country=teams), changes)
    theirs = member_calendar(team, person(country=own))
    if own is None or own == teams:
        assert theirs is team
    else:
        off = public_days(own, None, day.year).off if own else {}
        assert theirs.is_working(day) is (day.weekday() < 5 and day not in off and day != added)
    assert not theirs.is_working(added)
    on_leave = theirs.with_leave([Leave(user_id="U1", first=day, last=day)])
    assert not on_leave.is_working(day)
    assert (on_leave.country, on_leave.subdivision) == (theirs.country, theirs.subdivision)


def test_a_part_of_a_country_has_its_own_days():
    team = WorkCalendar(country="DE")
    bavarian = member_calendar(team, person(country="DE", subdivision="BY"))
    assert not bavarian.is_working(date(2026, 1, 6))
    assert team.is_working(date(2026, 1, 6))


def test_a_form_says_a_country_the_teams_or_none():
    assert country_read({COUNTRY: TEAMS, SUBDIVISION: "BY"}) == (None, None)
    assert country_read({}) == (None, None)
    assert country_read({COUNTRY: NO_COUNTRY}) == (NO_HOLIDAYS, None)
    assert country_read({COUNTRY: "DE", SUBDIVISION: "de-by"}) == ("DE", "BY")
    with pytest.raises(Refusal, match="no part “XX”"):
        country_read({COUNTRY: "DE", SUBDIVISION: "XX"})


def test_a_step_is_known_by_its_word():
    assert SetupStep("people").after is SetupStep.CHANNEL
