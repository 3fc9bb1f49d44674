"""Figures in words: each reads one way, wherever it stands."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.formatting import environment
from sales.language.figures import (
    chance_percent,
    clock,
    day_and_time,
    day_to_day,
    days_between,
    decimals,
    duration,
    every,
    listed,
    long_day,
    many,
    moment,
    money,
    month_day,
    number,
    one_stop,
    percent,
    plural,
    short_day,
    short_money,
    signed,
    week,
    whole_number,
)
from sales.language.reader import written_for

HOUSE = Path(__file__).parents[3]
ROOMS = ("sales", "messages", "handlers", "bot")
FORMATTER = HOUSE / "sales/language/figures.py"
FOR_MACHINES = frozenset({"%Y%m%dT%H%M%S", "%Y-%m-%d %H:%M:%S"})  # a key, and a log's line: nobody's sentence
SPELLS = re.compile(r"%|,|[\d.][efg]$|^g$|^\+?d$")  # a format that spells a date, a share or a number

MONTH_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"

shares = st.floats(0, 20, allow_nan=False)
dates = st.dates(date(1950, 1, 1), date(2199, 12, 31))


def read(said: str) -> float:
    """Return a percentage as it reads, in percent; what is not rounded away lies half way."""
    return {"<1%": 0.5, ">99%": 99.5}.get(said) or float(said.removesuffix("%").replace(",", ""))


# shares and chances


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0%"), (0.004, "<1%"), (0.0099, "<1%"), (0.01, "1%"), (0.054, "5%"), (0.42, "42%"), (0.99, "99%"),
        (0.994, ">99%"), (0.996, ">99%"), (1, "100%"), (1.7, "170%"), (12.5, "1,250%"), (-0.03, "-3%"),
    ],
)  # fmt: skip
def test_a_share_is_whole_percent_and_nothing_is_rounded_away(share, said):
    assert percent(share) == said


@given(shares, shares)
def test_a_larger_share_never_reads_smaller(one, other):
    low, high = sorted((one, other))
    assert read(percent(low)) <= read(percent(high))


@given(shares)
def test_nothing_and_all_are_said_of_nothing_and_all_alone(share):
    assert (percent(share) == "0%") is (share == 0)
    if share < 1:
        assert read(percent(share)) < 100


@given(st.floats(0.01, 0.99))
def test_a_chance_reads_as_a_share_does(chance):
    assert chance_percent(chance) == percent(chance)


def test_a_chance_is_never_certain():
    said = [chance_percent(chance) for chance in (0, 0.0099, 0.994, 1)]
    assert said == ["under 1%", "under 1%", "over 99%", "over 99%"]


def test_a_chance_reads_one_way_in_templates_and_rules():
    assert environment().filters["chance"](0.994) == chance_percent(0.994)


def test_measured_means_have_their_decimals():
    assert [percent(share, 2) for share in (0.0293, 0.1, -0.005)] == ["2.93%", "10.00%", "-0.50%"]


def test_what_moved_a_chance_is_told_in_points():
    assert [signed(points) for points in (12, -1, 0)] == ["+12", "−1", "0"]


# amounts and counts


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (0, "USD", "$0"), (850_00, "USD", "$850"), (84_780_00, "USD", "$84.8k"), (122_000_00, "USD", "$122k"),
        (999_999_99, "USD", "$1m"), (1_236_000_00, "EUR", "€1.24m"), (12_345, "JPY", "¥12.3k"),
        (-12_345_00, "USD", "-$12.3k"), (84_780_00, "CHF", "CHF\N{NO-BREAK SPACE}84.8k"),
    ],
)  # fmt: skip
def test_an_amount_for_a_glance_keeps_a_tenth_of_a_thousand(minor, currency, said):
    assert short_money(minor, currency) == said


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (2_400_000, "USD", "$24,000"),
        (2_400_050, "EUR", "€24,000.50"),
        (-5, "USD", "-$0.05"),
        (1_200, "JPY", "¥1,200"),
        (1_234, "KWD", "KWD\xa01.234"),
        (0, "USD", "$0"),
        (10**15, "USD", "$10,000,000,000,000"),
    ],
)
def test_money_has_cents_only_where_there_are_any(minor, currency, written):
    assert money(minor, currency) == written


def test_numbers_have_their_thousands_apart():
    assert [number(value) for value in (1200, 2.0, 2.04, 2.46)] == ["1,200", "2", "2", "2.5"]
    assert whole_number(1_234_567.5) == "1,234,568"
    assert [decimals(0.5, 2), decimals(0.0123, 3, sign=True), decimals(-2.5, 1, sign=True)] == [
        "0.50", "+0.012", "−2.5",
    ]  # fmt: skip


def test_a_count_has_its_noun():
    assert plural(1, "call") == "1 call"
    assert plural(1200, "call") == "1,200 calls"
    assert plural(2, "company") == "2 companies"
    assert plural(2, "working day") == "2 working days"
    assert plural(0, "person", "people") == "0 people"
    assert many("referral ask") == "referral asks"


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,5}", fullmatch=True), max_size=8), st.integers(1, 8))
def test_a_list_names_what_is_shown_and_counts_the_rest(names, most):
    said = listed(names, most=most)
    assert all(name in said for name in names[:most])
    assert (" more" in said) is (len(names) > most)


def test_a_list_reads_as_a_sentence():
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
    assert listed(["A", "B"], "or") == "A or B"
    assert listed(["A", "B", "C", "D"], most=2) == "A, B and 2 more"


# days and times


def test_dates_and_times_cannot_be_misread():
    day, at = date(2026, 9, 4), datetime(2026, 9, 4, 14, 30, tzinfo=UTC)
    assert [long_day(day), long_day(day, date(2026, 1, 1)), long_day(day, date(2025, 12, 31))] == [
        "Fri 4 Sep 2026", "Fri 4 Sep", "Fri 4 Sep 2026",
    ]  # fmt: skip
    assert [short_day(day), month_day(day), month_day(day, day)] == ["Fri 4 Sep", "4 Sep 2026", "4 Sep"]
    assert [clock(time(9, 5)), clock(at, "Europe/Paris")] == ["09:05", "16:30"]
    assert moment(at, "Europe/Paris") == day_and_time(day, at, day, "Europe/Paris") == "Fri 4 Sep, 16:30"
    assert day_and_time(day, None, day, "Europe/Paris") == "Fri 4 Sep"


def test_days_from_one_to_another():
    first, last, later = date(2026, 9, 28), date(2026, 10, 2), date(2027, 1, 4)
    assert day_to_day(first, last) == "Mon 28 Sep to Fri 2 Oct 2026"
    assert day_to_day(first, later) == "Mon 28 Sep 2026 to Mon 4 Jan 2027"
    assert day_to_day(last, last) == "Fri 2 Oct 2026"
    assert days_between(first, last) == "28 Sep – 2 Oct 2026"


@given(dates)
def test_names_of_days_and_months_are_the_same_on_every_machine(day):
    weekday, of_month, month, year = long_day(day).split()
    assert ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(weekday) == day.weekday()
    assert MONTH_NAMES.split().index(month) + 1 == day.month
    assert (int(of_month), int(year)) == (day.day, day.year)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_a_time_is_told_in_the_largest_unit_there_are_two_of(span, said):
    assert duration(span) == said


def test_weekdays_as_people_say_them():
    assert week(0b0011111) == "Monday to Friday"
    assert every(0) == "Mondays"


# nobody else spells a figure


def sources() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*.py")):
        if path != FORMATTER:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def format_of(node: ast.FormattedValue) -> str:
    """Return the constant parts of an f-string's format, such as `.0%`."""
    parts = node.format_spec.values if isinstance(node.format_spec, ast.JoinedStr) else []
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def spelled_in(node: ast.AST) -> str:
    """Return the figure that a piece of source spells by itself, empty if none."""
    match node:
        case ast.FormattedValue() if SPELLS.search(said := format_of(node)) and said not in FOR_MACHINES:
            return f"{{…:{said}}}"
        case ast.Attribute(attr="strftime") | ast.Name(id="strftime"):
            return "strftime"
        case ast.Call(func=ast.Name(id="format"), args=[_, ast.Constant(value=str(said))]):
            return f"format(…, {said!r})"
        case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))) if (
            {one, other} == {"", "s"} or f"{one}s" == other or one == f"{other}s"
        ):
            return f"{one!r} or {other!r}"
        case ast.Constant(value="Monday" | "Mon" | "January" | "january" | "Jan"):
            return "names of days or months"
    return ""


