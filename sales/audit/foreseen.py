"""Foreseen: open deals with what stands beside them, as they will be behind a step that is not taken yet.

A page of the audit is read before its step is done, so that nobody waits for figures: this is what it is read of.
"""

from collections.abc import Callable, Sequence
from datetime import date

from sales.language.names.match import name_key
from sales.pipeline.deal_contact import DealContact, StoredContact
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import MAX_SAID, DealField, StoredChange, differing
from sales.pipeline.merge import MergeTerms, merged
from sales.pipeline.obstacle import DealObstacle, StoredObstacle
from sales.pipeline.opportunity import Opportunity, StoredOpportunity
from sales.value import changed

Foresee = Callable[[Sequence[DealFacts]], Sequence[DealFacts]]
UNSTORED = 0  # the id of what a step is about to store: nothing reads it


def of_deal(deal_id: int, change: Callable[[DealFacts], DealFacts]) -> Foresee:
    """Return the step that changes one deal, or what stands beside it."""
    return lambda every: [change(one) if one.deal.id == deal_id else one for one in every]


def without(deal_id: int) -> Foresee:
    """Return the step that lets a deal go, or puts it aside."""
    return lambda every: [one for one in every if one.deal.id != deal_id]


def restated(facts: DealFacts, said: Opportunity, by: str, on: date) -> DealFacts:
    """Return a deal that says something else from a local day on, with that in its history."""
    changes = [
        change_of(facts.deal.id, what, was, now, by, on) for what, was, now in differing(facts.deal, said)
    ]
    held = said.model_dump(include=set(Opportunity.model_fields))
    deal = StoredOpportunity.model_validate({**held, "id": facts.deal.id})
    return facts._replace(deal=deal, changes=[*facts.changes, *changes])


def noted(facts: DealFacts, what: DealField, was: str, now: str, by: str, on: date) -> DealFacts:
    """Return a deal with a line in its history of what stands beside it, where that reads otherwise now."""
    if was == now:
        return facts
    line = change_of(facts.deal.id, what, was[:MAX_SAID], now[:MAX_SAID], by, on)
    return facts._replace(changes=[*facts.changes, line])


def decided_by(facts: DealFacts, contact: DealContact, by: str, on: date) -> DealFacts:
    """Return a deal with somebody who decides on it, in the place of the contact of that name."""
    same = [one for one in facts.contacts if name_key(one.name) == name_key(contact.name)]
    role, was = (contact.role or same[0].role, same[0].told) if same else (contact.role, "")
    terms = same[0].terms if same else contact.terms
    known = StoredContact.model_validate({**contact.model_dump(), **terms, "role": role, "id": UNSTORED})
    others = [one for one in facts.contacts if one not in same]
    return noted(facts._replace(contacts=[*others, known]), DealField.CONTACT, was, known.told, by, on)


def obstructed_by(facts: DealFacts, obstacle: DealObstacle, by: str, on: date) -> DealFacts:
    """Return a deal with one more thing in its way."""
    stored = StoredObstacle.model_validate({**obstacle.model_dump(), "id": UNSTORED})
    named = facts._replace(obstacles=[*facts.obstacles, stored])
    return noted(named, DealField.OBSTACLE, "", stored.told, by, on)


def obstacle_said(facts: DealFacts, obstacle_id: int, due_on: date | None, by: str, on: date) -> DealFacts:
    """Return a deal one of whose obstacles is due on another day, or is out of the way where that is None."""
    was = next((one for one in facts.obstacles if one.id == obstacle_id), None)
    if was is None:
        return facts
    now = changed(StoredObstacle, was, due_on=due_on) if due_on is not None else None
    left = [one for one in facts.obstacles if one is not was] + ([now] if now is not None else [])
    said = facts._replace(
        obstacles=sorted(left, key=lambda one: (one.due_on or date.max, one.id)),
        obstacles_cleared=facts.obstacles_cleared + (now is None),
    )
    return noted(said, DealField.OBSTACLE, was.told, now.told if now is not None else "", by, on)


def made_one(kept_id: int, gone_id: int, terms: MergeTerms, by: str, on: date) -> Foresee:
    """Return the step that makes two deals one: what belonged to either belongs to the one that stays."""

    def foresee(every: Sequence[DealFacts]) -> Sequence[DealFacts]:
        found = {one.deal.id: one for one in every}
        if kept_id not in found or gone_id not in found:
            return every
        one = _together(found[kept_id], found[gone_id], terms, by, on)
        return [one if each.deal.id == kept_id else each for each in every if each.deal.id != gone_id]

    return foresee


def _together(kept: DealFacts, gone: DealFacts, terms: MergeTerms, by: str, on: date) -> DealFacts:
    name = change_of(kept.deal.id, DealField.NAME, gone.deal.name, kept.deal.name, by, on)
    history = sorted([*kept.changes, *gone.changes], key=lambda one: (one.on, one.id))
    said = merged(kept.deal, gone.deal, terms)
    steps = [step for step in (kept.next_step, gone.next_step) if step is not None]
    touches = [day for day in (kept.last_touch, gone.last_touch) if day is not None]
    labels = {one.deal.stage_label: one.stage for one in (gone, kept)}
    obstacles = [*kept.obstacles, *gone.obstacles]
    one = restated(kept._replace(changes=[*history, name]), said, by, on)
    return one._replace(
        stage=labels.get(said.stage_label),
        contacts=[*kept.contacts, *gone.contacts],
        obstacles=sorted(obstacles, key=lambda each: (each.due_on or date.max, each.id)),
        next_step=min(steps, key=lambda step: (step.due_on, step.id), default=None),
        last_touch=max(touches, default=None),
        obstacles_cleared=kept.obstacles_cleared + gone.obstacles_cleared,
    )


def change_of(deal_id: int, what: DealField, was: str, now: str, by: str, on: date) -> StoredChange:
    return StoredChange(id=UNSTORED, opportunity_id=deal_id, what=what, was=was, now=now, on=on, by=by)
