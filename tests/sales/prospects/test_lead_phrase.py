"""Leads in a line: each part where it belongs, whatever its order; what is unclear is asked (mechanism 35)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.lead_draft import LeadDraft, written
from sales.prospects.lead_phrase import read_lead
from sales.refusal import Refusal

DANA = LeadDraft("Dana Cole", "Acme", source="webinar")


@pytest.mark.parametrize(
    ("typed", "draft"),
    [
        ("Dana Cole at Acme from webinar", DANA),
        ("a new lead: Dana Cole @ Acme via webinar", DANA),
        ("Dana Cole, Acme, webinar", DANA),
        ("Dana Cole from Acme, webinar", DANA),
        ("Dana Cole from Acme from webinar", DANA),
        ("Dana Cole at Acme – from webinar", DANA),
        ("Dana Cole at Acme, source: webinar", DANA),
        ("“Dana Cole” at “Acme” from the webinar", DANA),
        ("Dana Cole, CFO at Acme from webinar", DANA._replace(title="CFO")),
        ("Dana Cole (CFO) at Acme, webinar", DANA._replace(title="CFO")),
        ("Dana Cole at Acme, dana@acme.com, from webinar", DANA._replace(email="dana@acme.com")),
        (
            "Dana Cole <mailto:Dana@acme.com|Dana@acme.com> at Acme, webinar",
            DANA._replace(email="dana@acme.com"),
        ),
        ("Dana Cole at Acme, phone: +1 555 123 4567, webinar", DANA._replace(phone="+1 555 123 4567")),
        (
            "Dana Cole at Acme from webinar, note: call her, she is in a hurry",
            DANA._replace(note="call her, she is in a hurry"),
        ),
        ("Dana Cole at Acme from webinar – wants prices", DANA._replace(note="wants prices")),
        ("Dana Cole at Acme from webinar 10 min ago", DANA._replace(ago=timedelta(minutes=10))),
        ("Dana Cole at Acme from webinar yesterday", DANA._replace(ago=timedelta(days=1))),
        ("Acme from webinar", LeadDraft("Acme", source="webinar")),
        ("at Acme", LeadDraft("Acme")),
        ("Route 66 Diner from cold list", LeadDraft("Route 66 Diner", source="cold list")),
        ("“Bank of America, NA” from partner", LeadDraft("Bank of America, NA", source="partner")),
        ("Alder & Sons Ltd. from partner", LeadDraft("Alder & Sons Ltd.", source="partner")),
    ],
)
def test_each_part_is_where_it_belongs(typed, draft):
    assert read_lead(typed) == draft


@pytest.mark.parametrize("typed", ["", "  ", "dana@acme.com", "from webinar", "note: hm"])
def test_a_lead_has_a_name(typed):
    with pytest.raises(Refusal) as refused:
        read_lead(typed)
    assert refused.value.field == "name"


def test_from_may_be_the_firm_or_the_source_and_is_asked():
    with pytest.raises(Refusal) as asked:
        read_lead("Dana from Initech")
    firm, source = (read_lead(one.typed.removeprefix("/lead add ")) for one in asked.value.readings)
    assert firm == LeadDraft("Dana", "Initech")
    assert source == LeadDraft("Dana", source="Initech")


def test_a_firm_that_is_known_and_a_source_that_is_known_are_not_asked_about():
    assert read_lead("Dana from Initech", firms=["Initech"]) == LeadDraft("Dana", "Initech")
    assert read_lead("Dana from roadshow", sources=["Roadshow"]) == LeadDraft("Dana", source="Roadshow")


def test_what_is_left_over_is_asked_and_nothing_is_thrown_away():
    with pytest.raises(Refusal) as asked:
        read_lead("Dana Cole at Acme, Chicago, webinar")
    for one in asked.value.readings:
        assert "Chicago" in str(read_lead(one.typed.removeprefix("/lead add ")))


WORD = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=2, max_size=12)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


@given(
    NAME, NAME, st.sampled_from(["", "webinar", "trade show"]), st.sampled_from(["", "CFO", "head of sales"])
)
def test_a_draft_that_is_written_down_reads_as_itself(name, account, source, title):
    draft = LeadDraft(f"“{name}”".strip("“”"), account, title=title, source=source, email="d@acme.com")
    try:
        said = read_lead(written(draft).removeprefix("/lead add "))
    except Refusal:
        return  # "Dana from": a name that is none
    if said.name == draft.name and said.account:
        assert said == draft


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused(text):
    try:
        found = read_lead(text)
    except Refusal:
        return
    assert found.name


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Peter Novak cfo lockside 040 123 456 met at fair", ("Peter Novak", "cfo", "lockside", "fair")),
        ("Anna Lee CFO", ("Anna Lee", "CFO", "", "")),
        ("Anna Lee CFO at Acme, we met her on LinkedIn", ("Anna Lee", "CFO", "Acme", "LinkedIn")),
        ("CIO Partners at Acme", ("CIO Partners", "", "Acme", "")),
        ("Meta Metin at Acme", ("Meta Metin", "", "Acme", "")),
    ],
)
def test_a_rank_behind_a_name_and_where_one_met_need_no_comma(line, said):
    draft = read_lead(line)
    assert (draft.name, draft.title, draft.account, draft.source) == said
