"""Every feature, and their jobs and renderers merged."""

from collections.abc import Mapping

from handlers import (
    activity,
    bundle,
    digest,
    endofday,
    followup,
    goal,
    holiday,
    home,
    leave,
    member,
    nudging,
    opportunity,
    post,
    runway,
    scoreboard,
    settings,
    setup,
    undelivered,
    undo,
    why,
    workspace,
)
from handlers.feature import Again, Feature, Job, Renderer
from sales.nudges.kind import BUNDLE
from sales.nudges.ledger import Ambiguity

FEATURES: tuple[Feature, ...] = (
    goal.FEATURE,
    followup.FEATURE,
    activity.FEATURE,
    opportunity.FEATURE,
    undelivered.FEATURE,
    undo.FEATURE,
    endofday.FEATURE,
    runway.FEATURE,
    scoreboard.FEATURE,
    digest.FEATURE,
    home.FEATURE,
    post.FEATURE,
    setup.FEATURE,
    settings.FEATURE,
    holiday.FEATURE,
    leave.FEATURE,
    member.FEATURE,
    workspace.FEATURE,
    nudging.FEATURE,
    bundle.FEATURE,
    why.FEATURE,
)


def jobs() -> Mapping[str, Job]:
    """Return what recurs, by kind of schedule."""
    return {kind: job for feature in FEATURES for kind, job in feature.jobs.items()}


def renderers() -> Mapping[str, Renderer]:
    """Return how each kind of message is rendered, its own off switch under it."""
    return {
        kind: renderer if kind == BUNDLE else nudging.signing(renderer)
        for kind, renderer in parts_renderers().items()
    }


def parts_renderers() -> Mapping[str, Renderer]:
    """Return how each kind is rendered as a part of a message; it says so when it comes less often."""
    return {
        kind: nudging.announcing(renderer)
        for feature in FEATURES
        for kind, renderer in feature.renderers.items()
    }


def shown_again() -> Mapping[str, Again]:
    """Return how each kind of message that answers change is shown as things stand now."""
    return {kind: again for feature in FEATURES for kind, again in feature.again.items()}


def ambiguities() -> Mapping[str, Ambiguity]:
    """Return what becomes of each kind of message that may have arrived where nobody can look."""
    return {kind: policy for feature in FEATURES for kind, policy in feature.ambiguous.items()}
