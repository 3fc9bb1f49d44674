"""Home, as a rep sees it on a phone between two calls: what is due, how it stands, one thing to do."""

import re
import textwrap

import pytest

from tests.stories.face import books
from tests.stories.face.seen import (
    PHONE,
    chances,
    evening_of,
    home_blocks,
    home_lines,
    label,
    labels,
    modal,
    on_a_phone,
    presses,
    progress,
    reader_of,
    still_open,
    takes_back,
    ticks,
    ticks_off,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

OVERDUE = [who for who, _, _ in books.OVERDUE]
TODAY = [who for who, _, _ in books.DUE_TODAY]
WHOLE = next(what for who, what, _ in books.OVERDUE if who == "Lockside")


@pytest.fixture
async def ana(team):
    """Ana with twenty promises, two goals and a record; she looks at her Home."""
    await books.a_record(team)
    await books.twenty_promises(team)
    person = team.person("ana")
    await person.says("/goal 18k this quarter because two big renewals", channel="sales")
    await person.says("/goal 45k next quarter because two big renewals", channel="sales")
    await person.opens_home()
    return person


def goal_lines(person, period):
    """What Home says of a goal: its line, and the next one if that speaks of nothing else, as in the sketch."""
    said = home_lines(person)
    at = [number for number, one in enumerate(said) if period in one and "revenue" in one.lower()]
    assert at, f"Home has no line for the goal of {period}."
    following = [one for one in said[at[0] + 1 : at[0] + 2] if not re.search(r"Q\d|Worth|Runway", one)]
    return " ".join([said[at[0]], *following])


async def test_twenty_items_are_at_most_twenty_blocks(ana):
    """Law 1 and the issue's own figure: Home with 20 items is at most 20 blocks."""
    assert len(home_blocks(ana)) <= 20


async def test_the_first_task_is_seen_without_scrolling(ana):
    """Law 9: the first promise is among the first eight lines of a phone."""
    shown = on_a_phone(home_blocks(ana), reader_of(ana))[:8]
    assert any(who in line for line in shown for who in OVERDUE + TODAY), shown


async def test_promises_are_tick_lists_that_slack_takes(ana):
    """A tick list has at most 10 options, 75 characters each, and as many for the note."""
    found = ticks(home_blocks(ana))
    assert found, "Home has no tick list."
    assert max(len(one.element["options"]) for one in found) <= 10
    assert max(len(one.text) for one in found) <= 75
    assert max(len(one.note) for one in found) <= 75


async def test_the_overdue_come_first_and_then_what_is_due_today(ana):
    """Both are there to be ticked, the overdue before today's, each saying whose it is and what."""
    said = [one.text for one in ticks(home_blocks(ana))]
    names = [next((who for who in OVERDUE + TODAY if who in text), text) for text in said]
    assert names, "Home has no tick list."
    assert names == sorted(names, key=lambda who: who in TODAY)
    assert set(names) & set(OVERDUE)
    assert set(names) & set(TODAY)
    assert any("send the savings sheet" in text for text in said)


async def test_what_is_not_shown_is_counted_and_one_tap_away(ana):
    """Law 7: nobody's list is longer than the next one's, and what stands behind a button is really there."""
    shown = {who for one in ticks(home_blocks(ana)) for who in OVERDUE + TODAY if who in one.text}
    assert shown, "Home has no tick list."
    missing = set(OVERDUE + TODAY) - shown
    if missing:
        assert re.search(rf"\b{len(missing)} more\b", "\n".join(home_lines(ana) + labels(home_blocks(ana))))
        await presses(ana, r"\bmore\b|\ball\b|show", where="home")
        everything = "\n".join([ana.modal() or "", ana.home() or "", *ana.sees()])
        assert [who for who in missing if who not in everything] == []


async def test_a_long_promise_is_cut_at_a_word_and_whole_in_the_form(ana):
    """What does not fit in 75 characters ends with an ellipsis after a whole word; the form has all of it."""
    cut = next((one.text for one in ticks(home_blocks(ana)) if "Lockside" in one.text), None)
    assert cut, "The long promise is in no tick list."
    assert cut.endswith("…")
    kept = cut.removesuffix("…").split("Lockside")[1].strip(" ·:,-–")
    assert WHOLE.startswith(kept)
    assert WHOLE[len(kept)] in " ,"
    await presses(ana, r"^Move or drop", where="home")
    assert WHOLE in modal(ana)


async def test_a_tick_is_done_in_place_and_undo_is_beside_it(ana):
    """A tick settles the promise, writes no message, and is taken back in one tap."""
    before = len(ana.sees())
    await ticks_off(ana, "Granary Road", where="home")
    assert not any("Granary Road" in text for text in (await ana.says("/followup list", channel="sales")))
    assert len(ana.sees()) == before
    await takes_back(ana, "Granary Road", where="home")
    assert any("Granary Road" in one for one in still_open(home_blocks(ana)))
    assert any("Granary Road" in text for text in (await ana.says("/followup list", channel="sales")))


async def test_two_ticks_one_after_the_other_settle_two(ana):
    """A second tick does not take the first one back: each counts."""
    await ticks_off(ana, "Granary Road", where="home")
    await ticks_off(ana, "Iron Lane", where="home")
    listed = "\n".join(await ana.says("/followup list", channel="sales"))
    assert "Granary Road" not in listed
    assert "Iron Lane" not in listed
    assert "Orchard Lines" in listed


async def test_move_or_drop_is_one_form_for_all_that_is_open(ana):
    """Whatever is not done is moved or dropped in one form; on Home each promise has no row of buttons."""
    assert sum(one == "Tomorrow" for one in labels(home_blocks(ana))) <= 1
    await presses(ana, r"^Move or drop", where="home")
    shown = modal(ana)
    assert [who for who in OVERDUE if who not in shown] == []


async def test_the_first_row_has_what_a_rep_reaches_for(ana):
    """Follow-up and Log are among the first three blocks; the rest is in a menu."""
    top = home_blocks(ana)[:3]
    assert label(top, r"Follow-up"), "No button for a follow-up at the top."
    assert label(top, r"^Log"), "No button for logging at the top."
    assert len([one for block in top for one in block.get("elements", [])]) <= 4


@pytest.mark.parametrize("period", ["Q3", "Q4"])
async def test_a_goal_is_one_line_with_its_chance_and_details(ana, period):
    """`Q3 revenue  $106.8k of $122k · 3 days behind · chance 22 %  [Details]`, and the arithmetic behind it."""
    said = goal_lines(ana, period)
    assert len(textwrap.wrap(said, PHONE)) <= 4, said
    assert len(chances(said)) == 1, said
    assert re.search(r"\bchance\b", said), said
    assert re.search(r"\$(18|45)(k|,000)", said)
    assert label(home_blocks(ana), r"^Details"), "No Details on Home."
    before = len(ana.sees())
    await presses(ana, r"^Details", where="home", near=f"{period} ")
    folded = "\n".join([ana.modal() or "", *ana.sees()[before:]])
    assert period in folded
    assert re.search(r"working day", folded), "Details hold no arithmetic."


async def test_the_goal_running_says_how_far_it_is_in_days(ana):
    """Law 5: days behind or ahead, not two percentages."""
    said = goal_lines(ana, "Q3")
    assert progress(said), said
    assert re.search(r"\b\d+ days? (behind|ahead)\b|\b(on pace|reached)\b", said, re.IGNORECASE), said
    assert "working days gone" not in said


async def test_one_thing_worth_doing_and_no_more(ana):
    """At most one piece of advice, one or two lines long, with its reason behind a button."""
    said = home_lines(ana)
    heads = [number for number, one in enumerate(said) if re.search(r"worth doing", one, re.IGNORECASE)]
    assert len(heads) == 1, "Home names no one thing worth doing, or several."
    assert "Moves it most" not in "\n".join(said)
    assert label(home_blocks(ana), r"^Why"), "The advice has no Why."


async def test_tomorrow_is_one_line(ana):
    """Tomorrow's first promises and how many more come this week stand in one line."""
    said = [one for one in home_lines(ana) if one.startswith("Tomorrow")]
    assert len(said) == 1, "Home has no one line for tomorrow."
    assert "Birch & Son" in said[0]
    assert re.search(r"\b\d+ more\b", said[0]), said[0]
    assert "Fen Road" not in "\n".join(one for one in home_lines(ana) if one not in said)


async def test_no_glyph_draws_a_bar(ana):
    """Law 10: no ▓░ on Home."""
    assert not re.search("[▓░█▒]", ana.home())


async def test_no_runway_that_is_over(ana):
    """A last day that is past is nothing to act on."""
    assert not re.search(r"working days? ago|was the last day|has (closed|passed)", ana.home())


async def test_what_is_settled_elsewhere_leaves_the_tick_list(ana):
    """Home follows what is typed: no tick list offers what is done; it may stand there ticked."""
    assert any("Granary Road" in one for one in still_open(home_blocks(ana))), "Home has no tick list."
    await ana.says("/followup done granary road", channel="sales")
    assert not any("Granary Road" in one for one in still_open(home_blocks(ana)))


async def test_a_day_with_nothing_to_do_is_short_and_says_so(team):
    """No empty heads: a rep with a goal and no promise has a Home of at most ten blocks without a tick list."""
    ana = team.person("ana")
    await ana.says("/goal 15k this quarter because of last year", channel="sales")
    await ana.opens_home()
    assert len(home_blocks(ana)) <= 10
    assert ticks(home_blocks(ana)) == []
    assert "Overdue" not in ana.home()


async def test_ticks_on_home_and_the_evening_are_one_list(ana, team):
    """What is ticked on Home is settled in the evening's message too, and no tick list offers it any more."""
    await books.evening_comes(team)
    evening = evening_of(ana)
    await ana.opens_home()
    await ticks_off(ana, "Orchard Lines", where="home")
    again = next(one for one in ana._place(None).messages if one.ts == evening.ts)
    assert still_open(again.blocks), "The evening has no tick list."
    assert not any("Orchard Lines" in one for one in still_open(again.blocks))
