"""Role play: once a week two of a team who both want to read what is objected, and who plays whom (73).

Whoever gets a morning note reads it there. Who wants to alone reads nothing, and nobody hears that they do.
"""

from datetime import datetime, timedelta

from handlers.feature import Feature, Job, Kind, Look, Rendered, Section, Shown, Subject, Surface
from handlers.nudges.addressee import wants_alone
from messages.coaching import role_play as views
from sales.coaching.role_play import ROLE_PLAY, role_play_spec, week_of
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.permission import Act
from storage.coaching.role_play import role_for
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.in_team import at_work
from storage.scope import Scope

WORTH_READING = timedelta(hours=8)


async def in_morning(look: Look) -> Shown | None:
    """The role of this week, in the morning note of who asked for both; nothing on any other day."""
    if look.team is None or ROLE_PLAY in await mutes(look.scope, look.member.user_id):
        return None
    role = await role_for(look.scope, look.member, look.team, look.today, look.now)
    if role is None:
        return None
    blocks = views.in_note(role.partner.name, role.card, buyer=role.begins_as_buyer)
    return Shown(blocks, why=views.why(role.partner.name))


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the role by itself, once a week, for who wants it and gets no morning note; that has it else."""
    user_id, day = schedule.subject_id, occurrence.local_date
    if not await wants_alone(scope, user_id, ROLE_PLAY):
        return []
    reader = await at_work(scope, user_id, occurrence.due_at)
    if reader is None or await role_for(scope, reader.member, reader.team, day, now) is None:
        return []
    return [
        Nudge(
            key=f"{ROLE_PLAY}:{scope.workspace_id}:{user_id}:{week_of(day)}",
            kind=ROLE_PLAY,
            intent={"day": day.isoformat()},
            why=views.why_asked(),
            not_before=occurrence.due_at,
            user_id=user_id,
            expires_at=occurrence.due_at + WORTH_READING,
        )
    ]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The role as it stands when it is sent, or why there is none any more."""
    reader = await at_work(scope, delivery.user_id, now)
    if reader is None:
        return Skip("in no team any more, or a day off")
    role = await role_for(scope, reader.member, reader.team, reader.today, now)
    if role is None:
        return Skip("one of the two does not want to, or is not at work")
    return views.by_itself(role.partner.name, role.card, buyer=role.begins_as_buyer)


FEATURE = Feature(
    name="role_play",
    jobs=(Job(ROLE_PLAY, CatchUp.DELIVER_LATEST, decide, of=Subject.MEMBER, spec=role_play_spec),),
    kinds=(
        Kind(
            NudgeKind(
                ROLE_PLAY,
                "Role play",
                "ten minutes a week with a colleague who wants to as well",
                recurs=True,
                for_reps=True,
                opt_in=True,
                bundles=False,
                topic=Topic.PRACTICE,
                order=8,
            ),
            render,
        ),
    ),
    sections=(Section(Surface.MORNING, 62, in_morning, Act.OWN_WORK, leads=True),),
)
