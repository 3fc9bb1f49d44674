"""Where a lead is from, as people type it: a referral by somebody, a source behind a name without a mark (35)."""

import re
from collections.abc import Collection
from typing import NamedTuple

from sales.language.names.descent import comparable
from sales.language.typed_text import shorten
from sales.prospects.lead_draft import LeadDraft, written
from sales.refusal import Reading, Refusal

SOURCE = re.compile(
    r"\b(?:webinar|web(?:site|\s?page|\s?form)?|site|form|contact form|referr\w*|recommend\w*|event|fair|trade\s?show"
    r"|show|expo|conference|meetup|ad|ads|advert\w*|google|adwords|linkedin|facebook|instagram|youtube|newsletter"
    r"|e-?mail|campaign|cold|call|list|partner|reseller|demo request|demo|trial|chat|inbound|outbound|download|e-?book"
    r"|white\s?paper|podcast|blog|seo|search|organic|walk-?in|phone|hotline|mailing|direct mail|radio|tv|press"
    r"|magazine|directory|marketing)\b",
    re.I,
)

_REFERRED = re.compile(
    r"(?:^|[\s,;]+)(?:(?:from|via|source:?)\s+)?(?:an?\s+)?(?P<how>referral|referred|recommendation|recommended|intro"
    r"|introduction|introduced)\s+(?:from|by|via|through)\s+(?P<who>[^,;]+?)\s*(?=[,;]|$)",
    re.I,
)
# What is a source behind a name: words that few firms end in.
_PLAINLY = re.compile(
    r"\s+(?:webinar|web\s?form|website|trade\s?(?:show|fair)|newsletter|linkedin|referral"
    r"|cold call|bought list|podcast|e-?book|white\s?paper|inbound|walk-?in|hotline|demo request)$",
    re.I,
)


_ARTICLE = re.compile(r"the|our|an?", re.I)


class Referred(NamedTuple):
    """That a lead was referred, as its source, and by whom, as a note; both empty where it was not."""

    source: str = ""
    note: str = ""


def referral_in(line: str) -> tuple[str, Referred]:
    """Take "referral from Dana" out of a line; return the line, and what was said."""
    found = _REFERRED.search(line)
    if found is None or not line[: found.start()].strip():
        return line, Referred()
    rest = f"{line[: found.start()]}{line[found.end() :]}"
    return rest, Referred("referral", f"referred by {found['who']}")


def ask_about_source(draft: LeadDraft, firms: Collection[str], sources: Collection[str]) -> Refusal | None:
    """Return the question whether the end of a name is where they are from: "Dana Cole at Acme webinar"."""
    last = draft.account or draft.name
    if draft.source or any(comparable(last) == comparable(one) for one in firms):
        return None
    end = _source_behind(last, sources)
    if end is None:
        return None
    before, source = last[:end].strip(), last[end:].strip()
    if _ARTICLE.fullmatch(before) and draft.account:
        apart = draft._replace(account="", source=source)
    elif draft.account:
        apart = draft._replace(account=before, source=source)
    else:
        words = before.split(" ")  # somebody has two names, and what follows them is the firm
        apart = draft._replace(name=" ".join(words[:2]), account=" ".join(words[2:]), source=source)
    at = f" at {apart.account}" if apart.account else ""
    whole = draft._replace(account=f"“{last}”") if draft.account else draft._replace(name=f"“{last}”")
    return Refusal(
        f"Is {shorten(source, 40)} where you have them from?",
        field="source",
        readings=[
            Reading(shorten(f"Yes: {apart.name}{at}, from {source}", 70), written(apart)),
            Reading(shorten(f"No, it is part of {last}", 70), written(whole)),
        ],
    )


def _source_behind(text: str, sources: Collection[str]) -> int | None:
    """Return where the source begins that a text ends in: one of the team's, or a plain one; None without any."""
    if (plain := _PLAINLY.search(text)) is not None:
        return plain.start()
    words = text.split(" ")
    for first in range(1, len(words)):
        if comparable(" ".join(words[first:])) in map(comparable, sources):
            return len(" ".join(words[:first]))
    return None
