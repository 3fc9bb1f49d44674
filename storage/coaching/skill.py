"""Skills: what reps did to win customers in four weeks, and what they remember of the cards that train it (71)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import col, func, select

from sales.coaching.drill.card import StoredCard
from sales.coaching.drill.practice import DeckStanding, standings
from sales.coaching.skill import PROSPECTING, USED_OVER, SkillMatrix, SkillTouches, skill_matrix
from sales.followups.activity import ActivityKind
from sales.language.dates.instants import local_date
from storage.coaching.drill.card import DrillCardRow, stored, team_cards
from storage.coaching.drill.memory import DrillMemoryRow, memory_rows
from storage.followups.activity import ActivityRow
from storage.people.member import MemberRow, reps_in
from storage.people.team import TeamRow
from storage.scope import Scope


class RepSkills(NamedTuple):
    """What a rep prospects by, and what they remember of each deck, the weakest first."""

    member: MemberRow
    matrix: SkillMatrix
    decks: Sequence[DeckStanding]


async def own_skills(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> RepSkills:
    """Return the skills of one person on their own day."""
    (found,) = await skills_of(scope, [member], team, today)
    return found


async def skills_with(
    scope: Scope,
    member: MemberRow,
    cards: Sequence[StoredCard],
    memories: Mapping[str, DrillMemoryRow],
    today: date,
) -> SkillMatrix:
    """Return the skills of one person whose cards were read, and what they remember of them."""
    touches = await touches_by(scope, [member.user_id], today)
    return skill_matrix(touches.get(member.user_id, []), cards, memories, today)


async def team_skills(scope: Scope, team: TeamRow, now: datetime) -> list[RepSkills]:
    """Return the skills of each of a team's reps, by name, each on their own day."""
    reps = [one for one in await reps_in(scope, team.id) if one.active]
    by_day: dict[date, list[MemberRow]] = {}
    for rep in reps:
        by_day.setdefault(local_date(now, rep.zone), []).append(rep)
    found = [one for day, theirs in by_day.items() for one in await skills_of(scope, theirs, team, day)]
    return sorted(found, key=lambda one: (one.member.name.casefold(), one.member.user_id))


async def skills_of(
    scope: Scope, members: Sequence[MemberRow], team: TeamRow, today: date
) -> list[RepSkills]:
    """Return the skills of some people of a team on a day, in their order."""
    ids = [one.user_id for one in members]
    touches = await touches_by(scope, ids, today)
    shared, own = await team_cards(scope, team.id), await cards_alone(scope, ids)
    memories: dict[str, dict[str, DrillMemoryRow]] = {}
    for row in await memory_rows(scope, ids):
        memories.setdefault(row.user_id, {})[row.card_key] = row
    found = []
    for member in members:
        cards = [*own.get(member.user_id, []), *shared]
        known = memories.get(member.user_id, {})
        matrix = skill_matrix(touches.get(member.user_id, []), cards, known, today)
        found.append(RepSkills(member, matrix, standings(cards, known, today)))
    return found


async def touches_by(scope: Scope, owner_ids: Sequence[str], today: date) -> dict[str, list[SkillTouches]]:
    """Return what these people did in the four weeks up to a day that may have won a customer; none is missing."""
    row = ActivityRow
    by: list[Any] = [col(row.owner_id), col(row.kind), col(row.account), col(row.outcome)]
    columns = [*by, func.sum(col(row.count))]
    statement = (
        select(*columns)
        .where(
            row.workspace_id == scope.workspace_id,
            col(row.owner_id).in_(owner_ids),
            col(row.kind).in_(PROSPECTING),
            col(row.on).between(today - USED_OVER, today),
        )
        .group_by(*by)
    )
    found: dict[str, list[SkillTouches]] = {}
    for owner_id, kind, account, outcome, times in await scope.session.exec(statement):
        said = f"{account or ''} {outcome}".strip()
        touch = SkillTouches(ActivityKind(kind), int(times), said, str(outcome))
        found.setdefault(owner_id, []).append(touch)
    return found


async def cards_alone(scope: Scope, user_ids: Sequence[str]) -> dict[str, list[StoredCard]]:
    """Return the cards that each of these people wrote for themselves."""
    statement = select(DrillCardRow).where(
        DrillCardRow.workspace_id == scope.workspace_id,
        col(DrillCardRow.for_id).in_(user_ids),
        col(DrillCardRow.is_gone).is_(False),
    )
    found: dict[str, list[StoredCard]] = {}
    for row in await scope.session.exec(statement.order_by(col(DrillCardRow.id))):
        found.setdefault(str(row.for_id), []).append(stored(row))
    return found
