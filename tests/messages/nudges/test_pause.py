"""The boxes of what may come: each under what it is about, so that somebody who looks for one finds it."""

import pytest

from handlers.registry import REGISTRY
from messages.nudges.pause import MOST_BOXES, WANTED, fields
from sales.nudges.kind import NudgeKind, Topic
from sales.people.member import Member

ALL = {"is_rep": True, "is_manager": True, "is_admin": True}


def kind(number, topic=Topic.GOALS):
    return NudgeKind(f"k{number}", f"Kind {number}", "for the test", topic=topic, order=number)


def boxes(kinds, off=()):
    """Label → (names offered, names ticked)."""
    shown = {}
    for block in fields(kinds, off, None):
        element = block.get("element", {})
        if element.get("type") == "checkboxes":
            assert element["action_id"].startswith(WANTED)
            ticked = {one["value"] for one in element.get("initial_options", ())}
            shown[block["label"]["text"]] = ([one["value"] for one in element["options"]], ticked)
    return shown


def test_each_kind_stands_once_under_what_it_is_about():
    shown = boxes([kind(3), kind(1, Topic.TEAM), kind(2)], off={"k3"})
    assert shown == {"Your goals": (["k2", "k3"], {"k2"}), "Your team": (["k1"], {"k1"})}


def test_what_fits_under_one_label_no_more_goes_on_under_another():
    shown = boxes([kind(number) for number in range(MOST_BOXES + 2)])
    assert [len(offered) for offered, _ in shown.values()] == [MOST_BOXES, 2]
    assert list(shown) == ["Your goals", "Your goals, and also"]


def test_nobody_who_gets_nothing_reads_a_heading():
    assert not any("send you" in str(block) for block in fields([], (), None))


@pytest.mark.parametrize(
    "roles", [{"is_rep": True}, {"is_manager": True}, ALL], ids=["rep", "manager", "all"]
)
def test_whoever_somebody_is_all_that_may_come_fits_under_one_label_each(roles):
    """A heading goes on under none: with the eleventh kind a topic wants to be two."""
    who = Member(user_id="U1", name="Ana", zone="Europe/Ljubljana", **roles)
    offered = REGISTRY.declared.offered_to(who)
    shown = boxes(offered)
    assert sorted(key for keys, _ in shown.values() for key in keys) == sorted(one.key for one in offered)
    assert not [label for label in shown if "and also" in label]


def test_each_kind_that_can_be_switched_off_says_what_it_is_about():
    """The day is what stands under no other heading: its kinds are few, and each was put there."""
    day = [one.key for one in REGISTRY.declared.kinds.values() if one.mutable and one.topic is Topic.DAY]
    assert sorted(day) == ["end_of_day", "morning", "plan_check_in", "warm_list"]
