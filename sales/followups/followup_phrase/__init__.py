"""Follow-ups as people type them: "Acme fri 3pm send the ROI sheet because their budget closes"."""

from sales.followups.followup_phrase.draft import FollowUpDraft, Incomplete, PastFollowUp
from sales.followups.followup_phrase.reading import read_followup
from sales.followups.followup_phrase.task import only_checks_in

__all__ = ["FollowUpDraft", "Incomplete", "PastFollowUp", "only_checks_in", "read_followup"]
