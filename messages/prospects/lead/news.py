"""What became of a lead, in a sentence; the notes stand on its card."""

from collections.abc import Sequence
from datetime import date

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.prospects.lead.ids import JOIN, NEW_DEAL, OfLead
from messages.prospects.lead.told import CAUSES, NOUN, ReaderClock, came
from sales.followups.followup import FollowUp
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import StoredOpportunity
from sales.prospects.lead import Lead, RejectCause, StoredLead

MOST_NAMED = 5  # of leads that one name may mean


def added(lead: Lead, owner: str = "") -> Mrkdwn:
    return words(NOUN, "added", lead=lead, owner=owner)


def changed(lead: Lead) -> Mrkdwn:
    return words(NOUN, "changed", lead=lead)


def again(lead: Lead) -> Mrkdwn:
    return words(NOUN, "again", lead=lead)


def accepted(lead: Lead, rest: str = "") -> Mrkdwn:
    """Say that a lead is accepted; of what else was typed, how it is promised."""
    return words(NOUN, "accepted", lead=lead, rest=rest)


def with_lead(lead: Lead) -> Mrkdwn:
    """Say with which lead something was done that was logged by a part of a name."""
    return words(NOUN, "with_lead", lead=lead)


def several_leads(who: str, leads: Sequence[Lead]) -> Mrkdwn:
    """Say that what was logged by a part of a name is with none of several leads that go by it."""
    return words(NOUN, "several_leads", who=who, names=[shorten(one.name, 40) for one in leads[:MOST_NAMED]])


def rejected(
    lead: Lead, cause: RejectCause, again: date | None, promised: Sequence[FollowUp], today: date
) -> Mrkdwn:
    """Say why a lead is sent back, and what is `promised` all the same; one put off is called `again` from a day on."""
    said = {"cause": CAUSES[cause], "again": again, "promised": promised, "today": today}
    return words(NOUN, "rejected", lead=lead, **said)


def assigned(lead: Lead, owner: str, *, mine: bool, away: str = "") -> Mrkdwn:
    """Say whose a lead is now; `away` says why they do not call today."""
    return words(NOUN, "assigned", lead=lead, owner=owner, mine=mine, away=away)


def same_owner(lead: Lead, owner: str) -> Mrkdwn:
    return words(NOUN, "same_owner", lead=lead, owner=owner)


def is_deal(lead: Lead, deal: StoredOpportunity) -> Mrkdwn:
    return words(NOUN, "is_deal", lead=lead, deal=deal)


def joined_deal(lead: Lead, deal: StoredOpportunity) -> Mrkdwn:
    return words(NOUN, "joined_deal", lead=lead, deal=deal)


def which_deal(lead: StoredLead, deal: StoredOpportunity, typed: str = "") -> Message:
    """Ask whether a lead is a part of a deal that there is with their firm, or a further one.

    `typed` is what was said of the deal; a further one takes it over.
    """
    carried = OfLead(lead.id).written()
    said = section(words(NOUN, "which_deal", lead=lead, deal=deal))
    ways = [
        button("Yes, that deal", f"{JOIN}:{lead.id}", f"{carried}|{deal.id}", style="primary"),
        button("No, a new deal", f"{NEW_DEAL}:{lead.id}", f"{carried}|{typed}"),
    ]
    return message_of([said, actions(*ways)])


def from_lead(lead: Lead, at: ReaderClock) -> Block:
    """Say on a deal's card which lead it was, and how they are reached."""
    return context(words(NOUN, "from_lead", lead=lead, came=came(lead, at)))


def why() -> Message:
    """Say what the clock of the first call is and how it is counted."""
    return message_of(words(NOUN, "why"))


def why_told(what: str) -> str:
    """Say for `/why` why a message about leads came; the leads themselves stand in it."""
    return words(NOUN, "why_told", what=what)
