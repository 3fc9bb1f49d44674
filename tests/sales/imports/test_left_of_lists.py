"""What lists of deals still have: stages with their number in the row, thousands written on to a currency."""

import pytest

from sales.imports.files.amounts import read_amount
from sales.imports.files.stage_words import StageWords
from sales.pipeline.opportunity import Stage


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("5. Negotiation", Stage.OPEN),
        ("05 - Closed Won", Stage.WON),
        ("3) Proposal", Stage.OPEN),
        ("S2: Discovery", Stage.OPEN),
        ("Stage 4 – Closed Lost", Stage.LOST),
        ("7 Won", Stage.WON),
        ("10% Qualified", None),
        ("90 days", None),
    ],
)
def test_a_stage_is_known_behind_its_number(said, stage):
    assert StageWords({}).known(said) is stage


def test_what_somebody_said_of_the_whole_word_counts_first():
    assert StageWords({"5negotiation": Stage.PARKED}).known("5. Negotiation") is Stage.PARKED


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12 kEUR", 12_000_00),
        ("12kEUR", 12_000_00),
        ("1.2 MEUR", 1_200_000_00),
        ("1,2 MEUR", 1_200_000_00),
        ("12 k€", 12_000_00),
        ("12 KEUR", 12_000_00),
    ],
)
def test_thousands_and_millions_written_on_to_the_currency(text, minor):
    assert read_amount(text, "EUR") == minor


@pytest.mark.parametrize("text", ["5 MUR", "3 MXN", "12 kUSD", "12 SEK"])
def test_another_currency_stays_another(text):
    with pytest.raises(ValueError, match="is in "):
        read_amount(text, "EUR")
