"""How the CRMs fare, for the doctor: each is tried with what is kept of it, and what is wrong is said with the mend."""

from typing import NamedTuple

from bot.sync.adapters import port_of
from sales.imports.sync.connection import CrmState
from sales.imports.sync.port import CrmTrouble, TokenRefused
from sales.language.figures import moment
from storage.imports.sync.connection import CrmConnectionRow, connections
from storage.scope import Ledger


class CrmExamined(NamedTuple):
    """A CRM as it was found; `mend` is empty where all is well."""

    name: str
    found: str
    mend: str = ""


async def connected_crms(ledger: Ledger, workspace_ids: list[str]) -> list[CrmConnectionRow]:
    """Return every connection of these workspaces."""
    return [row for one in workspace_ids for row in await connections(ledger.workspace(one))]


async def examined(row: CrmConnectionRow, keys: str) -> CrmExamined:
    """Try a connection, and say how it fares."""
    from bot.sync.secret import Secrets, SecretTrouble, belonging

    again = f"Run `rainmaker connect {row.vendor.value}` again."
    try:
        kept = Secrets(keys).read(belonging(row.workspace_id, row.vendor.value), row.secret)
    except SecretTrouble as trouble:
        return CrmExamined(row.name, "its credentials cannot be read", str(trouble))
    port = port_of(row, kept)
    try:
        access = await port.probe()
    except TokenRefused as refused:
        return CrmExamined(row.name, str(refused), again)
    except CrmTrouble as trouble:
        return CrmExamined(row.name, "it does not answer as it should", str(trouble))
    finally:
        await port.close()
    since = f"read {moment(row.read_at, 'UTC')} UTC" if row.read_at is not None else "not read yet"
    unread = "; ".join(f"{what}: {mend}" for what, mend in access.unread.items())
    if row.state is CrmState.NEEDS_TOKEN:
        return CrmExamined(row.name, f"account {access.account} takes us again, {since}", again)
    return CrmExamined(row.name, f"account {access.account}, {since}", unread)
