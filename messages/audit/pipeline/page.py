"""A page of the audit: likely value first, then one finding with its answers, then how far one is (mechanism 20)."""

from collections.abc import Mapping
from datetime import date

from messages.audit.pipeline.ids import (
    BACK,
    FIX,
    KEEP,
    KNOWN,
    LOST,
    MORE,
    NEVER,
    NEXT,
    OPEN,
    PARK,
    START,
    Pressed,
)
from messages.blocks import Block, Message, actions, context, divider, joined, message_of, section
from messages.elements import Element, button, option, overflow_menu
from messages.formatting import Mrkdwn, words
from messages.pipeline.win import total
from sales.audit.check import AuditCheck, CheckSort, DealFinding, Mend
from sales.audit.page import AuditPage, AuditSpot, CutDeal
from sales.language.figures import chance_percent, short_money
from sales.pipeline.likely_value import LikelyValue
from sales.pipeline.opportunity import StoredOpportunity, by_currency

WORDS = "audit/pipeline/page"
DOT = " · "
MOST_CUTS = 5
FIXES: Mapping[Mend, str] = {
    Mend.CLOSE: "Fix the date…",
    Mend.MOVED_BY: "Fix the date…",
    Mend.NEXT_STEP: "Fix: next step…",
    Mend.DECISION_MAKER: "Fix: who decides…",
    Mend.OBSTACLE: "Fix: name it…",
    Mend.OVERDUE: "Fix…",
    Mend.PRICE: "Fix the value…",
    Mend.MERGE: "Fix: make them one…",
}


def page(found: AuditPage, way: Element | None = None) -> Message:
    """Show a page; `way` leads back to where the reader came from."""
    blocks: list[Block] = [section(headline(found), way)]
    if found.note:
        blocks.append(context(found.note))
    elif found.done is not None:
        blocks.append(context(done_line(found.done, found.owner)))
    if found.finding is not None:
        blocks += [divider(), *finding_blocks(found, found.finding)]
    elif found.deals:
        blocks += [divider(), section(nothing_left(found))]
    return message_of(blocks)


def headline(found: AuditPage) -> Mrkdwn:
    """Return the first line: what is likely, of what is on paper; then what looks lost, and what is in no figure."""
    if not found.deals:
        return words(WORDS, "empty", owner=found.owner, suspects=found.suspects, parked=found.parked)
    return words(
        WORDS,
        "headline",
        owner=found.owner,
        line=likely_line(found.likely) if found.has_history else "",
        paper=paper(found.likely),
        page=found,
        chance=figure(found.chance),
        without=figure(found.without_dead),
    )


def likely_line(likely: Mapping[str, LikelyValue]) -> Mrkdwn:
    """Return what is likely of what is on paper, each currency by itself: "*Likely $41k* of $212k on paper".

    A currency in which nothing is on paper or likely is left out beside another.
    """
    most_first = sorted(likely.items(), key=lambda each: -each[1].deals)
    said = [each for each in most_first if each[1].paper or round(each[1].likely)] or most_first[:1]
    parts = [
        (short_money(round(one.likely), currency), short_money(one.paper, currency)) for currency, one in said
    ]
    return words(WORDS, "likely", parts=parts)


def paper(likely: Mapping[str, LikelyValue]) -> str:
    return total({currency: one.paper for currency, one in likely.items()})


def finding_blocks(found: AuditPage, finding: DealFinding) -> list[Block]:
    """Return one finding: the deal, why and what to do, the answers, and below the check's own record."""
    carried = Pressed(found.spot, finding.deal.id, finding.check.key).written()
    text = words(WORDS, "finding", page=found, finding=finding, deal=finding.deal, today=found.today)
    menu = overflow_menu(
        f"{MORE}:{finding.deal.id}",
        [
            option("Open the deal", f"{OPEN}:{carried}"),
            option("I know why", f"{KNOWN}:{carried}"),
            option("Never check this", f"{NEVER}:{carried}"),
        ],
    )
    return [section(text, menu), actions(*answers(found, finding, carried)), context(foot(found, finding))]


def answers(found: AuditPage, finding: DealFinding, carried: str) -> list[Element]:
    mend = finding.check.mend
    ways = [button("Keep", KEEP, carried)]
    if mend is not None:
        ways.append(button(FIXES[mend], FIX, carried, style="primary"))
    ways += [button("Park until…", PARK, carried), button("Lost…", LOST, carried)]
    if found.total - found.cleared > 1:
        ways.append(button("Next", NEXT, carried))
    return ways


def foot(found: AuditPage, finding: DealFinding) -> Mrkdwn:
    """Return how far one is, what must be opened by when, and how often the check was right."""
    cleared = words(WORDS, "cleared", page=found)
    to_open = open_line(found)
    foretells = finding.check.sort is CheckSort.FORETELLS
    record = words(WORDS, "record", record=found.record, foretells=foretells)
    return joined([joined([one for one in (cleared, to_open) if one], DOT), record])


def open_line(found: AuditPage) -> Mrkdwn:
    """Return what must be opened by the last day that can still count; empty where no goal tells."""
    outlook = found.outlook
    return words(WORDS, "to_open", outlook=outlook) if outlook is not None else Mrkdwn("")


def done_line(cut: CutDeal, owner: str = "") -> Mrkdwn:
    """Return what was just done, of a cut with the chance before and after (74); `owner` where it is another's."""
    return words(WORDS, "done", cut=cut, before=figure(cut.before), after=figure(cut.after), owner=owner)


def nothing_left(found: AuditPage) -> Mrkdwn:
    """Return what it came to: what was cut, what that cost, and what must be opened."""
    before = [cut.before for cut in found.cuts if cut.before is not None]
    after = [cut.after for cut in found.cuts if cut.after is not None]
    return words(
        WORDS,
        "nothing_left",
        page=found,
        total=total(by_currency(found.cuts)),
        most=MOST_CUTS,
        before=figure(before[0] if before else None),
        after=figure(after[-1] if after else None),
        to_open=open_line(found),
    )


def figure(chance: float | None) -> str:
    return "" if chance is None else chance_percent(chance)


def home_button() -> Element:
    return button("Pipeline", START)


def back_button(spot: AuditSpot) -> Element:
    """Return the way from somebody's pipeline to those of their team."""
    return button("All of the team", BACK, spot.owner_id)


def was_closed(deal: StoredOpportunity, today: date) -> Mrkdwn:
    """Say that a deal is closed by now, so that nothing was done to it."""
    return words(WORDS, "was_closed", deal=deal, today=today)


def is_aside(deal: StoredOpportunity) -> Mrkdwn:
    """Say that a deal is open no more, so that nothing was done to it."""
    return words(WORDS, "is_aside", deal=deal)


def from_the_first() -> Mrkdwn:
    """Say that the last finding was passed, and the first shows again."""
    return words(WORDS, "from_the_first")


def holds_no_more(deal: StoredOpportunity, check: AuditCheck) -> Mrkdwn:
    """Say that a finding was answered or put right meanwhile, so that nothing was done about it now."""
    return words(WORDS, "holds_no_more", deal=deal, check=check)


def never_again(check: AuditCheck) -> Mrkdwn:
    """Say that a check was switched off, and how it comes back."""
    return words(WORDS, "never_again", check=check)
