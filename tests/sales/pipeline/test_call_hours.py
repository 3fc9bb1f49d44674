"""Own data on hours: from thirty attempts on, and only where hours differ by more than chance (#56)."""

from sales.pipeline.call_hours import CallAttempt, best_hour


def calls(hour, answered, of):
    return [CallAttempt(hour, number < answered) for number in range(of)]


def test_the_hour_that_pays_is_named():
    assert best_hour(calls(10, 24, 30) + calls(16, 3, 30)) == (10, 24, 30)


def test_too_few_say_nothing():
    assert best_hour(calls(10, 12, 14) + calls(16, 1, 14)) is None
    assert best_hour(calls(10, 28, 29)) is None
    assert best_hour([]) is None


def test_noise_is_not_ranked():
    assert best_hour(calls(10, 15, 30) + calls(16, 14, 30)) is None
    assert best_hour(calls(10, 40, 60)) is None
