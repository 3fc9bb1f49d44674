"""Files of outcomes: which column says who won, doubles once, what tells the end left out, and three parts."""

import pytest

from sales.prospects.score.outcome_file import outcome, outcome_column, read_outcomes, scored_groups
from sales.refusal import Refusal

HEADER = ["Id", "Company size", "Source", "Seller", "Loss reason", "Status"]


def rows(won=70, lost=70):
    found = []
    for number in range(won + lost):
        is_won = number < won
        source = "Referral" if (number % 10 < 8) is is_won else "Cold list"
        found.append(
            [str(number), "Big" if number % 2 else "Small", source, f"S{number % 3}", "" if is_won else "price",
             "Won" if is_won else "Lost"]
        )  # fmt: skip
    return found


def test_words_that_say_an_end():
    assert [outcome(one) for one in ("Won", " closed LOST", "Open", "")] == [True, False, None, None]


def test_the_last_column_that_says_both_ends_is_it():
    assert outcome_column([["Won", "a", "Lost"], ["Lost", "b", "Won"]], 3) == 2
    assert outcome_column([["Won"], ["Won"]], 1) is None
    assert outcome_column([], 3) is None


def test_what_is_read_and_what_is_left_out():
    found = read_outcomes(HEADER, [*rows(), rows()[3], [*rows()[0][:5], "Open"], ["short"]])
    assert (len(found.cases), found.won, found.rows, found.doubles, found.open_rows) == (140, 70, 143, 1, 2)
    assert found.telling == ("Loss reason",)
    assert "Seller" not in found.names
    assert found.base_brier == pytest.approx(0.25)
    firm, relation, every = found.groups
    assert firm[1] == ("Company size",)
    assert relation[1] == ("Source",)
    assert every[1] == ("Id", "Company size", "Source")


def test_each_part_is_scored_on_rows_it_was_not_fitted_to():
    firm, relation, every = scored_groups(read_outcomes(HEADER, rows()))
    assert firm.auc < 0.6
    assert relation.auc > 0.7
    assert relation.brier < firm.brier - 0.03
    assert every.auc > 0.7


def test_too_few_or_nothing_said_is_refused():
    with pytest.raises(Refusal, match="99 different outcomes, 50 of them won"):
        read_outcomes(HEADER, rows(50, 49))
    with pytest.raises(Refusal, match="It takes 100, and 10 of each"):
        read_outcomes(HEADER, rows(5, 200))
    with pytest.raises(Refusal, match="No column says"):
        read_outcomes(["Source"], [["Referral"], ["Cold list"]])
