"""Two entries of one deal: the form that makes them one, and what the card says once they are."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import field_input, modal_of, section
from messages.elements import option, select_menu
from messages.formatting import Mrkdwn, words
from sales.language.figures import short_money
from sales.pipeline.opportunity import Opportunity, StoredOpportunity

OPEN = "merge.open"
SAVE = "merge.save"  # the form's callback
OTHER = "other"
MOST = 100  # options of a menu, Slack's limit


def form(deal: StoredOpportunity, others: Sequence[StoredOpportunity], private: str) -> dict[str, Any]:
    """Ask which deal is the same business; the one whose card it is stays."""
    offered = [
        option(f"{one.name} · {short_money(one.value_minor, one.currency)}", str(one.id))
        for one in others[:MOST]
    ]
    fields = [
        section(words("pipeline/merge", "intro", deal=deal)),
        field_input("Which deal is the same business?", select_menu("chosen", offered), OTHER),
    ]
    return modal_of("Merge deals", fields, callback_id=SAVE, submit="Make them one", private=private)


def done(kept: Opportunity, gone_name: str, *, both_imported: bool) -> Mrkdwn:
    """Say that two deals are one."""
    return words("pipeline/merge", "done", kept=kept, gone_name=gone_name, both_imported=both_imported)
