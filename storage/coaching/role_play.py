"""Roles to play: who of a team wants to, and what two of them play on a day (73)."""

from datetime import date, datetime
from typing import NamedTuple

from sales.coaching.drill.card import StoredCard
from sales.coaching.role_play import ROLE_PLAY, objected, pair_of_week, plays_on, week_of
from storage.coaching.drill.card import team_cards
from storage.nudges.mute import read_mutes_of
from storage.people.calendar import calendars_of
from storage.people.member import MemberRow, reps_in
from storage.people.team import TeamRow
from storage.scope import Scope


class RoleToPlay(NamedTuple):
    """What somebody plays today: with whom, which of the two begins as the buyer, and what is objected."""

    partner: MemberRow
    begins_as_buyer: bool
    card: StoredCard


async def role_for(
    scope: Scope, member: MemberRow, team: TeamRow, today: date, now: datetime
) -> RoleToPlay | None:
    """Return what somebody plays today; None on any other day, and where nobody else of the team wants to."""
    reps = {one.user_id: one for one in await reps_in(scope, team.id) if not is_paused(one, now)}
    decided = await read_mutes_of(scope, list(reps))
    willing = [one for one in reps if ROLE_PLAY not in decided.get(one, frozenset()) ^ scope.declared.opt_ins]
    if member.user_id not in willing or len(willing) < 2:
        return None
    calendars = await calendars_of(scope, team, willing)
    pair = pair_of_week(calendars, member.user_id, today)
    if pair is None:
        return None
    partner = pair.other(member.user_id)
    card = objected(await team_cards(scope, team.id), pair, week_of(today))
    if card is None or not plays_on(calendars[member.user_id], calendars[partner], today):
        return None
    return RoleToPlay(reps[partner], pair.buyer_id == member.user_id, card)


def is_paused(member: MemberRow, now: datetime) -> bool:
    """Say whether somebody wants no message now: they would not hear that another waits for them."""
    return member.paused_until is not None and member.paused_until > now
