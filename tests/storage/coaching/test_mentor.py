"""Mentorships as they are stored, on both engines."""

from datetime import timedelta

from sales.coaching.diagnosis.light import LightMeasure
from sales.coaching.mentor.mentorship import Mentorship, MentorState
from sales.people.team import Team
from storage.coaching.mentor import (
    add_mentorship,
    find_mentorship,
    mentorships_in,
    mentorships_of,
    move_mentorship,
)
from storage.people.team import add_team
from tests.known import T0, WORKSPACE

TODAY = T0.date()


async def test_how_far_it_is_and_when_they_talk(database):
    async with database.write(WORKSPACE) as scope:
        team = await add_team(scope, Team(name="Field"))
        said = Mentorship(
            rep_id="U1", mentor_id="U2", team_id=team.id, measure=LightMeasure.OPENED, proposed_on=TODAY
        )
        first, second = await add_mentorship(scope, said), await add_mentorship(scope, said)
        await move_mentorship(scope, second, MentorState.ASKED, asked_on=TODAY)
        await move_mentorship(scope, second, MentorState.AGREED, slot_at=T0)
        await move_mentorship(scope, second, MentorState.HELPED)
    async with database.read(WORKSPACE) as scope:
        found = await mentorships_of(scope, "U1", 5)
        assert [row.id for row in found] == [second.id, first.id]
        assert (found[0].state, found[0].asked_on, found[0].slot_at) == (MentorState.HELPED, TODAY, T0)
        assert await mentorships_of(scope, "U2", 5) == []
        assert len(await mentorships_in(scope, team.id, TODAY)) == 2
        assert await mentorships_in(scope, team.id, TODAY + timedelta(days=1)) == []
        assert await find_mentorship(scope, second.id + 1) is None
