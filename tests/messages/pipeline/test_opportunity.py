"""What is said about deals, and that the longest of it still fits Slack."""

from datetime import date

import pytest

from messages.pipeline import opportunity as views
from messages.pipeline.opportunity import News, Wish
from playground import limits
from sales.language.money import MAX_MINOR
from sales.pipeline.debrief import moments_of
from sales.pipeline.opportunity import Opportunity, Stage

TODAY = date(2026, 9, 14)
LONGEST = "&<>🚀" * 50


class ShownDeal(Opportunity):
    id: int = 5


def deal(**values):
    known = {"name": "Acme", "value_minor": 2_400_000, "opened_on": date(2026, 8, 3)}
    return ShownDeal.model_validate({**known, **values})


def body(message):
    parts = [block.get("text") or (block.get("elements") or [{}])[0] for block in message.blocks]
    return "\n".join(str(part.get("text", "")) for part in parts if part.get("type") == "mrkdwn")


def labels(message):
    return [
        one["text"]["text"] for block in message.blocks for one in block.get("elements", []) if "value" in one
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "*Acme* · $24,000 · open 42 days"),
        ({"opened_on": TODAY}, "*Acme* · $24,000 · opened today"),
        ({"opened_on": date(2026, 9, 13)}, "*Acme* · $24,000 · open 1 day"),
        ({"value_minor": 0}, "*Acme* · no value yet · open 42 days"),
        ({"expected_on": date(2026, 9, 1)}, "*Acme* · $24,000 · open 42 days · was to close Tue 1 Sep"),
        ({"stage": Stage.SUSPECT, "opened_on": None}, "*Acme* · $24,000 · suspect"),
        ({"stage": Stage.LOST, "closed_on": TODAY}, "*Acme* · $24,000 · lost Mon 14 Sep"),
        (
            {"stage": Stage.WON, "closed_on": date(2026, 10, 1), "stage_label": "Won"},
            "*Acme* · $24,000 · open 42 days",
        ),
        ({"currency": "JPY", "stage_label": "Engaging"}, "*Acme* · ¥2,400,000 · open 42 days · Engaging"),
    ],
)
def test_a_deal_in_a_line_as_known_today(values, said):
    assert body(views.card(deal(**values), TODAY)) == said


def test_a_parked_deal_can_be_opened_a_suspect_only_through_its_gate_and_a_closed_deal_reopened():
    parked = views.card(deal(stage=Stage.PARKED), TODAY)
    assert labels(parked) == ["Won", "Lost…", "Open it", "Edit…"]
    suspect = views.card(deal(stage=Stage.SUSPECT, opened_on=None), TODAY)
    assert labels(suspect) == ["Won", "Lost…", "Edit…"]
    closed = views.card(deal(stage=Stage.WON, closed_on=TODAY), TODAY)
    assert labels(closed) == ["Reopen", "Edit…"]


def test_a_list_shows_twenty_and_sums_the_rest_by_currency():
    many = [deal(name=f"Deal {at}", currency="EUR" if at % 2 else "USD") for at in range(24)]
    said = views.listing(many, TODAY)
    assert said.text == "You have 24 open deals, €288,000 + $288,000."
    assert "1 to 20 of 24; the other open ones: €48,000 + $48,000." in said.blocks[-2]["elements"][0]["text"]
    assert labels(said) == ["Next"]
    assert labels(views.listing(many, TODAY, 20)) == ["Previous"]
    assert limits.message_faults(said.blocks) == []


def everything_long():
    long = deal(
        name=LONGEST[:200],
        account=LONGEST[:200],
        product="p" * 200,
        stage_label="s" * 100,
        value_minor=MAX_MINOR,
    )
    wish = Wish(None, MAX_MINOR, TODAY, TODAY, '"' * 500, '"' * 200, '"' * 200)
    closed = deal(name="n" * 200, stage=Stage.LOST, closed_on=TODAY)
    yield views.card(long, TODAY, "note")
    yield views.listing([long] * 60, TODAY)
    yield views.choose([long] * 60, LONGEST[:200], TODAY, views.WON, wish, is_guess=True)
    yield views.already_there([long] * 60, TODAY, wish, "USD")
    yield views.nothing_to_win(wish, "USD")
    yield views.already_closed(closed, None, TODAY)
    yield views.told(News("lost", closed, 1, (), {"reason": "<" * 500, "belonged": False}), TODAY)
    yield views.told(News("added", long, 1, (), {"similar": [LONGEST[:200]] * 3}), TODAY)
    yield views.card(long, TODAY, views.changed_note([LONGEST] * 4), undo_id=1)


@pytest.mark.parametrize("said", list(everything_long()))
def test_the_longest_of_everything_fits_slack_and_rings_nobody(said):
    assert limits.message_faults(said.blocks) == []
    assert "<" not in said.text + body(said)


def test_forms_fit_slack_and_start_from_what_the_deal_says():
    held = deal(account="Acme Corp", expected_on=TODAY, list_price_minor=3_000_000, source="Referral")
    form = views.edit_form(views.fields_of(held), "USD", "kept")
    initial = {
        block["block_id"]: block["element"].get("initial_value") or block["element"].get("initial_date")
        for block in form["blocks"]
    }
    assert initial == {
        views.NAME: "Acme",
        views.ACCOUNT: "Acme Corp",
        views.VALUE: "$24,000",
        views.EXPECTED: "2026-09-14",
        views.LIST_PRICE: "$30,000",
        views.SOURCE: "Referral",
        views.PRODUCT: None,
        views.TENDER: None,
    }
    assert limits.view_faults(form) == []
    assert limits.view_faults(views.lost_form(deal(name=LONGEST[:200]), moments_of(deal(), ()), "kept")) == []


@pytest.mark.parametrize(
    "wish",
    [
        Wish(5),
        Wish(5, 2_400_000, TODAY, date(2026, 12, 15), 'price & "fit"', "Acme", "Acme Corp"),
        Wish(name="🚀 שלום", value_minor=1),
    ],
)
def test_a_wish_is_carried_whole(wish):
    assert Wish.read(wish.written()) == wish
