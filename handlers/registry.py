"""The registry: every feature, one line each. What they declare together is merged once, when the process starts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers import undo
from handlers.audit import halve, pipeline
from handlers.coaching import (
    card_draft,
    card_review,
    consistency,
    diagnosis,
    drill,
    floor,
    kudos,
    leaderboard,
    mentor,
    monday,
    one_on_one,
    pressure,
    recognition,
    retrospective,
    role_play,
    skill,
)
from handlers.craft import evidence, library, pitch, plan, playbook, prep
from handlers.feature import Feature, Keeping, Record, Registry, Renderer
from handlers.followups import activity, followup, promise_record, touch_limit
from handlers.goals import (
    attainment,
    goal,
    incentive,
    lead_measures,
    objective,
    pace_warning,
    runway,
    scoreboard,
    starting_balance,
    team_goals,
    team_progress,
)
from handlers.imports import crm_link, deck, export, import_cadence, sync, write_back
from handlers.imports.files import drop
from handlers.kind import ClaimAhead
from handlers.nudges import (
    answer,
    app_manifest,
    bundle,
    clock,
    handover,
    menu,
    pause,
    preferences,
    reassignment,
    undelivered,
    why,
    worth,
)
from handlers.nudges import invitation as invitation_message
from handlers.nudges.policy import announcing, signing
from handlers.people import (
    access,
    channel,
    country,
    currency_rate,
    holiday,
    invitation,
    leave,
    member,
    retention,
    settings,
    setup,
    team,
    wizard,
    workspace,
)
from handlers.pipeline import (
    busy,
    cadence,
    contact_time,
    deal_contact,
    deal_history,
    deal_menu,
    deal_step,
    debrief,
    discount,
    gate,
    merge,
    month_review,
    motion,
    obstacle,
    opportunity,
    phone_first,
    stage,
    tender,
    waking,
    win_post,
    win_rate,
)
from handlers.prospects import (
    account_fact,
    agreement,
    can_will,
    client_fit,
    content_event,
    flow,
    ideal_client,
    lead,
    lead_quality,
    persona,
    profile_change,
    referral,
    score,
    source,
    source_yield,
    target,
    touch_mix,
    warmth,
    webhook,
)
from handlers.surfaces import digest, evening, evening_ahead, home, morning, welcome
from handlers.surfaces.help import FEATURE as HELP
from sales.nudges.kind import BUNDLE
from sales.nudges.ledger import Ambiguity
from sales.people.permission import Act
from sales.people.retention import Retention
from storage.imports.files.runs import ImportChangeRow, ImportRow, forget_images
from storage.nudges.ledger.rows import DeliveryRow
from storage.scope import Ledger

# What every import keeps, however it was begun.
IMPORTS = Feature(
    name="imports",
    records=(
        Record(
            ImportRow,
            exported=True,
            read=Act.CHANGE_TEAM,
            exempt="that a file was imported, by whom the operator is",
        ),
        Record(ImportChangeRow, exempt="what an import changed, to be undone; it goes with the rows"),
    ),
    keeps=(
        Keeping(
            Retention(
                "imports",
                "Earlier values of imported rows",
                days=365,
                least=7,
                but="So long it can be undone.",
            ),
            forget_images,
        ),
    ),
)

FEATURES: tuple[Feature, ...] = (
    pipeline.FEATURE,  # these before goals, which explain whatever words they are given
    diagnosis.FEATURE,
    drill.FEATURE,
    card_review.FEATURE,
    skill.FEATURE,
    card_draft.FEATURE,
    role_play.FEATURE,
    consistency.FEATURE,
    cadence.FEATURE,
    phone_first.FEATURE,
    busy.FEATURE,
    floor.FEATURE,
    lead.FEATURE,
    referral.FEATURE,
    touch_mix.FEATURE,
    score.FEATURE,
    source_yield.FEATURE,
    playbook.FEATURE,
    goal.FEATURE,
    followup.FEATURE,
    activity.FEATURE,
    touch_limit.FEATURE,
    promise_record.FEATURE,
    opportunity.FEATURE,
    gate.FEATURE,
    stage.FEATURE,
    deal_step.FEATURE,
    deal_contact.FEATURE,
    contact_time.FEATURE,
    obstacle.FEATURE,
    deal_history.FEATURE,
    merge.FEATURE,
    deal_menu.FEATURE,
    win_rate.FEATURE,
    win_post.FEATURE,
    tender.FEATURE,
    discount.FEATURE,
    debrief.FEATURE,
    month_review.FEATURE,
    waking.FEATURE,
    motion.FEATURE,
    attainment.FEATURE,
    lead_measures.FEATURE,
    pace_warning.FEATURE,
    runway.FEATURE,
    scoreboard.FEATURE,
    team_progress.FEATURE,
    team_goals.FEATURE,
    starting_balance.FEATURE,
    objective.FEATURE,
    incentive.FEATURE,
    halve.FEATURE,
    source.FEATURE,
    flow.FEATURE,
    lead_quality.FEATURE,
    target.FEATURE,
    client_fit.FEATURE,
    can_will.FEATURE,
    ideal_client.FEATURE,
    agreement.FEATURE,
    profile_change.FEATURE,
    content_event.FEATURE,
    warmth.FEATURE,
    webhook.FEATURE,
    persona.FEATURE,
    account_fact.FEATURE,
    library.FEATURE,
    plan.FEATURE,
    prep.FEATURE,
    pitch.FEATURE,
    evidence.FEATURE,
    recognition.FEATURE,
    kudos.FEATURE,
    leaderboard.FEATURE,
    pressure.FEATURE,
    one_on_one.FEATURE,
    monday.FEATURE,
    retrospective.FEATURE,
    mentor.FEATURE,
    team.FEATURE,
    settings.FEATURE,
    holiday.FEATURE,
    country.FEATURE,
    currency_rate.FEATURE,
    leave.FEATURE,
    wizard.FEATURE,
    setup.FEATURE,
    handover.FEATURE,
    reassignment.FEATURE,
    invitation.FEATURE,
    channel.FEATURE,
    invitation_message.FEATURE,
    member.FEATURE,
    workspace.FEATURE,
    why.FEATURE,
    worth.FEATURE,
    preferences.FEATURE,
    pause.FEATURE,
    menu.FEATURE,
    bundle.FEATURE,
    answer.FEATURE,
    undelivered.FEATURE,
    clock.FEATURE,
    undo.FEATURE,
    access.FEATURE,
    retention.FEATURE,
    app_manifest.FEATURE,
    evening.FEATURE,
    morning.FEATURE,
    evening_ahead.FEATURE,
    digest.FEATURE,
    export.FEATURE,
    deck.FEATURE,
    drop.FEATURE,
    import_cadence.FEATURE,
    sync.FEATURE,
    crm_link.FEATURE,
    write_back.FEATURE,
    home.FEATURE,
    welcome.FEATURE,
    HELP,
    IMPORTS,
)

REGISTRY = Registry.of(FEATURES)


def renderers(registry: Registry) -> Mapping[str, Renderer]:
    """Return how each kind of message is rendered when it leaves, its own off switch under it."""
    parts = {kind.key: announcing(kind.render) for kind in registry.kinds.values() if kind.render is not None}
    return {**{key: signing(render) for key, render in parts.items()}, BUNDLE: bundle.together(parts)}


def shown_ahead(registry: Registry) -> ClaimAhead:
    """Return what reads at once what messages that leave together are going to ask for, those of a kind together."""

    async def read(ledger: Ledger, rows: Sequence[DeliveryRow], now: datetime) -> None:
        together: dict[tuple[str, str], list[DeliveryRow]] = defaultdict(list)
        for row in rows:
            together[row.workspace_id, row.kind].append(row)
        for (workspace_id, key), theirs in together.items():
            kind = registry.kinds.get(key)
            if kind is not None and kind.ahead is not None and len(theirs) > 1:
                await kind.ahead(ledger.workspace(workspace_id), theirs, now)

    return read


def ambiguities(registry: Registry) -> Mapping[str, Ambiguity]:
    """Return what becomes of each kind of message that may have arrived where nobody can look."""
    return {kind.key: kind.ambiguity for kind in registry.kinds.values()}
