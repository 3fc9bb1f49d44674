"""Deals as they stand: one with its buttons, a rep's open ones in a list, and several to choose from."""

from collections.abc import Mapping, Sequence
from datetime import date

from messages.blocks import Block, Message, actions, context, joined, message_of, section
from messages.elements import Element, button, date_picker, turn_buttons
from messages.formatting import Mrkdwn, words
from messages.pipeline.opportunity.ids import (
    ALL,
    CLOSE_DAY,
    EDIT,
    LOST,
    PAGE,
    PARKED,
    REOPEN,
    SHOW,
    WON,
    Wish,
    about,
    taking_back,
)
from messages.room import page_with
from sales.language.figures import money
from sales.pipeline.opportunity import CLOSED, Stage, StoredOpportunity, by_currency, stage_on, told_sums

LIST_LENGTH = 20  # more than anybody reads in one message, and well under Slack's 50 blocks
MOST_CHOICES = 8


def line(deal: StoredOpportunity, today: date) -> Mrkdwn:
    """Return a deal in one line: its name, value, age and stage as known on a day."""
    return words(
        "pipeline/opportunity/opportunity", "line", deal=deal, stage=stage_on(deal, today), today=today
    )


def card(
    deal: StoredOpportunity,
    today: date,
    note: str = "",
    parts: Sequence[Block] = (),
    ways: Sequence[Element] = (),
    undo_id: int | None = None,
) -> Message:
    """Show one deal with what can be done about it; `note` says what was just done, `undo_id` how to take it back.

    `parts` are what features know of it, and `ways` what they offer, in a row above what can be done to any deal.
    """
    stage = stage_on(deal, today)
    back = taking_back(undo_id, deal.id) if undo_id is not None else None
    told: list[Block] = [section(note, back)] if note else []
    blocks: list[Block] = [*told, section(line(deal, today), closing_day(deal, stage)), *parts]
    carried = Wish(deal.id).written()
    buttons = [button("Edit…", f"{EDIT}:{deal.id}", carried), button("All deals", ALL)]
    if stage in CLOSED:
        buttons.insert(0, button("Reopen", f"{REOPEN}:{deal.id}", carried))
    else:
        buttons.insert(0, button("Won", f"{WON}:{deal.id}", carried, style="primary"))
        buttons.insert(1, button("Lost…", f"{LOST}:{deal.id}", carried))
        if stage is Stage.PARKED:
            buttons.insert(2, button("Open it", f"{REOPEN}:{deal.id}", carried))
    rows = [actions(*ways)] if ways else []
    return message_of([*blocks, *rows, actions(*buttons)])


def facts(deal: StoredOpportunity, list_price: int | None) -> list[Block]:
    """Say what a deal is about, in one small line; nothing where it says none of it."""
    said = words("pipeline/opportunity/opportunity", "facts", deal=deal, list_price=list_price)
    return [context(said)] if said else []


def closing_day(deal: StoredOpportunity, stage: Stage | None) -> Element | None:
    """Return the picker of the day on which a deal is expected to close; None once it is closed."""
    if stage in CLOSED:
        return None
    held = str(deal.expected_on) if deal.expected_on else None
    return date_picker(about(CLOSE_DAY, deal.id, held), held, placeholder="Closes on…")


def changed_note(changes: Sequence[str]) -> Mrkdwn:
    """Say what of a deal was changed just now."""
    return words("pipeline/opportunity/opportunity", "changed", changes=changes)


def taken_back(summary: str) -> Mrkdwn:
    """Say what was taken back."""
    return words("pipeline/opportunity/opportunity", "taken_back", summary=summary)


