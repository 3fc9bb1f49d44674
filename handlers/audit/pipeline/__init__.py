"""`/pipeline`: the audit in one message: likely value first, then what to clear, finding by finding (mechanism 20)."""

from handlers.audit.pipeline import forms, shown, step, told, why
from handlers.feature import (
    Command,
    Feature,
    Job,
    Kind,
    Phrase,
    Record,
    Section,
    Stays,
    Subject,
    Surface,
    TeamSection,
    routes,
)
from messages.audit import pipeline as views
from sales.audit.sent import AUDIT, AUDIT_CHECK, audit_check_spec
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from storage.audit.finding import CheckMuteRow, FindingAnswerRow

FEATURE = Feature(
    name="pipeline",
    commands=(
        Command(
            "pipeline",
            "[@rep]",
            "what your open deals are likely worth, and what to clear among them",
            "/pipeline",
            shown.command,
            Act.SEE_WORK_OF,
            order=45,
            mentions=True,
        ),
        Command(
            "pipeline team",
            "[name]",
            "what your team's open deals are likely worth, rep by rep",
            "/pipeline team",
            shown.command_of_team,
            Act.SEE_TEAM_NUMBERS,
            order=46,
        ),
    ),
    phrases=(
        Phrase(r"(?:show |list )?(?:me )?(?:my |the )?(?:open )?pipeline", "pipeline"),
        Phrase(r"(?:show )?(?:me )?(?:my |the |our )?team(?:['’]?s)? pipeline", "pipeline", "team"),
        Phrase(r"(?:show )?(?:me )?(<@\w+(?:\|[^>]*)?>|@\S+?)(?:['’]s)? pipeline", "pipeline", r"\1"),
        Phrase(r"(?:show )?(?:me )?(?:the )?pipeline of (<@\w+(?:\|[^>]*)?>|@\S+)", "pipeline", r"\1"),
        Phrase(
            r"(?:please )?(?:audit|check|clean(?: up)?|clear|tidy(?: up)?) (?:my |the )?(?:pipeline|deals)",
            "pipeline",
        ),
        Phrase(r"what(?:['’]?s| is) (?:my |the )?pipeline(?: really)? worth", "pipeline"),
    ),
    actions={
        **routes(
            Act.SEE_WORK_OF,
            {
                views.START: shown.start,
                views.KEEP: step.keep,
                views.NEXT: step.next_one,
                views.MORE: step.more,
                views.PARK: forms.park_button,
                views.LOST: forms.lost_button,
                views.FIX: forms.fix_button,
                views.LOOK: shown.look,
                views.MOVED_BY: shown.moved_by,
            },
        ),
        **routes(Act.SEE_TEAM_NUMBERS, {views.BACK: shown.back}),
        **routes(Act.OWN_WORK, {views.UNMUTE: why.check_again}),
    },
    views=routes(
        Act.SEE_WORK_OF,
        {
            views.PARKING: forms.parked_form,
            views.LOSING: forms.losing_form,
            views.MENDING: forms.mending_form,
        },
    ),
    explain=why.explain,
    explains="pipeline",
    jobs=(
        Job(
            AUDIT_CHECK,
            CatchUp.LEVEL,
            told.decide,
            of=Subject.MEMBER,
            spec=audit_check_spec,
            accounts=False,
        ),
    ),
    kinds=(
        Kind(
            NudgeKind(
                AUDIT,
                "Pipeline audit",
                "what to clear among your deals, monthly and when a goal falls behind",
                news=True,
                for_reps=True,
                topic=Topic.DEALS,
                order=25,
            ),
            told.render,
        ),
    ),
    sections=(
        Section(Surface.HOME_BUTTONS, 26, shown.home_button, Act.OWN_WORK),
        Section(Surface.DEAL, 14, shown.on_card, Act.SEE_WORK_OF),
        TeamSection(Surface.DIGEST, 30, shown.in_digest, Act.SEE_TEAM),
    ),
    records=(
        Record(
            FindingAnswerRow,
            undone=True,
            exported=True,
            erased="user_id",
            stays=Stays("which checks were right; it goes with the deal"),
        ),
        Record(CheckMuteRow, undone=True, exported=True, erased="user_id"),
    ),
)
