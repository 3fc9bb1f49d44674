"""When a customer wants to be called, in a line under what was promised: on their clock and on one's own (56, 57)."""

from datetime import date

from messages.formatting import Mrkdwn, words
from sales.followups.contact import place_name
from sales.followups.followup import FollowUp
from sales.followups.slot import ReachedContact, SlotFit, SlotSource, TimeSpan, is_call
from sales.followups.time_window import say_windows
from sales.language.figures import clock


def line(found: ReachedContact, promise: FollowUp, zone: str, today: date) -> Mrkdwn | str:
    """Say when to call somebody, or that they take no calls; empty where there is nothing to say."""
    if not found.terms.takes_calls:
        said = words("followups/contact_slot", "no_calls", name=found.name, terms=found.terms)
        return said if is_call(promise.what) else ""
    slot = found.slot
    if slot is None:
        return ""
    typed = promise.due_at is not None and promise.due_at != slot.at
    if typed and slot.source is not SlotSource.STATED:
        return ""  # a time that was typed stands, and what usually pays is no reason to speak against it
    about = {
        "name": found.name,
        "asked": say_windows(found.terms.windows),
        "there": "" if slot.is_same_clock else place_name(slot.zone),
        "source": slot.source,
        "best": slot.best,
        "theirs": hours(slot.span, slot.zone),
        "yours": hours(slot.span, zone),
    }
    if slot.fit is SlotFit.FITS:
        return words("followups/contact_slot", "other_time" if typed else "fits", **about)
    if slot.fit is SlotFit.QUIET:
        instead = {"instead": hours(slot.instead, zone), "instead_there": hours(slot.instead, slot.zone)}
        return words("followups/contact_slot", "quiet", typed=typed, **about, **instead)
    if slot.source is not SlotSource.STATED:
        return ""  # late afternoon is over: any time left today is as good
    if slot.fit is SlotFit.OTHER_DAY:
        return words("followups/contact_slot", "other_day", next_on=slot.next_on, today=today, **about)
    return words("followups/contact_slot", "over", **about)


def hours(span: TimeSpan | None, zone: str) -> str:
    """Return a span on the clocks of a zone: "15:00–16:00"."""
    return f"{clock(span.first, zone)}–{clock(span.until, zone)}" if span is not None else ""
