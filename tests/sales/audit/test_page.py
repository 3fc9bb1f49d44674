"""Going through an audit: where one is after each answer, whatever was answered before."""

from hypothesis import given
from hypothesis import strategies as st

from sales.audit.answer import CUTS, AnswerKind
from sales.audit.page import AuditStep, after
from tests.sales.audit.test_checks import KNOWN, facts, findings_of

# Three deals: one that looks dead, and two with two findings each.
FOUND = findings_of([facts(141, 1), facts(30, 2), facts(30, 3)], KNOWN)
KEYS = [one.key for one in FOUND]


def keys(left):
    return [one.key for one in left.findings]


def test_what_is_kept_leaves_and_the_next_one_stands_there():
    left = after(FOUND, AuditStep(*KEYS[1], AnswerKind.KEPT), 1)
    assert keys(left) == [KEYS[0], *KEYS[2:]]
    assert left.finding.key == KEYS[2]
    assert [one.key for one in left.settled] == [KEYS[1]]


def test_a_cut_takes_every_finding_of_its_deal_along():
    left = after(FOUND, AuditStep(*KEYS[1], AnswerKind.LOST), 1)
    assert keys(left) == [KEYS[0], KEYS[3], KEYS[4]]
    assert left.finding.key == KEYS[3]
    assert [one.key for one in left.settled] == [KEYS[1], KEYS[2]]


def test_next_goes_on_and_behind_the_last_comes_the_first():
    assert after(FOUND, AuditStep(*KEYS[1]), 1).finding.key == KEYS[2]
    assert after(FOUND, AuditStep(*KEYS[-1]), 4).finding.key == KEYS[0]


def test_a_second_click_settles_nothing_and_stays_where_the_first_led():
    first = after(FOUND, AuditStep(*KEYS[1], AnswerKind.KEPT), 1)
    again = after(first.findings, AuditStep(*KEYS[1], AnswerKind.KEPT), 1)
    assert (keys(again), again.at, again.settled) == (keys(first), first.at, ())


def test_a_mend_settles_what_it_mends_beside_and_goes_on_at_what_came_next():
    """A next step agreed answers two checks; its own finding is the first of them."""
    behind = [one for one in FOUND if one.key[0] != KEYS[1][0]]
    left = after(FOUND, AuditStep(*KEYS[2], AnswerKind.FIXED), 2, behind)
    assert [one.key for one in left.settled] == [KEYS[2], KEYS[1]]
    assert left.finding.key == KEYS[3]


def test_what_a_step_brings_up_is_next_where_nothing_else_is_left():
    new = findings_of([facts(95, 9)], KNOWN)
    left = after(FOUND[:1], AuditStep(*KEYS[0], AnswerKind.KNOWN), 0, new)
    assert left.finding is new[0]
    among = after(FOUND, AuditStep(*KEYS[1], AnswerKind.FIXED), 1, [*new, *FOUND[2:]])
    assert among.finding.key == KEYS[2]


@given(answers=st.lists(st.sampled_from([None, *AnswerKind]), max_size=30))
def test_one_always_gets_through(answers):
    """Every finding is settled exactly once, in whatever order they are looked past."""
    found, at, settled = list(FOUND), 0, []
    for answer in [*answers, *[AnswerKind.KEPT] * len(FOUND)]:
        if not found:
            break
        key = found[at].key
        left = after(found, AuditStep(*key, answer), at)
        gone = [one.key for one in left.settled]
        assert (key in gone) == (answer is not None)
        assert len(gone) <= 1 or answer in CUTS
        settled += gone
        found, at = list(left.findings), left.at
    assert sorted(settled) == sorted(KEYS)
