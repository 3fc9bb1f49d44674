"""Plans: strategies as if-then with dated steps, which are follow-ups; no plan yet until two of them stand."""

import pytest

from tests.stories.craft.lived import lives
from tests.stories.prepared.prepared import (
    EVENT,
    REFERRAL,
    WIN_BACK,
    asks,
    choice,
    fills,
    form,
    has,
    home,
    label,
    labels_of,
    line_with,
    newest,
    plan,
    planned,
    presses,
    sets_goal,
    told,
    tried,
    types,
)

pytestmark = pytest.mark.engines("sqlite")

NO_PLAN = r"no plan|without a plan|plan is missing"


async def goal(person, line="/goal") -> str:
    return await types(person, line)


async def test_a_goal_has_no_plan_yet(ana):
    """A goal is saved without one (#13): its card says “no plan yet”, and how to write one."""
    said = await sets_goal(ana)
    said = f"{said}\n{await goal(ana)}"
    assert has(NO_PLAN, said), said
    assert has(r"/plan|\[[^\]]*plan", said), said


async def test_one_strategy_is_no_plan(ana):
    """Several strategies, not one (#13, #14): with one the goal still has no plan, and one more is asked for."""
    await sets_goal(ana)
    answered = await planned(ana, REFERRAL)
    assert has(NO_PLAN, await goal(ana)), newest(ana)
    said = f"{answered}\n{await plan(ana)}"
    assert has(r"one more|another|second|(two|2) (strateg|are|make)|of (2|two)\b|until", said), said


async def test_two_strategies_are_a_plan(ana):
    """Two of them with dated steps (#13): no word of a missing plan on the goal, which says that there is one."""
    await sets_goal(ana)
    await planned(ana, REFERRAL, EVENT)
    said = await goal(ana)
    assert not has(NO_PLAN, said), said
    assert has(r"\bplan\b", said), said


