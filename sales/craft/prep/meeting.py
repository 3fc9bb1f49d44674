"""Meetings: which promises bring somebody face to face with a customer, read from their words (mechanism 17).

A brief is offered before those. No calendar is read: what was promised says it. Booking a demo is no demo, and what is
written after a meeting is none.
"""

import re

from sales.followups.followup import FollowUp, Owes

# What one is called, at the beginning of what is promised, behind words that say nothing of their own.
_MEETING = (
    r"(?:site |depot |plant |factory )?(?:meetings?|meet(?:ing)?(?: up)?|demo(?:nstration|s)?|visit(?:s|ing)?"
    r"|present(?:ation)?|workshop|walk-?through|appointment|kick-?off|q\W?b\W?r|pilot review|pitch)"
    r"|(?:video|zoom|teams|discovery|intro(?:ductory|duction)?|kick-?off|qualification) call"
    r"|(?:lunch|coffee|breakfast|dinner) with"
)
_LEADING = (
    r"(?:have|hold|do|give|show|run|join|attend|host|lead|go to|go and|be at|see|the|an?|our|their|them|us|my|first"
    r"|second|third|next|final|last|short|long|quick|online|remote|live|personal|joint|product|tech(?:nical)?|sales"
    r"|half-?hour|one-?hour|\d+[- ]?(?:min(?:ute)?s?|h(?:ours?)?))"
)
# What belongs to one and is none: "meeting notes", "demo link".
_THING = (
    r"notes?|minutes|invit\w*|link|recording|agenda|account|room|request|recap|summary|date|dates|slot|time|deck|slides"
    r"|proposal|script|data|environment|licen[cs]e|access|follow-?up|confirmation|materials?|video|unit|version"
)
_IS_MEETING = re.compile(
    rf"\W*(?:{_LEADING}\s+)*(?:{_MEETING})(?!\w)(?![ -](?:{_THING})(?!\w))", re.IGNORECASE
)


def is_meeting(promise: FollowUp) -> bool:
    """Say whether a promise of ours is a meeting, a demo or a visit."""
    return promise.owes is Owes.ME and says_meeting(promise.what)


def says_meeting(what: str) -> bool:
    """Say whether words promise a meeting: "demo at their depot", and neither "book the demo" nor "demo link"."""
    return _IS_MEETING.match(what) is not None
