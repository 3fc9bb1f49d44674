"""CRMs: when they were read and what of them is not, what is asked once, and where a deal's record is."""

from handlers.context import Context
from handlers.feature import Command, Feature, Kind, Phrase, Record, Section, Surface, routes
from handlers.imports.sync import matching, on_deal, trouble
from handlers.imports.sync.standing import standing
from handlers.reply import Reply
from messages.imports import sync as views
from sales.nudges.kind import NudgeKind, Topic
from sales.people.permission import Act
from storage.imports.sync.connection import CrmConnectionRow, ask_for_pull, connections
from storage.imports.sync.place import CrmPlaceRow
from storage.imports.sync.record import CrmRecordRow
from storage.imports.sync.stage import CrmOwnerRow, CrmStageRow

EXAMPLE = "/rainmaker sync"


async def command(context: Context) -> Reply:
    """`/rainmaker sync`: how every CRM stands, and reads each now."""
    rows = await connections(context.scope)
    if not rows:
        return Reply(say=views.nothing_connected())
    reads = [row for row in rows if row.may_be_read(context.now)]
    for row in reads:
        ask_for_pull(context.scope, row, context.now)
    found = [await standing(context.scope, row) for row in rows]
    return Reply(say=views.status(found, context.zone, context.today, [row.name for row in reads]))


FEATURE = Feature(
    name="sync",
    commands=(
        Command(
            "rainmaker sync",
            "",
            "read the CRM now; when it was read, and what of it is not",
            EXAMPLE,
            command,
            Act.IMPORT_DEALS,
            order=84,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:sync|refresh|pull|read)(?: (?:with|from))?(?: the| our)? (?:crm|hubspot|salesforce)(?: now)?",
            "sync",
        ),
    ),
    actions=routes(
        Act.IMPORT_DEALS,
        {
            views.STAGES: matching.open_stages,
            views.PEOPLE: matching.open_people,
            views.SAME: matching.same,
            views.ANOTHER: matching.another,
        },
    ),
    views=routes(
        Act.IMPORT_DEALS,
        {views.SAVE_STAGES: matching.save_stages, views.SAVE_PEOPLE: matching.save_people},
    ),
    kinds=(
        Kind(
            NudgeKind(
                trouble.CRM,
                "The CRM",
                "when it cannot be read, when it is again, and once what to match",
                news=True,
                for_leads=True,
                topic=Topic.UPKEEP,
                order=54,
            ),
            trouble.render,
        ),
    ),
    sections=(
        Section(Surface.DEAL, 85, on_deal.on_card, Act.SEE_WORK_OF),
        Section(Surface.HOME, 61, on_deal.fresh, Act.OWN_WORK),
        Section(Surface.GOAL, 95, on_deal.fresh, Act.OWN_WORK),
        Section(Surface.PIPELINE, 95, on_deal.fresh, Act.OWN_WORK),
    ),
    records=(
        Record(
            CrmConnectionRow,
            undone=True,
            exempt="what is connected, and its credentials, encrypted; in no export",
        ),
        Record(CrmPlaceRow, exempt="how far a CRM was read; nobody's data"),
        Record(
            CrmRecordRow,
            undone=True,
            exempt="which row of ours a record of a CRM is; the deals themselves are exported",
        ),
        Record(CrmStageRow, undone=True, exempt="what a CRM's stages are here; nobody's data"),
        Record(
            CrmOwnerRow,
            undone=True,
            exempt="who an owner in a CRM is here, as the CRM names them",
            erased="user_id",
        ),
    ),
)
