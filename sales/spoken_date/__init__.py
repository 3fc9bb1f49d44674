"""Days and times as people say them: "fri 3pm", "next Tuesday", "26 Sep", "in an hour", "end of month".

The grammar of this package finds the words; `dateparser` reads the dates and the counted ones. Left to search
by itself it takes "may", "second" and "24k" for dates.
"""

from sales.spoken_date.asked import Facing, Form
from sales.spoken_date.found import FURTHEST, PastDate, When, find_when, warm
from sales.spoken_date.saying import say_day, say_when

__all__ = ["FURTHEST", "Facing", "Form", "PastDate", "When", "find_when", "say_day", "say_when", "warm"]
