"""How old what numbers are worked out from is, in words: a rep's own deals, and an import that should have come."""

from messages.blocks import Block, context
from messages.formatting import Mrkdwn, words
from sales.imports.import_cadence import OverdueImport
from sales.pipeline.freshness import Freshness


def overdue(found: OverdueImport) -> Mrkdwn:
    """Say when the last import was, and how often one usually comes."""
    return words("imports/import_cadence", "overdue", found=found)


def home_line(found: OverdueImport | None, own: Freshness | None) -> list[Block]:
    """Return the small line on App Home: the import that is late, else since when one's own deals stand as they do."""
    if found is not None:
        return [context(overdue(found))]
    return [context(words("imports/import_cadence", "own", on=own.on))] if own is not None else []
