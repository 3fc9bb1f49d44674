"""Figures as they stand in a sentence."""

from sales.language.figures import chance_in_words, percent, plain_number


def test_chances_in_words():
    assert [chance_in_words(chance) for chance in (0.219, 0.0099, 0, 1)] == ["22%", "<1%", "<1%", "100%"]


def test_shares_in_words():
    shares = (0.8, 0.0123, 0.0999, 0, 1)
    assert [percent(share) for share in shares] == ["80%", "1.2%", "10%", "0%", "100%"]


def test_whole_numbers_have_their_thousands_apart():
    assert plain_number(1_234_567.5) == "1,234,568"
