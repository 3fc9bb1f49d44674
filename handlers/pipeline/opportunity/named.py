"""Which of a person's open deals go by a name: what they promise or log for it may belong to one (mechanism 59)."""

from handlers.context import Context, NamedDeal
from sales.language.figures import short_day, short_money
from sales.pipeline.named_deal import deals_meant
from storage.pipeline.named_deal import deals_going_by


async def deals_named(context: Context, name: str) -> list[NamedDeal]:
    """Return the deals that a name means, in one question to the database."""
    found = await deals_going_by(context.scope, context.member.user_id, name)
    return [
        NamedDeal(
            deal.id,
            deal.name,
            short_money(deal.value_minor, deal.currency) if deal.value_minor else "",
            f"since {short_day(deal.opened_on)}" if deal.opened_on is not None else deal.stage.value,
        )
        for deal in deals_meant(name, found)
    ]
