"""Messages that did not arrive: listed for those who can mend it, told once, and sent when the way is free again."""

from handlers.feature import (
    Command,
    Feature,
    Kind,
    Look,
    Record,
    Section,
    Shown,
    Surface,
    routes,
)
from handlers.nudges.undelivered import listing, notice, recovery
from handlers.nudges.undelivered.recovery import is_unseen
from handlers.nudges.undelivered.recovery import person_seen as person_seen
from handlers.people.news import ChannelChosen, PersonBack
from messages.nudges import undelivered as views
from sales.nudges.kind import UNDELIVERED, UNDELIVERED_DAILY, NudgeKind, Topic
from sales.nudges.ledger import Ambiguity
from sales.people.permission import Act
from storage.nudges.places import BrokenPlaceRow, trouble_of
from storage.nudges.undelivered import count_for


async def on_home(look: Look) -> Shown | None:
    """What did not arrive, for whoever can do something about it."""
    return Shown(views.home_blocks(await count_for(look.scope, look.member)))


async def on_team(look: Look) -> Shown | None:
    """Why a team's digest does not arrive, while it does not."""
    trouble = await trouble_of(look.scope, look.team) if look.team is not None else None
    return Shown(views.team_blocks(trouble)) if trouble is not None else None


FEATURE = Feature(
    name="undelivered",
    commands=(
        Command(
            "rainmaker undelivered",
            "",
            "messages that did not arrive, and why",
            "/rainmaker undelivered",
            listing.show,
            Act.SEE_UNDELIVERED,
            order=85,
        ),
    ),
    actions=routes(
        Act.SEE_UNDELIVERED,
        {
            views.OPEN: listing.open_list,
            views.PAGE: listing.turn,
            views.RETRY: listing.retry,
            views.RETRY_ALL: listing.retry_all,
            views.DISMISS: listing.dismiss,
            views.DISMISS_ALL: listing.dismiss_all,
            views.AGREE: recovery.agreed,
        },
    ),
    events=routes(
        Act.FROM_SLACK,
        {
            **dict.fromkeys(recovery.GONE, recovery.channel_gone),
            **dict.fromkeys(recovery.UNARCHIVED, recovery.channel_unarchived),
            recovery.JOINED: recovery.somebody_joined,
        },
    ),
    kinds=(
        Kind(
            NudgeKind(
                UNDELIVERED,
                "Undelivered message",
                "when I cannot reach somebody, or a channel, that you look after",
                news=True,
                for_leads=True,
                topic=Topic.UPKEEP,
                order=50,
            ),
            notice.render_notice,
            ambiguity=Ambiguity.REPEAT,  # rather twice than that nobody mends it
        ),
        Kind(
            NudgeKind(
                UNDELIVERED_DAILY,
                "Undelivered messages, daily",
                "what did not arrive, in one message a day",
                news=True,
                for_leads=True,
                topic=Topic.UPKEEP,
                order=51,
            ),
            listing.render_summary,
        ),
    ),
    sections=(
        Section(Surface.HOME, 20, on_home, Act.SEE_UNDELIVERED),
        Section(Surface.TEAM, 10, on_team, Act.SEE_TEAM),
    ),
    hears={PersonBack: recovery.hear_person_back, ChannelChosen: recovery.hear_channel_chosen},
    unseen=is_unseen,
    records=(Record(BrokenPlaceRow, exempt="where messages cannot be delivered at present"),),
)
