"""What a version adds is awaited until somebody says that it is there; a new app has all of it."""

from datetime import UTC, datetime, timedelta

from sales.nudges.app_manifest import AppManifest, settled, started

T0 = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
LATER = T0 + timedelta(days=9)


def test_a_new_app_waits_for_nothing():
    assert started(None, ["/goal", "/plan"], T0) == AppManifest(known=["/goal", "/plan"], since=T0)


def test_what_is_new_waits_until_it_is_there_however_often_it_starts():
    noted = AppManifest(known=["/goal"], since=T0)
    for _ in range(3):
        noted = started(noted, ["/goal", "/plan"], LATER)
        assert (noted.awaited, noted.since) == (["/plan"], LATER)
    assert started(settled(noted), ["/goal", "/plan"], LATER).awaited == []


def test_two_updates_wait_together_and_what_went_waits_no_longer():
    noted = started(AppManifest(known=["/goal"], since=T0), ["/goal", "/plan"], T0)
    noted = started(noted, ["/goal", "/plan", "/prep"], LATER)
    assert (noted.awaited, noted.since) == (["/plan", "/prep"], LATER)
    assert started(noted, ["/goal", "/prep"], LATER).awaited == ["/prep"]
