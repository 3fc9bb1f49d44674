"""Files with an amount weighted by its chance beside the whole one, and with a stage beside a status."""

from datetime import date

import pytest

from sales.refusal import Refusal
from tests.sales.imports.test_lists_of_the_world import deal, read

AHEAD, OVER = "2026-12-13", "2026-02-13"


@pytest.mark.parametrize(
    ("header", "line", "stage"),
    [
        ("ID;Name;Stage;Amount;Weighted Amount;Close Date", f"1;Q;Negotiation;12000;4800;{AHEAD}", "open"),
        ("ID;Name;Stage;Weighted Amount;Amount;Close Date", f"1;Q;Negotiation;4800;12000;{AHEAD}", "open"),
        ("ID;Name;Stage;Amount;Factored Amount;Close Date", f"1;Q;Negotiation;12000;4800;{AHEAD}", "open"),
        (
            "Record ID;Deal Name;Deal Stage;Pipeline;Amount;Weighted amount;Forecast amount;Close Date",
            f"1;Q;Contract Sent;Sales Pipeline;12000;10800;11000;{AHEAD}",
            "open",
        ),
        (
            "Opportunity ID;Opportunity Name;Stage;Amount;Expected Revenue;Probability (%);Close Date",
            f"1;Q;Negotiation;12000;4800;40;{AHEAD}",
            "open",
        ),
        (
            "ID;Title;Value;Weighted value;Stage;Status;Expected close date",
            f"1;Q;12000;4800;Proposal Made;open;{AHEAD}",
            "open",
        ),
        (
            "ID;Title;Value;Weighted value;Stage;Status;Won time",
            f"1;Q;12000;4800;Proposal Made;won;{OVER}",
            "won",
        ),
        (
            "ID;Title;Value;Weighted value;Stage;Status;Lost time",
            f"1;Q;12000;4800;Proposal Made;lost;{OVER}",
            "lost",
        ),
        ("ID;Name;Status;Stage;Amount;Close Date", f"1;Q;Won;Negotiation;12000;{OVER}", "won"),
        (
            "(Do Not Modify) Opportunity;Topic;Status;Pipeline Phase;Est. Revenue;Weighted Revenue;Est. Close Date",
            f"1;Q;Open;3-Propose;12000;4800;{AHEAD}",
            "open",
        ),
        (
            "ID;Name;Phase;Betrag;Gewichteter Betrag;Abschlussdatum",
            "1;Q;Gewonnen;12000;4800;13.02.2026",
            "won",
        ),
        ("ID;Nom;Étape;Montant;Montant pondéré;Date de clôture", "1;Q;Gagné;12000;4800;13.02.2026", "won"),
    ],
)
def test_the_whole_amount_and_the_outcome_are_taken(header: str, line: str, stage: str) -> None:
    on = date.fromisoformat(AHEAD if stage == "open" else OVER)
    assert deal(read(header, line)[0]) == ("Q", stage, 12_000_00, on)


@pytest.mark.parametrize(
    "column",
    [
        "Weighted Amount",
        "Weighted value",
        "Factored Amount",
        "Expected Revenue",
        "Gewichteter Betrag",
        "Montant pondéré",
        "Valore ponderato",
    ],
)
def test_an_amount_that_is_only_weighted_is_asked_about(column: str) -> None:
    with pytest.raises(Refusal) as asked:
        read(f"ID;Name;Stage;{column};Close Date", f"1;Q;Negotiation;4800;{AHEAD}")
    assert f"“{column}” (such as “4800”) may be the value" in asked.value.text


def test_money_a_closing_day_and_a_stage_are_of_deals_whatever_a_word_of_leads_says() -> None:
    with pytest.raises(Refusal, match=r"“Pipeline Stage” .* may be the stage"):
        read("ID;Name;Pipeline Stage;Lead Status;Amount;Close Date", f"1;Q;Negotiation;Working;12000;{AHEAD}")
