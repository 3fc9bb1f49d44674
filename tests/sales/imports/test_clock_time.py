"""Times of day in files: kept where they are written, and midnight alone is a day."""

from datetime import UTC, date, datetime

import pytest

from sales.imports.files.clock_time import instant_of

DAY = date(2026, 9, 14)


@pytest.mark.parametrize(
    ("cell", "hour", "minute"),
    [
        ("2026-09-14 07:12", 5, 12),
        ("2026-09-14T07:12:30", 5, 12),
        ("14.09.2026, 07:12", 5, 12),
        ("9/14/2026 7:12 PM", 17, 12),
        ("9/14/2026 12:05 AM", 22, 5),
        ("2026-09-14T07:12:00Z", 7, 12),
        ("2026-09-14 07:12 -04:00", 11, 12),
        ("2026-09-14T00:00:00+05:30", 18, 30),
    ],
)
def test_the_hour_of_a_cell_is_kept(cell, hour, minute):
    found = instant_of(cell, DAY, "Europe/Ljubljana")
    assert found is not None
    assert (found.astimezone(UTC).hour, found.minute) == (hour, minute)


@pytest.mark.parametrize(
    "cell", ["2026-09-14", "2026-09-14 00:00", "2026-09-14T00:00:00Z", "14 Sep 2026", "9/14/2026 25:70"]
)
def test_a_day_alone_has_no_hour(cell):
    assert instant_of(cell, DAY, "Europe/Ljubljana") is None


def test_an_hour_with_a_zone_is_an_instant():
    assert instant_of("2026-09-14 07:12 +02:00", DAY, "America/New_York") == datetime(
        2026, 9, 14, 5, 12, tzinfo=UTC
    )
