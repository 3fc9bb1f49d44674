"""A sentence about a deal, read: its action, amount, day and name; what is not sure is asked about."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from sales.language.amounts import Amount, has_marked_amount
from sales.language.amounts.spelled import with_figures
from sales.language.dates.spoken.circumstances import NO_CUSTOMS, Customs
from sales.language.emoji import apart
from sales.language.figures import long_day, month_day
from sales.language.names.mention import Named
from sales.language.typed_text import MAX_WORDS, clean, clean_name, tidy
from sales.pipeline.opportunity_phrase.actions import (
    CLOSED,
    CLOSED_BEHIND,
    LEAD_IN,
    LIST,
    PARKED,
    split_action,
)
from sales.pipeline.opportunity_phrase.draft import AS_TYPED, DealAction, DealDraft
from sales.pipeline.opportunity_phrase.glue import glued_name, unglued, unglued_refusal
from sales.pipeline.opportunity_phrase.line import example_of
from sales.pipeline.opportunity_phrase.name import NAME, Parts, account_of, find_name, name_and_reason, parted
from sales.pipeline.opportunity_phrase.parking import parked_draft, reading_of
from sales.pipeline.opportunity_phrase.period import Closing
from sales.pipeline.opportunity_phrase.question import left_out, leftover
from sales.pipeline.opportunity_phrase.reason import (
    BECAUSE,
    amount_beside,
    reason_behind,
    split_reason,
    why_or_worth,
)
from sales.pipeline.opportunity_phrase.rest import find_rest
from sales.pipeline.opportunity_phrase.sentence import SETTLED, Circumstances, DealSentence
from sales.refusal import Reading, Refusal

MONTH = timedelta(days=30)  # how far ahead an example moves a deal
TAKE_VALUE = frozenset({DealAction.CREATE, DealAction.EDIT, DealAction.WON})
TAKE_DAY = TAKE_VALUE | {DealAction.MOVE, DealAction.LOST}
TAKE_REASON = frozenset({DealAction.WON, DealAction.LOST})

_AS_TYPED = re.compile(rf"\s+{AS_TYPED}(?!\w)")
_FOR = re.compile(r"(?<!\w)(?:for|at|worth)\s", re.I)


@apart
def read_deal(
    text: str,
    now: datetime,
    zone: str,
    currency: str,
    known: Collection[str] = (),
    *,
    customs: Customs = NO_CUSTOMS,
) -> DealDraft:
    """Return which deal is meant and what is to happen to it. No text lists the deals.

    A name alone shows the deal, a name with a value creates it, a name with a coming day moves its close.
    Values are whole minor units of `currency`, or of the one that was typed.

    Raises:
        PastDate: for an expected close or a wake-up day that is over (field "closes" or "until").
        Refusal: where no deal is named, an amount cannot stand, or a win lies in the future; with readings where
            several things may be meant, each a line that reads as just that.
    """
    line = with_figures(LEAD_IN.sub("", glued_name(clean(text), known)))
    if LIST.fullmatch(line):
        return DealDraft(DealAction.LIST, "")
    if PARKED.fullmatch(line):
        return DealDraft(DealAction.LIST_PARKED, "")
    as_typed = _AS_TYPED.search(line) is not None
    line = _AS_TYPED.sub("", line)
    named = find_name(line, known)
    if named:
        line = f"{line[: named.start]}{NAME}{line[named.end :]}"
    typed = Circumstances(now, zone, currency, customs)
    try:
        draft = _Reader(line, named, account_of(named, known), typed).draft(as_typed)
    except Refusal as refusal:
        raise unglued_refusal(refusal) from None
    return draft._replace(name=unglued(draft.name), reason=unglued(draft.reason))


class _Reader(DealSentence):
    """Reads a sentence as what is wanted of a deal."""

    def __init__(self, line: str, named: Named | None, account: str | None, typed: Circumstances) -> None:
        super().__init__(named, typed)
        self.account = account
        if closed := CLOSED.match(line) or CLOSED_BEHIND.search(line):
            line = self._closed(f"{line[: closed.start()]} {line[closed.end() :]}".strip(), line)
        because = BECAUSE.search(line)
        self.says_because = because is not None
        self.action, self.line = split_action(line, because.start() if because else len(line))
        self.body, self.reason = split_reason(self.line, self.action, self.begins_dated)

    def draft(self, as_typed: bool) -> DealDraft:
        """Return what it says.

        Raises:
            Refusal: as `read_deal`.
        """
        if self.action is DealAction.PARK:
            return parked_draft(self, self.line, self.account)
        amount, closing, rest = self.cut()
        if self.action is DealAction.LOST:
            return self._lost(rest, closing)
        parts = parted(rest)
        if self.action is DealAction.REOPEN and parts.name.startswith(NAME):
            parts = Parts(NAME, tidy(f"{parts.name.removeprefix(NAME)} {parts.left}"))
        action = self.meant(amount, closing, parts)
        if not parts.name:
            raise Refusal("Which deal is it? Name it.", field="name", example=example_of(action))
        draft = self._with_day(
            DealDraft(
                action,
                clean_name(self.spelled_out(parts.name), "name"),
                self.account,
                amount.minor if amount else None,
                reason=clean(self.reason, MAX_WORDS, "reason"),
                currency=amount.currency if amount else "",
                is_quoted=self.named is not None and self.named.sure and parts.name == NAME,
                as_typed=as_typed,
            ),
            closing,
        )
        return self._complete(draft, tidy(self.spelled_out(parts.left)), amount, closing)

    def _complete(
        self, draft: DealDraft, left: str, amount: Amount | None, closing: Closing | None
    ) -> DealDraft:
        """Return a draft that takes all that was said.

        Raises:
            Refusal: asking about words that belong nowhere, and about what is said and not taken.
        """
        spare = []
        if amount is not None and draft.action not in TAKE_VALUE:
            spare.append(self.body[amount.start : amount.end])
            draft = draft._replace(value_minor=None, currency="")
        if closing is not None and draft.action not in TAKE_DAY:
            spare += [self.body[start:end] for start, end in closing.spans]
            draft = draft._replace(closes=None)
        if draft.reason and draft.action not in TAKE_REASON:
            spare.append(draft.reason)
            draft = draft._replace(reason="")
        if left:
            raise leftover(left, draft)
        if spare:
            raise left_out(" ".join(tidy(one) for one in spare), draft)
        return draft

    def _closed(self, rest: str, line: str) -> str:
        """Read "closed" as won where it was for an amount; else ask."""
        if has_marked_amount(rest) and (not CLOSED.match(line) or _FOR.search(rest)):
            return f"won {rest}"
        spelled = tidy(self.spelled_out(rest)) or "Acme"
        raise Refusal(
            "Won or lost? Say which.",
            field="action",
            example=f"won {spelled}",
            readings=[
                Reading("Won", f"won {self.quoted(rest)}"),
                Reading("Lost", f"lost {self.quoted(rest)}"),
            ]
            if rest
            else (),
        )

    def _lost(self, rest: str, closing: Closing | None) -> DealDraft:
        words = tidy(rest.replace("\0", " "))
        if self.reason and not words.startswith(NAME):
            name = tidy(parted(rest).name).replace(NAME, self.name)
        elif self.reason:
            name, self.reason = self.name, reason_behind(words, self.reason)
        else:
            name, self.reason = name_and_reason(words, self.name or None)
        if not name:
            raise Refusal("Which deal is it? Name it.", field="name", example=example_of(self.action))
        reason = clean(self.spelled_out(self.reason), MAX_WORDS, "reason")
        draft = DealDraft(DealAction.LOST, clean_name(name, "name"), self.account, reason=reason)
        draft = self._with_day(draft, closing)
        if not self.says_because and (found := amount_beside(reason)):
            raise why_or_worth(draft, *found)
        return draft

    def _which_day(self, draft: DealDraft) -> Refusal:
        """Return the question to which day a deal is moved; "2 weeks" may be counted from today."""
        today, name = self.typed.today, self.name or draft.name
        later = find_rest(self.body, reading_of(self)).until
        moved = draft._replace(name=name, closes=later)
        return Refusal(
            "Move it to which day?",
            field="closes",
            example=f"move {name} to {month_day(today + MONTH, today)}",
            readings=[Reading(f"From today: {moved.label()}", moved.written())] if later is not None else (),
        )

    def _with_day(self, draft: DealDraft, closing: Closing | None) -> DealDraft:
        """Return a draft with the day where its action wants it."""
        day, today = closing.day if closing else None, self.typed.today
        if draft.action in SETTLED:
            if day and day > today:
                raise Refusal(
                    f"{long_day(day, today)} is still to come; a deal is {draft.action} on a day that was.",
                    field="on",
                    example=f"{draft.action} {draft.name} yesterday",
                )
            return draft._replace(on=day)
        if draft.action is DealAction.MOVE and day is None:
            raise self._which_day(draft)
        return draft._replace(closes=day)
