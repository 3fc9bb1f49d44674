"""Questions about a deal's words that can mean more than one thing, each reading a line that means just that."""

from datetime import date

from sales.language.typed_text import shorten, tidy
from sales.pipeline.opportunity_phrase.closing import is_of_a_day
from sales.pipeline.opportunity_phrase.draft import DealAction, DealDraft
from sales.refusal import Reading, Refusal

BESIDE = "beside"  # what a sentence says too much


def day_or_name(words: str, draft: DealDraft, name: str, day: date) -> Refusal:
    """Return the question whether words are when a deal closes, or part of its name, as in `draft`.

    `name` is what is left of the name without them.
    """
    readings = [draft._replace(name=name, closes=day), draft] if name else [draft]
    return Refusal(
        f"Is “{shorten(words)}” when it closes, or part of the name?",
        field="closes",
        readings=[Reading(one.label(), one.written()) for one in readings],
    )


def leftover(words: str, draft: DealDraft) -> Refusal:
    """Return the question what words are that stand beside the name and the amount; a day is never part of a name.

    Beside a win they may say why it was won.
    """
    readings, asked = [draft], f"What is “{shorten(words)}”? I can leave it out."
    if is_of_a_day(words):
        asked = f"Which day is “{shorten(words)}”? I can leave it out."
    elif draft.action is DealAction.CREATE:
        readings.append(draft._replace(name=tidy(f"{draft.name} {words}")))
        asked = f"What is “{shorten(words)}”? I can leave it out, or make it part of the name."
    elif draft.action is DealAction.WON and not draft.reason:
        readings.insert(0, draft._replace(reason=words))
        asked = f"What is “{shorten(words)}”? I can keep it as what decided it, or leave it out."
    return Refusal(asked, field="name", readings=[Reading(one.label(), one.written()) for one in readings])


def left_out(words: str, draft: DealDraft) -> Refusal:
    """Return the question whether something that a deal does not take here may be left out."""
    return Refusal(
        f"“{shorten(words)}” has no place there. Shall I leave it out?",
        field=BESIDE,
        readings=[Reading(draft.label(), draft.written())],
    )
