"""What a deal still lacks to stand where it stands: said at once when it is moved there, never refused (24, 55)."""

from collections.abc import Callable, Mapping

from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.opportunity import Stage
from sales.pipeline.stage import StageNeed

MET: Mapping[StageNeed, Callable[[DealFacts], bool]] = {
    StageNeed.NEXT_STEP: lambda facts: facts.next_step is not None,
    StageNeed.CONTACT: lambda facts: bool(facts.contacts),
    StageNeed.DECISION_MAKER: lambda facts: facts.has_decision_maker,
    StageNeed.OBSTACLE: lambda facts: bool(facts.obstacles) or facts.obstacles_cleared > 0,
    StageNeed.PRICE: lambda facts: facts.deal.value_minor > 0,
    StageNeed.CLOSE: lambda facts: facts.deal.expected_on is not None,
}
UNDER_WAY = frozenset({Stage.OPEN, Stage.SUSPECT})


def still_needed(facts: DealFacts) -> tuple[StageNeed, ...]:
    """Return what a deal's stage asks for and the deal has not, in the order of `StageNeed`.

    Nothing is asked of a deal that is closed or parked, or stands in no stage of its team's. Whoever has to name who
    decides is not asked for a contact beside.
    """
    if facts.stage is None or facts.deal.stage not in UNDER_WAY:
        return ()
    lacking = [need for need in facts.stage.needed if not MET[need](facts)]
    if StageNeed.DECISION_MAKER in lacking:
        lacking = [need for need in lacking if need is not StageNeed.CONTACT]
    return tuple(lacking)
