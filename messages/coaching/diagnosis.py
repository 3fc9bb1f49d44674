"""The four lights in words: one card, each light with its number, its threshold, and what to do where it is red."""

from collections.abc import Mapping, Sequence

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from messages.goals.goal.line import titled
from sales.coaching.diagnosis.light import Light, LightName, LightNumber, first_red
from sales.goals.progress import GoalProgress

RED, GREEN, UNKNOWN = "🔴", "🟢", "⚪"
MOST_NAMES = 5  # of reps below a light of their team's; more are counted


def lights(
    found: Sequence[Light], name: str = "", reps: Mapping[LightName, Sequence[str]] | None = None
) -> Message:
    """Show four lights: the reader's own, or those of `name`."""
    return message_of(light_blocks(found, name, reps))


def light_blocks(
    found: Sequence[Light], name: str = "", reps: Mapping[LightName, Sequence[str]] | None = None
) -> list[Block]:
    """Return four lights; of a team with the `reps` for whom each is the first red one."""
    blocks = [section(title(found, name)), *(section(card(one, reps)) for one in found)]
    return [*blocks, context(words("coaching/diagnosis", "foot", of_team=reps is not None))]


def title(found: Sequence[Light], name: str) -> Mrkdwn:
    """Return which light to act on: none, or nothing known yet."""
    red = first_red(found)
    is_known = any(isinstance(one.found, LightNumber) for one in found)
    first = red.name.value if red is not None else None if is_known else ""
    return words("coaching/diagnosis", "title", name=name, first=first)


def card(light: Light, reps: Mapping[LightName, Sequence[str]] | None = None) -> Mrkdwn:
    """Return one light: its mark and number, below it what to do, and of a team's for whom it is the first."""
    mark = RED if light.is_red else GREEN if isinstance(light.found, LightNumber) else UNKNOWN
    lines = [words("coaching/diagnosis", "line", light=light.name.value, mark=mark, said=number(light))]
    if light.is_red:
        lines.append(action(light))
    names = (reps or {}).get(light.name, ())
    if names:
        more = max(0, len(names) - MOST_NAMES)
        lines.append(words("coaching/diagnosis", "reps", names=names[:MOST_NAMES], more=more))
    return joined(lines)


def number(light: Light) -> Mrkdwn:
    """Return the number of a light beside its threshold, or why it cannot be told yet."""
    if isinstance(light.found, LightNumber):
        return words("coaching/diagnosis", "number", m=light.found)
    return words("coaching/diagnosis", "cannot", c=light.found)


def action(light: Light) -> Mrkdwn:
    return words("coaching/diagnosis", "action", m=light.found)


def behind(light: Light, standing: GoalProgress) -> list[Block]:
    """Return the first red light of somebody whose goal is behind, in two lines."""
    said = words(
        "coaching/diagnosis",
        "behind",
        light=light.name.value,
        goal=titled(standing),
        said=number(light),
        act=action(light),
    )
    return [section(said)]


def why(label: str) -> str:
    return str(words("coaching/diagnosis", "why", label=label))
