"""Kinds of nudge: what each is called, what it is for, and which rules of `sales/nudges/policy` it lives under."""

from dataclasses import dataclass

from sales.people.member import Member

END_OF_DAY = "end_of_day"
RUNWAY_CHECK = "runway_check"

MEMBER_KINDS = (END_OF_DAY, RUNWAY_CHECK)
DIGEST_DAILY = "digest_daily"
DIGEST_WEEKLY = "digest_weekly"

TEAM_KINDS = (DIGEST_WEEKLY, DIGEST_DAILY)
FORECAST_LOG = "forecast_log"

RUNWAY_ALERT = "runway_alert"
REMINDER = "reminder"
WELCOME = "welcome"
ANSWER = "answer"
ATTAINMENT_REVIEW = "attainment_review"
BUNDLE = "bundle"
UNDELIVERED = "undelivered"
UNDELIVERED_DAILY = "undelivered_daily"


@dataclass(frozen=True)
class NudgeKind:
    """One kind of message that we send on our own, in plain words and with its rules.

    `asked_for` is what somebody asked for: it is never muted, paused, counted or held. `recurs` is what backs off
    when it is ignored. `news` says something new even about a subject that was brought up today already.
    `for_reps` and `for_leads` say who alone gets it, leads being managers and admins. `bundles` may stand in one
    message with others; `mutable` can be switched off.
    """

    key: str
    name: str
    about: str
    asked_for: bool = False
    recurs: bool = False
    news: bool = False
    for_reps: bool = False
    for_leads: bool = False
    bundles: bool = True
    mutable: bool = True


KINDS: dict[str, NudgeKind] = {
    kind.key: kind
    for kind in (
        NudgeKind(
            END_OF_DAY,
            "End-of-day prompt",
            "what is still open, once, in your evening",
            recurs=True,
            for_reps=True,
        ),
        NudgeKind(
            RUNWAY_ALERT,
            "Runway alert",
            "before the last day on which a new deal can still count",
            news=True,
            for_reps=True,
        ),
        NudgeKind(
            ATTAINMENT_REVIEW,
            "Period review",
            "what a goal came to, once, after its period is over",
            news=True,
            for_reps=True,
        ),
        NudgeKind(
            UNDELIVERED,
            "Undelivered message",
            "when I cannot reach somebody, or a channel, that you look after",
            news=True,
            for_leads=True,
        ),
        NudgeKind(
            UNDELIVERED_DAILY,
            "Undelivered messages, daily",
            "what did not arrive, in one message a day",
            news=True,
            for_leads=True,
        ),
        NudgeKind(
            REMINDER, "Reminder", "at the time you named", asked_for=True, news=True, mutable=False
        ),
        NudgeKind(BUNDLE, "Several in one", "what came at the same moment", mutable=False),
        NudgeKind(
            WELCOME, "Welcome", "once, when we meet", asked_for=True, news=True, bundles=False, mutable=False
        ),
        NudgeKind(
            ANSWER, "Answer", "to what you wrote", asked_for=True, news=True, bundles=False, mutable=False
        ),
        NudgeKind(
            DIGEST_WEEKLY, "Weekly digest", "in your team's channel", bundles=False, mutable=False
        ),
        NudgeKind(
            DIGEST_DAILY, "Daily digest", "in your team's channel", bundles=False, mutable=False
        ),
    )
}  # fmt: skip


def kind_of(key: str) -> NudgeKind:
    """Return a kind by its key; one that is not in the table has every rule and its key for a name."""
    found = KINDS.get(key)
    return found or NudgeKind(key, key.replace("_", " ").capitalize(), "", bundles=False, mutable=False)


def mutable_by(*, is_rep: bool, leads: bool) -> list[NudgeKind]:
    """Return the kinds that somebody can switch off, of those they may ever get."""
    return [
        kind
        for kind in KINDS.values()
        if kind.mutable and (is_rep or not kind.for_reps) and (leads or not kind.for_leads)
    ]


def offered_to(member: Member) -> list[NudgeKind]:
    """Return the kinds that a person can switch off."""
    return mutable_by(is_rep=member.is_rep, leads=member.is_manager or member.is_admin)
