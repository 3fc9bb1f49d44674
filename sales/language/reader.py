"""The reader: in which locale figures are written, for as long as something is put into words for somebody.

Rules explain themselves in sentences, deep below whoever knows the reader, so the locale is not handed down: it is set
where a surface is rendered and read by `figures` alone. It belongs to the task that renders: two people who are
written to at once do not see each other's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from babel import Locale, UnknownLocaleError

_TONGUE: ContextVar[Locale | None] = ContextVar("tongue", default=None)


@contextmanager
def written_for(locale: str | None) -> Iterator[None]:
    """Write figures as people do who use Slack in a locale ("de-DE"); our own way for English and where none is known.

    What a channel reads is written our own way, whoever caused it: `written_for(None)`.
    """
    tongue = known_locale(locale)
    token = _TONGUE.set(None if tongue is None or tongue.language == "en" else tongue)
    try:
        yield
    finally:
        _TONGUE.reset(token)


def tongue() -> Locale | None:
    """Return the locale to write in; None for our own way: English, with days before months."""
    return _TONGUE.get()


def known_locale(locale: str | None) -> Locale | None:
    """Return the locale that Slack names ("es-LA" is Spanish of no land that has one); None for one nobody has."""
    if not locale:
        return None
    for name in (locale, locale.partition("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
