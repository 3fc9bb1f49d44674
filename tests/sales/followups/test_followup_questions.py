"""What is asked about a typed follow-up, and that what is offered is read as just that."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.followup import FollowUp, Owes
from sales.followups.followup_phrase import Incomplete, read_followup
from sales.followups.followup_phrase.draft import typed_again
from sales.followups.followup_phrase.question import typed_day
from sales.followups.named_items import fitting
from sales.followups.offered_days import next_week, offered_days
from sales.language.dates.instants import local_date, place
from sales.people.calendar import WorkCalendar
from sales.refusal import Refusal

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # a Monday, 11:00 in Ljubljana
HERE = "Europe/Ljubljana"
KNOWN = ["Acme", "Friday Health", "May Corp"]


def read(text, known=KNOWN):
    return read_followup(text, NOW, HERE, known)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Acme fri or mon call", [("Acme", "2026-09-18", "call"), ("Acme", "2026-09-21", "call")]),
        ("Acme call mon or fri", [("Acme", "2026-09-18", "call"), ("Acme", "2026-09-21", "call")]),
        ("Acme fri / mon call", [("Acme", "2026-09-18", "call"), ("Acme", "2026-09-21", "call")]),
        ("Friday Labs fri call", [("Friday Labs", "2026-09-18", "call"), ("Labs", "2026-09-18", "call")]),
        ("today media wed call", [("today media", "2026-09-16", "call"), ("media", "2026-09-14", "call")]),
    ],
)
def test_a_second_day_or_a_day_in_a_name_is_asked_about(typed, meant):
    with pytest.raises(Refusal) as asked:
        read(typed)
    assert asked.value.text.endswith("?")
    drafts = [read(one.typed) for one in asked.value.readings]
    said = [(draft.who, str(draft.when.day), draft.what) for draft in drafts]
    assert set(meant) <= set(said)


def test_a_second_time_is_asked_about():
    with pytest.raises(Refusal) as asked:
        read("Acme fri 3pm 4pm call")
    drafts = [read(one.typed) for one in asked.value.readings]
    assert [draft.when.at.hour for draft in drafts] == [13, 14]  # in UTC
    assert {draft.what for draft in drafts} == {"call"}


def readings_of(typed):
    """What each button stands for: the day and hour in Ljubljana, and the task."""
    with pytest.raises(Refusal) as asked:
        read(typed)
    drafts = [read(one.typed) for one in asked.value.readings]
    return [(draft.when.at.astimezone(place(HERE)), draft.what) for draft in drafts]


DAYS = {"tomorrow": 15, "wed": 16, "thu at": 17, "the 25th": 25}
HOURS = st.integers(7, 14)  # the 15th is a Tuesday, and “wed 16” a day


@given(
    st.lists(HOURS, min_size=2, max_size=3, unique=True).map(sorted),
    st.sampled_from(["", "at ", "@"]),
    st.booleans(),
)
def test_of_hours_with_an_or_between_them_each_is_a_button(hours, lead, day_first):
    typed = f"{lead}{' or '.join(map(str, hours))}"
    typed = f"Acme tomorrow {typed} call Dana" if day_first else f"Acme call Dana {typed} tomorrow"
    assert [(at.day, at.hour, what) for at, what in readings_of(typed)] == [
        (15, hour, "call Dana") for hour in hours
    ]


@given(
    st.lists(st.sampled_from(sorted(DAYS, key=DAYS.get)), min_size=2, max_size=3, unique=True),
    st.lists(HOURS, min_size=3, max_size=3),
    st.sampled_from([" or ", ", or ", " and "]),
    st.booleans(),
)
def test_of_days_with_an_hour_each_every_one_is_a_button(days, hours, joiner, day_first):
    each = joiner.join(f"{day} {hour}" for day, hour in zip(days, hours, strict=False))
    typed = f"Acme {each} call Dana" if day_first else f"Acme call Dana {each}"
    assert [(at.day, at.hour, what) for at, what in readings_of(typed)] == [
        (DAYS[day], hour, "call Dana") for day, hour in zip(days, hours, strict=False)
    ]


def test_a_known_name_wins_over_the_day_in_it():
    draft = read("call friday health tomorrow")
    assert (draft.who, draft.when.day, draft.what) == ("Friday Health", date(2026, 9, 15), "call")
    draft = read("Friday Health owes me the NDA by wed")
    assert (draft.who, draft.when.day) == ("Friday Health", date(2026, 9, 16))


@pytest.mark.parametrize(
    ("typed", "who", "what"),
    [
        ("w/ Acme fri re: pricing", "Acme", "follow up re: pricing"),
        ("Acme fri w/ deck pls", "Acme", "w/ deck"),
        ("the Acme fri call them", "Acme", "call them"),
        ("Acme friday", "Acme", "follow up"),
        ("Acme fri with", "Acme", "follow up"),
        ("Acme fri discuss phase 2", "Acme", "discuss phase 2"),
        ("Acme discuss phase 2 fri", "Acme", "discuss phase 2"),
        ("Acme fri: mon call", "Acme", "mon call"),
        ("Acme fri send “no” & 'too' \"high\"", "Acme", "send “no” & 'too' \"high\""),
    ],
)
def test_filler_is_neither_name_nor_task_and_nothing_else_is_lost(typed, who, what):
    draft = read(typed)
    assert (draft.who, draft.what) == (who, what)


def test_soon_is_no_day():
    with pytest.raises(Incomplete) as missing:
        read("Acme urgent soon send roi")
    assert (missing.value.field, missing.value.what, missing.value.is_urgent) == ("when", "send roi", True)


WORDS = st.lists(
    st.sampled_from(["send", "mon", "call", "3pm", "the", "fri", "or", "deck", "w/", "2027", "to", "Globex"]),
    min_size=1,
    max_size=6,
).map(" ".join)


CLOCK = st.builds(time, st.integers(0, 23), st.integers(0, 59))
COMING = st.dates(date(2026, 9, 15), date(2028, 9, 14))
TIMES = st.none() | st.builds(datetime.combine, COMING, CLOCK, st.just(UTC))


@given(WORDS, COMING, TIMES, st.sampled_from(Owes))
def test_what_is_offered_is_read_as_just_that_name_day_and_time(what, day, at, owes):
    day = day if at is None else local_date(at, HERE)
    draft = read(typed_again("Friday Labs", typed_day(day, at, HERE), f"x {what} x", owes, ""))
    assert (draft.who, draft.when.day, draft.owes) == ("Friday Labs", day, owes)
    if at is not None:
        assert draft.when.at == at


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.booleans())
def test_the_days_offered_are_working_days_to_come_in_order(today, is_urgent):
    calendar = WorkCalendar(country="US")

    def working_day(day):
        return day if calendar.is_working(day) else calendar.next_working_day(day)

    days = offered_days(today, working_day, is_urgent=is_urgent)
    later = next_week(today, working_day)
    assert calendar.is_working(later)
    assert later.isocalendar()[:2] > today.isocalendar()[:2]
    assert 2 <= len(days) <= 3
    assert days == sorted(set(days))
    assert all(calendar.is_working(day) and (day > today or (is_urgent and day == today)) for day in days)


@pytest.mark.parametrize(
    ("words", "fits", "sure"),
    [
        ("initech", ["Initech"], True),
        ("the init call", ["Initech"], True),
        ("globx", ["Globex", "Globex"], False),
        ("globex", ["Globex", "Globex"], True),
        ("globex deck", ["Globex"], True),
        ("initech proposal", ["Initech"], False),
        ("zorg", [], False),
        ("", ["Globex", "Initech", "Globex"], True),
    ],
)
def test_words_fit_what_has_all_of_them_and_nearly_fit_what_has_some(words, fits, sure):
    items = [
        FollowUp(owner_id="U1", who=who, what=what, due_on=date(2026, 9, 15))
        for who, what in (
            ("Globex", "send the contract"),
            ("Initech", "call Bill"),
            ("Globex", "send the deck"),
        )
    ]
    found = fitting(words, items)
    assert ([item.who for item in found.rows], found.sure) == (fits, sure)


@pytest.mark.parametrize(
    "typed", ["Acme thu 3 call Dana", "Acme 9 thu call", "Acme thu 3, call Dana", "Acme 22 sep 3 call"]
)
def test_a_number_beside_the_day_is_an_hour_or_of_the_task_and_neither_is_lost(typed):
    with pytest.raises(Refusal) as asked:
        read(typed)
    timed, plain = (read(one.typed) for one in asked.value.readings)
    number = next(one for one in typed.replace("22 sep", "").replace(",", "").split() if one.isdigit())
    assert timed.when.at is not None
    assert number not in timed.what
    assert plain.when.at is None
    assert number in plain.what


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("Acme fri 2 demos", "2 demos"),
        ("Acme phase 2 thu send plan", "phase 2 send plan"),
        ("Acme send invoice 12 fri", "send invoice 12"),
        ("Acme thu 30 min call", "30 min call"),
        ("Acme thu 3 or 4 slides", "3 or 4 slides"),
        ("Acme call about phase 2 or 3 thu", "call about phase 2 or 3"),
        ("Acme book room 9 or 10 for thu", "book room 9 or 10"),
    ],
)
def test_a_number_that_counts_something_is_no_hour(typed, what):
    draft = read(typed)
    assert (draft.when.at, draft.what) == (None, what)


@pytest.mark.parametrize(
    ("typed", "owes", "what"),
    [
        ("Acme will send the NDA by fri", Owes.THEM, "the NDA"),
        ("Acme promised the PO fri", Owes.THEM, "the PO"),
        ("waiting on Acme NDA fri", Owes.THEM, "NDA"),
        ("Acme fri will send the NDA", Owes.ME, "will send the NDA"),
        ("we will send Acme the NDA fri", Owes.ME, "we will send the NDA"),
        ("check if Acme will send the NDA fri", Owes.ME, "check if will send the NDA"),
    ],
)
def test_who_will_do_it_owes_it(typed, owes, what):
    draft = read(typed)
    assert draft.owes is owes
    assert draft.what.removeprefix("send ") == what
    assert draft.who == "Acme"


def test_what_ties_a_name_is_no_task():
    assert read("dana@Acme fri send x").what == "dana send x"
    assert read("Acme @ fri 3pm").what == "follow up"
    assert read("circle back w Acme fri").what == "circle back"
