"""Lists as people keep them: headed in their language, with deals deleted elsewhere, with money under any name."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from sales.imports.files.amounts import AmountEvidence, read_amount
from sales.imports.files.dates import DateEvidence, read_date
from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import Reading, RefusedRow, TakenRow
from sales.imports.files.questions import UnsureFile
from sales.imports.files.sheet import SheetRecord
from sales.refusal import Refusal
from tests.headers import read_header


def read(header: str, *lines: str, columns: Mapping[str, str] | None = None) -> list[Reading]:
    rows = [SheetRecord(at, line.split(";")) for at, line in enumerate(lines, 2)]
    layout, survey = read_header(header.split(";"), rows, columns=columns)
    reader = DealReader(layout, survey, "USD", Catalogue())
    return [reader.read(row) for row in rows]


def deal(found: Reading) -> tuple[str, str, int, date | None]:
    assert isinstance(found, TakenRow), found
    said = found.entry.values
    return said["name"], said["stage"].value, said["value_minor"], said["closed_on"] or said["expected_on"]


def asked(header: str, *lines: str) -> Sequence[str]:
    with pytest.raises(UnsureFile) as unsure:
        read(header, *lines)
    return (unsure.value.example or "").split("--column ")[1:]


@pytest.mark.parametrize(
    ("header", "won", "lost"),
    [
        ("ID;Nome;Etapa;Valor;Data de fechamento;Responsável", "Ganho", "Perdido"),
        ("ID;Nome;Fase;Importo;Data chiusura;Responsabile", "Vinto", "Chiusa persa"),
        ("ID;Naam;Fase;Bedrag;Sluitingsdatum;Eigenaar", "Gesloten gewonnen", "Verloren"),
        ("ID;Nazwa;Etap;Kwota;Data zamknięcia;Właściciel", "Wygrana", "Przegrana"),
        ("ID;Název;Fáze;Částka;Datum uzavření;Vlastník", "Vyhráno", "Prohráno"),
        ("ID;Naziv;Faza;Znesek;Datum zaključka;Lastnik", "Dobljeno", "Izgubljeno"),
        ("ID;Nom;Étape;Montant;Date de clôture;Commercial", "Gagné", "Perdu"),
        ("ID;Название;Стадия сделки;Сумма;Дата закрытия;Ответственный", "Сделка успешна", "Сделка провалена"),
    ],
)
def test_a_plain_list_is_read_in_the_language_it_is_headed_in(header: str, won: str, lost: str) -> None:
    found = read(header, f"1;Quay;{won};12.000,50;13.02.2026;Ida", f"2;Dock;{lost};500,-;14.02.2026;Tom")
    assert [deal(one) for one in found] == [
        ("Quay", "won", 12_000_50, date(2026, 2, 13)),
        ("Dock", "lost", 500_00, date(2026, 2, 14)),
    ]


def test_figures_under_a_name_nobody_knows_are_asked_about_where_no_column_is_the_money() -> None:
    assert asked("ID;Name;Stage;Kosztorys", "1;Quay;Open;12 000,50") == ['"Kosztorys=value"']


@pytest.mark.parametrize("header", ["Box Key", "Nr.", "Angebotsreferenz Nr"])
def test_what_numbers_the_rows_is_proposed_as_the_id(header: str) -> None:
    with pytest.raises(Refusal) as lacking:
        read(f"{header};Name;Stage;Amount", "A-1;Quay;Open;5")
    assert f'--column "{header}=id"' in (lacking.value.example or "")


@pytest.mark.parametrize("header", ["Probability", "Age", "Year", "Employees", "Account ID"])
def test_shares_counts_and_years_are_not_asked_about(header: str) -> None:
    assert deal(read(f"ID;Name;Stage;{header}", "1;Quay;Open;2026")[0])[2] == 0


def test_what_is_expected_is_not_proposed_as_the_close_date() -> None:
    said = asked("ID;Name;Stage;Amount;Forecast closing;Closed at", "1;Q;Open;5;2026-02-01;2026-02-13")
    assert [one.strip() for one in said] == ['"Closed at=closed"', '"Forecast closing=expected"']


def test_a_name_under_another_word_is_asked_about() -> None:
    assert asked("ID;Subject;Stage;Amount", "1;Quay;Open;5") == ['"Subject=name"']


@pytest.mark.parametrize(
    ("header", "cell", "stage", "is_taken"),
    [
        ("ISDELETED", "true", "Open", False),
        ("ISDELETED", "false", "Open", True),
        ("is_deleted", "t", "Won", False),
        ("deleted_at", "2026-02-14 10:00:00", "Open", False),
        ("deleted_at", r"\N", "Open", True),
        ("Archive status", "Archived", "Open", False),
        ("Archive status", "Not archived", "Open", True),
        ("Archived", "yes", "Won", True),  # history
        ("Active", "False", "Open", False),
        ("Active", "False", "Won", True),
    ],
)
def test_deals_deleted_where_they_are_from_are_not_taken(
    header: str, cell: str, stage: str, is_taken: bool
) -> None:
    line, columns = f"1;Quay;{stage};5;2026-02-13;{cell}", f"ID;Name;Stage;Amount;Close Date;{header}"
    found = read(columns, line)[0]
    assert isinstance(found, TakenRow) is is_taken
    if isinstance(found, RefusedRow):
        assert f'--column "{header}=nothing"' in found.reasons[0]
        assert isinstance(read(columns, line, columns={header: "nothing"})[0], TakenRow)


def test_one_date_for_both_is_named_where_a_won_deal_has_no_other() -> None:
    found = read("ID;Name;Stage;Amount;Expected close date", "1;Quay;Won;5;2026-02-13")[0]
    assert isinstance(found, RefusedRow)
    assert found.reasons[0].endswith('--column "Expected close date=closed"')


@pytest.mark.parametrize(
    "text",
    ["13. 2. 2026", "Fr., 13.02.2026", "Friday, February 13, 2026", "Fri, 13 Feb 2026 09:00:00 GMT",
     "13 lutego 2026", "13 lut 2026", "13. února 2026", "13. februar 2026", "13 февраля 2026"],
)  # fmt: skip
def test_dates_as_they_are_written_elsewhere(text: str) -> None:
    assert read_date(text, None) == date(2026, 2, 13)


def test_a_day_of_the_week_does_not_hide_what_a_column_shows() -> None:
    evidence = DateEvidence()
    for text in ("Mo, 02/03/2026", "Fr, 13/02/2026"):
        evidence.see(text)
    assert read_date("Mo, 02/03/2026", evidence.order) == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["1770940800", "1770940800000"])
def test_seconds_since_1970_are_called_so(text: str) -> None:
    with pytest.raises(ValueError, match="seconds since 1970"):
        read_date(text, None)


@pytest.mark.parametrize(
    ("text", "minor"), [("500,-", 500_00), ("1.200,–", 1_200_00), ("500.–", 500_00), ("1'200.--", 1_200_00)]
)
def test_no_cents_written_as_a_dash(text: str, minor: int) -> None:
    evidence = AmountEvidence()
    evidence.see(text)
    assert read_amount(text, "USD", evidence.mark) == minor


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("ID;Verkaufschance;Firma;Phase;Betrag", "Verkaufschance"),
        ("ID;Opportunità;Cliente;Fase;Importo", "Opportunità"),
        ("ID;Oportunidad;Cliente;Etapa;Importe", "Oportunidad"),
        ("ID;Affaire;Client;Étape;Montant", "Affaire"),
        ("ID;Negócio;Cliente;Etapa;Valor", "Negócio"),
        ("ID;Verkoopkans;Klant;Fase;Bedrag", "Verkoopkans"),
        ("ID;Szansa sprzedaży;Klient;Etap;Kwota", "Szansa sprzedaży"),
        ("ID;Příležitost;Zákazník;Fáze;Částka", "Příležitost"),
        ("ID;Priložnost;Stranka;Faza;Znesek", "Priložnost"),
        ("ID;Сделка;Клиент;Стадия;Сумма", "Сделка"),
    ],
)
def test_the_word_for_a_deal_is_its_name(header: str, name: str) -> None:
    layout, _ = read_header(header.split(";"), [])
    assert layout.header("name") == name


def test_the_word_that_all_headings_begin_with_is_no_part_of_them() -> None:
    header = "Trato - ID;Trato - Título;Trato - Valor;Trato - Etapa;Trato - Ganado el;Trato - Propietario"
    found = read(header, "1;Quay;12.000,50;Ganado;13.02.2026;Ida")
    assert deal(found[0]) == ("Quay", "won", 12_000_50, date(2026, 2, 13))


def test_an_actual_revenue_is_in_no_currency_of_the_past() -> None:
    """ "Tats." is no thousand of Austrian schillings."""
    header = "ID;Thema;Status;Gesch. Umsatz;Tats. Umsatz;Tatsächliches Abschlussdatum"
    found = read(header, "1;Quay;Gewonnen;500,00;400,00;13.02.2026", columns={"Thema": "name"})
    assert deal(found[0]) == ("Quay", "won", 400_00, date(2026, 2, 13))


def test_a_credit_is_no_crore_but_where_there_are_crores() -> None:
    assert read_amount("1.5 cr", "INR") == 15_000_000_00
    with pytest.raises(ValueError, match="may be a credit"):
        read_amount("1200 CR", "USD")
