"""Every feature, and their jobs and renderers merged."""

from collections.abc import Mapping

from handlers import (
    activity,
    digest,
    endofday,
    followup,
    goal,
    holiday,
    home,
    leave,
    member,
    opportunity,
    post,
    runway,
    settings,
    setup,
    undo,
    workspace,
)
from handlers.feature import Feature, Job, Renderer

FEATURES: tuple[Feature, ...] = (
    goal.FEATURE,
    followup.FEATURE,
    activity.FEATURE,
    opportunity.FEATURE,
    undo.FEATURE,
    endofday.FEATURE,
    runway.FEATURE,
    digest.FEATURE,
    home.FEATURE,
    post.FEATURE,
    setup.FEATURE,
    settings.FEATURE,
    holiday.FEATURE,
    leave.FEATURE,
    member.FEATURE,
    workspace.FEATURE,
)


def jobs() -> Mapping[str, Job]:
    """Return what recurs, by kind of schedule."""
    return {kind: job for feature in FEATURES for kind, job in feature.jobs.items()}


def renderers() -> Mapping[str, Renderer]:
    """Return how each kind of message is rendered."""
    return {kind: renderer for feature in FEATURES for kind, renderer in feature.renderers.items()}
