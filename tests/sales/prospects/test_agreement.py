"""Agreement: alike is said to be alike, and who differs in what; nobody's silence is agreement (78)."""

from sales.prospects.agreement import ClientAspect, agreement
from sales.prospects.ideal_client import IdealClient

HARBOURS = IdealClient(sells_on="value", sectors="Harbours", least_employees=50, most_employees=500)
RETAIL = IdealClient(sells_on="price", sectors="Retail", least_employees=60, most_employees=400)


def test_what_differs_and_who_says_what():
    found = agreement({"ana": HARBOURS, "ben": RETAIL, "raj": HARBOURS})
    assert [one.aspect for one in found.differing] == [ClientAspect.SELLS_ON, ClientAspect.SECTOR]
    assert [one.aspect for one in found.agreed] == [ClientAspect.EMPLOYEES]
    sector = found.differing[1]
    assert [(said.sectors, whose) for said, whose in sector.groups] == [
        ("Harbours", ["ana", "raj"]),
        ("Retail", ["ben"]),
    ]


def test_three_who_say_the_same_agree():
    spelled = IdealClient(sells_on="value", sectors="harbours", least_employees=50, most_employees=500)
    found = agreement({"ana": HARBOURS, "ben": spelled, "raj": HARBOURS})
    assert found.differing == []
    assert len(found.agreed) == 3


def test_one_who_leaves_it_out_does_not_agree():
    found = agreement({"ana": HARBOURS, "ben": IdealClient(sells_on="value")})
    assert [one.aspect for one in found.agreed] == [ClientAspect.SELLS_ON]
    assert all(one.silent == ["ben"] for one in found.differing)


def test_twice_the_number_is_close_and_more_is_not():
    def of(least):
        return IdealClient(least_employees=least)

    assert not agreement({"ana": of(50), "ben": of(100)}).differing
    assert agreement({"ana": of(50), "ben": of(101)}).differing
    assert agreement({"ana": of(0), "ben": of(1)}).differing
    assert agreement({"ana": of(50), "ben": IdealClient(most_employees=50)}).differing


def test_nothing_described_is_nothing_found():
    assert agreement({"ana": IdealClient(), "ben": IdealClient()}).aspects == []
