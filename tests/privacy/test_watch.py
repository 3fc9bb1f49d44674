"""That the watch sees: what is private is found where a stranger reads it, and what is new is missed."""

from dataclasses import replace

import pytest

from handlers.feature import Feature, Section, Shown, Surface
from handlers.registry import FEATURES
from sales.people.permission import Act
from tests.privacy.town import ADA, ANA, BEN, MIA, OTO, RAJ, TOM, leaks
from tests.privacy.watch import Watch, everything_declared, texts


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("Q3 revenue  $30k of $61.3k", BEN),
        ("Q3 revenue  $30,000 of $61,300", OTO),
        ("Open: Quillyard", RAJ),
        ("Open: Quillyard", ADA),
        ("Send the Quillvow sheet", MIA),
        ("Notes: Quilltalk of Graz", TOM),
        ("Yours: Quillbonus", MIA),
        ("Ana Kovač is 12 days behind", BEN),
        ("Ana · chance 22%", RAJ),
    ],
)
def test_a_stranger_who_reads_it_is_found(text, stranger):
    assert leaks(text, [ANA]) == []
    assert len(leaks(text, [ANA, stranger])) == 1


def test_managers_read_what_is_led_and_an_admin_only_what_they_ask_for():
    assert leaks("Ana is behind: $30k of $61.3k, Quillyard is open", [ANA, MIA, TOM]) == []
    assert leaks("Q3 revenue  $30k of $61.3k", [ADA])
    assert leaks("Q3 revenue  $30k of $61.3k", [ADA], was_asked=True) == []
    assert leaks("Send the Quillvow sheet", [ADA], was_asked=True)


def test_good_news_of_somebody_is_no_word_on_them():
    assert leaks("Ana Kovač won Harbour Nine, $6,000", [BEN, RAJ, OTO]) == []


def test_texts_are_found_however_deep_they_stand():
    block = {"type": "section", "fields": [{"text": "a"}, {"text": {"text": "b"}}], "verbatim": True}
    assert {"a", "b"} <= set(texts([block, "c"]))


async def new_section(look) -> Shown | None:
    return None


def test_what_is_declared_anew_is_asked_for():
    feature = Feature("new", sections=(Section(Surface.HOME, 1, new_section, Act.OWN_WORK),))
    new = everything_declared((*FEATURES, feature)) - everything_declared(FEATURES)
    assert [one.rpartition(".")[2] for one in new] == ["new_section"]


def test_a_watched_feature_declares_what_it_did():
    watched = Watch().features(FEATURES)
    for one, before in zip(watched, FEATURES, strict=True):
        assert [kind.rules for kind in one.kinds] == [kind.rules for kind in before.kinds]
        assert replace(one, kinds=(), sections=()) == replace(before, kinds=(), sections=())
        assert [(each.surface, each.order, each.act) for each in one.sections] == [
            (each.surface, each.order, each.act) for each in before.sections
        ]
