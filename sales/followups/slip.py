"""Slips: why something promised for a day came later, in one tap (mechanism 59)."""

from enum import StrEnum


class SlipReason(StrEnum):
    """Why a promise was not kept on its day, as its owner says it; nobody else is told."""

    CUSTOMER = "customer"
    COLLEAGUE = "colleague"
    TIME = "time"
    NOT_READY = "not_ready"
    PLANS = "plans"


LABELS = {
    SlipReason.CUSTOMER: "They asked",
    SlipReason.COLLEAGUE: "A colleague was late",
    SlipReason.TIME: "No time",
    SlipReason.NOT_READY: "It was not ready",
    SlipReason.PLANS: "Plans changed",
}
