"""Checks that look beside the deal: the same business twice, a goal that hangs on one deal, silence (20, 77)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sales.audit.check.finding import AuditKnown, Said
from sales.language.figures import listed, long_day, money, month_day, percent, plural
from sales.language.names.match import name_key
from sales.language.typed_text import shorten
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.opportunity import StoredOpportunity

QUIET_DAYS = 21  # three weeks without a word: the customer works on something else by now (mechanism 77)
CARRIES = 0.5  # of what a goal still needs, and of all that is open: losing it loses the goal
LEGAL_FORMS = re.compile(
    r"\b(?:ltd|limited|llc|inc|corp|co|gmbh|ag|kg|sa|sas|srl|bv|nv|plc|oy|ab|as|doo)\b\.?", re.IGNORECASE
)
MOST_NAMED = 3


def twice_there(facts: DealFacts, known: AuditKnown) -> Said | None:
    """Another open deal looks like the same business (mechanism 20)."""
    others = known.twins.get(facts.deal.id, ())
    if not others:
        return None
    names = listed([named(one, known) for one in others], most=MOST_NAMED)
    why = f"It looks like the same business as {names}: it counts twice."
    return Said(why, "Make them one, or give each its own name.", others)


def named(deal: StoredOpportunity, known: AuditKnown) -> str:
    """Return a deal's name with the day it was opened, as twins often bear the same one."""
    since = f" of {month_day(deal.opened_on, known.today)}" if deal.opened_on is not None else ""
    return f"“{shorten(deal.name, 60)}”{since}"


def carries_the_goal(facts: DealFacts, known: AuditKnown) -> Said | None:
    """So much of a goal hangs on it that whoever loses it loses the goal."""
    deal = facts.deal
    for aim in known.aims:
        paper = known.paper.get(aim.currency, 0)
        if deal.currency != aim.currency or aim.missing <= 0:
            continue
        if deal.value_minor >= CARRIES * aim.missing and deal.value_minor >= CARRIES * paper:
            rest = money(paper - deal.value_minor, deal.currency)
            share = percent(min(1.0, deal.value_minor / aim.missing))
            return Said(
                f"It carries {share} of what {aim.label} still needs; without it {rest} is open on paper.",
                "Open a second way to the number.",
            )
    return None


def gone_quiet(facts: DealFacts, known: AuditKnown) -> Said | None:
    """Nothing happened on it for three weeks and nothing is planned: the customer has other things to do.

    Of one that was imported silence is known from the import on: what was said to them before is on record elsewhere.
    """
    if facts.next_step is not None and facts.next_step.due_on >= known.today:
        return None
    last = facts.last_known
    if last is None or (quiet := (known.today - last).days) < QUIET_DAYS:
        return None
    why = f"Nothing happened on it for {plural(quiet, 'day')}."
    if facts.silent_since_import is not None:
        why = f"Nothing is recorded on it since it was imported on {long_day(last, known.today)}."
    return Said(why, "Call and ask: what does waiting cost them?")


def twins_among(deals: Iterable[StoredOpportunity]) -> Mapping[int, Sequence[StoredOpportunity]]:
    """Return for each open deal the ones from before it that look like the same business, but for the legal form.

    That is the same name; or one customer, one product and one value. A renewal beside a roll-out is none. Of a pair
    the later one has the other, so that it is brought up once.
    """
    alike: defaultdict[tuple[object, ...], list[StoredOpportunity]] = defaultdict(list)
    for deal in deals:
        alike["name", bare(deal.name), bare(deal.account or "")].append(deal)
        if deal.account and deal.product:
            business = bare(deal.account), name_key(deal.product), deal.currency, deal.value_minor
            alike["business", *business].append(deal)
    found: defaultdict[int, dict[int, StoredOpportunity]] = defaultdict(dict)
    for same in alike.values():
        for deal in same if len(same) > 1 else ():
            found[deal.id].update({other.id: other for other in same if other.id < deal.id})
    return {deal_id: list(others.values()) for deal_id, others in found.items() if others}


def bare(name: str) -> str:
    """Return a name for comparison without its legal form: "Lockside Ltd – Yard" and "lockside yard" meet."""
    return name_key(LEGAL_FORMS.sub(" ", name)) or name_key(name)
