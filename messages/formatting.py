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
from sales.language.typed_text import cut_before, seen, shorten, shorten_at_sentence, shorten_at_word
from sales.people.team import Team

MARKS = re.compile(r"[*_~`]+")
TOGETHER = re.compile(r"[*_~]+|`")  # three backticks open a block wherever they stand, so each stands alone
QUOTE = re.compile(r"^&gt;", re.MULTILINE)  # at the beginning of a line Slack reads it as a quotation
WHOLE = re.compile(r"&(?:amp|lt|gt);|<[^<>]*>")  # what means something only as a whole
OUR_MARKS = re.compile(r"(?:[*`]+|(?<![^\W_])_|_(?![^\W_]))(?![^<>]*>)")  # outside tokens; not within a word
TYPED_MARK = re.compile(r"<!date\^00000000\^\{_\}\|([^>]*)>")
COMMAND = re.compile(r"(`/[^`\n]*`)")  # the only formatting that sentences of ours have


class Mrkdwn(str):
    """Text that is Slack markup already and must not be escaped again."""

    __slots__ = ()


def escaped(value: object) -> str:
    """Return text people typed as text, not as markup.

    `&`, `<` and `>` become entities, and `*`, `_`, `~`, backticks and a leading `>` that Slack could read as
    formatting, nested or beside marks of ours, become date tokens whose fallback is the mark itself: the one thing
    that Slack shows as it is.
    """
    if isinstance(value, Mrkdwn):
        return value
    text = MARKS.sub(shown_as_typed, entities(value))
    return QUOTE.sub(as_it_is("&gt;"), text) if "&gt;" in text else text


def shown_as_typed(run: re.Match[str]) -> str:
    """Return marks in a row so that Slack formats nothing; inside a word, or between spaces, it would not anyway."""
    around = run.string[: run.start()][-1:], run.string[run.end() :][:1]
    harmless = all(one.isalnum() for one in around) or all(one.isspace() for one in around)
    return run[0] if harmless and "`" not in run[0] else "".join(map(as_it_is, TOGETHER.findall(run[0])))


def as_it_is(marks: str) -> str:
    """Return marks as a token that Slack shows as they are."""
    return f"<!date^00000000^{{_}}|{marks}>"


def entities(value: object) -> Mrkdwn:
    """Return a sentence of ours whose own formatting stays, with no link, mention, or unseen character in it."""
    text = seen(str(value))
    return Mrkdwn(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def quoting(sentence: str) -> Mrkdwn:
    """Return a sentence of ours that quotes what somebody typed: of all formatting only its commands stay."""
    parts = COMMAND.split(sentence)
    return Mrkdwn("".join(entities(part) if at % 2 else escaped(part) for at, part in enumerate(parts)))


def cut(text: Mrkdwn | str, limit: int) -> Mrkdwn:
    """Return markup of at most `limit` characters, cut with an ellipsis outside entities, tags and characters."""
    if len(text) <= limit:
        return Mrkdwn(text)
    at = cut_before(text, limit - 1)
    inside = next((one for one in WHOLE.finditer(text) if one.start() < at < one.end()), None)
    return Mrkdwn(text[: inside.start() if inside else at].rstrip() + "…")


def unmarked(text: Mrkdwn | str) -> Mrkdwn:
    """Return markup of ours without its formatting, as a notification shows it; what is typed stays as it was typed."""
    return Mrkdwn(TYPED_MARK.sub(r"\1", OUR_MARKS.sub("", text)))


def mention(user_id: str) -> Mrkdwn:
    """Return a person as Slack shows them by name."""
    return Mrkdwn(f"<@{user_id}>")


FILTERS: dict[str, Callable[..., Any]] = {
    "chance": figures.chance_percent,
    "clock": figures.clock,
    "day": figures.long_day,
    "day_of_month": figures.month_day,
    "day_to_day": figures.day_to_day,
    "decimals": figures.decimals,
    "ended": figures.ended,
    "exact": figures.exact,
    "inflected": figures.inflected,
    "listed": figures.listed,
    "moment": figures.moment,
    "money": figures.money,
    "short_money": figures.short_money,
    "number": figures.number,
    "percent": figures.percent,
    "plural": figures.plural,
    "short_day": figures.short_day,
    "whole": figures.whole_number,
    "signed": figures.signed,
    "shortened": shorten,
    "shortened_at_sentence": shorten_at_sentence,
    "shortened_at_word": shorten_at_word,
    "mention": mention,
    "entities": entities,
    "quoting": quoting,
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


def sentence(text: str) -> str:
    """Return words as they begin a line."""
    return text[:1].upper() + text[1:]


def words(noun_name: str, text: str, /, **values: object) -> Mrkdwn:
    """Return one text of a noun's template: `words("followups/followup", "line", item=item)`.

    A template's line is a line of the text, without its indentation; lines left empty are dropped, so tags
    may stand alone on theirs. Raises `UndefinedError` on a missing value.
    """
    written = str(getattr(noun(noun_name), text)(**values))
    lines = (line.strip() for line in written.splitlines())
    return Mrkdwn(figures.one_stop("\n".join(line for line in lines if line)))


def channel(team: Team) -> Mrkdwn | None:
    return Mrkdwn(f"<#{team.digest_channel}>") if team.digest_channel else None
