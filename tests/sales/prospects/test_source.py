"""Sources: how soon leads of one are called, as a team says in a line, and by default (mechanism 38)."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from sales.prospects.source import INBOUND, LeadSource, clock_of, clocks_by_source
from sales.prospects.source_phrase import SourceSaying, read_source, read_span
from sales.refusal import Refusal

DAY = timedelta(hours=11)
FIVE, HOUR = timedelta(minutes=5), timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("webinar 5 min 1 h", SourceSaying("webinar", FIVE, HOUR)),
        ("webinar: target 5 min, limit 1 hour", SourceSaying("webinar", FIVE, HOUR)),
        ("Trade show within 2 h, at the latest 2 days", SourceSaying("Trade show", 2 * HOUR, 2 * DAY)),
        ("webinar: limit 1 h, target 5 min", SourceSaying("webinar", FIVE, HOUR)),
        ("cold list no clock", SourceSaying("cold list")),
        ("cold list: off", SourceSaying("cold list")),
        ("webinar default", SourceSaying("webinar", is_usual=True)),
    ],
)
def test_what_a_line_says_of_a_source(typed, said):
    assert read_source(typed, DAY) == said


@pytest.mark.parametrize(
    "typed", ["webinar", "5 min 1 h", "webinar soon", "webinar 0 min 1 h", "webinar 5 min 90 days"]
)
def test_what_cannot_be_read_says_how_it_is_written(typed):
    with pytest.raises(Refusal) as refused:
        read_source(typed, DAY)
    assert refused.value.example


def test_a_target_longer_than_its_limit_is_not_changed_over_unsaid():
    with pytest.raises(Refusal) as refused:
        read_source("fair 2 days 1 h", DAY)
    assert "2 days is longer than 1 h" in refused.value.text
    assert refused.value.example == "/team source fair 1 h 2 days"
    assert read_source("fair 1 h 2 days", DAY) == SourceSaying("fair", HOUR, 2 * DAY)


def test_one_span_is_the_target_or_the_limit_and_is_asked():
    with pytest.raises(Refusal) as asked:
        read_source("webinar 30 min", DAY)
    read = [read_source(one.typed.removeprefix("/team source "), DAY) for one in asked.value.readings]
    assert read == [
        SourceSaying("webinar", timedelta(minutes=30), HOUR),
        SourceSaying("webinar", FIVE, timedelta(minutes=30)),
    ]


def test_a_field_of_a_form():
    assert read_span("90", DAY, "limit") == timedelta(minutes=90)
    assert read_span("2 days", DAY, "limit") == 2 * DAY
    assert read_span(" ", DAY, "limit") is None
    with pytest.raises(Refusal) as refused:
        read_span("soon", DAY, "limit")
    assert refused.value.field == "limit"


def test_what_a_team_says_counts_before_the_default():
    stated = clocks_by_source(
        [
            LeadSource(team_id=1, name="Webinar", target_minutes=10, limit_minutes=120),
            LeadSource(team_id=1, name="Web form"),
            LeadSource(team_id=1, name="Cold list", target_minutes=60, limit_minutes=660),
        ]
    )
    assert clock_of("webinar", stated) == (timedelta(minutes=10), timedelta(hours=2))
    assert clock_of("WEB FORM", stated) is None
    assert clock_of("cold list", stated) == (HOUR, DAY)
    assert clock_of("Referral", stated) == INBOUND
    assert clock_of(None, stated) == INBOUND
    assert clock_of("Bought list of June", {}) is None


@pytest.mark.parametrize(
    "said", [{"target_minutes": 5}, {"limit_minutes": 5}, {"target_minutes": 9, "limit_minutes": 5}]
)
def test_a_target_comes_with_a_limit_behind_it(said):
    with pytest.raises(ValidationError):
        LeadSource.model_validate({"team_id": 1, "name": "Webinar", **said})
