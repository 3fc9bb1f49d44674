"""Writing back to a CRM: a change made here goes there once a person saw both and said yes; off until wanted."""

from handlers.context import Context, TeamSetting
from handlers.feature import Feature, Kind, Look, Record, Section, Shown, Surface, routes
from handlers.imports.write_back.choice import ours, theirs
from handlers.imports.write_back.send import open_form, send
from handlers.imports.write_back.sides import sendable, sides
from handlers.imports.write_back.taken_back import below_undo, hear_taken_back
from handlers.imports.write_back.told import CRM_WRITE, render
from handlers.pipeline.opportunity.shown import facts_in
from handlers.remembered import TakenBack
from messages.blocks import Block
from messages.imports import write_back as views
from sales.imports.sync.write_back import UNDERWAY, Writable, wanted
from sales.nudges.kind import NudgeKind
from sales.people.permission import Act
from storage.imports.sync.connection import CrmConnectionRow, connections
from storage.imports.sync.write import CrmWriteRow, last_write_of
from storage.people.team import TeamRow
from storage.row_image import Touched, image
from storage.scope import Scope


async def on_card(look: Look) -> Shown | None:
    """The way to send what was changed here; nothing where nothing may be written back, or nothing differs."""
    deal = facts_in(look).deal
    found = await sendable(look.scope, deal)
    if found is None:
        return None
    row, record = found
    last = await last_write_of(look.scope, deal.id)
    if last is not None and last.state in UNDERWAY:
        return Shown([views.waits(row.name)])
    if not await sides(look.scope, deal, row, record):
        return None
    return Shown(buttons=[views.send_button(row.name, deal.id)])


async def team_boxes(scope: Scope, team: TeamRow) -> list[Block]:
    """What may be written back, in the settings of a team whose CRM is connected."""
    row = await connection_of(scope, team)
    return [views.boxes(row.name, wanted(row.writes))] if row is not None else []


async def connection_of(scope: Scope, team: TeamRow) -> CrmConnectionRow | None:
    """Return the CRM whose deals a team has."""
    return next((one for one in await connections(scope) if one.team_id in (None, team.id)), None)


async def keep_boxes(context: Context, team: TeamRow) -> list[Touched]:
    """Keep what may be written back; nothing where the form did not ask."""
    row = await connection_of(context.scope, team)
    if row is None or views.BOXES not in context.request.values:
        return []
    chosen = context.request.values.get(views.BOXES) or []
    said = " ".join(one.value for one in Writable if one.value in chosen)
    if said == row.writes:
        return []
    before = image(row, ("writes",))
    row.writes = said
    context.scope.session.add(row)
    return [Touched(row, before, columns=("writes",))]


FEATURE = Feature(
    name="write back",
    actions=routes(
        Act.SEE_WORK_OF, {views.SEND: open_form, views.KEEP_THEIRS: theirs, views.SEND_OURS: ours}
    ),
    views=routes(Act.SEE_WORK_OF, {views.SUBMIT: send}),
    kinds=(
        Kind(
            NudgeKind(
                CRM_WRITE,
                "What you sent to the CRM",
                "what became of a change that you sent there",
                asked_for=True,
                mutable=False,
            ),
            render,
        ),
    ),
    hears={TakenBack: hear_taken_back},
    sections=(
        Section(Surface.DEAL, 86, on_card, Act.SEE_WORK_OF),
        Section(Surface.UNDONE, 10, below_undo, Act.SEE_WORK_OF),
    ),
    team_settings=(TeamSetting(80, team_boxes, keep_boxes),),
    records=(Record(CrmWriteRow, exported=True, erased="approved_by", read=Act.SEE_WORK_OF),),
)
