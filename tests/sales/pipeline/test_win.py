"""Wins: the newest first, and each currency by itself."""

from datetime import date

from sales.pipeline.opportunity import Win, by_currency, newest_first

ACME = Win(date(2026, 9, 15), "Ana", "Acme", 12_000_00, "USD")
HOOLI = Win(date(2026, 9, 17), "Zoë", "Hooli", 1_00, "USD")
BOOT = Win(date(2026, 9, 16), "Ben", "Boot", 5_00, "EUR")


def test_the_newest_comes_first():
    assert newest_first([ACME, HOOLI, BOOT]) == [HOOLI, BOOT, ACME]


def test_currencies_are_never_added_up():
    assert by_currency([ACME, HOOLI, BOOT]) == {"USD": 12_001_00, "EUR": 5_00}
