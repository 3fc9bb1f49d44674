"""Answered: whether somebody of the customer's answered what was done, read from the words of its outcome (54, 44).

A mail without words of a reply is one without an answer; of a call without words nobody can tell. Who was met answered.
"""

import re
from enum import StrEnum

from sales.followups.activity import ActivityKind


class WasAnswered(StrEnum):
    YES = "yes"
    NO = "no"
    UNSAID = "unsaid"


MET = frozenset({ActivityKind.MEETING, ActivityKind.DEMO, ActivityKind.VISIT})
WRITTEN = frozenset({ActivityKind.EMAIL, ActivityKind.MESSAGE, ActivityKind.PROPOSAL})
_NOBODY = re.compile(
    r"(?<!\w)(?:no (?:answer|reply|response|pick[- ]?up|luck|show)|nobody (?:answered|there|picked up|came)"
    r"|unanswered|not (?:in|there|reached|available)|(?:did ?n[o'’]?t|never|has ?n[o'’]?t|have ?n[o'’]?t|not)"
    r" (?:yet )?(?:answer|answered|reply|replied|respond|responded|pick up|picked up|call back|called back|show|come)"
    r"|left (?:an? |her |him |them )*(?:message|msg)s?|(?:left (?:an? )?|went to )?(?:voice ?mail|vm)s?"
    r"|engaged|cancel(?:led|ed)|silence)(?!\w)",
    re.I,
)
_REPLIED = re.compile(
    r"(?<!\w)(?:spoke|speaking|talked|chatted|discussed|replied|replies|reply from|answered|answers|responded"
    r"|agreed|agrees|interested|accepted|confirmed|declined|picked up|(?:called|calls|wrote|writes|got|gets|came|comes)"
    r" (?:me |us )?back|(?:they|he|she|we) (?:both )?(?:asked?|asks|said|says?|told|tells?|wants?|wanted|liked?|likes"
    r"|loved?|loves|booked|signed|promised?|postponed|met|need|needs|needed))(?!\w)",
    re.I,
)
# In a call somebody else has to be on the line for it; in a mail it may be what we asked, said or wanted.
_ON_THE_LINE = re.compile(
    r"(?<!\w)(?:asked|said|told|wants?|wanted|booked|liked|loved|promised|postponed|signed|good|great)(?!\w)",
    re.I,
)


def answered_by(kind: ActivityKind, outcome: str) -> WasAnswered:
    """Return whether an activity was answered, as far as its words tell; a reply after a voicemail is an answer."""
    nobody = _NOBODY.search(outcome) is not None
    rest = _NOBODY.sub(" ", outcome)
    if _REPLIED.search(rest):
        return WasAnswered.YES
    if nobody:
        return WasAnswered.NO
    if kind in MET or (kind is ActivityKind.CALL and _ON_THE_LINE.search(rest)):
        return WasAnswered.YES
    return WasAnswered.NO if kind in WRITTEN else WasAnswered.UNSAID
