"""What stands in a sentence about a deal: its amount and its day, each found once, and the rest without them."""

import re
from datetime import date, datetime
from typing import NamedTuple

from sales.language.amounts import Amount, find_amount, has_marked_amount
from sales.language.dates.instants import local_date
from sales.language.dates.spoken.circumstances import Customs, Facing
from sales.language.dates.spoken.reading import find_when
from sales.language.dates.spoken.when import PastDate, SeveralDays, When
from sales.language.money import SHORT_EXAMPLE, parse_money
from sales.language.names.mention import Named
from sales.language.typed_text import blank_spans, tidy
from sales.pipeline.opportunity_phrase.closing import asked_later, find_closing
from sales.pipeline.opportunity_phrase.draft import DealAction, DealDraft
from sales.pipeline.opportunity_phrase.line import DealLine
from sales.pipeline.opportunity_phrase.name import NAME, Parts
from sales.pipeline.opportunity_phrase.period import Closing, WhichPeriod
from sales.pipeline.opportunity_phrase.question import day_or_name
from sales.refusal import Refusal

SETTLED = (DealAction.WON, DealAction.LOST)
CHANGED = (DealAction.MOVE, DealAction.EDIT)

_WORTH = re.compile(r"(?<!\w)(?:for|worth|value|valued at)\s+(?P<amount>[0-9]{1,3})$", re.I)
# Whole hundreds behind a name are what it is worth: "Mill 900"; other numbers may be part of it: "Boeing 737".
_HUNDREDS = re.compile(r"(?<=\S)\s+(?P<amount>[1-9]00)$")
_EMPTY = re.compile(r"\(\s*\)")
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


class DealSentence(DealLine):
    """A sentence in which a sure name is replaced by its mark, and what is found in it."""

    def __init__(self, named: Named | None, typed: Circumstances) -> None:
        super().__init__(named)
        self.typed = typed

    def cut(self) -> tuple[Amount | None, Closing | None, str]:
        """Return the amount and the day of the sentence, and the sentence with both blanked out.

        What is certainly an amount is cut first: "2k a month for 12 months" names no day.
        """
        amount = (
            self.amount(self.body)
            if has_marked_amount(self.body) and self.action is not DealAction.LOST
            else None
        )
        rest = blank_spans(self.body, ((amount.start, amount.end),)) if amount else self.body
        closing = self.closing(rest)
        if closing is not None and not closing.is_sure and _begins_name(rest, closing):
            closing = self.closing(blank_spans(rest, ((0, closing.spans[0][1]),)))
        if closing is not None and not closing.is_sure:
            self._sure(rest, closing, amount)
        rest = blank_spans(rest, closing.spans) if closing else rest
        if amount is None and self.action is not DealAction.LOST:
            amount = self.amount(rest)
            rest = blank_spans(rest, ((amount.start, amount.end),)) if amount else rest
        return amount, closing, rest

    def amount(self, text: str) -> Amount | None:
        worth = _WORTH.search(text.rstrip())
        try:
            if worth:
                return self._bare(worth, text)
            found = find_amount(text.replace("\0", "\x02"), self.typed.currency, "value", foreign=True)
            if found is None and (hundreds := _HUNDREDS.search(text.rstrip(" \0"))):
                return self._bare(hundreds, text)
            if found is None and (slip := _LIKE_AMOUNT.search(text)):
                self._refuse_amount(slip, text)
        except Refusal as refusal:
            if worth:
                refusal.example = f"{text[: worth.start()]} {SHORT_EXAMPLE}"
            raise self.whole(refusal, text) from None
        if found is not None and self._is_all(found, text):
            return None
        return found

    def _bare(self, found: re.Match[str], text: str) -> Amount:
        minor = parse_money(found["amount"], self.typed.currency, "value")
        return Amount(minor, self.typed.currency, found.start(), len(text.rstrip()))

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

    def closing(self, text: str) -> Closing | None:
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
            self.meant(amount, None, Parts("")), tidy(self.spelled_out(rest.replace("\0", " ")))
        )
        if amount is not None:
            draft = draft._replace(value_minor=amount.minor, currency=amount.currency)
        spelled = " ".join(rest[slice(*closing.spans[0])].split())
        raise day_or_name(
            spelled, draft, tidy(_EMPTY.sub(" ", self.spelled_out(words.replace("\0", " ")))), closing.day
        )

    def meant(self, amount: Amount | None, closing: Closing | None, parts: Parts) -> DealAction:
        """Return what is to happen, by the verb or by what is said."""
        action = self.action
        if action is DealAction.MOVE and amount is not None:
            return DealAction.EDIT
        if action is not None:
            return action
        if amount is not None:
            return DealAction.EDIT if parts.sets else DealAction.CREATE
        return DealAction.MOVE if closing else DealAction.SHOW

    def dated(self, words: str, facing: Facing) -> When | None:
        """Return the day that words name, as whoever typed them counts."""
        return find_when(words, self.typed.now, self.typed.zone, facing=facing, customs=self.typed.customs)

    def begins_dated(self, words: str) -> bool:
        """Say whether words begin with a day that was."""
        try:
            when = self.dated(words, Facing.BACK)
        except Refusal:
            return False
        return when is not None and not words[: when.spans[0][0]].strip()


def _begins_name(rest: str, closing: Closing) -> bool:
    """Say whether a day's words are the beginning of a name that goes on in capitals: "Friday Health"."""
    (start, end), *_ = closing.spans
    return not rest[:start].strip(" \0") and re.match(r"\s+[A-Z0-9]", rest[end:]) is not None
