"""The playbook: how a team sells is its leader's choice, steps by stage; deals say which ones they lack (47)."""

from handlers.craft.playbook import beside, on_deal, page
from handlers.feature import Command, Feature, Phrase, Record, Section, Surface, TeamSection, routes
from handlers.pipeline.stage.stages import StagesChanged
from messages.craft import playbook as views
from sales.craft.playbook import EXAMPLE
from sales.people.permission import Act
from storage.craft.playbook import PlaybookStepRow, StepTickRow

FEATURE = Feature(
    name="playbook",
    commands=(
        Command(
            "team playbook",
            "[Proposal: step; step]",
            "the steps your team takes in each stage, and whether they go with winning",
            EXAMPLE,
            page.command,
            Act.SEE_TEAM,
            order=64,
        ),
    ),
    phrases=(Phrase(r"(?:show (?:me )?)?(?:our |the |my )?(?:sales )?playbook", "team", "playbook"),),
    actions={
        **routes(Act.SEE_WORK_OF, {views.TICK: on_deal.tick, views.ALL: on_deal.open_all}),
        **routes(Act.CHANGE_TEAM, {views.EDIT: page.open_form, views.SAME: page.make_same}),
    },
    views={
        **routes(Act.SEE_WORK_OF, {views.SAVE_ALL: on_deal.save_all}),
        **routes(Act.CHANGE_TEAM, {views.SAVE: page.save}),
    },
    hears={StagesChanged: beside.hear_stages},
    confirms=on_deal.when_moved,
    explain=page.explain,
    explains="playbook",
    sections=(
        Section(Surface.DEAL, 51, on_deal.on_card, Act.SEE_WORK_OF),
        Section(Surface.TEAM, 61, beside.on_team, Act.SEE_TEAM),
        TeamSection(Surface.DIGEST, 46, beside.in_digest, Act.SEE_TEAM),
    ),
    records=(
        Record(
            PlaybookStepRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided; nobody's alone",
        ),
        Record(
            StepTickRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="what was done for a deal; it goes with the deal",
        ),
    ),
)
