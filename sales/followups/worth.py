"""Worth: what a follow-up brings the customer, in one tap instead of typing (mechanism 58)."""

from enum import StrEnum


class WorthReason(StrEnum):
    """What makes a follow-up worth the customer's time."""

    ARTICLE = "article"
    IDEA = "idea"
    ANSWER = "answer"
    NEWS = "news"
    RESULT = "result"


LABELS = {
    WorthReason.ARTICLE: "An article for them",
    WorthReason.IDEA: "An idea for them",
    WorthReason.ANSWER: "An answer to their question",
    WorthReason.NEWS: "News about them",
    WorthReason.RESULT: "What it did for somebody like them",
}


def says(reason: WorthReason) -> str:
    """Return what a follow-up says once its reason was tapped: "an idea for them"."""
    label = LABELS[reason]
    return label[0].lower() + label[1:]
