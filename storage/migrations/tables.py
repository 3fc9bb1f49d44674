"""Every table, so that the migrations see them all and every foreign key finds its table."""

from storage.audit.finding import CheckMuteRow, FindingAnswerRow
from storage.audit.halve import HalvingPickRow, HalvingRow
from storage.coaching.agenda import AgendaItemRow, AgreedActionRow, TalkNoteRow
from storage.coaching.card_review import CardReviewRow
from storage.coaching.drill.card import DrillCardRow
from storage.coaching.drill.draft import CardDraftRow
from storage.coaching.drill.memory import DrillAnswerRow, DrillMemoryRow
from storage.coaching.kudos import KudosRow
from storage.coaching.pack import SentPackRow
from storage.coaching.recognition import RecognitionRow
from storage.coaching.retrospective import LeaderChangeRow
from storage.craft.evidence import InboxCheckRow
from storage.craft.library import LibraryEntryRow, LibraryRightsRow
from storage.craft.pitch import PitchSketchRow
from storage.craft.plan import StrategyRow, StrategyStepRow
from storage.craft.playbook import PlaybookStepRow, StepTickRow
from storage.craft.prep.answer import DealAnswerRow
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.followups.touch_limit import TouchLimitRow
from storage.goals.calibration import CalibrationRow
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.goals.outcome import GoalOutcomeRow, TeamOutcomeRow
from storage.goals.runway import RunwayMemoryRow
from storage.goals.scoreboard import ForecastRow
from storage.goals.starting_balance import StartingBalanceRow
from storage.imports.files.drop import DroppedFileRow, FilePieceRow
from storage.imports.files.runs import ImportChangeRow, ImportRow
from storage.imports.files.shape import ImportShapeRow
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.place import CrmPlaceRow
from storage.imports.sync.record import CrmRecordRow
from storage.imports.sync.stage import CrmOwnerRow, CrmStageRow
from storage.imports.sync.write import CrmWriteRow
from storage.inbox import InboxRow
from storage.nudges.app_manifest import AppManifestRow
from storage.nudges.ledger.rows import DeliveryArchiveRow, DeliveryEventRow, DeliveryRow
from storage.nudges.mute import MuteRow
from storage.nudges.places import BrokenPlaceRow
from storage.nudges.rate_limit import RateGateRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.worth import TeamSwitchRow, VerdictRow
from storage.people.access import AccessRow
from storage.people.currency_rate import CurrencyRateRow
from storage.people.erased_contact import ErasedContactRow
from storage.people.holiday import HolidayChangeRow
from storage.people.leave import LeaveRow
from storage.people.member import MemberRow
from storage.people.pseudonym import ErasedNameRow
from storage.people.retention import RetentionRow
from storage.people.team import TeamManagerRow, TeamRow
from storage.people.wizard import SetupDraftRow
from storage.people.workspace import WorkspaceRow
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.cadence import StageCadenceRow
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.deal_stamp import DealStampRow
from storage.pipeline.debrief import DebriefRow
from storage.pipeline.gate import GateAnswerRow, GateRow
from storage.pipeline.obstacle import ObstacleRow
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.owner_stamp import OwnerStampRow
from storage.pipeline.price_cut import DiscountRequestRow
from storage.pipeline.stage import DealStageRow
from storage.pipeline.tender import TenderRow
from storage.pipeline.win_post import PostedWinRow, WinPostRow
from storage.prospects.account_fact import AccountFactRow, FactFirstRow
from storage.prospects.agreement import AgreementRoundRow, ClientDescriptionRow
from storage.prospects.attitude import AttitudeAnswerRow
from storage.prospects.can_will import BuyingSignsRow
from storage.prospects.content_event import ContentEventRow
from storage.prospects.ideal_client import IdealClientRow
from storage.prospects.lead import LeadRow
from storage.prospects.persona import PersonaRow
from storage.prospects.profile_change import ProfileDecisionRow
from storage.prospects.referral import ReferralRow
from storage.prospects.score.month import ScoringRow
from storage.prospects.source import SourceRow
from storage.prospects.target import TargetRow
from storage.prospects.webhook import WebhookSecretRow
from storage.undo import UndoRow

TABLES = (
    AccessRow,
    AccountFactRow,
    AccountRow,
    ActivityRow,
    AgreementRoundRow,
    AttitudeAnswerRow,
    BrokenPlaceRow,
    BuyingSignsRow,
    CalibrationRow,
    CardReviewRow,
    CardDraftRow,
    CheckMuteRow,
    ClientDescriptionRow,
    ContentEventRow,
    CurrencyRateRow,
    DealAnswerRow,
    DealChangeRow,
    DealContactRow,
    DealStageRow,
    DealStampRow,
    DebriefRow,
    DeliveryArchiveRow,
    DeliveryEventRow,
    DeliveryRow,
    DiscountRequestRow,
    DroppedFileRow,
    ErasedContactRow,
    ErasedNameRow,
    FactFirstRow,
    FilePieceRow,
    FindingAnswerRow,
    FollowUpRow,
    ForecastRow,
    GateAnswerRow,
    GateRow,
    GoalChangeRow,
    GoalOutcomeRow,
    GoalRow,
    HalvingPickRow,
    HalvingRow,
    HolidayChangeRow,
    IdealClientRow,
    ImportChangeRow,
    ImportRow,
    ImportShapeRow,
    InboxCheckRow,
    InboxRow,
    CrmConnectionRow,
    CrmOwnerRow,
    CrmPlaceRow,
    CrmRecordRow,
    CrmStageRow,
    CrmWriteRow,
    DrillAnswerRow,
    DrillCardRow,
    DrillMemoryRow,
    KudosRow,
    LeadRow,
    LeaveRow,
    LibraryEntryRow,
    LibraryRightsRow,
    MemberRow,
    MuteRow,
    ObstacleRow,
    OpportunityRow,
    OwnerStampRow,
    PersonaRow,
    PlaybookStepRow,
    PitchSketchRow,
    PostedWinRow,
    ProductRow,
    ProfileDecisionRow,
    RateGateRow,
    RecognitionRow,
    ReferralRow,
    RetentionRow,
    RunwayMemoryRow,
    ScheduleRow,
    ScoringRow,
    SetupDraftRow,
    StageCadenceRow,
    SourceRow,
    StartingBalanceRow,
    StrategyRow,
    StrategyStepRow,
    StepTickRow,
    TargetRow,
    TeamManagerRow,
    TeamOutcomeRow,
    TeamRow,
    TenderRow,
    TouchLimitRow,
    UndoRow,
    WebhookSecretRow,
    AppManifestRow,
    WinPostRow,
    AgendaItemRow,
    TalkNoteRow,
    AgreedActionRow,
    SentPackRow,
    LeaderChangeRow,
    VerdictRow,
    TeamSwitchRow,
    WorkspaceRow,
)
