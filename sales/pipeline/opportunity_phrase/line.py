"""The line about a deal, its sure name replaced by a mark: what stands in it, and how it is given back to be typed."""

import re

from sales.language.names.mention import Named
from sales.language.typed_text import tidy
from sales.pipeline.opportunity_phrase.draft import DealAction
from sales.pipeline.opportunity_phrase.name import NAME
from sales.refusal import Reading, Refusal

EXAMPLE = "Acme 24k closes 15 Dec"
_BLANKS = re.compile("[\0\x02]+")


class DealLine:
    """What stands behind a verb (`body`), and the name whose place is marked in it."""

    def __init__(self, named: Named | None) -> None:
        self.named = named
        self.name = named.name if named else ""
        self.action: DealAction | None = None
        self.body = ""

    def whole(self, refusal: Refusal, text: str) -> Refusal:
        """Return a refusal whose example and readings are lines that can be typed as they stand."""
        verb = "" if self.action in (None, DealAction.CREATE) else f"{self.action} "
        spelled = {at: one for at, one in enumerate(self.body) if text[at : at + 1] == "\0"}
        whole = "".join(spelled.values())

        def typed(words: str) -> str:
            words = _BLANKS.sub(lambda _: f" {whole} ", words, count=1) if whole else words
            return f"{verb}{self.quoted(tidy(_BLANKS.sub(' ', words)))}"

        refusal.example = typed(refusal.example) if refusal.example else example_of(self.action)
        refusal.readings = tuple(Reading(one.label, typed(one.typed)) for one in refusal.readings)
        return refusal

    def spelled_out(self, words: str) -> str:
        return words.replace(NAME, self.name)

    def quoted(self, words: str) -> str:
        is_sure = self.named is not None and self.named.sure
        return words.replace(NAME, f"“{self.name}”" if is_sure else self.name)


def example_of(action: DealAction | None) -> str:
    return EXAMPLE if action in (None, DealAction.CREATE) else f"{action} Acme"
