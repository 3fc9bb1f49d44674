"""Changes of what stands beside a deal: the card shows them itself, with what changed and the way back."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.pipeline.opportunity.close import in_place
from handlers.pipeline.opportunity.lookup import answer
from handlers.pipeline.opportunity.shown import deal_card
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.pipeline.opportunity import FormOfDeal
from messages.replies import unchanged
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched, says_else


def form_of(context: Context, row: OpportunityRow) -> str:
    """Return what a form keeps that is opened from a deal's card: which deal, and where the card stands."""
    return FormOfDeal(row.id, Place.of(context.request.body) or ()).written()


async def changed_on_card(
    context: Context,
    row: OpportunityRow,
    note: str,
    summary: str,
    touched: Sequence[Touched],
    place: Sequence[str] = (),
) -> Reply:
    """Remember a change beside a deal and show its card with `note`, in the place a form was opened from.

    What was saved as it stood already changed nothing, which is said; there is nothing to take back then.
    """
    if not any([await says_else(one) for one in touched]):
        shown = answer(context, await deal_card(context, row, unchanged()))
        return in_place(shown, Place.kept(place))
    action = await remember(context, summary, *touched)
    shown = answer(context, await deal_card(context, row, note, action.id))
    return in_place(shown, Place.kept(place))
