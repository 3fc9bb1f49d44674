"""Messages about invitations: the question to whoever is asked, and the answer to whoever asked."""

from datetime import datetime

from handlers.context import Context
from handlers.feature import Feature, Kind, Rendered
from handlers.people.invitation import stands
from handlers.people.news import InvitationMoved
from messages.people import invitation as views
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import PROMPT, Nudge
from sales.nudges.policy import Skip
from sales.people.invitation import OPEN_FOR, InvitationState
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.invitation import find_invitation
from storage.people.member import find_members
from storage.people.team import find_team
from storage.scope import Scope

INVITATION = "invitation"
ASKED = "asked"


async def write(context: Context, news: InvitationMoved) -> None:
    """Put the question, or its answer, into the ledger; each is told once."""
    row, asked = news.invitation, news.what == ASKED
    nudge = Nudge(
        key=f"{INVITATION}:{context.scope.workspace_id}:{row.id}:{news.what}:{context.now.isoformat()}",
        kind=INVITATION,
        intent={"id": row.id, "what": news.what},
        why=f"{context.member.name} asked you into their team."
        if asked
        else "You asked them into your team.",
        not_before=context.now,
        user_id=row.user_id if asked else row.asked_by,
        expires_at=row.asked_at + OPEN_FOR if asked else None,
        priority=PROMPT,
    )
    await enqueue(context.scope, nudge, context.now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The question while it stands, or the answer to whoever asked."""
    row = await find_invitation(scope, int(delivery.intent["id"]))
    team = await find_team(scope, row.team_id) if row is not None else None
    if row is None or team is None:
        return Skip("withdrawn")
    people = {one.user_id: one.name for one in await find_members(scope, [row.user_id, row.asked_by])}
    if delivery.intent["what"] != ASKED:
        return views.answered(delivery.intent["what"], row, people[row.user_id], team.name)
    if row.state is not InvitationState.OPEN or not await stands(scope, row):
        return Skip("withdrawn, or answered")
    return views.asked(row, row.id, team.name, people[row.asked_by])


FEATURE = Feature(
    name="invitation_message",
    kinds=(
        Kind(
            NudgeKind(
                INVITATION,
                "Invitation",
                "when somebody asks you into a team, or answers you",
                asked_for=True,
                news=True,
                bundles=False,
                mutable=False,
            ),
            render,
        ),
    ),
    hears={InvitationMoved: write},
)
