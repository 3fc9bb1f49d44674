"""Who makes up a team, as a form says it, and where a new team starts."""

import pytest

from sales.language.dates.zone import zone_named
from sales.people.country import country_of, currency_named, subdivision_named, workdays_of
from sales.people.member import Member
from sales.people.permission import About, Act, may
from sales.people.setup import MOST_REPS, check_size, new_team, read_setup
from sales.people.team import MONDAY_TO_FRIDAY, Team
from sales.people.wizard import SetupDraft
from sales.refusal import Refusal
from tests.known import T0

SUNDAY_TO_THURSDAY = 0b1001111


def values(**changed):
    return {"name": "Field", "reps": ["U1"], "managers": ["U3"], "digest_channel": "C1", **changed}


def test_a_form_is_read_with_everybody_once():
    chosen = read_setup(values(name="  West \n Coast ", reps=["U1", "U2", "U1"], group="S1"))
    assert chosen.name == "West Coast"
    assert chosen.reps == ("U1", "U2")
    assert (chosen.group, chosen.managers, chosen.channel) == ("S1", ("U3",), "C1")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": None}, "name"),
        ({"name": " \u202e "}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"reps": []}, "reps"),
        ({"reps": None}, "reps"),
        ({"reps": [f"U{n}" for n in range(MOST_REPS + 1)]}, "reps"),
        ({"managers": []}, "managers"),
        ({"managers": [f"U{n}" for n in range(21)]}, "managers"),
    ],
)
def test_what_cannot_be_a_team_names_the_field_at_fault(changed, field):
    with pytest.raises(Refusal) as refused:
        read_setup(values(**changed))
    assert refused.value.field == field


def test_a_user_group_alone_is_enough():
    assert read_setup(values(reps=[], group="S1")).reps == ()


def test_a_large_team_is_read_from_both_its_menus():
    assert read_setup(values(reps=["U1", "U2"], more_reps=["U2", "U3"])).reps == ("U1", "U2", "U3")


def test_exactly_as_many_reps_as_allowed_pass():
    check_size(MOST_REPS, "reps")
    with pytest.raises(Refusal, match=f"{MOST_REPS + 1} reps"):
        check_size(MOST_REPS + 1, "reps")


@pytest.mark.parametrize(
    ("zone", "country", "currency", "workdays"),
    [
        ("Europe/Ljubljana", "SI", "EUR", MONDAY_TO_FRIDAY),
        ("America/New_York", "US", "USD", MONDAY_TO_FRIDAY),
        ("US/Pacific", "US", "USD", MONDAY_TO_FRIDAY),
        ("Asia/Calcutta", "IN", "INR", MONDAY_TO_FRIDAY),
        ("Asia/Jerusalem", "IL", "ILS", SUNDAY_TO_THURSDAY),
    ],
)
def test_a_new_team_starts_where_its_founder_lives(zone, country, currency, workdays):
    team = Team(name="Field", digest_channel="C1", zone=zone)
    here = {"country": country, "currency": currency, "workdays": workdays}
    assert new_team("Field", "C1", zone) == team.model_copy(update=here)


@pytest.mark.parametrize(("country", "currency"), [(None, "USD"), ("SI", "USD"), ("GB", "GBP"), ("", "EUR")])
def test_a_second_team_counts_as_its_founders_first_does_unless_it_is_elsewhere(country, currency):
    draft = SetupDraft(begun_at=T0, name="West", country=country)
    made = draft.team("Europe/Ljubljana", "USD")
    assert (made.currency, made.country) == (currency, {None: "SI", "": None}.get(country, country))


def test_a_zone_of_no_country_starts_without_public_holidays():
    assert new_team("Field", None, "UTC") == Team(name="Field", zone="UTC", country=None)
    assert country_of("Etc/GMT+5") is None


def test_an_unknown_country_works_monday_to_friday():
    assert workdays_of("XX") == MONDAY_TO_FRIDAY


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("europe/paris", "Europe/Paris"),
        (" Paris ", "Europe/Paris"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_understood_as_people_write_it(typed, zone):
    assert zone_named(typed) == zone


def test_a_misspelt_zone_is_refused_with_the_nearest():
    with pytest.raises(Refusal, match="Write it like Europe/Ljubljana") as refused:
        zone_named("Lubljana")
    assert refused.value.field == "zone"


@pytest.mark.parametrize("typed", ["", "../../etc/passwd", "<!channel>", "x" * 1000, "\u202eEurope"])
def test_nonsense_is_no_zone(typed):
    with pytest.raises(Refusal):
        zone_named(typed)


def test_currencies_are_codes():
    assert currency_named(" eur ") == "EUR"
    for nonsense in ("euro", "", "$", "XYZ1"):
        with pytest.raises(Refusal, match="three letters"):
            currency_named(nonsense)


def test_parts_of_a_country_are_those_its_holiday_list_knows():
    assert subdivision_named("US", "us-ca") == "CA"
    assert subdivision_named("DE", " by ") == "BY"
    assert subdivision_named("SI", "") is None
    with pytest.raises(Refusal, match="Leave it empty"):
        subdivision_named("SI", "Bela Krajina")
    with pytest.raises(Refusal, match="no country"):
        subdivision_named(None, "CA")


def test_managers_and_admins_may_change_a_team_and_nobody_else():
    rep, boss = Member(user_id="U1", name="Ana"), Member(user_id="U3", name="Mia", is_manager=True)
    admin, gone = (
        Member(user_id="U5", name="Ada", is_admin=True),
        Member(user_id="U3", name="Mia", active=False),
    )
    assert may(Act.CHANGE_TEAM, boss, About(["U3"]))
    assert not may(Act.CHANGE_TEAM, boss, About(["U9"]))  # a manager, but of another team
    assert may(Act.CHANGE_TEAM, admin, About([]))
    assert not may(Act.CHANGE_TEAM, rep, About(["U3"]))
    assert not may(Act.CHANGE_TEAM, gone, About(["U3"]))
