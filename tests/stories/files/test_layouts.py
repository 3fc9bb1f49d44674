"""An export as its vendor writes it comes in exactly, or is refused by the name of what is not sure."""

import re

import pytest

from tests.stories.files.books import differences, kept, right
from tests.stories.files.layouts import ENGLISH
from tests.stories.files.layouts_more import IN_LANGUAGES, SMALLER
from tests.stories.files.typed import clear

EVERY = (*ENGLISH, *SMALLER, *IN_LANGUAGES)
SURE = [one for one in EVERY if not one.unsure]
UNSURE = [one for one in EVERY if one.unsure]


def by_name(layouts):
    return pytest.mark.parametrize("layout", layouts, ids=[one.name.replace(" ", "-") for one in layouts])


@by_name(SURE)
def test_an_export_of_a_known_vendor_comes_in_exactly(terminal, layout):
    """Every deal with its stage, money, days and owner, at the first try and without an option, in four languages."""
    ended = terminal("import", terminal.file("export.csv", layout.text))
    assert (ended.code, differences(kept(terminal.url), right(layout.right))) == (0, []), clear(ended)


@by_name(UNSURE)
def test_an_export_of_another_vendor_is_exact_or_refused_by_name(terminal, layout):
    """At the first try nothing comes in wrong, or at $0: what is not sure is named, with the option to add.

    With what was asked for added, everything is there, and nothing else.
    """
    path = terminal.file("export.csv", layout.text)
    ended = terminal("import", path)
    said = clear(ended)
    assert differences(kept(terminal.url), right(layout.right), whole=ended.code == 0) == [], said
    if ended.code:
        assert ended.code == 1, said
        assert any(name in said for name in layout.unsure), said
        assert re.search(layout.offers, said), said
    if layout.options:
        ended = terminal("import", path, *layout.typed())
        assert (ended.code, differences(kept(terminal.url), right(layout.right))) == (0, []), clear(ended)