async def test_one_strategy_twice_is_one(ana):
    """The same line again (#14): it is known already, or the plan shows it once; either way it is no second one."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    await types(ana, REFERRAL)
    assert has(NO_PLAN, await goal(ana)), newest(ana)
    assert (await tried(ana, "/followup list")).count("list ten clients") == 1


async def test_a_strategy_without_a_step_does_not_count(ana):
    """An intention with no day in it (#13): kept or asked about, and no plan because of it."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    said = await types(ana, "/plan add event: if a fair is announced then book three talks there")
    assert has(r"\bsteps?\b|\bday\b|when", said), said
    assert has(NO_PLAN, await goal(ana)), newest(ana)


async def test_a_strategy_is_read_as_if_then_with_its_days(ana):
    """If-then (#13): the motion, what is waited for, what is done then, and each step with its day."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    said = await plan(ana)
    assert has(r"referral", said), said
    assert has(r"\bif a client thanks us\b.{0,40}ask for one name", said), said
    assert has(r"Wed 16 Sep", line_with(said, r"list ten clients")), said
    assert has(r"Fri 18 Sep", line_with(said, r"ask two of them")), said


async def test_a_form_for_a_strategy(ana):
    """On a phone (#13, #14): `/plan add` asks for motion, if, then and steps, and what is saved stands in the plan."""
    await sets_goal(ana)
    answers = {
        r"motion": choice(r"referral", "referral"),
        r"^if\b|when": "a client thanks us",
        r"^then\b|what": "ask for one name",
        r"steps": "call three past clients by friday\nwrite to two of them by 23 sep",
    }
    await form(ana, "/plan add", answers)
    said = await plan(ana)
    assert has(r"Fri 18 Sep", line_with(said, r"call three past clients")), said
    assert has(r"Wed 23 Sep", line_with(said, r"write to two of them")), said


async def test_the_form_offers_the_motions_of_selling(ana):
    """Tagged by motion (#14): referral, event, win-back, outbound and partner can be taken."""
    await sets_goal(ana)
    await asks(ana, "/plan add", "sales")
    shown = ana.modal() or ""
    for word in ("referral", "event", "win.?back", "outbound", "partner"):
        assert has(word, shown), (word, shown)
    assert any(has(r"motion", one) for one in labels_of(ana)), labels_of(ana)


async def test_steps_are_follow_ups(ana):
    """Dated steps (#13): both stand among the follow-ups on their days, and the first of them on Home."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    said = await types(ana, "/followup list")
    assert has(r"list ten clients.{0,40}Wed 16 Sep", said), said
    assert has(r"ask two of them.{0,40}Fri 18 Sep", said), said
    assert has(r"list ten clients", await home(ana))


async def test_the_evening_asks_of_a_step_on_its_day(team, ana):
    """As any promise (#13): on Wednesday evening the one message names it, and it can be ticked there."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    await lives(team, "2026-09-15", "2026-09-16")
    asked = [
        one
        for one in told(ana)
        if has(r"list ten clients", str(one.blocks)) and "checkboxes" in str(one.blocks)
    ]
    assert asked, [one.text for one in told(ana)]


async def test_what_is_ticked_off_is_done_in_the_plan(ana):
    """Ticked as a follow-up (#13): the plan says that it is done, and the other step is still to do."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    await types(ana, "/followup done list ten clients")
    said = await plan(ana)
    done, due = line_with(said, r"list ten clients"), line_with(said, r"ask two of them")
    assert has(r"done|✓|✅|~|heavy_check|\b1 of 2\b", done) or has(r"\b1 of 2\b", said), said
    assert has(r"Fri 18 Sep", due), said


async def test_a_strategy_is_taken_back_with_its_steps(ana):
    """Undone (#13): neither the strategy nor its follow-ups are left."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    await types(ana, "/rainmaker undo")
    assert not has(r"ask for one name", await plan(ana)), newest(ana)
    assert not has(r"list ten clients", await tried(ana, "/followup list"))


async def test_a_strategy_is_given_up_with_what_is_left_of_it(ana):
    """Dropped (#13): pressed beside it, its open steps go; the other strategy stays, and again there is no plan."""
    await sets_goal(ana)
    await planned(ana, WIN_BACK, EVENT)
    await asks(ana, "/plan", "sales")
    pattern = r"remove|drop|give up|take out|delete"
    if label(told(ana, "sales")[-1].blocks or [], pattern) is None:
        await presses(ana, r"edit|change|more", where="sales")
    if not ana.modal():
        await presses(ana, pattern, where="sales")
    if ana.modal():
        await fills(
            ana,
            {r"remove|drop|give|which|strategy": choice(r"win.?back", "win-back")} if labels_of(ana) else {},
        )
    said = await plan(ana)
    assert not has(r"one year old", said), said
    assert has(r"book three talks", said), said
    assert not has(r"list lost deals", await tried(ana, "/followup list"))
    assert has(NO_PLAN, await goal(ana))


async def test_plain_words_show_it_too(ana):
    """“my plan” in the direct channel (#13): the same plan."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    said = await asks(ana, "show my plan")
    assert has(r"ask for one name", said), said


async def test_a_manager_reads_a_reps_plan(ana, mia):
    """The leader's (#13): Mia reads Ana's plan, and that Ana has none where she has one strategy alone."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    said = await plan(mia, "@ana")
    assert has(r"ask for one name", said), said
    assert has(NO_PLAN, await goal(mia, "/goal @ana")), newest(mia)


async def test_a_colleagues_plan_is_not_shown(ana, ben):
    """One's own (#13): Ben reads nothing of Ana's."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    said = await plan(ben, "@ana")
    assert not has(r"ask for one name|list ten clients", said), said


async def test_a_long_plan_is_five_lines_and_the_rest_behind_a_tap(ana):
    """Twelve steps (#13): at most five stand on the page, with how many more and a button for them."""
    await sets_goal(ana)
    days = (15, 16, 17, 18, 21, 22, 23, 24, 25, 28, 29, 30)
    steps = ", ".join(f"meet partner {number:02} by {day} sep" for number, day in enumerate(days, 1))
    await planned(ana, f"/plan add partner: if a partner has an event then join it; steps: {steps}")
    said = await plan(ana)
    assert said.count("meet partner") <= 5, said
    assert has(r"\b(7|8|9|10|11) more|\b12 steps", said), said
    pattern = r"more|all|show"
    assert label(told(ana, "sales")[-1].blocks or [], pattern), newest(ana)
    await presses(ana, pattern, where="sales")
    assert has(r"partner 12", f"{newest(ana)}\n{ana.modal() or ''}"), newest(ana)
