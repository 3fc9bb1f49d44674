"""What stands below a link to a CRM."""

from typing import Any

from messages.blocks import section
from messages.formatting import words
from sales.pipeline.opportunity import Opportunity


def unfurled(deal: Opportunity) -> dict[str, Any]:
    """Return what a link to a deal shows: its name and stage."""
    stage = deal.stage_label or deal.stage.value
    return {"blocks": [section(words("imports/crm_link", "deal", deal=deal, stage=stage))]}
