"""What a row says of its deal where several columns, or other rows, speak of it too."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.export.cells import harmless
from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import RefusedRow, Remark, TakenRow
from sales.imports.files.groups import filled_rows
from sales.imports.files.header import drafted
from sales.imports.files.preset import Preset
from sales.imports.files.questions import ColumnQuestion, UnsureFile
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.stage_words import StageWords
from sales.imports.files.survey import surveyed
from sales.imports.files.terms import ImportTerms
from sales.imports.files.totals import is_total
from sales.imports.files.worth import KnownRates
from sales.pipeline.opportunity import Stage

TODAY = date(2026, 9, 14)


def readings(
    header: str,
    *rows: str,
    columns: Mapping[str, str] | None = None,
    stages: Mapping[str, Stage] | None = None,
    preset: Preset | None = None,
) -> list[Any]:
    """Read a file as the command does: its totals passed over, its groups filled in."""
    terms = ImportTerms(columns=columns or {}, stages=stages or {})
    records = [SheetRecord(at, row.split(",")) for at, row in enumerate(rows, 2)]
    layout, survey = surveyed(records, drafted(header.split(","), preset, terms.columns), terms)
    reader = DealReader(
        layout, survey, "USD", Catalogue(), terms.stages, rates=KnownRates(lambda owner: {}, TODAY)
    )
    kept = [row for row in records if not layout.is_total(row.fields)]
    return [
        reader.read(row) for row in filled_rows(iter(kept), survey.groups) if isinstance(row, SheetRecord)
    ]


def values(reading: Any) -> dict[str, Any]:
    assert isinstance(reading, TakenRow), reading
    return reading.entry.values


def reason(reading: Any) -> str:
    assert isinstance(reading, RefusedRow), reading
    return "; ".join(reading.reasons)


def asked(header: str, *rows: str, **how: Any) -> dict[str, str | None]:
    with pytest.raises(UnsureFile) as unsure:
        readings(header, *rows, **how)
    return {one.header: one.likely for one in unsure.value.questions if isinstance(one, ColumnQuestion)}


# Our own export, by itself


EXPORTED = (
    "id,CRM id,name,account,product,source,owner,owner id,owner in the CRM,stage,stage name,value,currency,opened,"
    "closed,expected,list price,tender,entry,entry reason,parked until,wakes,worth,import id,imported as,converted,"
    "updated at"
)


def exported(*cells: str) -> str:
    return ",".join([*cells, *[""] * (EXPORTED.count(",") + 1 - len(cells))])


def test_our_own_export_is_known_by_the_id_of_the_crm() -> None:
    (deal,) = readings(
        EXPORTED,
        exported(
            "7", "D9", "'=Quay", "", "", "", "Ana Bell", "U1", "Bell A.", "won", "Closed Won (Harbour)", "18400.50",
            "USD", "2026-01-05", "2026-02-13", "2026-02-20",
        ),
    )  # fmt: skip
    found = values(deal)
    assert (found["external_id"], found["name"], found["owner_name"]) == ("D9", "=Quay", "Bell A.")
    assert (found["stage"], found["stage_label"]) == (Stage.WON, "Closed Won (Harbour)")
    assert (found["value_minor"], found["closed_on"]) == (1_840_050, date(2026, 2, 13))
    assert "converted_minor" not in deal.entry.fields


def test_a_deal_of_our_own_without_an_id_of_a_crm_is_refused_by_name() -> None:
    (deal,) = readings(EXPORTED, exported("7", "", "Quay", "", "", "", "", "", "", "open", "", "5", "USD"))
    assert "has no CRM id: it was entered in Rainmaker" in reason(deal)


@given(st.text(alphabet="='+-@ ab", min_size=1, max_size=9).filter(lambda text: text.strip() == text))
def test_what_our_export_guards_comes_back_as_it_was(name: str) -> None:
    (deal,) = readings(EXPORTED, exported("7", "D9", harmless(name), *[""] * 6, "open", "", "5", "USD"))
    assert values(deal)["name"] == " ".join(name.split())


# Columns that say how deals ended


@pytest.mark.parametrize(
    ("header", "ended"),
    [
        ("Outcome", "Won"),
        ("Result", "Lost"),
        ("Deal Result", "Signed"),
        ("Won?", "yes"),
        ("Is Won", "TRUE"),
        ("IsWon", "true"),
        ("ISWON", "1"),
        ("IsClosed", "true"),
        ("Lost", "x"),
        ("Fate", "Closed Lost"),  # nothing in its name, all in its cells
    ],
)
def test_a_column_that_says_another_end_than_the_stage_is_asked_about(header: str, ended: str) -> None:
    rows = (f"1,Quay,Proposal,5,2026-02-13,{ended}", "2,Dock,Negotiation,5,2026-02-13,")
    assert asked(f"id,name,stage,value,close date,{header}", *rows) == {header: "status"}
    aside = readings(f"id,name,stage,value,close date,{header}", *rows, columns={header: "nothing"})
    assert [values(one)["stage"] for one in aside] == [Stage.OPEN, Stage.OPEN]


@pytest.mark.parametrize(
    ("header", "won", "opened"),
    [
        ("Is Closed Won", "true", "false"),
        ("IsClosed", "true", "false"),
        ("Outcome", "Won", ""),
        ("Type", "New", "Old"),
    ],
)
def test_a_column_that_only_repeats_the_stage_is_not_asked_about(header: str, won: str, opened: str) -> None:
    rows = (f"1,Quay,Closed Won,5,2026-02-13,{won}", f"2,Dock,Negotiation,5,2026-11-13,{opened}")
    found = readings(f"id,name,stage,value,close date,{header}", *rows)
    assert [values(one)["stage"] for one in found] == [Stage.WON, Stage.OPEN]


def test_yes_and_no_are_read_as_the_column_means_them() -> None:
    rows = (
        "1,A,Proposal,5,2026-02-13,yes",
        "2,B,Proposal,5,2026-11-13,no",
        "3,C,Closed Lost,5,2026-02-13,no",
    )
    rows += ("4,D,Closed Won,5,2026-02-13,no", "5,E,Proposal,5,2026-11-13,")
    found = readings("id,name,stage,value,close date,Won?", *rows, columns={"Won?": "status"})
    assert [values(found[at])["stage"] for at in (0, 1, 2, 4)] == [
        Stage.WON,
        Stage.OPEN,
        Stage.LOST,
        Stage.OPEN,
    ]
    assert "stage says “Closed Won” and Won? “no”" in reason(found[3])


def test_a_status_beside_one_that_is_the_stage_leaves_that_one_the_stage() -> None:
    rows = ("1,A,Proposal,5,2026-02-13,Won", "2,B,Proposal,5,2026-11-13,")
    found = readings("id,name,status,value,close date,Outcome", *rows, columns={"Outcome": "status"})
    assert [values(one)["stage"] for one in found] == [Stage.WON, Stage.OPEN]


# Stage beside status


@pytest.mark.parametrize(
    ("stage", "status", "meant", "label"),
    [
        ("Negotiation", "Active", Stage.OPEN, "Negotiation"),
        ("Follow-up", "Open", Stage.OPEN, "Follow-up"),
        ("Proposal", "Won", Stage.WON, "Won"),
        ("Closed Won", "Won", Stage.WON, "Closed Won"),
        ("Negotiation", "On hold", Stage.PARKED, "On hold"),
        ("Prospecting", "Open", Stage.SUSPECT, "Prospecting"),
    ],
)
def test_the_step_stays_what_a_deal_is_called(stage: str, status: str, meant: Stage, label: str) -> None:
    rows = (f"1,A,{stage},{status},5,2026-02-13", "2,B,Proposal,Lost,5,2026-02-13")
    found = values(readings("id,name,stage,status,value,close date", *rows)[0])
    assert (found["stage"], found["stage_label"]) == (meant, label)


@pytest.mark.parametrize(("stage", "status"), [("Closed Lost", "Won"), ("Closed Won", "Open")])
def test_a_stage_and_a_status_that_contradict_are_refused_by_name(stage: str, status: str) -> None:
    rows = (f"1,A,{stage},{status},5,2026-02-13", "2,B,Proposal,Won,5,2026-02-13")
    bad, good = readings("id,name,Stage,Status,value,close date", *rows)
    assert f"Stage says “{stage}” and Status “{status}”" in reason(bad)
    assert values(good)["stage"] is Stage.WON


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Closed won (Sales Pipeline)", Stage.WON),
        ("Closed won (Renewals)", Stage.WON),  # a pipeline of the file
        ("Won (pending)", None),
        ("Won (not signed)", None),
        ("Lost (reopened)", None),
        ("(Sales Pipeline)", None),
    ],
)
def test_nothing_but_a_pipelines_name_is_dropped_from_a_stage(said: str, meant: Stage | None) -> None:
    assert StageWords({}, ["Renewals"]).known(said) is meant


def test_a_pipeline_is_known_by_its_column() -> None:
    header = "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date"
    (deal,) = readings(header, "1,A,Closed won (Renewals),Renewals,5,2026-02-13")
    assert values(deal)["stage"] is Stage.WON
    (other,) = readings(header, "1,A,Won (pending),Renewals,5,2026-02-13")
    assert "unknown stage “Won (pending)”" in reason(other)
    (said,) = readings(
        header, "1,A,Won (pending),Renewals,5,2026-02-13", stages={"Won (pending)": Stage.OPEN}
    )
    assert values(said)["stage"] is Stage.OPEN


# Expected and actual


DYNAMICS = "Opportunity,Topic,Status,Est. Revenue,Actual Revenue,Est. Close Date,Actual Close Date"


def test_what_came_of_a_deal_counts_once_it_ended() -> None:
    won, lost, still, bare = readings(
        DYNAMICS,
        "1,A,Won,500,450,2026-02-20,2026-02-13",
        "2,B,Lost,500,0,2026-02-20,2026-02-13",
        "3,C,Open,500,,2026-11-20,",
        "4,D,Won,500,,2026-02-20,2026-02-13",
    )
    assert [values(one)["value_minor"] for one in (won, lost, still)] == [45_000, 50_000, 50_000]
    assert values(won)["closed_on"] == date(2026, 2, 13)
    assert "is won but has no Actual Revenue; fill it in" in reason(bare)


@pytest.mark.parametrize("actual", ["Actual Close Date", "Closed on", "Won date"])
def test_an_actual_close_date_is_that_of_deals_that_closed(actual: str) -> None:
    header = f"id,name,stage,value,Close Date,{actual}"
    won, still, odd, bare = readings(
        header,
        "1,A,Won,5,2026-01-31,2026-02-13",
        "2,B,Proposal,5,2026-11-20,",
        "3,C,Proposal,5,2026-11-20,2026-03-01",
        "4,D,Won,5,2026-01-31,",
    )
    assert values(won)["closed_on"] == date(2026, 2, 13)
    assert (values(still)["expected_on"], values(still)["closed_on"]) == (date(2026, 11, 20), None)
    assert f"is open by its stage, but {actual} says 2026-03-01" in reason(odd)
    assert f"is won but has no {actual}" in reason(bare)
    aside = readings(
        header, "4,D,Won,5,2026-01-31,", "1,A,Won,5,2026-01-31,2026-02-13", columns={actual: "nothing"}
    )
    assert values(aside[0])["closed_on"] == date(2026, 1, 31)


def test_a_deal_closed_on_the_day_of_its_own_end() -> None:
    won, lost, other = readings(
        "id,name,stage,value,Won date,Lost date",
        "1,A,Won,5,2026-02-13,",
        "2,B,Lost,5,2026-01-02,2026-03-02",  # won once, and lost after all
        "3,C,Lost,5,2026-01-02,",
    )
    assert [values(one)["closed_on"] for one in (won, lost)] == [date(2026, 2, 13), date(2026, 3, 2)]
    assert "is lost by its stage, but Won date says 2026-01-02" in reason(other)


def test_dates_won_and_lost_show_their_order_together() -> None:
    won, lost = readings(
        "id,name,stage,value,Won date,Lost date", "1,A,Won,5,3/4/2026,", "2,B,Lost,5,,3/25/2026"
    )
    assert (values(won)["closed_on"], values(lost)["closed_on"]) == (date(2026, 3, 4), date(2026, 3, 25))


SALESFORCE = "Opportunity ID,Opportunity Name,Stage,Close Date,Amount Currency,Amount,Amount (converted) Currency,Amount (converted)"  # noqa: E501


def test_a_value_that_stands_converted_alone_is_no_zero() -> None:
    rows = (
        "1,A,Proposal,2026-11-20,EUR,,USD,540",
        "2,B,Proposal,2026-11-20,USD,20,USD,20",
        "3,C,Proposal,,,,,",
    )
    bad, good, empty = readings(SALESFORCE, *rows)
    assert "has no Amount, but Amount (converted) says 540" in reason(bad)
    assert (values(good)["value_minor"], values(empty)["value_minor"]) == (2_000, 0)
    found = readings(SALESFORCE, *rows, columns={"Amount (converted)": "value"})
    assert [values(one)["value_minor"] for one in found] == [54_000, 2_000, 0]


def test_two_columns_called_the_value_are_asked_about_where_they_differ() -> None:
    header = "id,name,stage,Value,Amount"
    same = readings(header, "1,A,open,5,5", "2,B,open,,")
    assert [values(one)["value_minor"] for one in same] == [500, 0]
    assert asked(header, "1,A,open,5,5", "2,B,open,,7") == {"Value": "value", "Amount": "value"}
    assert asked(header, "1,A,open,5,6") == {"Value": "value", "Amount": "value"}
    (said,) = readings(header, "1,A,open,5,6", columns={"Amount": "value"})
    assert values(said)["value_minor"] == 600


# Groups and totals


GROUPED = "Opportunity Owner,Opportunity ID,Opportunity Name,Stage,Amount,Close Date"
IN_GROUPS = (
    "Ida Moss,1,A,Closed Won,10,2026-02-13",
    ",2,B,Proposal,20,2026-11-20",
    "Tom Reed,3,C,Proposal,30,",
)


def owners(found: list[Any]) -> list[str]:
    return [values(one)["owner_name"] for one in found]


@pytest.mark.parametrize(
    ("header", "below"),
    [
        (GROUPED.replace("Owner", "Owner  ↑"), ()),
        (GROUPED, ("Total,,,,60,", ",,Count,,3,")),
        (GROUPED, ("Tom Reed Total,,,,60,",)),
        (GROUPED, ("Total,,,Sum,60,", ",3,,Count,,")),  # a figure stands where ids do
    ],
)
def test_owners_of_a_report_in_groups_are_those_above(header: str, below: tuple[str, ...]) -> None:
    assert owners(readings(header, *IN_GROUPS, *below)) == ["Ida Moss", "Ida Moss", "Tom Reed"]


def test_groups_within_groups_begin_anew() -> None:
    header = f"Region ↑,{GROUPED}"
    rows = ("North,Ida Moss,1,A,Proposal,1,", ",,2,B,Proposal,1,", ",Tom Reed,3,C,Proposal,1,")
    rows += ("South,Ida Moss,4,D,Proposal,1,", ",,5,E,Proposal,1,")
    assert owners(readings(header, *rows)) == ["Ida Moss", "Ida Moss", "Tom Reed", "Ida Moss", "Ida Moss"]


def test_what_only_looks_like_groups_is_refused_by_name() -> None:
    found = readings(GROUPED, *IN_GROUPS)
    assert owners([found[0], found[2]]) == ["Ida Moss", "Tom Reed"]
    assert "has no Opportunity Owner, as if the row above said it" in reason(found[1])
    aside = readings(GROUPED, *IN_GROUPS, columns={"Opportunity Owner": "nothing"})
    assert owners(aside) == ["", "", ""]


@pytest.mark.parametrize(
    "said", [("Ida", "Ida", "", "Tom"), ("", "Ida", "Tom", ""), ("Ida", "", "Tom", "Ida")]
)
def test_a_list_with_deals_that_nobody_owns_is_no_report_in_groups(said: tuple[str, ...]) -> None:
    rows = [f"{who},{at},A,Proposal,5," for at, who in enumerate(said)]
    assert owners(readings(GROUPED, *rows)) == list(said)


@pytest.mark.parametrize(
    ("cell", "total"),
    [
        ("Total", True),
        ("GRAND TOTAL:", True),
        ("Subtotal (3 records)", True),
        ("Summe", True),
        ("Sous-total", True),
        ("Total général", True),
        ("TotalEnergies", False),
        ("Total 2026 renewal", False),
        ("Total refit", False),
        ("", False),
        ("Report", False),
    ],
)
def test_a_total_is_told_from_a_name(cell: str, total: bool) -> None:
    assert is_total(cell) is total


def test_totals_are_no_deals() -> None:
    header = "id,name,stage,value,close date"
    rows = (
        "1,A,Won,10,2026-02-13",
        ",Total,Won,10,2026-02-13",
        "Total,,Won,10,2026-02-13",
        "9,Sum,Won,10,2026-02-13",
    )
    deal, named = readings(
        header, *rows
    )  # those without an id, or with a total's word for one, are passed over
    assert values(deal)["value_minor"] == 1_000
    assert "reads as a total" in reason(named)


# Errors and odd days


@pytest.mark.parametrize(
    "error", ["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:502", "#WERT!"]
)
def test_an_error_of_a_spreadsheet_is_a_reason(error: str) -> None:
    amount, owner = readings(
        "id,name,stage,value,owner", f"1,A,Proposal,{error},Ida", f"2,B,Proposal,5,{error}"
    )
    assert reason(amount) == f"value holds an error of a spreadsheet ({error})"
    assert reason(owner) == f"owner holds an error of a spreadsheet ({error})"


def test_what_was_looked_up_in_vain_is_told_and_never_won_at_nothing() -> None:
    header = "id,name,stage,value,close date"
    still, won = readings(header, "1,A,Proposal,#N/A,", "2,B,Won,#N/A,2026-02-13")
    assert (Remark.NOT_FOUND, "value") in still.remarks
    assert "is won, and its value is #N/A, no figure" in reason(won)


def test_days_that_cannot_well_be_right_are_told() -> None:
    header = "id,name,stage,value,close date"
    later, far, fine = readings(
        header, "1,A,Won,5,2026-12-24", "2,B,Proposal,5,2106-01-31", "3,C,Won,5,2017-01-31"
    )
    assert (Remark.CLOSES_LATER, "won") in later.remarks
    assert (Remark.FAR_DAY, "2106-01-31") in far.remarks
    assert not {Remark.CLOSES_LATER, Remark.FAR_DAY} & {kind for kind, _ in fine.remarks}
