"""Scores: what a team's own outcomes teach of who buys, why one is what it is, and what changed (mechanism 37)."""

from handlers.feature import Command, Feature, Job, Phrase, Record, Section, Subject, Surface, routes
from handlers.prospects.score.card import on_account, on_deal, on_lead
from handlers.prospects.score.month import decide, in_review, keep
from handlers.prospects.score.page import show
from handlers.prospects.score.why import explain, why_button
from messages.prospects import score as views
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from sales.prospects.score.record import SCORING, scoring_spec
from storage.prospects.score.month import ScoringRow

FEATURE = Feature(
    name="score",
    commands=(
        Command(
            "team scoring",
            "[name]",
            "how good scores are, by which facts, and what changed since last month",
            "/team scoring",
            show,
            Act.SEE_TEAM_NUMBERS,
            order=69,
        ),
        Command(
            "lead scoring",
            "[team]",
            "how good the scores of a team's leads are, as `/team scoring`",
            "/lead scoring",
            show,
            Act.SEE_TEAM_NUMBERS,
            order=58,
        ),
    ),
    phrases=(
        Phrase(r"how (?:good|true) are (?:the |my |our )?scores", "team", "scoring"),
        Phrase(
            r"why (?:does|has) (.+?) (?:have |get |got )?(?:that|this|its|the|a) score", "why", r"score \1"
        ),
    ),
    actions=routes(Act.SEE_WORK_OF, {views.WHY: why_button}),
    jobs=(
        Job(SCORING, CatchUp.LEVEL, decide, of=Subject.TEAM, spec=scoring_spec, accounts=False, work=keep),
    ),
    sections=(
        Section(Surface.DEAL, 18, on_deal, Act.SEE_WORK_OF),
        Section(Surface.LEAD, 30, on_lead, Act.SEE_WORK_OF),
        Section(Surface.ACCOUNT, 30, on_account, Act.OWN_WORK),
        Section(Surface.REVIEW, 60, in_review, Act.SEE_TEAM_NUMBERS),
    ),
    explain=explain,
    explains="score Acme",
    records=(
        Record(
            ScoringRow,
            exempt="what a team's outcomes teach of who buys, worked out from its deals and leads; nobody's alone",
        ),
    ),
)
