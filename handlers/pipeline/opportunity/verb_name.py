"""A verb beside a name may belong to it: what is sure is done, else both are offered, and no word is lost."""

from collections.abc import Callable

from handlers.context import Context
from handlers.pipeline.opportunity.lookup import find
from sales.language.names.match import Match, fold, is_name
from sales.pipeline.opportunity import goes_by
from sales.pipeline.opportunity_phrase import DealAction, DealDraft
from sales.pipeline.opportunity_phrase.question import BESIDE
from sales.pipeline.opportunity_phrase.verb_name import (
    VerbInName,
    also_named,
    as_named,
    neither,
    verb_in_name,
    verb_or_name,
    without,
)
from sales.refusal import Refusal
from storage.pipeline.opportunity import OpportunityRow


async def read_or_ask(context: Context, text: str, read: Callable[[str], DealDraft]) -> DealDraft:
    """Read a sentence; where its verb may belong to the name, ask.

    Raises:
        Refusal: with both readings, and as `read` does.
    """
    verb = verb_in_name(text)
    named = as_named(verb, read) if verb is not None else None
    try:
        draft = read(text)
    except Refusal as refusal:
        if verb is None or named is None or named.value_minor is None:
            raise
        if refusal.field == BESIDE and not await is_known(context, read(refusal.readings[0].typed).name):
            raise verb_or_name(verb, without(verb, named), named) from None
        raise also_named(refusal, named) from None
    if verb is None or named is None or draft.is_quoted:
        return draft
    match = await find(context, draft.name)
    if is_sure(verb, draft, match):
        return draft
    is_worded = named.value_minor is not None or (verb.is_plain and named.closes is not None)
    is_there = match.sure is not None or bool(match.maybe)
    is_told = is_worded or is_there or draft.account is not None or bool(draft.reason)
    if not is_told and draft.action is not DealAction.CREATE:
        raise neither(draft, named)
    if not is_worded:
        return draft
    done = draft if match.sure is None else draft._replace(name=match.sure.name)
    if not is_there and draft.action is not DealAction.WON:
        done = without(verb, named)
    raise verb_or_name(verb, done, named)


async def is_known(context: Context, name: str) -> bool:
    """Say whether a deal of the person's goes by a name, or may."""
    match = await find(context, name)
    return match.sure is not None or bool(match.maybe)


def is_sure(verb: VerbInName, draft: DealDraft, match: Match[OpportunityRow]) -> bool:
    """Say whether a verb is surely what to do: what stands beside it is called so, or is all there can be."""
    if verb.is_verb or fold(draft.account or "") == fold(draft.name):
        return True
    found = (match.sure,) if match.sure is not None else match.maybe
    called = [name for row in found for name in goes_by(row)]
    if any(is_name(fold(draft.name), name) for name in called):
        return True
    if verb.is_plain:
        return False
    is_add = draft.action is DealAction.CREATE and verb.word.lower() != "new"
    return bool(found) or is_add