def listing(
    deals: Sequence[StoredOpportunity],
    today: date,
    at: int = 0,
    integrity: Mrkdwn | None = None,
    owner: str = "",
) -> Message:
    """Show a rep's live deals: the open ones one by one, then the suspects; parked ones are counted.

    Where they do not fit, it is the page that holds deal number `at`. `integrity` is what the suspects lack.
    Of somebody else's, by the name of their `owner`, the first page is shown.
    """
    open_ones = [deal for deal in deals if stage_on(deal, today) is Stage.OPEN]
    suspects = [deal for deal in deals if deal.stage is Stage.SUSPECT]
    heading = words(
        "pipeline/opportunity/opportunity",
        "heading",
        count=len(open_ones),
        total=total(open_ones),
        suspects=len(suspects),
        parked=sum(deal.stage is Stage.PARKED for deal in deals),
        told=integrity is not None,
        owner=owner,
    )
    has_parked = not owner and any(deal.stage is Stage.PARKED for deal in deals)
    asleep = button("Parked deals", PARKED, "0") if has_parked else None
    blocks: list[Block] = [section(heading, asleep), *([context(integrity)] if integrity else [])]
    every = [*open_ones, *suspects]
    lines = [
        section(line(deal, today), button("Show", f"{SHOW}:{deal.id}", Wish(deal.id).written()))
        for deal in every
    ]
    page = page_with([[one] for one in lines], at, blocks=LIST_LENGTH)
    blocks += lines[page.start : page.end]
    if not page.is_whole:
        rest = total([*open_ones[: page.start], *open_ones[page.end :]])
        said = words("pipeline/opportunity/opportunity", "page", page=page, count=len(every), total=rest)
        blocks += [context(said)] if owner else [context(said), actions(*turn_buttons(page, PAGE))]
    return message_of(blocks)


def parked_listing(deals: Sequence[StoredOpportunity], today: date, at: int = 0) -> Message:
    """Show a rep's parked deals, each with what wakes it and a way to open it; the page of deal number `at`."""
    heading = words(
        "pipeline/opportunity/opportunity", "parked_heading", count=len(deals), total=total(deals)
    )
    lines = [
        section(line(deal, today), button("Reopen", f"{REOPEN}:{deal.id}", Wish(deal.id).written()))
        for deal in deals
    ]
    page = page_with([[one] for one in lines], at, blocks=LIST_LENGTH)
    blocks: list[Block] = [section(heading), *lines[page.start : page.end]]
    ways = [button("All deals", ALL)]
    if not page.is_whole:
        said = words("pipeline/opportunity/opportunity", "parked_page", page=page, count=len(deals))
        blocks.append(context(said))
        ways = [*turn_buttons(page, PARKED), *ways]
    return message_of([*blocks, actions(*ways)])


def total(deals: Sequence[StoredOpportunity]) -> str:
    """Return what deals are worth together, one amount for each currency."""
    return " + ".join(money(minor, currency) for currency, minor in told_sums(by_currency(deals)).items())


def choose(
    deals: Sequence[StoredOpportunity],
    asked: str,
    today: date,
    action: str,
    wish: Wish,
    *,
    is_guess: bool,
    owners: Mapping[str, str] | None = None,
) -> Message:
    """Ask which deal is meant; choosing one does what was asked for. `owners` says whose they are, where others'."""
    question = words(
        "pipeline/opportunity/opportunity", "which", asked=asked, is_guess=is_guess, count=len(deals)
    )
    blocks: list[Block] = [section(question)]
    for deal in deals[:MOST_CHOICES]:
        this = button("This one", f"{action}:{deal.id}", wish._replace(deal_id=deal.id).written())
        whose = (owners or {}).get(deal.owner_id or "", "")
        said = words("pipeline/opportunity/opportunity", "whose", owner=whose) if whose else ""
        blocks.append(
            section(joined([one for one in (line(deal, today), said) if one], " · "), accessory=this)
        )
    if len(deals) > MOST_CHOICES:
        blocks.append(
            context(
                words("pipeline/opportunity/opportunity", "more_choices", count=len(deals) - MOST_CHOICES)
            )
        )
    return message_of(blocks)


def home_button() -> Element:
    return button("My deals", ALL)
