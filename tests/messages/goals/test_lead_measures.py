"""This week's must in a line: what is done beside what is asked for."""

from messages.goals.lead_measures import asked
from sales.goals.lead_measures import Funnel, Week


def test_more_than_was_asked_for_is_no_fraction():
    """ "7 of 3" reads as a mistake."""
    week = Week(3, conversations=3, next_steps=3, done=Funnel(conversations=7, opened=3))
    assert asked(week) == "7 conversations (3 asked) · 3 of 3 new deals · 0 of 3 next steps"
