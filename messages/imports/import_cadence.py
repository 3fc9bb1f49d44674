"""How old what numbers are worked out from is, in words: a rep's own deals, and an import that should have come."""

from messages.blocks import Block, context, joined
from messages.formatting import Mrkdwn, words
from messages.pipeline import freshness
from sales.imports.import_cadence import OverdueImport
from sales.people.team import Team
from sales.pipeline.freshness import Freshness


def overdue(found: OverdueImport) -> Mrkdwn:
    """Say when the last import was, and how often one usually comes."""
    return words("imports/import_cadence", "overdue", found=found)


def home_line(found: OverdueImport | None, own: Freshness | None) -> list[Block]:
    """Return the small line on App Home: the import that is late, else since when one's own deals stand as they do."""
    if found is not None:
        return [context(overdue(found))]
    return [context(words("imports/import_cadence", "own", on=own.on))] if own is not None else []


def digest_foot(fresh: Freshness | None, late: OverdueImport | None, team: Team) -> Mrkdwn:
    """Return what stands below a digest's figures of the deals that they come from; "" for nothing."""
    said = [freshness.as_of(fresh, team)] if fresh is not None else []
    said += [overdue(late)] if late is not None else []
    return joined(said, " ")
