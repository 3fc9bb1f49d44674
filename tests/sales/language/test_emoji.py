"""Emoji in what people type: nothing of a command is meant by them, and no text loses one."""

from datetime import UTC, datetime

import pytest

from sales.followups.activity_phrase import read_log
from sales.followups.followup_phrase import read_followup
from sales.goals.goal_phrase import read_goal_line
from sales.language.emoji import without_emoji
from sales.pipeline.opportunity_phrase import read_deal
from sales.refusal import Refusal

NOW, ZONE = datetime(2026, 9, 14, 9, tzinfo=UTC), "Europe/Ljubljana"


@pytest.mark.parametrize(
    ("typed", "name", "reason"),
    [
        ("won Acme 22k :tada:", "Acme", ""),
        (":tada: won Acme 22k", "Acme", ""),
        ("won Acme :moneybag::moneybag: 22k", "Acme", ""),
        ("won Acme 22k 🎉", "Acme", ""),
        ("Acme Corp :+1: 24k", "Acme Corp", ""),
        ("lost Acme too expensive :disappointed:", "Acme", "too expensive :disappointed:"),
        ("lost Acme :wave::skin-tone-3: price", "Acme", "price"),
    ],
)
def test_a_deal_has_no_emoji_in_its_name(typed, name, reason):
    draft = read_deal(typed, NOW, ZONE, "USD")
    assert (draft.name, draft.reason) == (name, reason)


@pytest.mark.parametrize(
    ("typed", "account", "outcome"),
    [
        ("5 calls :telephone_receiver:", None, ""),
        ("5 calls 📞", None, ""),
        ("2 meetings with Acme :+1: went well :tada:", "Acme", "went well :tada:"),
        (":phone: 3 calls with Globex", "Globex", ""),
    ],
)
def test_what_was_done_is_with_nobody_called_emoji(typed, account, outcome):
    draft = read_log(typed, NOW, ZONE)
    assert (draft.account, draft.outcome) == (account, outcome)


@pytest.mark.parametrize(
    ("typed", "who", "what"),
    [
        ("Acme fri send it :rocket:", "Acme", "send it :rocket:"),
        ("Acme :fire: fri 3pm send the ROI :chart: sheet", "Acme", "send the ROI :chart: sheet"),
        ("Acme fri :rocket: send it", "Acme", ":rocket: send it"),
        ("Acme send it 🚀 fri", "Acme", "send it 🚀"),
    ],
)
def test_a_task_keeps_its_emoji(typed, who, what):
    draft = read_followup(typed, NOW, ZONE)
    assert draft.who == who
    assert draft.what.endswith(what)


def test_kinds_stay_what_they_are_beside_emoji():
    assert read_deal("won Acme 22k :tada:", NOW, ZONE, "USD") == read_deal("won Acme 22k", NOW, ZONE, "USD")
    assert read_log("5 calls :tada:", NOW, ZONE) == read_log("5 calls", NOW, ZONE)
    line = "120k this quarter"
    plain = read_goal_line(line, NOW.date(), 1, "USD")
    assert read_goal_line(f"{line} :dart:", NOW.date(), 1, "USD") == plain


def test_a_refusal_quotes_what_was_typed():
    with pytest.raises(Refusal) as refused:
        read_log("gardening :seedling: all day", NOW, ZONE)
    assert ":seedling:" in refused.value.text


def test_a_name_that_is_only_emoji_is_none():
    assert without_emoji("🎉 🎉") == ""
    assert without_emoji("Acme 🎉") == "Acme"
    assert without_emoji("🚀 Rocket & Söhne") == "🚀 Rocket & Söhne"
