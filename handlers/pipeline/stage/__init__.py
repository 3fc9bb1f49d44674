"""Stages: a team's steps of an open deal, read and changed with `/team stages`, and the menu on a deal's card."""

from handlers.feature import Command, Feature, Section, Surface, routes
from handlers.pipeline.stage import menu, stages
from messages.pipeline import stage as views
from sales.people.permission import Act

FEATURE = Feature(
    name="stage",
    commands=(
        Command(
            "team stages",
            "[name]",
            "the steps of your team's deals, and what each needs",
            "/team stages",
            stages.command,
            Act.SEE_TEAM,
            order=63,
        ),
    ),
    actions={
        **routes(Act.SEE_WORK_OF, {views.MOVE: menu.move}),
        **routes(Act.CHANGE_TEAM, {views.EDIT: stages.open_form}),
    },
    views=routes(Act.CHANGE_TEAM, {views.SAVE: stages.save, views.SEND: stages.send}),
    sections=(
        Section(Surface.DEAL, 11, menu.on_card, Act.SEE_WORK_OF),
        Section(Surface.DEAL, 50, menu.needs, Act.SEE_WORK_OF),
    ),
)
