"""The words: one template per noun, one macro per text, escaped in one place.

Slack needs exactly `&`, `<` and `>` escaped, which makes `<!channel>`, `<@U1>` and fake links plain text.
Jinja's own autoescape also turns quotes into entities that Slack shows literally, so the escaping is ours.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sales.language import figures
from sales.language.typed_text import cut_before, shorten
from sales.people.team import Team

MARKS = frozenset("*_~`")
WHOLE = re.compile(r"&(?:amp|lt|gt);|<[^<>]*>")  # what means something only as a whole
FORMATTING = re.compile(r"(?<!\w)(?P<mark>[*_~`])(?=\S)(?P<inside>[^\n]*?\S)(?P=mark)(?!\w)")


class Mrkdwn(str):
    """Text that is Slack markup already and must not be escaped again."""

    __slots__ = ()


def escaped(value: object) -> str:
    """Return text people typed as text, not as markup.

    `&`, `<` and `>` become entities, and pairs of `*`, `_`, `~` and backticks that Slack would read as
    formatting become date tokens whose fallback is the mark itself: the one thing that Slack shows as it is.
    """
    if isinstance(value, Mrkdwn):
        return value
    text = entities(value)
    return FORMATTING.sub(shown_as_typed, text) if MARKS & set(text) else text


def shown_as_typed(pair: re.Match[str]) -> str:
    """Return a pair of formatting marks and what is between them so that Slack formats nothing."""
    mark = f"<!date^00000000^{{_}}|{pair['mark']}>"
    return f"{mark}{pair['inside']}{mark}"


def entities(value: object) -> Mrkdwn:
    """Return a sentence of ours that quotes what somebody typed: its own formatting stays, no link or mention does."""
    return Mrkdwn(str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def cut(text: Mrkdwn | str, limit: int) -> Mrkdwn:
    """Return markup of at most `limit` characters, cut with an ellipsis outside entities, tags and characters."""
    if len(text) <= limit:
        return Mrkdwn(text)
    at = cut_before(text, limit - 1)
    inside = next((one for one in WHOLE.finditer(text) if one.start() < at < one.end()), None)
    return Mrkdwn(text[: inside.start() if inside else at].rstrip() + "…")


def mention(user_id: str) -> Mrkdwn:
    """Return a person as Slack shows them by name."""
    return Mrkdwn(f"<@{user_id}>")


FILTERS: dict[str, Callable[..., Any]] = {
    "bar": figures.bar,
    "chance": figures.chance_percent,
    "clock": figures.clock,
    "day": figures.long_day,
    "day_to_day": figures.day_to_day,
    "decimals": figures.decimals,
    "inflected": figures.inflected,
    "listed": figures.listed,
    "moment": figures.moment,
    "money": figures.money,
    "number": figures.number,
    "percent": figures.percent,
    "plural": figures.plural,
    "points": figures.points,
    "short_day": figures.short_day,
    "signed_points": figures.signed_points,
    "shortened": shorten,
    "mention": mention,
    "entities": entities,
    "markup": Mrkdwn,
}


@cache
def environment() -> Environment:
    """Return the one environment; building it per message would cost more than the message."""
    made = Environment(
        loader=PackageLoader("messages", package_path=""),
        finalize=escaped,
        undefined=StrictUndefined,
        autoescape=False,
    )
    made.filters.update(FILTERS)
    return made


@cache
def noun(name: str) -> Any:
    return environment().get_template(f"{name}.j2").module


def words(noun_name: str, text: str, /, **values: object) -> Mrkdwn:
    """Return one text of a noun's template: `words("followups/followup", "line", item=item)`.

    A template's line is a line of the text, without its indentation; lines left empty are dropped, so tags
    may stand alone on theirs. Raises `UndefinedError` on a missing value.
    """
    written = str(getattr(noun(noun_name), text)(**values))
    lines = (line.strip() for line in written.splitlines())
    return Mrkdwn("\n".join(line for line in lines if line))


def channel(team: Team) -> Mrkdwn | None:
    return Mrkdwn(f"<#{team.digest_channel}>") if team.digest_channel else None
