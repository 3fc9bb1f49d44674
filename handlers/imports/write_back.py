"""Writing back to a CRM: a change made here goes there once a person saw both and said yes; off until wanted."""

from datetime import date, datetime

from handlers.context import Context, TeamSetting
from handlers.feature import Feature, Kind, Look, Record, Section, Shown, Surface, routes
from handlers.kind import Rendered
from handlers.pipeline.opportunity.lookup import may_change, own
from handlers.pipeline.opportunity.shown import facts_in
from handlers.reply import Reply
from messages.blocks import Block
from messages.imports import write_back as views
from sales.imports.sync.record import CrmObject
from sales.imports.sync.write_back import (
    CrmWrite,
    FieldOf,
    Writable,
    WriteState,
    approval_of,
    day_text,
    differing_fields,
    wanted,
)
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.people.permission import Act
from sales.pipeline.opportunity import CLOSED, StoredOpportunity
from sales.refusal import Refusal
from storage.imports.sync.connection import (
    CrmConnectionRow,
    ask_for_pull,
    connections,
    find_connection,
)
from storage.imports.sync.of_deal import DealInCrm, deal_in_crm
from storage.imports.sync.record import CrmRecordRow, records_of
from storage.imports.sync.write import CrmWriteRow, approve, find_write, last_write_of, settle
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.team import TeamRow
from storage.pipeline.deal_facts import step_of
from storage.pipeline.opportunity import OpportunityRow, Typed, change_opportunity, find_opportunity
from storage.row_image import Touched, image
from storage.scope import Scope

CRM_WRITE = "crm_write"
SAID_OF = frozenset({WriteState.DONE, WriteState.CONFLICT, WriteState.REFUSED, WriteState.UNKNOWN})


async def sides(
    scope: Scope, deal: StoredOpportunity, row: CrmConnectionRow, record: CrmRecordRow
) -> list[FieldOf]:
    """Return what of a deal may be written back and says something else here than its CRM said last."""
    allowed = wanted(row.writes)
    step = await step_of(scope, deal.id) if Writable.NEXT_STEP in allowed else None
    ours = {
        Writable.NEXT_STEP: step.what if step is not None else "",
        Writable.CLOSE: day_text(deal.expected_on),
        Writable.STAGE: deal.stage_label,
    }
    said = record.said
    theirs = {
        Writable.NEXT_STEP: str(said.get("next_step") or ""),
        Writable.CLOSE: str(said.get("expected_on") or ""),
        Writable.STAGE: str(said.get("stage_label") or ""),
    }
    return differing_fields(allowed, ours, theirs)


async def sendable(scope: Scope, deal: StoredOpportunity) -> DealInCrm | None:
    """Return what a CRM has of an open deal, where something of it may be written back."""
    found = await deal_in_crm(scope, deal.id) if deal.stage not in CLOSED else None
    return found if found is not None and found.connection.writes else None


async def on_card(look: Look) -> Shown | None:
    """The way to send what was changed here; nothing where nothing may be written back, or nothing differs."""
    deal = facts_in(look).deal
    found = await sendable(look.scope, deal)
    if found is None:
        return None
    row, record = found
    last = await last_write_of(look.scope, deal.id)
    if last is not None and last.state in (WriteState.PENDING, WriteState.UNKNOWN):
        return Shown([views.waits(row.name)])
    if not await sides(look.scope, deal, row, record):
        return None
    return Shown(buttons=[views.send_button(row.name, deal.id)])


async def open_form(context: Context) -> Reply:
    """Show both sides of what would be sent."""
    deal = await own(context, int(context.request.value))
    found = await sendable(context.scope, deal)
    fields = await sides(context.scope, deal, *found) if found is not None else []
    if found is None or not fields:
        return Reply(say=views.nothing())
    row, record = found
    return Reply(view=views.form(row.name, deal, with_labels(fields, record)))


def with_labels(fields: list[FieldOf], record: CrmRecordRow) -> list[FieldOf]:
    """Return fields with a stage as the CRM calls it, where it has another name here."""
    label = str(record.said.get("stage_there") or "")
    return [one._replace(theirs=label or one.theirs) if one.what is Writable.STAGE else one for one in fields]


async def send(context: Context) -> Reply:
    """Somebody said yes to what the form showed."""
    asked = views.SendAsked.read(context.request.private)
    deal = await own(context, asked.deal_id)
    found = await sendable(context.scope, deal)
    if found is None:
        raise Refusal("Nothing of that deal goes back to a CRM now. `/deal` shows how it stands.")
    row, record = found
    view = str((context.request.body.get("view") or {}).get("id") or context.request.key)
    fields = [FieldOf(Writable(what), ours, theirs) for what, ours, theirs in asked.fields]
    return await sent(context, row, record, deal, fields, view)


