"""An owner that only deals name is forgotten: the deals stay under a pseudonym, and no text names them any more."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.erase.person import A_PIECE, Cleared
from bot.erase.texts import clear_everywhere, count_naming, erase_copies
from sales.imports.erasure import Traces
from sales.language.names.match import fold
from sales.people.access import OPERATOR
from sales.people.member import Member
from sales.people.pseudonym import FORMER, is_pseudonym, pseudonym_of
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.erasure import colleagues_named, overwrite_removed, people_called, table_of
from storage.imports.files.owners import link_all_owners
from storage.imports.named_owner import count_deals_named, holders_of, owner_names, put_named_under
from storage.people.access import note_change
from storage.people.member import meet_member, people_directory
from storage.people.pseudonym import note_erased
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope


@dataclass(frozen=True)
class OwnerErasing:
    """Whom to forget that only deals name: in which spellings, and on how many deals."""

    database: Database
    workspace_id: str
    name: str
    names: Sequence[str]
    traces: Traces
    deals: int


async def owner_planned(database: Database, workspace_id: str, said: str) -> OwnerErasing | None:
    """Return what erasing an owner means that nobody met in Slack; None where it is a person, or nobody.

    Writes nothing but whose deals are whose.

    Raises:
        Refusal: if the name stands on deals of somebody else, or in a colleague's name.
    """
    if not fold(said):
        return None
    await link_all_owners(database, workspace_id)
    async with database.read(workspace_id) as scope:
        if await people_called(scope, said):
            return None
        begun = (await people_directory(scope)).erased(said)
        names, deals = await owner_names(scope, said), 0
        if names:
            deals = await count_deals_named(scope, names)
        traces = traces_of(names or [said], begun or pseudonym_of(secrets.token_hex(5)))
        await require_alone(scope, said, traces)
    if not names and not (begun and await count_naming(database, workspace_id, traces)):
        return None
    return OwnerErasing(database, workspace_id, said.strip(), names or [said], traces, deals)


def traces_of(names: Sequence[str], pseudonym: str) -> Traces:
    """Return by what an owner is named, and what stands for them."""
    addresses = [name for name in names if "@" in name]
    return Traces(
        FORMER,
        pseudonym=pseudonym,
        names=tuple(name for name in names if "@" not in name),
        addresses=tuple(addresses),
    )


async def require_alone(scope: Scope, said: str, traces: Traces) -> None:
    """Refuse a name that is somebody else's as well.

    Raises:
        Refusal: with whose it is.
    """
    holders = [one for one in await holders_of(scope, said) if not is_pseudonym(one)]
    if holders:
        raise Refusal(
            f"“{said}” stands on deals of {holders[0]}. To forget them, write their id.",
            example=f"rainmaker erase {holders[0]}",
        )
    colleagues = await colleagues_named(scope, traces)
    if colleagues:
        ids = ", ".join(f"{row.name} ({row.user_id})" for row in colleagues)
        raise Refusal(
            f"“{said}” stands in the name of a colleague here: {ids}. Write the id of whom you mean."
        )


async def forget_owner(plan: OwnerErasing, clock: Clock) -> Cleared:
    """Forget an owner; return what was done. Running it again after it was cut short completes it."""
    done, now, pseudonym = Cleared(), clock(), plan.traces.pseudonym
    async with plan.database.write(plan.workspace_id) as scope:
        await overwrite_removed(scope)
        await note_erased(scope, pseudonym, secrets.token_hex(16), plan.names)
        await meet_member(scope, Member(user_id=pseudonym, name=FORMER, active=False))
        await note_change(scope, OPERATOR, pseudonym, "erased", now.date(), now)
    gone = A_PIECE
    while gone == A_PIECE:
        async with plan.database.write(plan.workspace_id) as scope:
            gone = await put_named_under(scope, plan.names, pseudonym, A_PIECE)
        done.kept[table_of(OpportunityRow).name] += gone
    read = await erase_copies(plan.database, plan.workspace_id, clock, done.removed)
    done.left = read + await clear_everywhere(plan.database, plan.workspace_id, plan.traces, done.texts)
    return done
