"""What is quoted in a follow-up: a name where one is expected, a thing after what one does with it."""

from datetime import UTC, datetime

import pytest

from sales.followups.followup_phrase import read_followup
from sales.refusal import Refusal

NOW = datetime(2026, 9, 14, 13, 5, tzinfo=UTC)
HERE = "Europe/Ljubljana"


@pytest.mark.parametrize(
    ("said", "known", "who", "what"),
    [
        ("Acme friday send “the ROI sheet”", [], "Acme", "send “the ROI sheet”"),
        ('acme friday send "the ROI sheet"', ["Acme"], "Acme", 'send "the ROI sheet"'),
        ("send Acme «the ROI sheet» friday", [], "Acme", "send «the ROI sheet»"),
        ("send “the ROI sheet” to Acme friday", [], "Acme", "send “the ROI sheet”"),
        ("send the “ROI” sheet to “Acme Ltd” friday", [], "Acme Ltd", "send the “ROI” sheet"),
        ("talk to “Acme Ltd” friday about “pricing”", [], "Acme Ltd", "talk about “pricing”"),
        ("Acme fri read “War and Peace”", [], "Acme", "read “War and Peace”"),
        ("“Acme Ltd” friday send the ROI sheet", [], "Acme Ltd", "send the ROI sheet"),
        ("“Acme Ltd” owes me “the contract” friday", [], "Acme Ltd", "“the contract”"),
        ("call “Dana Smith” friday", [], "Dana Smith", "call"),
        ("email friday “Acme Ltd” the sheet", [], "Acme Ltd", "email the sheet"),
        ("friday “Acme Ltd” send it", [], "Acme Ltd", "send it"),
    ],
)
def test_quoted_words_are_a_name_only_where_a_name_stands(said, known, who, what):
    draft = read_followup(said, NOW, HERE, known)
    assert (draft.who, draft.what) == (who, what)


def test_a_thing_alone_is_nobody():
    with pytest.raises(Refusal, match="Who is this follow-up with"):
        read_followup("friday send “the ROI sheet”", NOW, HERE)
