"""What messages are worth: a rate stands on three people, and a kind offers to go only where most called it useless."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sales.nudges.worth import LEAST_VERDICTS, KindWorth, Verdict, worths

SAID = st.tuples(st.integers(0, 5), st.sampled_from(["evening", "morning"]), st.booleans())


@given(st.lists(SAID, max_size=60))
def test_rates_add_up(said: list[tuple[int, str, bool]]) -> None:
    verdicts = [
        Verdict(user_id=f"U{who}", kind=kind, delivery_id=str(at), on=date(2026, 9, 14), useful=useful)
        for at, (who, kind, useful) in enumerate(said)
    ]
    found = worths(verdicts)
    assert sum(one.verdicts for one in found) == len(said)
    assert sum(one.useful for one in found) == sum(useful for _, _, useful in said)
    for one in found:
        assert one.useful <= one.verdicts
        assert one.people <= one.verdicts
        assert not one.offers_to_go or one.has_rate


def test_two_people_make_no_rate_however_often_they_say_it() -> None:
    assert not KindWorth("evening", verdicts=40, useful=0, people=2).has_rate
    assert not KindWorth("evening", verdicts=40, useful=0, people=2).offers_to_go


def test_a_kind_goes_from_fifteen_verdicts_of_which_one_in_five_is_useful() -> None:
    assert KindWorth("evening", LEAST_VERDICTS, 3, 3).offers_to_go
    assert not KindWorth("evening", LEAST_VERDICTS, 4, 3).offers_to_go
    assert not KindWorth("evening", LEAST_VERDICTS - 1, 0, 3).offers_to_go
