"""Days and times in the words of people who type fast, on Monday 14 September 2026, 11:00 in Ljubljana."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.language.dates.spoken.circumstances import Customs, Facing
from sales.language.dates.spoken.locales import day_first, names_in
from sales.language.dates.spoken.reading import SeveralDays, find_when, needs_calendar
from sales.language.figures import day_and_time
from sales.people.calendar import WorkCalendar
from sales.people.leave import Leave
from sales.refusal import Refusal
from tests.linear import grows_linearly

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
TODAY = date(2026, 9, 14)
ZONE = "Europe/Ljubljana"


def said(text, **how):
    """The day found as Rainmaker says it back, and what is left of the sentence."""
    when = find_when(text, NOW, ZONE, **how)
    return when and (day_and_time(when.day, when.at, TODAY, ZONE), when.cut_from(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("friday the 25th", "Fri 25 Sep"),
        ("fri 18", "Fri 18 Sep"),
        ("the 22nd", "Tue 22 Sep"),
        ("first monday of october", "Mon 5 Oct"),
        ("2nd tuesday of october", "Tue 13 Oct"),
        ("last friday of the month", "Fri 25 Sep"),
        ("last working day of october", "Fri 30 Oct"),
        ("first monday of september", "Mon 6 Sep 2027"),
        ("1st of next month", "Thu 1 Oct"),
        ("friday week", "Fri 25 Sep"),
        ("a week from friday", "Fri 25 Sep"),
        ("two weeks on friday", "Fri 2 Oct"),
        ("friday in 2 weeks", "Fri 2 Oct"),
        ("a week tomorrow", "Tue 22 Sep"),
        ("the week after next", "Mon 28 Sep"),
        ("16 May 28", "Tue 16 May 2028"),
        ("end of q4", "Thu 31 Dec"),
        ("month end", "Wed 30 Sep"),
        ("next month", "Thu 1 Oct"),
        ("day aftr tmrw", "Wed 16 Sep"),
        ("nxt friday", "Fri 25 Sep"),
        ("thrusday", "Thu 17 Sep"),
        ("wednesdy", "Wed 16 Sep"),
        ("tmrow 9am", "Tue 15 Sep, 09:00"),
        ("3 febuary", "Wed 3 Feb 2027"),
        ("fri3pm", "Fri 18 Sep, 15:00"),
        ("tmrw9am", "Tue 15 Sep, 09:00"),
        ("3pmfri", "Fri 18 Sep, 15:00"),
        ("tmrw am", "Tue 15 Sep, 09:00"),
        ("first thing", "Tue 15 Sep, 09:00"),
        ("12:00 noon friday", "Fri 18 Sep, 12:00"),
        ("half past two tomorrow", "Tue 15 Sep, 14:30"),
        ("quarter to five friday", "Fri 18 Sep, 16:45"),
        ("quarter past nine friday", "Fri 18 Sep, 09:15"),
        ("fri between 2 and 3pm", "Fri 18 Sep, 14:00"),
        ("wed 10ish", "Wed 16 Sep, 10:00"),
        ("in an hour and a half", "Mon 14 Sep, 12:30"),
        ("in 1h30", "Mon 14 Sep, 12:30"),
        ("10 business days", "Mon 28 Sep"),
        ("tomorrow (tuesday) 3pm", "Tue 15 Sep, 15:00"),
        ("friday 3pm CET / 2pm BST", "Fri 18 Sep, 15:00"),
    ],
)
def test_the_words_of_people_who_type_fast(typed, meant):
    assert said(f"Acme {typed} send x") == (meant, "Acme send x")


def test_words_without_spaces_leave_what_is_to_be_done():
    assert said("acme,fri,3pm,send roi") == ("Fri 18 Sep, 15:00", "acme,send roi")


@pytest.mark.parametrize(
    "text",
    [
        "ask Frida",
        "Munday Corp",
        "a sundae",
        "Augusta",
        "money",
        "the 2nd meeting",
        "fridays",
        "march newsletter",
    ],
)
def test_words_like_a_day_are_left_alone(text):
    assert said(f"send {text} y") is None


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Acme 1 oct 30 min call", ("Thu 1 Oct", "Acme 30 min call")),
        ("Acme 1 oct 27 seats", ("Thu 1 Oct", "Acme 27 seats")),
        ("Acme fri send the q4 plan", ("Fri 18 Sep", "Acme send the q4 plan")),
        ("fri prepare the 3pm demo", ("Fri 18 Sep", "prepare the 3pm demo")),
        ("fri send deck for the tuesday meeting", ("Fri 18 Sep", "send deck for the tuesday meeting")),
    ],
)
def test_numbers_and_days_of_something_else_stay_with_it(typed, left):
    assert said(typed) == left


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("Acme fri or mon call", ["Acme Fri 18 Sep call", "Acme Mon 21 Sep call"]),
        ("Acme fri 3pm 4pm call", ["Acme Fri 18 Sep, 15:00 call", "Acme Fri 18 Sep, 16:00 call"]),
        ("Acme fri 3 or 4pm call", ["Acme Fri 18 Sep, 15:00 call", "Acme Fri 18 Sep, 16:00 call"]),
        ("Acme friday after next call", ["Acme Fri 25 Sep call", "Acme Fri 2 Oct call"]),
        ("Acme 21-25 sept visit", ["Acme Mon 21 Sep visit", "Acme Fri 25 Sep visit"]),
        ("Acme mon 25 sep call", ["Acme Fri 25 Sep call", "Acme Mon 28 Sep call"]),
        ("Acme fri send deck by monday", ["Acme Fri 18 Sep send deck", "Acme Mon 21 Sep send deck"]),
        ("Acme tomorrow friday call", ["Acme Tue 15 Sep call", "Acme Fri 18 Sep call"]),
    ],
)
def test_two_days_are_a_question_whose_answers_can_be_typed(typed, sentences):
    with pytest.raises(SeveralDays) as asked:
        find_when(typed, NOW, ZONE)
    assert asked.value.text.endswith("?")
    assert [reading.typed for reading in asked.value.readings] == sentences
    days = [(one.day, one.at) for one in asked.value.alternatives]
    assert [find_when(sentence, NOW, ZONE)[:2] for sentence in sentences] == days


def test_a_question_about_part_of_a_sentence_is_filled_by_who_has_the_rest():
    with pytest.raises(SeveralDays) as asked:
        find_when("\x01 fri or mon call", NOW, ZONE)
    assert not asked.value.readings
    filled = asked.value.asked_in(lambda sentence: sentence.replace("\x01", "Acme"))
    assert filled.readings[0].typed == "Acme Fri 18 Sep call"


@pytest.mark.parametrize("typed", ["fri at 25:00", "fri 14:75", "at 26:10", "tomorrow 30pm"])
def test_a_time_that_no_clock_shows_is_refused(typed):
    with pytest.raises(Refusal, match="No clock shows"):
        find_when(f"Acme {typed} call", NOW, ZONE)


@pytest.mark.parametrize(
    ("typed", "names", "left"),
    [
        ("Friday Health fri 3pm call", ["Friday Health"], ("Fri 18 Sep, 15:00", "Friday Health call")),
        ("today media wed call", ["Today Media"], ("Wed 16 Sep", "today media call")),
        ("noon coffee thu 10am tasting", ["Noon Coffee"], ("Thu 17 Sep, 10:00", "noon coffee tasting")),
        ("friday fri call", ["Friday"], ("Fri 18 Sep", "friday call")),
        ("friday call", ["Friday"], ("Fri 18 Sep", "call")),
        ("Friday Health call", ["Friday Health"], None),
    ],
)
def test_a_known_name_is_no_day(typed, names, left):
    assert said(typed, names=names) == left


def test_working_days_are_those_of_the_persons_calendar():
    before_thanksgiving = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
    calendar = WorkCalendar(country="US")
    customs = Customs(shift=calendar.shift)
    assert find_when("in 1 working day", before_thanksgiving, ZONE, customs=customs).day == date(2026, 11, 27)
    away = calendar.with_leave([Leave(user_id="U1", first=date(2026, 11, 27), last=date(2026, 11, 30))])
    customs = Customs(shift=away.shift)
    assert find_when("in 1 working day", before_thanksgiving, ZONE, customs=customs).day == date(2026, 12, 1)


def test_next_month_begins_on_a_working_day():
    in_july = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
    assert find_when("next month", in_july, ZONE).day == date(2026, 8, 3)
    assert needs_calendar("nxt month")
    assert not needs_calendar("Acme fri 3pm send the ROI sheet")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("closes in march", "Wed 31 Mar 2027"),
        ("closes q4", "Thu 31 Dec"),
        ("closes end of q4", "Thu 31 Dec"),
        ("expected march 2027", "Wed 31 Mar 2027"),
        ("closes next month", "Sat 31 Oct"),
        ("Acme 24k nov", "Mon 30 Nov"),
        ("closes 3 march", "Wed 3 Mar 2027"),
    ],
)
def test_what_closes_in_a_month_closes_by_its_last_day(typed, meant):
    assert said(typed, closing=True)[0] == meant


def test_a_quarter_in_a_name_closes_nothing():
    assert said("Acme q4 renewal", closing=True) is None


@pytest.mark.parametrize(
    ("locale", "typed", "meant"),
    [
        ("de-DE", "Freitag um 15:00", "Fri 18 Sep, 15:00"),
        ("de-DE", "3. März", "Wed 3 Mar 2027"),
        ("fr-FR", "vendredi 25 septembre", "Fri 25 Sep"),
        ("es-LA", "el miercoles 3 de marzo", "Wed 3 Mar 2027"),
        ("sl-SI", "v sredo 15h", "Wed 16 Sep, 15:00"),
        ("nl-NL", "vrijdag", "Fri 18 Sep"),
        ("pt-BR", "sexta-feira", "Fri 18 Sep"),
        ("it-IT", "martedì", "Tue 15 Sep"),
        ("fr-FR", "friday", "Fri 18 Sep"),
        ("de-DE", "3/4", "Sat 3 Apr 2027"),
        ("en-GB", "3/4", "Sat 3 Apr 2027"),
        ("en-US", "3/4", "Thu 4 Mar 2027"),
        ("en-US", "22/9", "Tue 22 Sep"),
        ("de-DE", "9/22", "Tue 22 Sep"),
        ("xx-YY", "friday", "Fri 18 Sep"),
    ],
)
def test_days_are_read_in_the_persons_tongue_and_in_english(locale, typed, meant):
    assert said(f"Acme {typed} x", customs=Customs(locale=locale)) == (meant, "Acme x")


def test_english_words_are_no_names_of_days_abroad():
    for locale in ("de-DE", "fr-FR", "es-ES", "it-IT", "nl-NL", "pt-BR", "sl-SI"):
        assert not {"set", "ago", "out", "pet", "sob", "do", "so"} & names_in(locale).keys()
    assert not names_in("en-GB")
    assert not day_first(None)


PIECES = re.split(
    r"\|",
    "fri |1 |every |3pm |on |in an hour and |9.|20-|mon|fri3pm|é|fri,|(|\0|a week |first monday of |wednesdy "
    "|end of the |between 2 and |16 may 28 |half past |by | |fri or ",
)
MORE = re.split(r"\|", "or |4pm |the 25th |next |sept |Acme |tmrw|9am|, ")


@pytest.mark.parametrize("piece", PIECES)
def test_nothing_hangs(piece):
    german = Customs(locale="de-DE")
    assert grows_linearly(lambda text: find_when(text, NOW, ZONE, customs=german, closing=True), piece)


@settings(deadline=None)
@given(
    text=st.lists(st.sampled_from([*PIECES, *MORE]), max_size=9).map("".join),
    facing=st.sampled_from(Facing),
    locale=st.sampled_from([None, "en-GB", "de-DE", "sl-SI"]),
    closing=st.booleans(),
)
def test_places_lie_in_the_text_and_apart(text, facing, locale, closing):
    try:
        when = find_when(
            text, NOW, ZONE, facing=facing, customs=Customs(locale=locale), closing=closing, names=["Acme"]
        )
    except SeveralDays as several:
        for one in several.alternatives:
            assert find_when(one.words, NOW, ZONE, facing=facing)[:2] == (one.day, one.at)
        spans = several.alternatives[0].spans
    except Refusal:
        return
    else:
        spans = when.spans if when else ()
    ends = [0, *(place for span in spans for place in span)]
    assert ends == sorted(ends)
    assert all(start < end <= len(text) for start, end in spans)
