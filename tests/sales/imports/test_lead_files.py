"""Files of leads: told from files of deals, each row a checked lead or refused with reasons, each person once (35)."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.files.asking import state_questions
from sales.imports.files.causes import Causes
from sales.imports.files.dates import DateOrder
from sales.imports.files.entry import RefusedRow, Remark, TakenRow
from sales.imports.files.header import drafted
from sales.imports.files.lead_header import is_of_deals, is_of_leads
from sales.imports.files.lead_presets import LEAD_PRESETS, LEADS
from sales.imports.files.lead_states import STATE_WORDS, LeadStates, why_rejected
from sales.imports.files.leads import LeadReader, SeenPeople
from sales.imports.files.preset import FileKind
from sales.imports.files.presets import PRESETS
from sales.imports.files.questions import UnsureFile
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.survey import surveyed
from sales.imports.files.terms import ImportTerms, Rejected
from sales.language.names.match import fold
from sales.prospects.lead import LeadState, RejectCause
from sales.refusal import Refusal

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
HEADER = ["id", "name", "company", "title", "email", "phone", "source", "owner", "created", "status"]
DANA = [
    "1",
    "Dana Roe",
    "Alder Yard",
    "CFO",
    "Dana@Alder.example",
    "+386 1 555",
    "Web form",
    "Ana Bell",
    "2026-09-10",
    "new",
]


def reader(header=HEADER, rows=(), **terms):
    asked = ImportTerms(today=NOW.date(), **terms)
    layout, survey = surveyed([SheetRecord(2, list(one)) for one in rows], drafted(header, None, {}), asked)
    return LeadReader(layout, survey.orders, asked, "UTC", NOW)


def read(cells, header=HEADER, **terms):
    return reader(header, [cells], **terms).read(SheetRecord(2, list(cells)))


def taken(cells, header=HEADER, **terms):
    found = read(cells, header, **terms)
    assert isinstance(found, TakenRow), found
    return found


def values(cells, header=HEADER, **terms):
    return taken(cells, header, **terms).entry.values


# which file it is


@pytest.mark.parametrize(
    "preset", [one for one in PRESETS.values() if one.kind is FileKind.DEALS], ids=lambda one: one.name
)
def test_deals_as_every_vendor_heads_them_stay_deals(preset):
    """All columns of each preset of deals, and a way to reach somebody and where they are from beside them."""
    header = list(dict.fromkeys(spelled[0] for spelled in preset.columns.values()))
    known = {fold(one) for one in header}
    for more in ([], ["Lead Source"], ["Contact Email", "Email", "Phone"]):
        beside = [one for one in more if fold(one) not in known]
        assert drafted([*header, *beside], None, {}).preset.kind is FileKind.DEALS


@pytest.mark.parametrize("preset", LEAD_PRESETS, ids=lambda one: one.name)
def test_leads_as_every_vendor_heads_them_are_leads(preset):
    """All columns of each preset of leads, each under its first heading; also without ids and states."""
    header = list(dict.fromkeys(spelled[0] for spelled in preset.columns.values()))
    found = drafted(header, None, {})
    assert found.preset.kind is FileKind.LEADS, found.preset.name
    assert found.places.keys() >= preset.columns.keys() - {"name"}
    few = [spelled[0] for name, spelled in preset.columns.items() if name in ("name", "email", "account")]
    assert drafted(few, None, {}).preset.kind is FileKind.LEADS


@pytest.mark.parametrize(
    ("header", "leads"),
    [
        ("name,email,company", True),
        ("Name,Quelle,E-Mail,Firma", True),
        ("id,name,company,status,email", True),
        ("id,stage,name,email", False),
        ("id,name,email,Fee EUR,stage", False),
        ("Deal,Company,Email,Close date", False),
        ("Lead ID,Lead name,Lead owner,Annual Revenue,Lead Status", True),
        ("id,lead_name,status_type,status_label,value,lead_id", False),
        ("Lead time,id,name,stage,value", False),
        ("name,company,source", False),
    ],
)
def test_a_header_is_of_leads_or_of_deals(header, leads):
    assert is_of_leads(header.split(",")) is leads


def test_what_somebody_says_a_column_is_decides():
    header = ["id", "who", "reach", "company"]
    assert drafted(header, None, {"reach": "email"}).preset.kind is FileKind.LEADS
    assert drafted(["id", "name", "email"], None, {"email": "value"}).preset.kind is FileKind.DEALS
    assert is_of_deals("Deal value")
    assert not is_of_deals("Annual Revenue")


# one row


def test_a_row_is_a_lead_with_all_it_says():
    lead = values(DANA)
    assert (lead["name"], lead["account"], lead["title"]) == ("Dana Roe", "Alder Yard", "CFO")
    assert (lead["email"], lead["phone"], lead["source"]) == ("dana@alder.example", "+386 1 555", "Web form")
    assert (lead["owner_name"], lead["state"]) == ("Ana Bell", LeadState.NEW)
    assert lead["came_at"] == datetime(2026, 9, 10, tzinfo=UTC)
    assert taken(DANA).entry.key == "1"


def test_names_in_parts_firms_alone_and_addresses_alone():
    header = ["First Name", "Last Name", "Company", "Email"]
    assert values(["Dana", "Roe", "Alder", "d@a.example"], header)["name"] == "Dana Roe"
    firm = values(["", "", "Alder Yard", "office@alder.example"], header)
    assert (firm["name"], firm["account"]) == ("Alder Yard", None)
    assert values(["", "", "", "dana@alder.example"], header)["name"] == "dana@alder.example"
    refused = read(["", "", "n/a", "-"], header)
    assert isinstance(refused, RefusedRow)
    assert "neither a name" in refused.reasons[0]


def test_the_first_number_that_is_filled_is_the_one_to_call():
    header = ["Name", "Email", "Phone", "Mobile"]
    assert values(["Dana", "d@a.example", "", "031 555"], header)["phone"] == "031 555"
    assert values(["Dana", "d@a.example", "01 555", "031 555"], header)["phone"] == "01 555"


def test_what_is_no_address_is_left_out_and_told():
    found = taken([*DANA[:4], "dana at alder", *DANA[5:]])
    assert found.entry.values["email"] == ""
    assert found.remarks == ((Remark.NO_ADDRESS, "dana at alder"),)


def test_a_long_title_is_cut_and_told_a_long_name_is_refused():
    found = taken([*DANA[:3], "Head of " * 40, *DANA[4:]])
    assert len(found.entry.values["title"]) <= 100
    assert found.remarks == ((Remark.CUT, "title"),)
    assert isinstance(read(["1", "x" * 201, *DANA[2:]]), RefusedRow)


@pytest.mark.parametrize("cell", ["#REF!", "31.31.2026"])
def test_cells_that_cannot_be_refuse_their_row_with_the_column(cell):
    refused = read([*DANA[:8], cell, "new"])
    assert isinstance(refused, RefusedRow)
    assert refused.reasons[0].startswith("created")


def test_nothing_of_a_lead_lies_ahead():
    assert values([*DANA[:8], "2026-09-20", "new"])["came_at"] == NOW


# days


def test_a_lead_did_not_come_after_today():
    """9/10 and 9/11 in the middle of September are days of September."""
    rows = [[*DANA[:8], day, "new"] for day in ("9/10/2026", "9/11/2026")]
    found = reader(rows=rows)
    assert found.orders["came"] is DateOrder.MDY
    assert found.day({"came": "9/11/2026"}, "came", []) == date(2026, 9, 11)


def test_days_that_may_be_either_are_asked_about():
    rows = [[*DANA[:8], "3/4/2026", "new"]]
    with pytest.raises(UnsureFile):
        reader(rows=rows)
    assert reader(rows=rows, dates=DateOrder.DMY).orders["came"] is DateOrder.DMY


def test_rounded_ids_are_refused_as_those_of_deals_are():
    rows = [["1.00E+17", *DANA[1:]], ["1.00E+17", *DANA[1:]]]
    with pytest.raises(Refusal, match="different leads have one id"):
        reader(rows=rows)


# states


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("", LeadState.NEW),
        ("Open - Not Contacted", LeadState.NEW),
        ("Working - Contacted", LeadState.ACCEPTED),
        ("Closed - Converted", LeadState.QUALIFIED),
        ("Closed - Not Converted", LeadState.REJECTED),
        ("won", LeadState.QUALIFIED),
        ("Lost", LeadState.REJECTED),
        ("abgelehnt", LeadState.REJECTED),
    ],
)
def test_words_for_what_became_of_a_lead(word, state):
    lead = values([*DANA[:9], word])
    assert lead["state"] is state
    assert (lead["decided_at"] is None) is (state is LeadState.NEW)
    assert (lead["reject_cause"] is None) is (state is not LeadState.REJECTED)


def test_no_word_means_two_things():
    assert len(STATE_WORDS) == len(set(STATE_WORDS))
    for state in LeadState:
        assert STATE_WORDS[state.value] is state


def test_a_word_nobody_knows_is_asked_about_and_then_known():
    refused = read([*DANA[:9], "Hot"])
    assert isinstance(refused, RefusedRow)
    causes = Causes()
    causes.note(Rejected("leads.csv", 2, refused.reasons))
    assert dict(causes.statuses) == {"Hot": 1}
    assert not causes.stages
    asked = state_questions(causes.statuses, ())
    assert [one.about for one in asked] == ["Hot"]
    assert state_questions(causes.statuses, ["hot"]) == []
    assert values([*DANA[:9], "Hot"], states={"hot": LeadState.ACCEPTED})["state"] is LeadState.ACCEPTED
    assert "unqualified" in LeadStates({}).read("unqualifid").reason


@pytest.mark.parametrize(
    ("words", "status", "cause", "said"),
    [
        ("no budget", "Rejected", RejectCause.NEED, "no budget"),
        ("", "Bad timing", RejectCause.TIMING, "Bad timing"),
        ("", "Unqualified", RejectCause.OTHER, ""),
        ("", "Duplicate", RejectCause.DUPLICATE, "Duplicate"),
    ],
)
def test_why_a_lead_was_sent_back(words, status, cause, said):
    assert why_rejected(words, status) == (cause, said)


# people


def person(number, name="Dana Roe", company="Alder Yard", email=""):
    return taken([str(number), name, company, "", email, *DANA[5:]]).entry


def met(*entries):
    seen = SeenPeople()
    return seen, [seen.meet(entry, line) for line, entry in enumerate(entries, 2)]


def test_one_address_is_one_person_whatever_their_id():
    seen, found = met(person(1, email="dana@a.example"), person(9, "D. Roe", "Alder Ltd", "DANA@a.example"))
    assert found == [None, ""]
    assert seen.told() == ["1 row is of a person named before: line 3 is the same person as line 2."]


def test_one_name_and_firm_is_one_person_unless_both_have_an_address():
    assert met(person(1), person(2))[1] == [None, ""]
    assert met(person(1, email="dana@a.example"), person(2))[1] == [None, ""]
    assert met(person(1, email="a@a.example"), person(2, email="b@a.example"))[1] == [None, None]
    assert met(person(1), person(2, company="Birch"))[1] == [None, None]


def test_one_id_with_two_people_is_refused_and_the_same_row_is_said_twice():
    _, found = met(person(1), person(1), person(1, "Ola Berg", "Birch"))
    assert found[:2] == [None, ""]
    assert "on line 2 already" in str(found[2])


def test_many_doubles_are_counted_and_some_named():
    seen, _ = met(*(person(one, email="dana@a.example") for one in range(9)))
    assert seen.told()[0].startswith("8 rows are of people named before: ")
    assert seen.told()[0].endswith(", and 5 more.")
    assert SeenPeople().told() == []


ADDRESSES = st.sampled_from(
    ["dana@a.example", "Dana@A.example", "ola@b.example", "OLA@B.EXAMPLE", "sam@c.example"]
)


@given(st.lists(ADDRESSES, max_size=12))
def test_as_many_leads_as_addresses(addresses):
    """However often and in whichever letters somebody is written down, they are one lead, the first row's."""
    _, found = met(*(person(at, f"Row {at}", email=one) for at, one in enumerate(addresses)))
    first = {one.lower(): at for at, one in reversed(list(enumerate(addresses)))}
    assert [at for at, said in enumerate(found) if said is None] == sorted(first.values())


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_stands_in_a_row_it_is_a_lead_or_refused_with_a_reason(name, company, email):
    found = read(["1", name, company, "", email, "", "", "", "", ""])
    if isinstance(found, RefusedRow):
        assert found.reasons
    else:
        assert found.entry.values["name"]
        assert found.entry.values["came_at"] == NOW
        assert len(found.entry.values["name"]) <= 200


def test_the_plain_list_knows_its_own_meanings():
    assert LEADS.columns.keys() >= {"id", "name", "email", "owner", "status"}


def test_the_hour_of_a_lead_is_kept_and_a_day_alone_waits_from_now_on():
    stated = values([*DANA[:8], "2026-09-14 07:12", "new"])
    assert (stated["came_at"], stated["assigned_at"]) == (datetime(2026, 9, 14, 7, 12, tzinfo=UTC), None)
    today = values([*DANA[:8], "2026-09-14", "new"])
    assert (today["came_at"], today["assigned_at"]) == (NOW, NOW)
    earlier = values([*DANA[:8], "2026-09-10", "new"])
    assert (earlier["came_at"], earlier["assigned_at"]) == (datetime(2026, 9, 10, tzinfo=UTC), NOW)
