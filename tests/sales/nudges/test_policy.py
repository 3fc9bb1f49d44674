"""The nudging policy: nobody is written to against their hours, their wishes or their patience; all says why."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.prospects.lead.watch import LEAD_CAME
from handlers.registry import REGISTRY
from sales.coaching.card_review import CARD_REVIEW
from sales.followups.followup import REMINDER
from sales.goals.runway.warning import RUNWAY_ALERT
from sales.language.dates.instants import local_date
from sales.nudges.declared import Declared
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.kind import ANSWER
from sales.nudges.policy import (
    IGNORED,
    Hours,
    Late,
    PolicyCase,
    Recipient,
    Skip,
    ToldLately,
    all_brought_up,
    verdict,
)
from sales.people.calendar import WorkCalendar
from sales.people.hours import is_quiet
from sales.people.leave import Leave
from sales.people.member import Member
from sales.pipeline.month_review import MONTH_REVIEW

ZONE = "Europe/Ljubljana"
HOURS = Hours(ZONE, calendar=WorkCalendar(country="US"))
DECLARED = REGISTRY.declared
KINDS = DECLARED.kinds
EVENING = KINDS[END_OF_DAY]
ALERT = KINDS[RUNWAY_ALERT]
NAGS = 20  # steps within which every message must have left or been dropped


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def told(*moments: str, kind: str = END_OF_DAY, subject: str = "") -> tuple[ToldLately, ...]:
    """What was said, each in a message of its own; the newest first."""
    found = [ToldLately(kind, at(moment), f"{kind}{moment}", subject) for moment in moments]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def judged(moment: str, kind=EVENING, subject: str = "", dnd: str = "", due_on: date | None = None, **facts):
    person = Recipient(hours=facts.pop("hours", HOURS), declared=DECLARED, **facts)
    return verdict(PolicyCase(kind, person, at(moment), subject, at(dnd) if dnd else None, due_on))


def test_on_a_working_afternoon_it_passes():
    assert judged("2026-09-15 16:30") is None


@pytest.mark.parametrize(
    ("moment", "facts", "until", "why"),
    [
        (
            "2026-09-15 22:10",
            {},
            "2026-09-16 08:00",
            "It was 22:10 your time; quiet hours are 19:00 to 08:00.",
        ),
        ("2026-09-19 12:00", {}, "2026-09-21 08:00", "It was your weekend."),
        ("2026-09-07 12:00", {}, "2026-09-08 08:00", "It was Labor Day."),
        (
            "2026-09-15 12:00",
            {"paused_until": at("2026-09-21 00:00")},
            "2026-09-21 08:00",
            "You paused my messages until Mon 21 Sep.",
        ),
        (
            "2026-09-15 12:00",
            {"paused_until": at("2026-09-15 15:30")},
            "2026-09-15 15:30",
            "You paused my messages until Tue 15 Sep, 15:30.",
        ),
        (
            "2026-09-15 12:00",
            {"dnd": "2026-09-15 14:00"},
            "2026-09-15 14:00",
            "You had Slack's do-not-disturb on until Tue 15 Sep, 14:00.",
        ),
        (
            "2026-09-15 12:00",
            {"dnd": "2026-09-15 20:00"},
            "2026-09-16 08:00",
            "You had Slack's do-not-disturb on until Tue 15 Sep, 20:00.",
        ),
        (
            "2026-09-15 12:00",
            {"cap": 2, "told": told("2026-09-15 09:00", "2026-09-15 10:00", kind=RUNWAY_ALERT)},
            "2026-09-16 08:00",
            "You had 2 messages on Tue 15 Sep; more than that in a day would be too many.",
        ),
        (
            "2026-09-18 12:00",
            {"cap": 1, "told": told("2026-09-18 09:00", kind=RUNWAY_ALERT)},
            "2026-09-21 08:00",
            "You had 1 message on Fri 18 Sep; more than that in a day would be too many.",
        ),
    ],
)
def test_what_must_wait_says_until_when_and_why(moment, facts, until, why):
    assert judged(moment, **facts) == Late(at(until), why)


def test_what_was_switched_off_or_goes_to_somebody_who_left_does_not_come():
    assert judged("2026-09-15 12:00", muted=frozenset({END_OF_DAY})) == Skip(
        "This kind of message is switched off (End-of-day prompt)."
    )
    assert judged("2026-09-15 12:00", ALERT, muted=frozenset({END_OF_DAY})) is None
    assert judged("2026-09-15 12:00", KINDS[ANSWER], active=False) == Skip("This person has left.")


def test_what_recurs_is_not_owed_for_a_day_off_and_does_not_wait_to_be_left_out():
    labor_day = date(2026, 9, 7)
    assert judged("2026-09-07 16:30", due_on=labor_day) == Skip("Mon 7 Sep was no working day: Labor Day.")
    assert judged("2026-09-07 16:30", ALERT, due_on=labor_day) == Late(
        at("2026-09-08 08:00"), "It was Labor Day."
    )
    assert judged("2026-09-19 09:00", due_on=date(2026, 9, 18)) == Late(
        at("2026-09-21 08:00"), "It was your weekend."
    )


def test_what_was_asked_for_comes_whatever_else_holds():
    night = {
        "muted": frozenset(KINDS),
        "paused_until": at("2026-10-01 00:00"),
        "cap": 1,
        "told": told("2026-09-15 09:00", kind=RUNWAY_ALERT),
        "dnd": "2026-09-16 08:00",
    }
    for kind in (KINDS[REMINDER], KINDS[ANSWER]):
        assert judged("2026-09-15 23:30", kind, **night) is None


def test_answers_and_reminders_do_not_use_up_the_day():
    reminders = told(*(f"2026-09-15 {hour:02}:00" for hour in range(8, 16)), kind=REMINDER)
    assert judged("2026-09-15 16:30", cap=1, told=reminders) is None


def test_several_in_one_message_count_once():
    together = (
        ToldLately(RUNWAY_ALERT, at("2026-09-15 09:05"), "bundle", "goal:1"),
        ToldLately(RUNWAY_ALERT, at("2026-09-15 09:05"), "bundle", "goal:2"),
    )
    assert judged("2026-09-15 16:30", cap=2, told=together) is None
    assert isinstance(judged("2026-09-15 16:30", cap=1, told=together), Late)


def test_the_last_message_of_a_day_goes_to_the_one_that_is_ahead():
    found = judged("2026-09-15 16:30", cap=2, told=told("2026-09-15 09:00", kind=RUNWAY_ALERT), at_once=1)
    assert found == Late(at("2026-09-15 16:31"), "Another message goes first.")


def test_one_subject_is_brought_up_by_one_kind_a_day():
    before = told("2026-09-15 15:02", kind=REMINDER, subject="followup:17")
    plain = replace(EVENING, key="audit", name="Pipeline audit", recurs=False)
    assert judged("2026-09-16 10:00", plain, "followup:17", told=before) == Skip(
        "I brought this up on Tue 15 Sep, 15:02 already (Reminder)."
    )
    assert judged("2026-09-16 15:02", plain, "followup:17", told=before) is None
    assert judged("2026-09-16 10:00", plain, "followup:18", told=before) is None
    assert judged("2026-09-16 10:00", replace(plain, news=True), "followup:17", told=before) is None
    assert judged("2026-09-16 10:00", plain, "", told=told("2026-09-15 15:02", kind=REMINDER)) is None
    assert judged("2026-09-16 10:00", replace(plain, key=REMINDER), "followup:17", told=before) is None


THREE = ("2026-09-08 16:30", "2026-09-09 16:30", "2026-09-10 16:30")


def test_after_three_that_were_ignored_the_next_announces_and_then_it_is_weekly():
    third = Recipient(HOURS, told=told(*THREE))
    assert third.announces(EVENING)
    assert judged("2026-09-11 16:30", told=third.told) is None
    fourth = told(*THREE, "2026-09-11 16:30")
    assert not Recipient(HOURS, told=fourth).announces(EVENING)
    assert judged("2026-09-14 16:30", told=fourth) is None
    assert judged("2026-09-15 16:30", told=fourth) == Skip(
        "The last ones were not answered, so this comes on Mondays only."
    )
    fifth = told(*THREE, "2026-09-11 16:30", "2026-09-14 16:30")
    assert isinstance(judged("2026-09-18 16:30", told=fifth), Skip)
    assert judged("2026-09-21 16:30", told=fifth) is None


@pytest.mark.parametrize(
    ("heard", "announces", "backs_off"),
    [
        (None, False, True),
        ("2026-09-08 16:00", False, True),
        ("2026-09-08 16:31", True, False),
        ("2026-09-10 09:00", False, False),
        ("2026-09-11 16:29:30", False, False),
        ("2026-09-12 10:00", False, False),
    ],
)
def test_whoever_is_heard_from_gets_everything_again(heard, announces, backs_off):
    moment = datetime.fromisoformat(heard).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC) if heard else None
    person = Recipient(HOURS, heard_at=moment, told=told(*THREE, "2026-09-11 16:30"))
    assert (person.announces(EVENING), person.backs_off(EVENING)) == (announces, backs_off)


def test_alerts_never_back_off():
    person = Recipient(HOURS, told=told(*THREE, "2026-09-11 09:05", kind=RUNWAY_ALERT))
    assert not person.backs_off(ALERT)
    assert not person.announces(ALERT)


@pytest.mark.parametrize(
    ("workdays", "first"),
    [
        (0b0011111, 0),
        (0b1001111, 6),
        (0b1111111, 0),
        (0b0000100, 2),
        (0b0110111, 0),
        (0b1110011, 4),
        (0b1100000, 5),
    ],
)
def test_the_week_opens_after_its_longest_rest(workdays, first):
    assert Hours(calendar=WorkCalendar(workdays)).first_weekday == first


def test_a_week_whose_monday_is_off_opens_on_its_first_working_day():
    assert not HOURS.opens_week(date(2026, 9, 7))  # Labor Day
    assert HOURS.opens_week(date(2026, 9, 8))
    assert not HOURS.opens_week(date(2026, 9, 9))
    away = HOURS.calendar.with_leave([Leave(user_id="U1", first=date(2026, 9, 14), last=date(2026, 9, 15))])
    assert Hours(ZONE, calendar=away).opens_week(date(2026, 9, 16))


def test_the_evening_need_not_repeat_what_reminders_said_within_two_hours():
    now = at("2026-09-15 16:30")
    said = told("2026-09-15 14:30", kind=REMINDER, subject="followup:1") + told(
        "2026-09-15 16:00", kind=REMINDER, subject="followup:2"
    )
    assert all_brought_up(["followup:1", "followup:2"], said, REMINDER, now)
    assert not all_brought_up(["followup:1", "followup:3"], said, REMINDER, now)
    assert not all_brought_up(["followup:1"], said, REMINDER, now + timedelta(minutes=1))


def test_people_can_switch_off_what_they_would_get_and_nothing_else():
    rep = {kind.key for kind in DECLARED.offered_to(Member(user_id="U1", name="Ana", is_rep=True))}
    lead = {kind.key for kind in DECLARED.offered_to(Member(user_id="U1", name="Mia", is_manager=True))}
    assert END_OF_DAY in rep
    # Whoever sells and whoever leads looks back on the month, hears of leads, and keeps cards of theirs true.
    assert rep & lead == {MONTH_REVIEW, LEAD_CAME, CARD_REVIEW}
    assert not {kind.key for kind in KINDS.values() if kind.asked_for} & (rep | lead)
    for kind in KINDS.values():
        assert kind.name
        assert not kind.mutable or 0 < len(kind.about) <= 75


T0 = datetime(2026, 9, 1, tzinfo=UTC)
moments = st.integers(0, 60 * 24 * 40).map(lambda minute: T0 + timedelta(minutes=minute))
maybe = st.none() | moments


@st.composite
def cases(draw):
    now = draw(moments)
    zone = draw(st.sampled_from([ZONE, "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"]))
    first = local_date(now, zone) - timedelta(draw(st.integers(0, 3)))
    span = (first, first + timedelta(draw(st.integers(0, 12))))
    leave = draw(st.sampled_from([(), (span,)]))
    calendar = WorkCalendar(draw(st.integers(1, 127)), "US", leave=leave)
    quiet_from, quiet_until = draw(
        st.sampled_from(
            [(time(19), time(8)), (time(12), time(13)), (time(0), time(6)), (time(22, 30), time(9, 15))]
        )
    )
    said = [
        ToldLately(
            draw(st.sampled_from([END_OF_DAY, RUNWAY_ALERT, REMINDER])),
            min(draw(moments), now),
            str(number),
            draw(st.sampled_from(["", "goal:1", "followup:1"])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    person = Recipient(
        Hours(zone, quiet_from, quiet_until, calendar),
        cap=draw(st.integers(1, 5)),
        muted=frozenset(draw(st.sets(st.sampled_from([END_OF_DAY, RUNWAY_ALERT])))),
        paused_until=draw(maybe),
        heard_at=draw(maybe),
        told=tuple(sorted(said, key=lambda one: one.at, reverse=True)),
        at_once=draw(st.integers(0, 2)),
    )
    kind = draw(st.sampled_from([EVENING, ALERT, replace(ALERT, key="audit", news=False)]))
    return PolicyCase(kind, person, now, draw(st.sampled_from(["", "goal:1", "followup:1"])), draw(maybe))


@given(cases())
def test_nothing_passes_against_hours_wishes_or_patience_and_what_is_held_says_why(case):
    person, hours = case.person, case.person.hours
    found = verdict(case)
    if found is None:
        wall = case.now.astimezone(ZoneInfo(hours.zone))
        assert not is_quiet(wall.time(), hours.quiet_from, hours.quiet_until)
        assert hours.calendar.is_working(wall.date())
        assert not person.is_paused(case.now)
        assert case.kind.key not in person.muted
        assert person.sent_on(case.today) + person.at_once < person.cap
        assert case.undisturbed_until is None or case.undisturbed_until <= case.now
        assert not person.backs_off(case.kind) or hours.opens_week(case.today)
        return
    assert found.reason[0].isupper()
    assert found.reason.endswith((".", ")."))
    if isinstance(found, Late):
        assert found.until > case.now
        assert hours.why_not(found.until) is None


@given(cases())
def test_a_message_that_waits_comes_to_an_end(case):
    """Asked again at each `until`, a message leaves or is dropped within a few steps, whatever held it."""
    for _ in range(NAGS):
        found = verdict(case)
        if not isinstance(found, Late):
            return
        assert found.until > case.now
        case = replace(case, now=found.until, person=replace(case.person, at_once=0))
    raise AssertionError(f"still waiting after {NAGS} steps: {found}")


@given(cases())
def test_being_heard_from_lifts_every_back_off(case):
    person = replace(case.person, heard_at=case.now)
    assert not person.backs_off(case.kind)
    assert person.unanswered(case.kind) <= IGNORED


def test_a_kind_nobody_declared_still_has_a_name_and_every_rule():
    unknown = Declared().kind("pipeline_audit")
    assert unknown.name == "Pipeline audit"
    assert not unknown.asked_for
