"""What losses teach of whom to want: a change is proposed to managers, who take it or leave it (30, 33)."""

from handlers.context import Context
from handlers.feature import Feature, Look, Record, Section, Shown, Surface, routes
from handlers.people.team import changeable_team, team_by_id
from handlers.prospects.ideal_client import page
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Block
from messages.prospects import profile_change as views
from sales.language.dates.instants import local_date
from sales.people.permission import Act
from sales.people.team import TEAMS_SHOWN
from sales.prospects.profile_change import ProfileChange, ProfileDecision, ProposalAnswer
from storage.people.team import TeamRow, teams_managed_by
from storage.prospects.ideal_client import save_ideal_client
from storage.prospects.profile_change import ProfileDecisionRow, add_decision, change_proposed
from storage.row_image import Touched


async def accept(context: Context) -> Reply:
    """A manager takes the change."""
    return await decided(context, ProposalAnswer.ACCEPTED)


async def decline(context: Context) -> Reply:
    """A manager leaves it; the same losses do not propose it again."""
    return await decided(context, ProposalAnswer.DECLINED)


async def decided(context: Context, answer: ProposalAnswer) -> Reply:
    """Keep what a manager said to a change, as long as it is still the one that is proposed."""
    team_id, key = views.read_value(context.request.value)
    team = await changeable_team(context, await team_by_id(context, team_id))
    change = await change_proposed(context.scope, team.id, context.today)
    if change is None or change.key != key:
        return await shown(context, team, views.gone())
    touched = [Touched(await add_decision(context.scope, decision(context, team, change, answer)))]
    if answer is ProposalAnswer.ACCEPTED:
        touched.insert(0, await save_ideal_client(context.scope, team.id, change.becomes))
    undo = await remember(context, f"what losses say of {team.name}'s ideal client", *touched)
    note = views.accepted() if answer is ProposalAnswer.ACCEPTED else views.declined()
    return await shown(context, team, note, undo.id)


async def shown(context: Context, team: TeamRow, note: str, undo_id: int | None = None) -> Reply:
    """Say what was decided on the page it stood on; a month that was looked back on stays, and is answered below."""
    if context.request.name.endswith(views.IN_REVIEW):
        return Reply(say=views.answered(note, undo_id))
    return Reply(edit=await page(context, team, note, undo_id))


def decision(
    context: Context, team: TeamRow, change: ProfileChange, answer: ProposalAnswer
) -> ProfileDecision:
    return ProfileDecision(
        team_id=team.id,
        key=change.key,
        answer=answer,
        regrets=change.regrets,
        by=context.member.user_id,
        on=context.today,
    )


async def in_review(look: Look) -> Shown | None:
    """To a manager who looks back on a month, what losses propose for each team of theirs."""
    if not look.member.is_manager:
        return None
    blocks: list[Block] = []
    for team in (await teams_managed_by(look.scope, look.member.user_id))[:TEAMS_SHOWN]:
        change = await change_proposed(look.scope, team.id, local_date(look.now, team.zone))
        if change is not None:
            blocks += views.in_review(team.name, change, team.id)
    return Shown(blocks) if blocks else None


FEATURE = Feature(
    name="profile_change",
    actions=routes(Act.CHANGE_TEAM, {views.ACCEPT: accept, views.DECLINE: decline}),
    sections=(Section(Surface.REVIEW, 20, in_review, Act.SEE_TEAM_NUMBERS),),
    records=(
        Record(
            ProfileDecisionRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM_NUMBERS,
            exempt="what managers said to a proposed change of a team's ideal client",
        ),
    ),
)
