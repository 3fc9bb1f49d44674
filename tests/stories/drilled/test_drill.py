"""Drills: three minutes, recall first, four answers, edited in place; when a card comes again; whose a streak is."""

import pytest

from tests.stories.drilled.drilled import (
    HERE,
    NOTHING_DUE,
    RATED,
    RATINGS,
    SHOW,
    STREAK,
    TODAY,
    answers,
    asked,
    asks,
    begins,
    books,
    days,
    decks,
    direct,
    drills,
    drills_on,
    follows,
    goes_on,
    has,
    label,
    now,
    only,
    presses,
    question_of,
    questions,
    readers_of,
    told,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

TUESDAY = "2026-09-15"
REPROACH = r"lost|broke|missed|behind|overdue|should have|back to (0|zero)|!|late\b"
LOOKS = (
    "/drill decks", "/drill @ana", "/drill skills", "/team skills", "/team", "/team digest", "/why @ana",
    "/team 1on1 @ana",
)  # fmt: skip


async def test_recall_comes_first(team, ana):
    """Recall first (#68): a situation with *Show the answer*, and neither the answer nor a button to rate it."""
    await begins(ana)
    assert asked(ana), now(ana)
    assert len(question_of(now(ana))) > 30, now(ana)
    blocks = told(ana)[-1].blocks
    assert not label(blocks, RATED), now(ana)


async def test_the_answer_with_its_why_and_four_buttons(team, ana):
    """After it (#68): the question still stands, the answer and why with it, and four buttons in their order."""
    await begins(ana)
    front = now(ana)
    await presses(ana, SHOW, where=direct(ana))
    back = now(ana)
    assert question_of(front) in back, back
    assert len(back) > len(front) + 40, back
    assert has(r"\bwhy\b|because", back), back
    offered = [one.strip("[]") for one in back.splitlines() if has(rf"^\[({'|'.join(RATINGS)})\b", one)]
    assert [one.split()[0].lower() for one in offered] == ["again", "hard", "good", "easy"], back
    assert not label(told(ana)[-1].blocks, SHOW), back


async def test_it_is_one_message(team, ana):
    """Edited in place (#68): six cards are gone through in one message, and no echo follows."""
    await begins(ana)
    count = len(told(ana))
    seen = await goes_on(ana, "Good")
    assert len(seen) == len(set(questions(seen))) == 6, questions(seen)
    assert len(told(ana)) == count


async def test_it_ends_in_one_line(team, ana):
    """Three minutes (#68): the end says how many were done and when the next is due, and leaves nothing to press on."""
    assert len(await drills(ana)) == 6
    said = now(ana)
    assert has(r"\b(6|six)\b", said), said
    assert has(r"tomorrow|Tue|Wed|1[56] Sep", said), said
    assert not label(told(ana)[-1].blocks, rf"{SHOW}|{RATED}"), said
    assert len([one for one in said.splitlines() if not one.startswith("[")]) <= 3, said


async def test_six_a_day_are_enough(team, ana):
    """At most three minutes (#68): a second `/drill` of the day brings no card and says when the next is due."""
    await drills(ana)
    said = await begins(ana)
    assert not asked(ana), said
    assert has(rf"{NOTHING_DUE}|tomorrow|Tue|Wed|1[56] Sep", said), said


async def test_what_was_left_in_the_middle_goes_on(team, ana):
    """A call came (#68): two of six done, an hour later four more come, none of the two among them."""
    await begins(ana)
    first = [await answers(ana, "Good"), await answers(ana, "Good")]
    await team.jump("12:30", HERE)
    rest = await drills(ana)
    assert len(rest) == 4, questions(rest)
    assert not set(questions(first)) & set(questions(rest))


async def test_ten_new_ones_a_week(team, ana):
    """Little by little (#68): ten new cards in a first week, no eleventh on Friday, other ones on Monday."""
    met = set(questions(await drills(ana, "Easy")))
    for day in ("2026-09-15", "2026-09-16", "2026-09-18"):
        met |= set(questions(await drills_on(team, ana, day, "Easy")))
    assert len(met) == 10, met
    anew = questions(await drills_on(team, ana, "2026-09-21", "Easy"))
    assert anew, now(ana)
    assert not met & set(anew)


async def test_plain_words_begin_it(team, ana):
    """By word of mouth (#68): “drill me” in the direct channel is the same."""
    await begins(ana, "drill me")
    assert asked(ana), now(ana)


async def test_it_reads_in_a_channel_for_one_alone(team, ana, ben):
    """Privately (#68): typed in a channel, nobody else there sees the question."""
    said = await asks(ana, "/drill", "sales")
    assert has(r"\[show", said), said
    assert question_of(said) not in "\n".join(ben.sees("sales"))


# when it comes again: the intervals of docs/practice.md

GOLDEN = (
    (TUESDAY, "Good"), ("2026-09-17", "Good"), ("2026-09-28", "Good"), ("2026-11-13", "Again"),
    ("2026-11-16", "Good"), ("2026-11-24", "Good"), ("2026-12-14", "Good"),
)  # fmt: skip


async def test_the_golden_intervals(team, ana):
    """To the day (#68): Good, Good, Good → 2, 11, 46; Again → 3; Good → 8, 19, which is a Sunday and so Monday."""
    await follows(team, ana, *GOLDEN)


@pytest.mark.parametrize(
    ("rate", "day"), [("Again", "16"), ("Hard", "16"), ("Good", "17"), ("Easy", "23")], ids=RATINGS
)
async def test_the_first_answer(team, ana, rate, day):
    """The first interval (#68): a day after Again or Hard, two after Good, eight after Easy."""
    await follows(team, ana, (TUESDAY, rate), (f"2026-09-{day}", "Good"))


@pytest.mark.parametrize(
    ("rate", "day"), [("Again", "2026-09-18"), ("Hard", "2026-09-25"), ("Easy", "2026-10-06")]
)
async def test_the_second_answer(team, ana, rate, day):
    """After Good and two days (#68): Again → 1 day, Hard → 8, Easy → 19."""
    await follows(team, ana, (TUESDAY, "Good"), ("2026-09-17", rate), (day, "Good"))


async def test_a_card_that_was_forgotten_at_first(team, ana):
    """Again, Good, Good (#68): 1, 2 and 6 days."""
    await follows(
        team, ana, (TUESDAY, "Again"), ("2026-09-16", "Good"), ("2026-09-18", "Good"), ("2026-09-24", "Good")
    )


async def test_days_are_counted_and_not_hours(team, ana):
    """Whole days (#68): answered in the afternoon and two mornings later, the second interval is eleven days still."""
    seen = await drills_on(team, ana, TUESDAY, "Good", "18:40")
    again = await drills_on(team, ana, "2026-09-17", "Good", "08:10")
    assert set(questions(seen)) == set(questions(again)), questions(again)
    early = await drills_on(team, ana, "2026-09-25", "Easy")
    assert not set(questions(seen)) & set(questions(early))
    due = await drills_on(team, ana, "2026-09-28", "Good")
    assert set(questions(seen)) == set(questions(due)), questions(due)


async def test_a_late_answer_counts_its_real_days(team, ana):
    """Late (#68): due on Thursday, answered Good on Monday, it holds 20 days: a Sunday, then a holiday, so Tuesday."""
    seen = await drills_on(team, ana, TUESDAY)
    await drills_on(team, ana, "2026-09-21")
    assert not set(questions(seen)) & set(questions(await drills_on(team, ana, "2026-10-09", "Easy")))
    due = await drills_on(team, ana, "2026-10-13", "Good")
    assert set(questions(seen)) & set(questions(due)), questions(due)


async def test_a_weekend_and_a_holiday_are_jumped_over(team, ana):
    """Working days (#68): eleven days after 30 September are a Sunday, and Columbus Day follows: Tuesday the 13th."""
    await follows(team, ana, ("2026-09-28", "Good"), ("2026-09-30", "Good"), ("2026-10-13", "Good"))


async def test_leave_is_jumped_over(team, ana):
    """On leave (#68): what was due on Thursday is due on the Monday she is back."""
    await books.on_leave(team, TODAY + days(3), TODAY + days(4))
    seen = await drills_on(team, ana, TUESDAY)
    due = await drills_on(team, ana, "2026-09-21")
    assert set(questions(due)) == set(questions(seen)), questions(due)


async def test_it_is_ones_own_day_that_counts(team, ben):
    """His zone (#68): eight in the evening in New York is tomorrow in Ljubljana; two days on is Thursday there."""
    zone = "America/New_York"
    seen = await drills_on(team, ben, TUESDAY, hour="20:00", zone=zone)
    early = await drills_on(team, ben, "2026-09-16", "Easy", "20:00", zone=zone)
    assert not set(questions(seen)) & set(questions(early))
    due = await drills_on(team, ben, "2026-09-17", zone=zone)
    assert set(questions(seen)) == set(questions(due)), questions(due)


async def test_one_reps_answers_are_not_anothers(team, ana, ben):
    """Each their own (#68): what Ana learned is still new to Ben, and comes for her alone."""
    seen = await drills_on(team, ana, TUESDAY, "Easy", "16:00")
    his = await drills(ben, "Easy")
    assert len(his) == len(seen) == 6
    assert not asked(ana)


async def test_the_oldest_come_first_and_never_more_than_six(team, ana):
    """No pile (#68): of ten cards that are due, Tuesday's six come on one day and Wednesday's four on the next."""
    first = await drills_on(team, ana, TUESDAY)
    second = await drills_on(team, ana, "2026-09-16")
    assert (len(first), len(second)) == (6, 4)
    back = await drills_on(team, ana, "2026-10-01", "Easy")
    assert set(questions(back)) == set(questions(first)), questions(back)
    after = await drills_on(team, ana, "2026-10-02", "Easy")
    assert set(questions(second)) <= set(questions(after)), questions(after)
    assert len(after) <= 6


async def test_what_was_forgotten_comes_first(team, ana):
    """Before what is new (#68): of six cards one is answered Again, and it is tomorrow's first."""
    await begins(ana)
    first = question_of(now(ana))
    await goes_on(ana, only(first, "Again"))
    due = questions(await drills_on(team, ana, TUESDAY, "Easy"))
    assert due[0] == first, due


# a streak


async def a_streak(town, person, *september: int) -> list[str]:
    """Drill on these days of September, forgetting everything; what each ended with."""
    said = []
    for day in september:
        assert await drills_on(town, person, f"2026-09-{day}", "Again")
        said.append(now(person))
    return said


async def test_a_streak_is_told_over_a_weekend(team, ana):
    """Days in a row (#68): Thursday, Friday and Monday are three."""
    said = await a_streak(team, ana, 17, 18, 21)
    assert has(
        r"\b(3|three|third)\b[^\n]*(in a row|streak)|(streak|in a row)[^\n]*\b(3|three)\b", said[-1]
    ), said


async def test_leave_breaks_no_streak(team, ana):
    """Away (#68): two days, two days of leave, and the third day back is the third."""
    await books.on_leave(team, TODAY + days(3), TODAY + days(4))
    said = await a_streak(team, ana, 15, 16, 21)
    assert has(
        r"\b(3|three|third)\b[^\n]*(in a row|streak)|(streak|in a row)[^\n]*\b(3|three)\b", said[-1]
    ), said


async def test_a_missed_day_is_no_reproach(team, ana):
    """Calm (#68): after a day left out it counts anew, and says nothing of what was lost."""
    said = await a_streak(team, ana, 15, 16, 18)
    assert not has(r"\b(3|three|third)\b[^\n]*(in a row|streak)", said[-1]), said
    assert not has(REPROACH, said[-1]), said


async def test_a_streak_is_ones_own(team, ana, mia):
    """Only as one's own (#68): neither her manager nor a colleague reads it by any way, nor does the channel."""
    await a_streak(team, ana, 15, 16, 17, 18)
    assert has(STREAK, now(ana)), now(ana)
    assert has(r"remember|%", await decks(ana))
    assert await readers_of(team, STREAK, *LOOKS) == {"ana"}
