"""Follow-ups as people type them: "Acme fri 3pm send the ROI sheet because their budget closes"."""

from sales.followups.followup_phrase.draft import FollowUpDraft, Incomplete, PastFollowUp
from sales.followups.followup_phrase.reading import read_followup

__all__ = ["FollowUpDraft", "Incomplete", "PastFollowUp", "read_followup"]