def test_no_source_spells_a_figure_by_itself():
    found = [
        f"{path.relative_to(HOUSE)}:{getattr(node, 'lineno', '')} {spelled}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if (spelled := spelled_in(node))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "f'{share:.0%}'", "f'{day:%a %d %b}'", "f'{count:,}'", "f'{mean:.1f}'", "f'{by:+.3f}'", "f'{by:+d}'",
        "day.strftime('%d')", "'day' if n == 1 else 'days'", "f'{n} call{\"\" if n == 1 else \"s\"}'",
        "('Monday', 'Tuesday')",
    ],
)  # fmt: skip
def test_a_figure_spelled_elsewhere_would_be_found(line):
    assert any(spelled_in(node) for node in ast.walk(ast.parse(line)))


def test_no_template_spells_a_figure_by_itself():
    spelling = re.compile(
        r"\|\s*(?:format|round)\b|%\}s\{%|%\}(\w+)\{% else %\}\1s\{%|strftime|%[.+]?\d*[df]"
    )
    found = [
        f"{path.relative_to(HOUSE)}: {match[0]}"
        for path in sorted((HOUSE / "messages").rglob("*.j2"))
        for match in spelling.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_sentence_that_ends_in_a_shortened_month_has_one_full_stop():
    december = date(2026, 12, 15)
    with written_for("de-DE"):
        said = f"expected on {long_day(december, december)}. Tick what is done.."
        assert one_stop(said) == "expected on Di., 15. Dez. Tick what is done.."
    assert one_stop("15 Dez..") == "15 Dez.."
