"""A team's choices, each checked and checked against the others."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.schedule import occurrence_on
from sales.people.hours import check_evening, check_quiet_hours, fits
from sales.people.leave import Leave, leave_asked
from sales.people.settings import read_settings
from sales.people.team import Audience, Team
from sales.refusal import Refusal
from sales.surfaces.evening import arrives_by

TODAY = date(2026, 9, 14)
TEAM = Team(name="Field")
FORM = {
    "zone": "Europe/Ljubljana",
    "currency": "EUR",
    "country": "SI",
    "subdivision": None,
    "fiscal_year_start": "4",
    "workdays": ["0", "1", "2", "3"],
    "evening_at": "16:30",
    "quiet_from": "19:00",
    "quiet_until": "08:00",
    "digest_weekday": "3",
    "digest_at": "09:15",
    "daily_digest": "on",
    "audience": "totals",
    "win_posts": "off",
    "daily_cap": "3",
    "runway_percent": "90",
    "cycle_days": "45",
}


def test_a_form_becomes_columns_a_team_takes():
    team = read_settings(FORM, Team(name="Field", digest_channel="C1"))
    assert (team.name, team.digest_channel) == ("Field", "C1")  # what the form does not say stays
    assert (team.fiscal_year_start, team.workdays, team.digest_weekday) == (4, 0b1111, 3)
    assert (team.digest_at, team.daily_digest, team.audience) == (time(9, 15), True, Audience.TOTALS)
    assert (team.daily_cap, team.runway_percent, team.cycle_days) == (3, 90, 45)


def test_no_country_means_no_public_holidays():
    assert read_settings({**FORM, "country": "none"}, TEAM).country is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"zone": "Atlantis"}, "zone"),
        ({"zone": None}, "zone"),
        ({"currency": "doubloons"}, "currency"),
        ({"subdivision": "CA"}, "subdivision"),
        ({"daily_cap": "0"}, "daily_cap"),
        ({"daily_cap": "a few"}, "daily_cap"),
        ({"workdays": []}, "workdays"),
        ({"workdays": None}, "workdays"),
        ({"evening_at": None}, "evening_at"),
        ({"evening_at": "20:00"}, "evening_at"),
        ({"evening_at": "19:00"}, "evening_at"),
        ({"evening_at": "18:57"}, "evening_at"),
        ({"quiet_from": "09:00", "quiet_until": "08:00"}, "quiet_until"),
        ({"quiet_from": "08:00", "quiet_until": "08:00"}, "quiet_until"),
        ({"quiet_from": "08:00", "quiet_until": "19:00"}, "evening_at"),
        ({"digest_weekday": "6"}, "digest_weekday"),
        ({"runway_percent": "100"}, "runway_percent"),
        ({"cycle_days": "0"}, "cycle_days"),
        ({"cycle_days": "99999"}, "cycle_days"),
        ({"cycle_days": "a quarter"}, "cycle_days"),
        ({"cycle_days": None}, "cycle_days"),
    ],
)
def test_what_does_not_fit_is_refused_under_its_field(changed, field):
    with pytest.raises(Refusal) as refused:
        read_settings({**FORM, **changed}, TEAM)
    assert refused.value.field == field


def test_quiet_hours_may_lie_within_a_day_and_leave_four_hours():
    check_quiet_hours(time(5), time(17))
    check_quiet_hours(time(12), time(8))
    with pytest.raises(Refusal, match="less than four hours"):
        check_quiet_hours(time(11, 59), time(8))


def test_an_evening_needs_its_minutes_clear_of_quiet_hours_on_both_sides():
    assert fits(time(18, 54), time(19), time(8))
    assert not fits(time(18, 55), time(19), time(8))
    assert fits(time(8, 5), time(19), time(8))
    assert not fits(time(8, 4), time(19), time(8))
    check_evening(time(0, 30), time(5), time(17))  # a night shift, past midnight


@pytest.mark.parametrize("at", [time(16, 30), time(0, 2), time(23, 58)])
def test_nobodys_evening_comes_later_than_was_said(at):
    for number in range(200):
        said = arrives_by(f"U{number}", at)
        rhythm = SimpleNamespace(
            kind=END_OF_DAY,
            subject_id=f"U{number}",
            zone="UTC",
            local_time=at,
            weekdays=127,
            spread_seconds=300,
        )
        comes = occurrence_on(rhythm, TODAY).due_at
        promised = next(
            moment
            for moment in (datetime.combine(TODAY + timedelta(days=n), said, tzinfo=UTC) for n in (-1, 0, 1))
            if moment >= comes
        )
        assert promised - comes < timedelta(minutes=1)


def asked(first, last=None, note="", standing=()):
    return leave_asked("U1", first, last, note, TODAY, standing)


def test_leave_of_one_day_and_of_several():
    assert asked(TODAY).last == TODAY
    assert asked(TODAY, TODAY + timedelta(days=4), "sea").note == "sea"
    assert asked(TODAY - timedelta(days=3), TODAY).first < TODAY  # fell ill last week


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (TODAY, TODAY - timedelta(days=1), "last"),
        (TODAY, TODAY + timedelta(days=367), "last"),
        (date(2025, 9, 1), date(2025, 9, 2), "first"),
        (date(2062, 9, 14), date(2062, 9, 15), "first"),
    ],
)
def test_absurd_leave_is_refused(first, last, field):
    with pytest.raises(Refusal) as refused:
        asked(first, last)
    assert refused.value.field == field


def test_days_on_leave_already_are_said_to_be():
    standing = [Leave(user_id="U1", first=TODAY, last=TODAY + timedelta(days=7))]
    with pytest.raises(Refusal, match="on leave already: Mon 14 Sep to Mon 21 Sep 2026"):
        asked(TODAY + timedelta(days=1), TODAY + timedelta(days=2), standing=standing)
    longer = asked(TODAY + timedelta(days=5), TODAY + timedelta(days=9), standing=standing)
    assert longer.last == TODAY + timedelta(days=9)


def test_a_note_is_kept_short():
    with pytest.raises(Refusal) as refused:
        asked(TODAY, note="x" * 10_000)
    assert refused.value.field == "note"
