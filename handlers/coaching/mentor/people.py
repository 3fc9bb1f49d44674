"""Who a mentorship is about: its row, the rep and the colleague, as long as both are reps of its team."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from handlers.context import Context
from messages.coaching import mentor as views
from sales.coaching.mentor.mentorship import MENTOR, WORTH_ASKING, MentorNote
from sales.nudges.ledger import Nudge
from storage.coaching.mentor import MentorshipRow, find_mentorship
from storage.people.member import MemberRow, find_member
from storage.people.team import TeamRow, find_team
from storage.scope import Scope

WHY: Mapping[MentorNote, Callable[[str], str]] = {
    MentorNote.PROPOSAL: views.why_proposed,
    MentorNote.QUESTION: views.why_asked,
    MentorNote.ANSWER: views.why_answered,
    MentorNote.OUTCOME: views.why_answered,
    MentorNote.OFF_TO_REP: views.why_answered,
    MentorNote.OFF_TO_MENTOR: views.why_asked,
}
TO_MENTOR = frozenset({MentorNote.QUESTION, MentorNote.OFF_TO_MENTOR})


def noted(scope: Scope, row: MentorshipRow, note: MentorNote, rep_name: str, at: datetime) -> Nudge:
    """Return one of the messages of a mentorship, of which there is one each."""
    return Nudge(
        key=f"{MENTOR}:{scope.workspace_id}:{row.id}:{note}",
        kind=MENTOR,
        intent={"mentorship": row.id, "note": note},
        why=WHY[note](rep_name),
        not_before=at,
        user_id=row.mentor_id if note in TO_MENTOR else row.rep_id,
        expires_at=at + WORTH_ASKING,
    )


SOMEBODY = "Your colleague"  # whose name is erased


class MentorPair(NamedTuple):
    """A mentorship with its two people; they are `together` while both are reps of its team."""

    row: MentorshipRow
    rep: MemberRow | None
    mentor: MemberRow | None
    team: TeamRow | None

    @property
    def together(self) -> bool:
        return all(
            one is not None and one.active and one.is_rep and one.team_id == self.row.team_id
            for one in (self.rep, self.mentor)
        )

    @property
    def mentor_name(self) -> str:
        return self.mentor.name if self.mentor is not None else SOMEBODY

    @property
    def rep_name(self) -> str:
        return self.rep.name if self.rep is not None else SOMEBODY


async def pair_of(scope: Scope, mentorship_id: int) -> MentorPair | None:
    """Return a mentorship and its people; None where there is no such."""
    row = await find_mentorship(scope, mentorship_id)
    if row is None:
        return None
    rep, mentor = await find_member(scope, row.rep_id), await find_member(scope, row.mentor_id)
    return MentorPair(row, rep, mentor, await find_team(scope, row.team_id))


async def pressed(context: Context, number: str) -> MentorPair | None:
    """Return the mentorship of a button; None where it is gone, or none of the asking person's."""
    found = await pair_of(context.scope, int(number)) if number.isdigit() else None
    if found is None or context.member.user_id not in (found.row.rep_id, found.row.mentor_id):
        return None
    return found
