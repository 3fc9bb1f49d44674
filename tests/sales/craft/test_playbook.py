"""The playbook's rules: what is typed is a list of steps, and what was ticked outlives another list (#47)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.playbook import (
    MAX_STEP,
    MOST_STEPS,
    PlaybookStep,
    StepTick,
    StoredStep,
    TypedSteps,
    by_stage,
    left_open,
    read_line,
    read_steps,
    stamp,
    steps_of_deal,
    what_changes,
)
from sales.language.names.match import fold
from sales.pipeline.opportunity import Opportunity, Stage
from sales.pipeline.stage import USUAL_STAGES
from sales.pipeline.tender import Tender
from sales.refusal import Reading, Refusal
from sales.value import changed

TODAY = date(2026, 9, 14)
EARLIER = date(2026, 8, 3)
WORDS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=40)
LISTS = st.lists(WORDS, max_size=MOST_STEPS).map("\n".join)


def step(number: int, text: str, stage: str = "Proposal", place: int = 0, **more) -> StoredStep:
    return StoredStep(
        id=number, stage=stage, text=text, place=place, since=more.pop("since", EARLIER), **more
    )


def tick(step_id: int) -> StepTick:
    return StepTick(opportunity_id=1, step_id=step_id, on=TODAY, by="U1")


def ticks(*ids: int) -> dict[int, StepTick]:
    return {one: tick(one) for one in ids}


def deal(label: str = "Proposal", **more) -> Opportunity:
    return Opportunity(name="Alder", stage_label=label, opened_on=EARLIER, **more)


THREE = (
    step(1, "Hear the need", "Talking"),
    step(2, "Walk the yard"),
    step(3, "Agree the price", place=1),
    step(4, "Meet their buyer", "Negotiation"),
)


# what is typed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Walk the yard\nAgree the price", ["Walk the yard", "Agree the price"]),
        ("Walk the yard\n\n  walk  the yard \nAgree the price\n\n", ["Walk the yard", "Agree the price"]),
        ("- Walk the yard\n• Sign\n3. Meet them\n4) Call", ["Walk the yard", "Sign", "Meet them", "Call"]),
        ("-20% at most", ["-20% at most"]),
        ("…\n--\n____", []),
        ("🤝", ["🤝"]),
        ("", []),
    ],
)  # fmt: skip
def test_lines_are_steps(typed, read):
    assert read_steps(typed) == read


def test_too_many_and_too_long_are_refused_with_the_limit():
    with pytest.raises(Refusal, match="10 steps at most for a stage; these are 11"):
        read_steps("\n".join(f"Step {one}" for one in range(11)), "field")
    with pytest.raises(Refusal, match="is 76 characters; a step is 75 at most") as refused:
        read_steps(f"Walk the yard\n{'x' * 76}", "field")
    assert refused.value.field == "field"


@given(LISTS)
def test_what_was_read_reads_the_same_again(typed):
    read = read_steps(typed)
    assert len(read) <= MOST_STEPS
    assert len({fold(one) for one in read}) == len(read)
    assert all(0 < len(one) <= MAX_STEP and "\n" not in one for one in read)
    assert read_steps("\n".join(read)) == read or any(one[:1] in "-*•–0123456789" for one in read)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Proposal: walk the yard; agree the price", TypedSteps("Proposal", ["walk the yard", "agree the price"])),
        ("proposal:walk the yard\nagree: the price", TypedSteps("Proposal", ["walk the yard", "agree: the price"])),
        ("Talking: none", TypedSteps("Talking", [])),
    ],
)  # fmt: skip
def test_a_line_names_a_stage_and_its_steps(typed, read):
    assert read_line(typed, USUAL_STAGES) == read


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Nirvana: sit", "There is no stage “Nirvana”. Yours: Talking, Proposal, Negotiation."),
        ("walk the yard", "Which stage do these steps belong to?"),
        ("Proposal:  ", "Which steps belong to Proposal?"),
        (": walk", "There is no stage “”"),
    ],
)
def test_a_line_that_cannot_be_placed_is_asked_about(typed, says):
    with pytest.raises(Refusal) as refused:
        read_line(typed, USUAL_STAGES)
    assert says in refused.value.text
    assert refused.value.example


def test_a_stage_with_a_slip_is_offered():
    with pytest.raises(Refusal) as refused:
        read_line("Propsal: walk the yard", USUAL_STAGES)
    (reading,) = refused.value.readings
    assert reading == Reading("Proposal: walk the yard", "/team playbook Proposal: walk the yard")


# what becomes of the steps


def after(held, *wanted: tuple[str, list[str]], on=TODAY):
    return what_changes(held, [TypedSteps(*one) for one in wanted], on)


def test_a_list_that_says_the_same_changes_nothing():
    found = after(THREE, ("Talking", ["hear the need"]), ("Proposal", ["Walk the yard", "Agree the price"]))
    assert [(one.id, said.text) for one, said in found.kept][1:] == [
        (2, "Walk the yard"),
        (3, "Agree the price"),
    ]
    assert (list(found.added), list(found.gone)) == ([], [])


def test_a_step_that_goes_to_another_stage_or_place_is_the_same_step():
    found = after(
        THREE,
        ("Talking", []),
        ("Proposal", ["Agree the price", "Hear the need"]),
        ("Negotiation", ["Walk the yard", "Meet their buyer"]),
    )
    where = {one.id: (said.stage, said.place) for one, said in found.kept}
    assert where == {3: ("Proposal", 0), 1: ("Proposal", 1), 2: ("Negotiation", 0), 4: ("Negotiation", 1)}
    assert (list(found.added), list(found.gone)) == ([], [])


def test_a_slip_put_right_is_the_same_step():
    found = after([step(1, "Walk teh yard")], ("Proposal", ["Walk the yard"]))
    assert [(one.id, said.text) for one, said in found.kept] == [(1, "Walk the yard")]


def test_other_words_are_another_step_until_somebody_says_so():
    found = after(THREE[1:3], ("Proposal", ["Walk the yard with their buyer", "Agree the price"]))
    assert [one.id for one in found.gone] == [2]
    assert [one.text for one in found.added] == ["Walk the yard with their buyer"]
    assert found.maybe == {2: "Walk the yard with their buyer"}


def test_of_several_that_went_and_came_none_is_guessed():
    found = after(THREE[1:3], ("Proposal", ["Visit", "Sign"]))
    assert [one.id for one in found.gone] == [2, 3]
    assert found.maybe == {}


def test_a_step_put_back_has_its_id_and_counts_from_then_on():
    out = [step(1, "Walk the yard", gone_on=date(2026, 9, 1))]
    ((found, said),) = after(out, ("Proposal", ["walk the yard"])).kept
    assert (found.id, said.since, said.gone_on) == (1, TODAY, None)


def test_a_step_put_back_on_the_day_it_went_was_never_away():
    ((_, said),) = after([step(1, "Walk", gone_on=TODAY)], ("Proposal", ["Walk"])).kept
    assert said.since == EARLIER


def test_stages_that_are_not_spoken_of_stay():
    found = after(THREE, ("Proposal", []))
    assert [one.id for one in found.gone] == [2, 3]
    assert list(found.kept) == []


def test_the_same_words_in_two_stages_are_two_steps():
    held = [step(1, "Agree a date", "Talking"), step(2, "Agree a date")]
    found = after(held, ("Talking", ["Agree a date"]), ("Proposal", ["Agree a date"]))
    assert [(one.id, said.stage) for one, said in found.kept] == [(1, "Talking"), (2, "Proposal")]
    assert list(found.gone) == []


def applied(held: list[StoredStep], wanted: list[TypedSteps], on: date) -> list[StoredStep]:
    """The steps as they are stored after a change."""
    found = what_changes(held, wanted, on)
    said = {one.id: line for one, line in found.kept}
    said |= {one.id: changed(PlaybookStep, one, gone_on=on) for one in found.gone}
    stays = [
        StoredStep(id=one.id, **said.get(one.id, changed(PlaybookStep, one)).model_dump()) for one in held
    ]
    first = max((one.id for one in held), default=0) + 1
    return stays + [StoredStep(id=first + at, **line.model_dump()) for at, line in enumerate(found.added)]


@given(st.lists(st.tuples(LISTS, LISTS), min_size=1, max_size=4))
def test_after_any_changes_the_playbook_says_what_was_typed_last_and_loses_no_step(typed):
    held: list[StoredStep] = []
    for lists in typed:
        wanted = [
            TypedSteps(stage.name, read_steps(each)) for stage, each in zip(USUAL_STAGES, lists, strict=False)
        ]
        before = {one.id for one in held}
        held = applied(held, wanted, TODAY)
        assert before <= {one.id for one in held}
        for each, want in zip(by_stage(held, USUAL_STAGES), wanted, strict=False):
            assert [fold(one.text) for one in each.steps] == [fold(one) for one in want.steps]
        assert applied(held, wanted, TODAY) == held


def test_a_playbook_that_says_something_else_has_another_stamp():
    one, other = (by_stage(steps, USUAL_STAGES) for steps in (THREE, THREE[1:]))
    assert stamp(one) == stamp(by_stage(reversed(THREE), USUAL_STAGES))
    assert stamp(one) != stamp(other)
    assert stamp(one) != stamp(by_stage(THREE, USUAL_STAGES[:2]))


# on a deal

PLAYBOOK = by_stage(THREE, USUAL_STAGES)


def test_a_deal_shows_the_steps_of_its_stage_and_counts_earlier_ones():
    found = steps_of_deal(deal(), PLAYBOOK, ticks(2))
    assert found is not None
    assert [one.id for one in found.missing] == [3]
    assert [one.id for one in found.earlier] == [1]
    assert not found.lacks_challenge


@pytest.mark.parametrize(
    "of",
    [
        deal("Somewhere"),
        deal(""),
        deal(stage=Stage.WON, closed_on=TODAY),
        deal(stage=Stage.PARKED),
        Opportunity(name="Alder", stage=Stage.SUSPECT, stage_label="Proposal"),
    ],
)
def test_a_deal_that_is_not_open_or_stands_in_no_stage_shows_nothing(of):
    assert steps_of_deal(of, PLAYBOOK, {}) is None


def test_a_team_without_steps_shows_nothing_not_even_a_tenders_challenge():
    assert steps_of_deal(deal(is_tender=True), by_stage([], USUAL_STAGES), {}) is None


@pytest.mark.parametrize(("challenge", "lacks"), [("", True), ("Their routes are old", False)])
def test_a_tender_lacks_its_challenge_until_somebody_says_one(challenge, lacks):
    said = Tender(opportunity_id=1, shaped=True, has_access=True, challenge=challenge, answered_on=TODAY)
    found = steps_of_deal(deal("Talking", is_tender=True), PLAYBOOK, {}, said)
    assert found is not None
    assert found.lacks_challenge is lacks


@pytest.mark.parametrize(
    ("was", "now", "left"),
    [
        ("Proposal", "Negotiation", [3]),
        ("Talking", "Negotiation", [1, 3]),
        ("Negotiation", "Talking", []),
        ("Proposal", "Proposal", []),
        ("Somewhere", "Negotiation", []),
        ("Talking", "Somewhere", []),
    ],
)
def test_going_on_leaves_open_what_is_not_ticked_and_going_back_leaves_nothing(was, now, left):
    assert [one.id for one in left_open(was, now, PLAYBOOK, ticks(2).get)] == left