async def sent(
    context: Context,
    row: CrmConnectionRow,
    record: CrmRecordRow,
    deal: OpportunityRow,
    fields: list[FieldOf],
    view_id: str,
) -> Reply:
    """Keep a yes, and let it go out."""
    write = CrmWrite(
        opportunity_id=deal.id,
        external_id=record.external_id,
        approval=approval_of(record.external_id, fields, view_id),
        ours={one.what.value: one.ours for one in fields},
        shown={one.what.value: one.theirs for one in fields},
        approved_by=context.member.user_id,
        approved_at=context.now,
    )
    await approve(context.scope, row.id, write)
    ask_for_pull(context.scope, row, context.now)
    return Reply(say=views.going(row.name, deal.name), home=True)


async def theirs(context: Context) -> Reply:
    """What stands there is kept: it stands here too, and nothing is sent."""
    write, deal, row = await conflict(context)
    if write is None or deal is None or row is None:
        return Reply(edit=views.settled())
    settle(write, WriteState.DROPPED, context.now)
    context.scope.session.add(write)
    record = (await records_of(context.scope, CrmObject.DEAL, [deal.id])).get(deal.id)
    day = write.theirs.get(Writable.CLOSE)
    changes: dict[str, object] = {}
    if day:
        changes["expected_on"] = date.fromisoformat(day)
    if record is not None and Writable.STAGE in write.theirs and record.said.get("stage_label"):
        changes["stage_label"] = record.said["stage_label"]
    if changes:
        now = deal.model_copy(update=changes)
        await change_opportunity(
            context.scope, deal, now, Typed(context.member.user_id, context.now, context.today)
        )
    if record is not None:
        record.contested = {}
        context.scope.session.add(record)
    ask_for_pull(context.scope, row, context.now)
    return Reply(edit=views.kept_theirs(row.name, deal.name), home=True)


async def ours(context: Context) -> Reply:
    """Ours is sent, over what was shown of theirs; should that be another by now, it is shown again."""
    write, deal, row = await conflict(context)
    if write is None or deal is None or row is None:
        return Reply(edit=views.settled())
    record = (await records_of(context.scope, CrmObject.DEAL, [deal.id])).get(deal.id)
    if record is None:
        return Reply(edit=views.settled())
    fields = [FieldOf(Writable(what), said, write.theirs.get(what, "")) for what, said in write.ours.items()]
    reply = await sent(context, row, record, deal, fields, f"again{write.id}")
    return Reply(edit=reply.say, home=True)


async def conflict(
    context: Context,
) -> tuple[CrmWriteRow | None, OpportunityRow | None, CrmConnectionRow | None]:
    """Return the conflict that a button is of, with its deal, as long as nobody decided it."""
    write = await find_write(context.scope, int(context.request.value))
    deal = await find_opportunity(context.scope, write.opportunity_id) if write is not None else None
    row = await find_connection(context.scope, write.connection_id) if write is not None else None
    if write is None or deal is None or write.state is not WriteState.CONFLICT:
        return None, None, None
    if not await may_change(context, deal):
        raise Refusal("That deal is not yours to change.")
    return write, deal, row


async def tell(scope: Scope, write: CrmWriteRow, now: datetime) -> None:
    """Tell who said yes what became of it, once for each end, and once that it waits."""
    if write.state not in SAID_OF or (write.state is WriteState.UNKNOWN and not write.trouble):
        return
    nudge = Nudge(
        key=f"{CRM_WRITE}:{scope.workspace_id}:{write.id}:{write.state.value}",
        kind=CRM_WRITE,
        intent={"write": write.id},
        why="You said yes to sending it.",
        not_before=now,
        user_id=write.approved_by,
        subject=f"{CRM_WRITE}:{write.id}",
    )
    await enqueue(scope, nudge, now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """Say what is so when it leaves."""
    write = await find_write(scope, int(delivery.intent["write"]))
    deal = await find_opportunity(scope, write.opportunity_id) if write is not None else None
    row = await find_connection(scope, write.connection_id) if write is not None else None
    if write is None or deal is None or row is None or write.state is WriteState.DROPPED:
        return Skip("it is settled")
    return views.told(row.name, deal, write, write.id)


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
    sections=(Section(Surface.DEAL, 86, on_card, Act.SEE_WORK_OF),),
    team_settings=(TeamSetting(80, team_boxes, keep_boxes),),
    records=(Record(CrmWriteRow, exported=True, erased="approved_by", read=Act.SEE_WORK_OF),),
)
