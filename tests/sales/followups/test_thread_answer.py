"""Words under a message: what they ask for, and of which item."""

from datetime import UTC, date, datetime

import pytest

from sales.followups.followup import FollowUp
from sales.followups.thread_answer import AnswerVerb, NamedItems, named_by, read_answer
from sales.refusal import Refusal

NOW = datetime(2026, 9, 14, 13, 5, tzinfo=UTC)  # a Monday, 15:05 in Ljubljana
HERE = "Europe/Ljubljana"
ITEMS = [
    FollowUp(owner_id="U1", who=who, what=what, due_on=date(2026, 9, 14))
    for who, what in (
        ("Acme", "send the ROI sheet"),
        ("Globex", "call Dana"),
        ("Acme Labs", "call 3M's buyer"),
    )
]


@pytest.mark.parametrize(
    ("said", "verb"),
    [
        *(
            (said, AnswerVerb.DONE)
            for said in ("done", "Done!", "✅", "did it", "Acme done", "OK, finished", "all done")
        ),
        *(
            (said, AnswerVerb.DROP)
            for said in ("drop", "drop it", "cancel", "never mind", "no longer needed")
        ),
        *(
            (said, AnswerVerb.MOVE)
            for said in ("snooze", "later", "not now", "snooze 1 hour", "push it to Monday")
        ),
        *(
            (said, AnswerVerb.MOVE)
            for said in ("tomorrow", "in 2 hours", "make it Friday", "remind me in an hour")
        ),
        *((said, AnswerVerb.REOPEN) for said in ("reopen", "not done yet")),
        *((said, AnswerVerb.NO_DAY) for said in ("push", "move it")),
        *(
            (said, AnswerVerb.WHICH)
            for said in ("2", "Acme", "today", "log 5 calls", "what do I owe Acme", "")
        ),
        ("follow up with Globex on Friday about pricing", AnswerVerb.WHICH),
        ("because they merged", AnswerVerb.REASON),
    ],
)
def test_words_ask_for(said, verb):
    assert read_answer(said, NOW, HERE).verb is verb


@pytest.mark.parametrize(
    ("said", "day", "at"),
    [
        ("push to Monday", date(2026, 9, 21), None),
        ("move 2 to fri 3pm", date(2026, 9, 18), datetime(2026, 9, 18, 13, tzinfo=UTC)),
        ("snooze for 2 hours", date(2026, 9, 14), datetime(2026, 9, 14, 15, 5, tzinfo=UTC)),
        ("snooze Acme half an hour", date(2026, 9, 14), datetime(2026, 9, 14, 13, 35, tzinfo=UTC)),
        ("snooze until 4pm", date(2026, 9, 14), datetime(2026, 9, 14, 14, tzinfo=UTC)),
        ("delay by 2 days", date(2026, 9, 16), None),
        ("next week", date(2026, 9, 21), None),
    ],
)
def test_a_move_says_where_to(said, day, at):
    when = read_answer(said, NOW, HERE).when
    assert when is not None
    assert (when.day, when.at) == (day, at)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("drop", ""),
        ("drop Acme because they merged", "they merged"),
        ("drop: they chose another supplier", "they chose another supplier"),
        ("drop 2, they merged", "they merged"),
    ],
)
def test_dropping_keeps_the_reason_that_was_given(said, reason):
    assert read_answer(said, NOW, HERE).reason == reason


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("", NamedItems()),
        ("it", NamedItems()),
        ("2", NamedItems((1,), sure=True)),
        ("#1 and 3", NamedItems((0, 2), sure=True)),
        ("the last one", NamedItems((2,), sure=True)),
        ("both", NamedItems((0, 1, 2), sure=True)),
        ("7", NamedItems()),
        ("Globex", NamedItems((1,), sure=True)),
        ("the ROI sheet", NamedItems((0,), sure=True)),
        ("acme", NamedItems((0, 2))),
        ("Acme Labs", NamedItems((2,), sure=True)),
        ("3M", NamedItems((2,), sure=True)),
        ("Initech", None),
        ("log 5 calls", None),
    ],
)
def test_items_are_named_by_number_or_by_name(words, named):
    assert named_by(words, ITEMS) == named


def test_a_day_that_is_over_is_refused_with_the_one_that_was_probably_meant():
    with pytest.raises(Refusal) as refused:
        read_answer("push to yesterday", NOW, HERE)
    assert refused.value.example == "push to Tue 15 Sep"
