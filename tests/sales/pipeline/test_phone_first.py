"""The phone's share, one's own yield for each channel, and no ranking of noise (#44)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales.distributions import share_interval
from sales.followups.activity import ActivityKind
from sales.followups.channel import TouchChannel, by_channel
from sales.pipeline.phone_first import DealAtWork, NamedTouch, phone_share, yields

TODAY = date(2026, 9, 14)


def day(ago):
    return TODAY - timedelta(days=ago)


def touches(channel, count, ago=30):
    return [NamedTouch(channel, f"{channel} {number}", day(ago)) for number in range(count)]


def followed(channel, count, ago=27, closed=None):
    return [DealAtWork((f"{channel} {number}",), day(ago), closed) for number in range(count)]


def test_the_phones_share_is_of_what_has_a_channel():
    counts = by_channel({ActivityKind.CALL: 5, ActivityKind.EMAIL: 15, ActivityKind.REFERRAL_ASK: 9})
    assert counts == {TouchChannel.PHONE: 5, TouchChannel.EMAIL: 15}
    assert phone_share(counts).share == 0.25
    assert phone_share({}).share == 0.0


def test_channels_that_differ_are_in_order_of_what_they_led_to():
    done = [
        *touches(TouchChannel.EMAIL, 60),
        *touches(TouchChannel.PHONE, 60),
        *touches(TouchChannel.VISIT, 60),
    ]
    deals = [
        *followed(TouchChannel.EMAIL, 3),
        *followed(TouchChannel.PHONE, 24),
        *followed(TouchChannel.VISIT, 40),
    ]
    found = yields(done, deals, TODAY)
    assert found.differ
    assert [(one.channel, one.led, one.touches) for one in found.found] == [
        (TouchChannel.VISIT, 40, 60),
        (TouchChannel.PHONE, 24, 60),
        (TouchChannel.EMAIL, 3, 60),
    ]


def test_noise_is_not_ranked():
    done = [*touches(TouchChannel.EMAIL, 60), *touches(TouchChannel.PHONE, 60)]
    found = yields(done, [*followed(TouchChannel.EMAIL, 12), *followed(TouchChannel.PHONE, 11)], TODAY)
    assert not found.differ
    assert [one.channel for one in found.found] == [TouchChannel.PHONE, TouchChannel.EMAIL]


def test_of_few_touches_no_rate_is_claimed():
    found = yields(touches(TouchChannel.PHONE, 29), followed(TouchChannel.PHONE, 29), TODAY)
    assert (found.found, found.too_few) == ((), {TouchChannel.PHONE: 29})


def test_work_on_an_open_deal_led_to_no_new_one():
    done = touches(TouchChannel.PHONE, 40)
    assert yields(done, followed(TouchChannel.PHONE, 40, ago=31), TODAY) == yields([], [], TODAY)
    closed_before = [
        *followed(TouchChannel.PHONE, 40, ago=60, closed=day(31)),
        *followed(TouchChannel.PHONE, 10),
    ]
    (one,) = yields(done, closed_before, TODAY).found
    assert (one.led, one.touches) == (10, 40)


def test_a_deal_follows_within_two_weeks_or_not_at_all():
    done = touches(TouchChannel.PHONE, 30)
    assert yields(done, followed(TouchChannel.PHONE, 30, ago=16), TODAY).found[0].led == 30
    assert yields(done, followed(TouchChannel.PHONE, 30, ago=15), TODAY).found[0].led == 0
    assert (
        yields(touches(TouchChannel.PHONE, 30, ago=13), followed(TouchChannel.PHONE, 30, ago=12), TODAY).found
        == ()
    )


@given(st.integers(0, 400), st.integers(1, 400))
def test_an_interval_holds_what_was_counted(hits, more):
    tries = hits + more
    low, high = share_interval(hits, tries)
    assert 0 <= low <= hits / tries <= high <= 1


def test_an_interval_by_hand():
    low, high = share_interval(24, 60)
    assert (round(low, 3), round(high, 3)) == (0.286, 0.526)  # Wilson, 95%
    assert share_interval(0, 0) == (0.0, 1.0)
