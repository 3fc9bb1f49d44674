"""Links to a deal on its CRM's pages: made for people, and known again where somebody pastes one."""

import re
from collections.abc import Mapping

ID = "{id}"
RECORD = re.compile(r"[A-Za-z0-9]{1,40}")
# Slack tells of links to these alone; both vendors serve their pages below them.
DOMAINS = ("hubspot.com", "force.com", "salesforce.com")


def link_to(page: str, record_id: str) -> str:
    """Return where a record is read. `page` is the address of one on the CRM's pages, with `{id}` in it."""
    return page.replace(ID, record_id)


def record_at(url: str, pages: Mapping[int, str]) -> tuple[int, str] | None:
    """Return which connection's deal a link leads to, and its id there; None for everything else.

    `pages` are the addresses of connections, by id. A link into another account's pages is none of ours.
    """
    bare = url.partition("?")[0].partition("#")[0]
    for connection_id, page in pages.items():
        before, found, after = page.partition(ID)
        if not found or not before or not bare.startswith(before):
            continue
        held = RECORD.match(bare, len(before))
        if held is not None and bare[held.end() :].rstrip("/") in ("", after.rstrip("/")):
            return connection_id, held[0]
    return None
