"""Every table, so that the migrations see them all and every foreign key finds its table."""

from storage.tables.activity import ActivityRow
from storage.tables.debrief import DebriefRow
from storage.tables.delivery import DeliveryArchiveRow, DeliveryEventRow, DeliveryRow, RateGateRow
from storage.tables.followup import FollowUpRow
from storage.tables.forecast import CalibrationRow, ForecastRow, GoalOutcomeRow, TeamOutcomeRow
from storage.tables.goal import GoalChangeRow, GoalRow
from storage.tables.importing import ImportChangeRow, ImportRow
from storage.tables.inbox import InboxRow
from storage.tables.member import LeaveRow, MemberRow, MuteRow
from storage.tables.opportunity import AccountRow, OpportunityRow, ProductRow
from storage.tables.runway import RunwayMemoryRow
from storage.tables.schedule import ScheduleRow
from storage.tables.team import HolidayChangeRow, TeamManagerRow, TeamRow
from storage.tables.undelivered import BrokenPlaceRow
from storage.tables.undo import UndoRow
from storage.tables.workspace import WorkspaceRow

TABLES = (
    AccountRow,
    ActivityRow,
    BrokenPlaceRow,
    CalibrationRow,
    DebriefRow,
    DeliveryArchiveRow,
    DeliveryEventRow,
    DeliveryRow,
    FollowUpRow,
    ForecastRow,
    GoalChangeRow,
    GoalOutcomeRow,
    GoalRow,
    HolidayChangeRow,
    ImportChangeRow,
    ImportRow,
    InboxRow,
    LeaveRow,
    MemberRow,
    MuteRow,
    OpportunityRow,
    ProductRow,
    RateGateRow,
    RunwayMemoryRow,
    ScheduleRow,
    TeamManagerRow,
    TeamOutcomeRow,
    TeamRow,
    UndoRow,
    WorkspaceRow,
)
