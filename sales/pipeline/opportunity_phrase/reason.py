"""Why, in a sentence about a deal: behind "because", or behind a pause where a deal was settled."""

import re
from collections.abc import Callable

from sales.language.amounts import amount_place, has_marked_amount
from sales.language.typed_text import shorten, tidy
from sales.pipeline.opportunity_phrase.draft import DealAction, DealDraft
from sales.pipeline.opportunity_phrase.name import NAME
from sales.refusal import Reading, Refusal

BECAUSE = re.compile(r"[\s,;:–—-]{0,3}(?<!\w)(?:because(?: of)?|reason\s*:|reason is|due to)\s*", re.I)
_PAUSE = re.compile(r"\s[–—-]+\s|[:;]\s|,\s|\s\((?=[^)]*\)?$)")


def split_reason(
    line: str, action: DealAction | None, begins_dated: Callable[[str], bool]
) -> tuple[str, str]:
    """Return a sentence without its reason, and the reason.

    It stands behind "because", or behind any pause where a deal was lost or won. What begins with a day
    (`begins_dated`) says when that was, and what holds an amount for how much it was won.
    """
    because = BECAUSE.search(line)
    if because:
        return line[: because.start()], tidy(line[because.end() :])
    if action is DealAction.LOST or (action is DealAction.WON and not has_marked_amount(line)):
        pause = _PAUSE.search(line)
        if pause and line[: pause.start()].strip():
            reason = tidy(line[pause.end() :])
            if begins_dated(reason) or (action is DealAction.WON and amount_place(reason)):
                return line, ""
            return line[: pause.start()], reason[:-1] if pause.group().endswith("(") else reason
    return line, ""


def reason_behind(head: str, reason: str) -> str:
    """Return all that says why: what stands between a sure name and a pause, and what stands behind that."""
    words = tidy(head.replace("\0", " ").removeprefix(NAME))
    return ", ".join(one for one in (words, reason) if one)


def amount_beside(reason: str) -> tuple[str, str] | None:
    """Return the amount that a reason begins with, or that is all behind its last pause, and the reason without it."""
    place = amount_place(reason)
    if place is None:
        return None
    start, end = place
    before, behind = tidy(reason[:start]), tidy(reason[end:])
    if before and (behind or not reason[:start].rstrip().endswith((",", ";", ":", "-", "–", "—", "("))):
        return None
    return reason[start:end].strip(), before or behind


def why_or_worth(draft: DealDraft, amount: str, rest: str) -> Refusal:
    """Return the question whether an amount is part of why a deal was lost: a lost deal keeps the value it had."""
    drafts = [draft, draft._replace(reason=rest)] if rest else [draft]
    return Refusal(
        f"Is “{shorten(amount)}” part of why? A lost deal keeps the value it had; to change that, edit it first.",
        field="reason",
        readings=[Reading(one.label(), one.written()) for one in drafts],
    )
