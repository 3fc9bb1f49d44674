"""A sentence about a deal, read: its action, amount, day and name; what is not sure is asked about."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sales.language.amounts import Amount, find_amount, has_marked_amount
from sales.language.amounts.spelled import with_figures
from sales.language.dates.instants import local_date
from sales.language.dates.spoken.circumstances import NO_CUSTOMS, Customs, Facing
from sales.language.dates.spoken.reading import find_when
from sales.language.dates.spoken.when import PastDate, SeveralDays, When
from sales.language.emoji import apart
from sales.language.figures import long_day, month_day
from sales.language.money import SHORT_EXAMPLE, parse_money
from sales.language.names.mention import Named
from sales.language.typed_text import MAX_WORDS, blank_spans, clean, clean_name, tidy
from sales.pipeline.opportunity_phrase.actions import CLOSED, CLOSED_BEHIND, LEAD_IN, LIST, split_action
from sales.pipeline.opportunity_phrase.closing import asked_later, find_closing
from sales.pipeline.opportunity_phrase.draft import AS_TYPED, DealAction, DealDraft
from sales.pipeline.opportunity_phrase.line import BECAUSE, DealLine, example_of, split_reason
from sales.pipeline.opportunity_phrase.name import NAME, Parts, account_of, find_name, name_and_reason, parted
from sales.pipeline.opportunity_phrase.period import Closing, WhichPeriod
from sales.pipeline.opportunity_phrase.question import day_or_name, leftover
from sales.refusal import Reading, Refusal

MONTH = timedelta(days=30)  # how far ahead an example moves a deal
SETTLED = (DealAction.WON, DealAction.LOST)
CHANGED = (DealAction.MOVE, DealAction.EDIT)

_AS_TYPED = re.compile(rf"\s+{AS_TYPED}(?!\w)")
_WORTH = re.compile(r"(?<!\w)(?:for|worth|value|valued at)\s+(?P<amount>[0-9]{1,3})$", re.I)
_EMPTY = re.compile(r"\(\s*\)")
_FOR = re.compile(r"(?<!\w)(?:for|at|worth)\s", re.I)
_LIKE_AMOUNT = re.compile(r"\s([-−+]?[$€£¥]?\d[\d.,]*[km]?)$", re.I)


class Circumstances(NamedTuple):
    """Who types: when, where, in which team, and how they write days."""

    now: datetime
    zone: str
    currency: str
    customs: Customs

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)


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
    line = with_figures(LEAD_IN.sub("", clean(text)))
    if LIST.fullmatch(line):
        return DealDraft(DealAction.LIST, "")
    as_typed = _AS_TYPED.search(line) is not None
    line = _AS_TYPED.sub("", line)
    named = find_name(line, known)
    if named:
        line = f"{line[: named.start]}{NAME}{line[named.end :]}"
    return _Sentence(
        line, named, account_of(named, known), Circumstances(now, zone, currency, customs)
    ).draft(as_typed)


class _Sentence(DealLine):
    """A sentence in which a sure name is replaced by its mark."""

    def __init__(self, line: str, named: Named | None, account: str | None, typed: Circumstances) -> None:
        super().__init__(named)
        self.account, self.typed = account, typed
        if closed := CLOSED.match(line) or CLOSED_BEHIND.search(line):
            line = self._closed(f"{line[: closed.start()]} {line[closed.end() :]}".strip(), line)
        because = BECAUSE.search(line)
        self.action, line = split_action(line, because.start() if because else len(line))
        self.body, self.reason = split_reason(line, self.action)

    def draft(self, as_typed: bool) -> DealDraft:
        """Return what it says.

        Raises:
            Refusal: as `read_deal`.
        """
        amount, closing, rest = self._cut()
        if self.action is DealAction.LOST:
            return self._lost(rest, closing)
        parts = parted(rest)
        if (
            self.action in (DealAction.PARK, DealAction.REOPEN)
            and not self.reason
            and parts.name.startswith(NAME)
        ):
            self.reason = tidy(f"{parts.name.removeprefix(NAME)} {parts.left}")
            parts = Parts(NAME)
        action = self._settled(amount, closing, parts)
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
        if parts.left:
            raise leftover(tidy(self.spelled_out(parts.left)), draft)
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

    def _cut(self) -> tuple[Amount | None, Closing | None, str]:
        """Return the amount and the day of the sentence, and the sentence with both blanked out.

        What is certainly an amount is cut first: "2k a month for 12 months" names no day.
        """
        amount = (
            self._amount(self.body)
            if has_marked_amount(self.body) and self.action is not DealAction.LOST
            else None
        )
        rest = blank_spans(self.body, ((amount.start, amount.end),)) if amount else self.body
        closing = self._closing(rest)
        if closing is not None and not closing.is_sure and _begins_name(rest, closing):
            closing = self._closing(blank_spans(rest, ((0, closing.spans[0][1]),)))
        if closing is not None and not closing.is_sure:
            self._sure(rest, closing, amount)
        rest = blank_spans(rest, closing.spans) if closing else rest
        if amount is None and self.action is not DealAction.LOST:
            amount = self._amount(rest)
            rest = blank_spans(rest, ((amount.start, amount.end),)) if amount else rest
        return amount, closing, rest

    def _amount(self, text: str) -> Amount | None:
        worth = _WORTH.search(text.rstrip())
        try:
            if worth:
                minor = parse_money(worth["amount"], self.typed.currency, "value")
                return Amount(minor, self.typed.currency, worth.start(), len(text.rstrip()))
            found = find_amount(text.replace("\0", "\x02"), self.typed.currency, "value", foreign=True)
            if found is None and (slip := _LIKE_AMOUNT.search(text)):
                self._refuse_amount(slip, text)
        except Refusal as refusal:
            if worth:
                refusal.example = f"{text[: worth.start()]} {SHORT_EXAMPLE}"
            raise self.whole(refusal, text) from None
        if found is not None and self._is_all(found, text):
            return None
        return found

    def _is_all(self, found: Amount, text: str) -> bool:
        """Say whether an amount is all there is, so that it is the name: 3M."""
        rest = f"{text[: found.start]}{text[found.end :]}"
        return not rest.strip(" \0") and re.fullmatch(r"[0-9]+[A-Z]\w*", text.strip(" \0")) is not None

    def _refuse_amount(self, slip: re.Match[str], text: str) -> None:
        """Say why the last word is no amount, if it is none although it looks like one."""
        try:
            parse_money(slip[1], self.typed.currency, "value")
        except Refusal as refusal:
            refusal.example = f"{text.removesuffix(slip[0])} {SHORT_EXAMPLE}"
            raise

    def _closing(self, text: str) -> Closing | None:
        ahead = self.action not in SETTLED

        def dated(words: str) -> When | None:
            facing = Facing.AHEAD if ahead else Facing.BACK
            typed = self.typed
            return find_when(
                words, typed.now, typed.zone, facing=facing, customs=typed.customs, closing=ahead
            )

        try:
            return find_closing(
                text, dated, self.typed.today, self.typed.customs.fiscal_year_start, ahead=ahead
            )
        except PastDate as past:
            past.field = "until" if self.action is DealAction.PARK else "closes"
            over = find_when(text, self.typed.now, self.typed.zone, facing=Facing.BACK, closing=ahead)
            raise self.whole(asked_later(past, self.body, over, self.typed.today), text) from None
        except SeveralDays as several:
            several.field = "closes"
            raise self.whole(several.asked_in(str), text) from None
        except WhichPeriod as which:
            raise self.whole(which, text) from None
        except Refusal as refusal:
            refusal.field = "closes"
            refusal.example = None  # a day alone is no deal; there is one for the action instead
            raise self.whole(refusal, text) from None

    def _sure(self, rest: str, closing: Closing, amount: Amount | None) -> None:
        """Take a day's words for one behind a name and amount, or where a sure name stands; else ask."""
        (start, _), *_ = closing.spans
        words = blank_spans(rest, closing.spans)
        if amount is not None and amount.end <= start and tidy(words[: amount.start].strip("\0 ")):
            return
        if not tidy(words.replace("\0", " ")) or self.action in (*CHANGED, *SETTLED, DealAction.PARK):
            return
        if amount is None and tidy(words) == NAME:
            return
        draft = DealDraft(
            self._settled(amount, None, Parts("")), tidy(self.spelled_out(rest.replace("\0", " ")))
        )
        if amount is not None:
            draft = draft._replace(value_minor=amount.minor, currency=amount.currency)
        spelled = " ".join(rest[slice(*closing.spans[0])].split())
        raise day_or_name(
            spelled, draft, tidy(_EMPTY.sub(" ", self.spelled_out(words.replace("\0", " ")))), closing.day
        )

    def _lost(self, rest: str, closing: Closing | None) -> DealDraft:
        words = tidy(rest.replace("\0", " "))
        if self.reason:
            name = tidy(parted(rest).name).replace(NAME, self.name)
        else:
            name, self.reason = name_and_reason(words, self.name or None)
        if not name:
            raise Refusal("Which deal is it? Name it.", field="name", example=example_of(self.action))
        reason = clean(self.spelled_out(self.reason), MAX_WORDS, "reason")
        return self._with_day(
            DealDraft(DealAction.LOST, clean_name(name, "name"), self.account, reason=reason), closing
        )

    def _settled(self, amount: Amount | None, closing: Closing | None, parts: Parts) -> DealAction:
        action = self.action
        if action is DealAction.MOVE and amount is not None:
            return DealAction.EDIT
        if action is not None:
            return action
        if amount is not None:
            return DealAction.EDIT if parts.sets else DealAction.CREATE
        return DealAction.MOVE if closing else DealAction.SHOW

    def _with_day(self, draft: DealDraft, closing: Closing | None) -> DealDraft:
        """Put the day where the action wants it."""
        day, today = closing.day if closing else None, self.typed.today
        if draft.action in SETTLED:
            if day and day > today:
                raise Refusal(
                    f"{long_day(day, today)} is still to come; a deal is {draft.action} on a day that was.",
                    field="on",
                    example=f"{draft.action} {draft.name} yesterday",
                )
            return draft._replace(on=day)
        if draft.action is DealAction.PARK:
            return draft._replace(until=day)
        if draft.action is DealAction.MOVE and day is None:
            raise Refusal(
                "Move it to which day?",
                field="closes",
                example=f"move {draft.name} to {month_day(today + MONTH, today)}",
            )
        return draft._replace(closes=day)


def _begins_name(rest: str, closing: Closing) -> bool:
    """Say whether a day's words are the beginning of a name that goes on in capitals: "Friday Health"."""
    (start, end), *_ = closing.spans
    return not rest[:start].strip(" \0") and re.match(r"\s+[A-Z0-9]", rest[end:]) is not None
