"""A bare number behind a deal's name: what it is worth is one tap away, and nothing is taken for it unasked."""

import pytest

pytestmark = pytest.mark.engines("sqlite")


async def test_a_small_number_behind_a_deal_is_offered_as_what_it_is_worth(team):
    """A number under a thousand may be part of a name ("Boeing 737"), so it is asked about; the deal stays one."""
    ana = team.person("ana")
    await ana.says("/deal Small $900", channel="sales")
    (said,) = await ana.says("/deal Small 950", channel="sales")
    assert "Is “950” what Small is worth?\n[Small, $950] [Add Small 950]" in said
    await ana.clicks("Small, $950", where="sales")
    (said,) = await ana.says("/deal won Small 850", channel="sales")
    assert "[Won: Small, $850] [Won: Small]" in said
    await ana.clicks("Won: Small, $850", where="sales")
    assert "Won: Small, $850. It stood at $950 before." in ana.sees("sales")[-1]


async def test_a_name_with_a_number_that_nobody_has_can_be_added_as_won(team):
    ana = team.person("ana")
    (said,) = await ana.says("/deal won Small 950", channel="sales")
    assert "[Add Small, $950] [Add Small, $950, as won]" in said
    await ana.clicks("Add Small, $950, as won", where="sales")
    await ana.clicks("Add it as won, $950", where="sales")
    assert "Won: Small, $950." in ana.sees("sales")[-1]


async def test_a_new_one_of_that_whole_name_stays_possible(team):
    ana = team.person("ana")
    await ana.says("/deal Boeing $900", channel="sales")
    await ana.says("/deal Boeing 737", channel="sales")
    await ana.clicks("Add Boeing 737", where="sales")
    assert "Added: Boeing 737, no value yet." in ana.sees("sales")[-1]
