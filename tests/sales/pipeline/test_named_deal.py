"""Which open deal a name means: sure, several to ask about, or none."""

import pytest

from sales.language.names.customer import customer_in
from sales.pipeline.named_deal import DealGoingBy, alike, deals_meant
from sales.pipeline.opportunity import Stage

DEALS = [
    DealGoingBy(number, name, account, stage, 0, "USD")
    for number, (name, account, stage) in enumerate(
        [
            ("Acme – rollout", "Acme", Stage.OPEN),
            ("Acme – renewal", "Acme", Stage.SUSPECT),
            ("Globex", "Initech", Stage.OPEN),
            ("Initech", None, Stage.OPEN),
            ("Acmera", None, Stage.OPEN),
            ("Hooli North", None, Stage.OPEN),
            ("Boot – old", "Boot", Stage.PARKED),
            ("Boot – new", "Boot", Stage.OPEN),
            ("Umbrella", None, Stage.PARKED),
        ]
    )
]


@pytest.mark.parametrize(
    ("who", "meant"),
    [
        ("acme", ["Acme – rollout", "Acme – renewal"]),
        ("Acme - Rollout", ["Acme – rollout"]),
        ("Dana at Acme", ["Acme – rollout", "Acme – renewal"]),
        ("Initech", ["Initech"]),  # its own name beats another's account
        ("Hooli", ["Hooli North"]),
        ("Acm", []),  # no word of it
        ("Boot", ["Boot – new"]),  # the parked one only where there is no other
        ("Umbrella", ["Umbrella"]),
        ("Nobody", []),
        ("", []),
    ],
)
def test_a_name_means_what_it_is_sure_of(who, meant):
    assert [deal.name for deal in deals_meant(who, DEALS)] == meant


def test_whatever_goes_by_a_name_may_be_the_same_business():
    assert [deal.name for deal in alike("Initech", DEALS)] == ["Globex", "Initech"]


def test_the_customer_stands_behind_at():
    assert customer_in("Dana at Acme") == "Acme"
    assert customer_in("Data Corp") == "Data Corp"
