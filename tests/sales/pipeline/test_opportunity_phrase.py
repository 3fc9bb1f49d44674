"""What people type for deals, on Monday 14 September 2026: read right, or asked about with readings that are right."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.language.dates.spoken.circumstances import Customs
from sales.pipeline.opportunity import Waking
from sales.pipeline.opportunity_phrase import DealAction, DealDraft, read_deal
from sales.pipeline.opportunity_phrase.filling import as_far_as_read, glued, may_be_new
from sales.refusal import Refusal
from tests.linear import grows_linearly

NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)
ZONE = "Europe/Ljubljana"
KNOWN = ("Acme", "Umbrella", "Hooli", "Globex", "Globex renewal", "Friday Health", "May Corp")
CREATE, EDIT, MOVE, WON, LOST, SHOW = (
    *(DealAction.CREATE, DealAction.EDIT, DealAction.MOVE),
    *(DealAction.WON, DealAction.LOST, DealAction.SHOW),
)


def read(text, known=KNOWN):
    return read_deal(text, NOW, ZONE, "USD", known)


def asked(text, known=KNOWN):
    with pytest.raises(Refusal) as refused:
        read(text, known)
    return refused.value


@pytest.mark.parametrize(
    ("typed", "action", "name", "dollars", "closes"),
    [
        ("acme 24k!!", CREATE, "Acme", 24_000, None),
        ("acme 2k/month x 12", CREATE, "Acme", 24_000, None),
        ("24k for acme", CREATE, "Acme", 24_000, None),
        ("acme, 24k, q4", CREATE, "Acme", 24_000, date(2026, 12, 31)),
        ("acme 24k nov", CREATE, "Acme", 24_000, date(2026, 11, 30)),
        ("acme 24k closes in march", CREATE, "Acme", 24_000, date(2027, 3, 31)),
        ("acme closes in march 24k", CREATE, "Acme", 24_000, date(2027, 3, 31)),
        ("acme 24k closes end of q4", CREATE, "Acme", 24_000, date(2026, 12, 31)),
        ("acme 24k close mid november", CREATE, "Acme", 24_000, date(2026, 11, 15)),
        ("acme 24k by year end", CREATE, "Acme", 24_000, date(2026, 12, 31)),
        ("acme 24k eta jan", CREATE, "Acme", 24_000, date(2027, 1, 31)),
        ("acme 24k closes 15 dec", CREATE, "Acme", 24_000, date(2026, 12, 15)),
        ("acme 24k closes first monday of october", CREATE, "Acme", 24_000, date(2026, 10, 5)),
        ("Friday Health 12k", CREATE, "Friday Health", 12_000, None),
        ("Friday Foods 12k", CREATE, "Friday Foods", 12_000, None),
        ("Friday Foods 12k closes friday", CREATE, "Friday Foods", 12_000, date(2026, 9, 18)),
        ("March Systems 24k", CREATE, "March Systems", 24_000, None),
        ("August Systems 24k", CREATE, "August Systems", 24_000, None),
        ("may corp 15k closes nov 30", CREATE, "May Corp", 15_000, date(2026, 11, 30)),
        ("acme pilot 6k", CREATE, "Acme pilot", 6_000, None),
        ("acme 2027 renewal 24k", CREATE, "Acme 2027 renewal", 24_000, None),
        ("edit umbrella 45k", EDIT, "Umbrella", 45_000, None),
        ("edit umbrella", EDIT, "Umbrella", None, None),
        ("umbrella now 45k", EDIT, "Umbrella", 45_000, None),
        ("umbrella -> 45k", EDIT, "Umbrella", 45_000, None),
        ("set umbrella to 45k", EDIT, "Umbrella", 45_000, None),
        ("update umbrella value to 45k", EDIT, "Umbrella", 45_000, None),
        ("move hooli to 50k", EDIT, "Hooli", 50_000, None),
        ("edit hooli closes 15 dec", EDIT, "Hooli", None, date(2026, 12, 15)),
        ("edit globex 20k closes oct 30", EDIT, "Globex", 20_000, date(2026, 10, 30)),
        ("hooli expects 50k in nov", EDIT, "Hooli", 50_000, date(2026, 11, 30)),
        ("push hooli to q1", MOVE, "Hooli", None, date(2027, 3, 31)),
        ("closed hooli for 31k!!", WON, "Hooli", 31_000, None),
        ("hooli closed for 31k", WON, "Hooli", 31_000, None),
        ("won hooli 31k", WON, "Hooli", 31_000, None),
        ("won hooli 900", WON, "Hooli", 900, None),
        ("Mill 900", CREATE, "Mill", 900, None),
        ("Boeing 737", SHOW, "Boeing 737", None, None),
        ("“Studio 100”", SHOW, "Studio 100", None, None),
        ("globex renewal", SHOW, "Globex renewal", None, None),
    ],
)
def test_a_line_about_a_deal_does_what_it_says(typed, action, name, dollars, closes):
    draft = read(typed)
    said = draft.value_minor and draft.value_minor // 100
    assert (draft.action, draft.name, said, draft.closes) == (action, name, dollars, closes)


OCTOBER, JANUARY = date(2026, 10, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("typed", "until", "wakes", "reason"),
    [
        ("park hooli", None, None, ""),
        ("park hooli until next week", date(2026, 9, 21), None, ""),
        ("park hooli until next month", OCTOBER, None, ""),
        ("park hooli until next quarter", OCTOBER, None, ""),
        ("park hooli until q4", OCTOBER, None, ""),
        ("park hooli until october", OCTOBER, None, ""),
        ("park hooli in october", OCTOBER, None, ""),
        ("hooli parked until october", OCTOBER, None, ""),
        ("park hooli until august", date(2027, 8, 2), None, ""),  # the 1st is a Sunday
        ("park hooli until the new year", JANUARY, None, ""),
        ("park hooli until 2027", JANUARY, None, ""),
        ("park hooli until h1", JANUARY, None, ""),
        ("park hooli until late october", date(2026, 10, 21), None, ""),
        ("park hooli until the end of the quarter", date(2026, 9, 30), None, ""),
        ("park hooli for the rest of the quarter", OCTOBER, None, ""),
        ("park hooli until after october", date(2026, 11, 2), None, ""),
        ("park hooli until sat 3 oct", date(2026, 10, 3), None, ""),  # a day is meant as it is said
        ("park hooli until the week of 5 oct", date(2026, 10, 5), None, ""),
        ("park hooli for 2 weeks", date(2026, 9, 28), None, ""),
        ("park hooli two weeks", date(2026, 9, 28), None, ""),
        ("park hooli for a fortnight", date(2026, 9, 28), None, ""),
        ("park hooli for 5 days", date(2026, 9, 21), None, ""),  # Saturday's next working day
        ("park hooli for a quarter", date(2026, 12, 14), None, ""),
        ("park hooli for half a year", date(2027, 3, 15), None, ""),
        ("park hooli until they call", None, Waking.ACTIVITY, ""),
        ("park hooli until Dana gets back to us", None, Waking.ACTIVITY, ""),
        ("park hooli until we hear from them", None, Waking.ACTIVITY, ""),
        ("park hooli until hooli calls", None, Waking.ACTIVITY, ""),
        ("park hooli until the next period", None, Waking.PERIOD, ""),
        ("park hooli until 1 oct or until they call", OCTOBER, Waking.ACTIVITY, ""),
        ("park hooli until 1 oct because no budget", OCTOBER, None, "no budget"),
        ("park hooli until 1 oct, price", OCTOBER, None, "price"),
        ("park hooli, budget frozen until 1 oct", OCTOBER, None, "budget frozen"),
        ("park hooli because no budget until january", JANUARY, None, "no budget until january"),
        ("park hooli because of the demo on friday", None, None, "the demo on friday"),
        ("park hooli for lack of budget", None, None, "for lack of budget"),
    ],
)
def test_parking_says_until_when_or_until_what_and_why(typed, until, wakes, reason):
    draft = read(typed)
    assert (draft.action, draft.name) == (DealAction.PARK, "Hooli")
    assert (draft.until, draft.wakes, draft.reason) == (until, wakes, reason)


def test_a_period_is_over_or_begins_by_the_fiscal_year():
    customs = Customs(fiscal_year_start=2)
    assert read_deal("park Hooli until q4", NOW, ZONE, "USD", KNOWN, customs=customs).until == date(
        2026, 11, 2
    )


@pytest.mark.parametrize(
    ("typed", "reason", "on"),
    [
        ("lost hooli they did not need it", "they did not need it", None),
        ("lost hooli they paid 30k to Acme", "they paid 30k to Acme", None),
        ("lost hooli price 20% above theirs", "price 20% above theirs", None),
        ("lost hooli because 11k price", "11k price", None),
        ("lost hooli, friday: price", "price", date(2026, 9, 11)),
        ("lost hooli: they decided on friday", "they decided on friday", None),
        ("won hooli: they loved it", "they loved it", None),
        ("won hooli on friday, they loved it", "they loved it", date(2026, 9, 11)),
        ("won hooli 31k because they got 38k off", "they got 38k off", None),
    ],
)
def test_why_a_deal_was_closed_is_kept_as_typed(typed, reason, on):
    draft = read(typed)
    assert (draft.name, draft.reason, draft.on) == ("Hooli", reason, on)


def test_an_amount_in_another_currency_stays_in_it():
    draft = read("acme EUR 30k")
    assert (draft.value_minor, draft.currency) == (3_000_000, "EUR")


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("acme 24k-30k", ["$24,000", "$30,000"]),
        ("acme 10k + 5k closes 15 dec", ["$15,000", "$10,000", "$5,000"]),
        ("won acme 24k x 3", ["$72,000", "$24,000"]),
        ("acme 24k dana is champion", ["Acme, $24,000", "Acme dana is champion, $24,000"]),
        ("acme 24k 30 seats", ["Acme, $24,000", "Acme 30 seats, $24,000"]),
        ("acme renewal wants 24k", ["Acme, $24,000", "Acme renewal wants, $24,000"]),
        ("acme 24k closes h2", ["Acme, $24,000"]),
        (
            "acme q4 24k",
            ["Acme, $24,000, closes Thu 31 Dec 2026", "Acme q4, $24,000"],
        ),
        ("acme 24k closes nov or dec", ["Mon 30 Nov 2026", "Thu 31 Dec 2026"]),
        ("acme 24k closes august", ["Tue 31 Aug 2027"]),
        ("acme 24k closes 18 aug", ["Wed 18 Aug 2027", "Tue 15 Sep 2026"]),
        ("friday foods 12k", ["foods, $12,000, closes Fri 18 Sep 2026", "friday foods, $12,000"]),
        ("closed hooli", ["Won", "Lost"]),
        (
            "won hooli 31k thanks to ben",
            ["Won: Hooli, $31,000, because thanks to ben", "Won: Hooli, $31,000"],
        ),
        (
            "won hooli, 11,500 they loved it",
            ["Won: Hooli, $11,500, because they loved it", "Won: Hooli, $11,500"],
        ),
        ("lost hooli 11k price", ["Lost: Hooli, because 11k price", "Lost: Hooli, because price"]),
        ("lost hooli price, 11k", ["Lost: Hooli, because price, 11k", "Lost: Hooli, because price"]),
        ("park hooli 30k until 1 oct", ["Park: Hooli, until Thu 1 Oct 2026"]),
        ("reopen hooli 30k", ["Reopen: Hooli"]),
        ("reopen hooli they called back", ["Reopen: Hooli"]),
        ("move hooli to 15 dec because of budget", ["Hooli, closes Tue 15 Dec 2026"]),
        ("hooli 30k because budget", ["Hooli, $30,000"]),
        (
            "park hooli until september",
            ["Until Thu 1 Oct 2026", "Until Wed 1 Sep 2027"],
        ),
        ("park hooli for q4", ["Until Thu 1 Oct 2026", "Until Fri 1 Jan 2027"]),
    ],
)
def test_what_is_not_sure_is_asked_and_each_reading_reads_as_itself(typed, labels):
    refusal = asked(typed)
    assert [one.label for one in refusal.readings] == labels
    drafts = [read(one.typed) for one in refusal.readings]
    assert len(set(drafts)) == len(labels)
    for draft, label in zip(drafts, labels, strict=True):
        if "," in label.replace(",0", "0"):
            assert draft.label() == label


def test_until_something_that_is_no_day_is_asked_and_its_words_stay_as_why():
    ways = [read(one.typed) for one in asked("park hooli until the funding round").readings]
    until = [(one.until, one.wakes) for one in ways]
    assert until == [(date(2026, 10, 14), None), (None, Waking.ACTIVITY), (None, None)]
    assert {one.reason for one in ways} == {"until the funding round"}


def test_readings_of_an_amount_keep_the_day_and_those_of_a_day_the_amount():
    first = asked("acme 24k-30k closes 15 dec").readings[0]
    assert read(first.typed)[3:5] == (2_400_000, date(2026, 12, 15))
    first = asked("acme 24k closes 18 aug").readings[0]
    assert read(first.typed)[3:5] == (2_400_000, date(2027, 8, 18))


def test_quoted_words_behind_a_name_stay_what_they_are():
    draft = read("lost Hooli price 'too' \"high\"")
    assert (draft.action, draft.name, draft.reason) == (LOST, "Hooli", "price 'too' \"high\"")
    assert read('lost "Hooli" because they said "no"').reason == 'they said "no"'
    assert read("“Acme rollout” 24k")[1:3] == ("Acme rollout", "Acme")


def test_a_form_gets_all_that_was_typed():
    filled = as_far_as_read("add acme 24k-30k closes nov champion dana", NOW, ZONE, 1)
    assert filled == ("acme champion dana", "24k-30k", date(2026, 11, 30))
    assert as_far_as_read("acme (5k)", NOW, ZONE, 1).value == "(5k)"
    assert may_be_new("acme 24k")
    assert not may_be_new("won acme 24k")


def test_an_amount_stuck_to_a_name_is_found():
    assert glued("acme24k", "USD")[1:4] == ("acme", None, 2_400_000)
    assert glued("Acme 500", "USD")[1:4] == ("Acme", None, 50_000)
    assert glued("acme", "USD") is None
    assert glued("24k", "USD") is None


NAMES = st.sampled_from(
    [*KNOWN, "Umbrela", "Zeta & Söhne", "Friday", "won", "24k", "q4", "closes 15 dec", "(5k)", "a b c"]
)
DAYS = st.none() | st.dates(date(2026, 9, 15), date(2029, 1, 1))


@given(
    action=st.sampled_from([CREATE, EDIT, WON]),
    name=NAMES,
    value=st.integers(1, 10**12),
    currency=st.sampled_from(["USD", "EUR", "JPY"]),
    closes=DAYS,
    as_typed=st.booleans(),
)
def test_a_draft_that_is_written_reads_back_as_itself(action, name, value, currency, closes, as_typed):
    draft = DealDraft(action, name, None, value, currency=currency, is_quoted=True, as_typed=as_typed)
    if action is not WON:
        draft = draft._replace(closes=closes)
    assert read(draft.written())._replace(account=None) == draft


@given(
    name=NAMES,
    until=DAYS,
    wakes=st.sampled_from([None, *Waking]),
    reason=st.sampled_from(["", "11k price", "no until"]),
)
def test_parking_and_losing_that_are_written_read_back_as_themselves(name, until, wakes, reason):
    for draft in (
        DealDraft(DealAction.PARK, name, None, until=until, wakes=wakes, reason=reason, is_quoted=True),
        DealDraft(LOST, name, None, reason=reason),
    ):
        assert read(draft.written())._replace(account=None) == draft


PIECES = """acme umbrella 24k - 30k closes in march q4 dec won lost now expects edit “ ” (5k) x 3 friday because ,
closed for € 🎉 3M may or dana is champion as typed /month 31 feb park reopen until they call next quarter 2 weeks"""


@given(st.lists(st.sampled_from([*PIECES.split(), "\x00"]), max_size=9).map(" ".join))
def test_whatever_is_typed_is_a_draft_or_a_refusal_whose_readings_can_be_typed(text):
    try:
        read(text)
    except Refusal as refusal:
        for one in refusal.readings:
            with suppress(Refusal):
                read(one.typed)
            assert "\0" not in one.typed
            assert "\x01" not in one.typed


@pytest.mark.parametrize(
    "piece", ["24k-", "1 000 ", "closes ", "nov or ", "end of ", "now ", "- ", "“a", "is ", "acme "]
)
def test_hostile_lines_take_no_more_work_than_their_length(piece):
    assert grows_linearly(read, piece)


@pytest.mark.parametrize(
    ("typed", "name", "closes"),
    [
        ("Acme 12k closes by oct 30th", "Acme", "2026-10-30"),
        ("Acme 12k closes by oct. 30", "Acme", "2026-10-30"),
        ("Acme 12k by oct", "Acme", "2026-10-31"),
        ("Acme ca 12k", "Acme", "None"),
        ("Acme=12k", "Acme", "None"),
        ("Acme twelve thousand", "Acme", "None"),
    ],
)
def test_a_day_behind_a_month_and_a_mark_before_an_amount_are_no_part_of_the_name(typed, name, closes):
    draft = read(typed)
    assert (draft.name, draft.value_minor, str(draft.closes)) == (name, 1_200_000, closes)


@pytest.mark.parametrize(
    "verb", ["moved to", "slipped to", "got pushed to", "delayed until", "pushed back to"]
)
def test_a_deal_that_slipped_moves(verb):
    draft = read(f"Acme {verb} december")
    assert (draft.action, draft.name, str(draft.closes)) == (DealAction.MOVE, "Acme", "2026-12-31")


def test_so_long_is_no_day_to_move_to_and_the_question_leaves_it_out_of_the_name():
    refusal = asked("move hooli 2 weeks")
    assert refusal.example == "move Hooli to 14 Oct"
    (one,) = refusal.readings
    assert one.label == "From today: Hooli, closes Mon 28 Sep 2026"
    assert read(one.typed).closes == date(2026, 9, 28)
