"""The pages that list commands say what the command table says, and show no picture that is not there."""

import re

import pytest

from bot.readme import PAGE, PAGES, ROOT, command_list, command_page, with_list
from handlers.registry import REGISTRY

PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<path>[^)]+\.webp)\)")
SIZED = re.compile(r'<img src="(?P<path>[^"]+)" alt="(?P<words>[^"]*)"')
LARGEST = 80_000  # bytes; a page with all of them should open at once
MOST = 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_lists_the_commands_as_the_table_does(page):
    text = page.read_text(encoding="utf-8")
    assert with_list(text, PAGES[page]) == text


def test_the_page_has_every_command_and_every_word_that_may_follow_it():
    made = command_page()
    for command in REGISTRY.commands:
        assert f"### /{command.name}\n" in made
        assert f"`{command.example}`" in command_list()
        for sub in command.subcommands:
            assert f"| `/{command.name} {sub.name}" in made
            assert f"| {sub.summary} |" in made


def test_a_page_without_the_marks_is_not_written_over():
    with pytest.raises(ValueError, match="lacks the marks"):
        with_list("Nothing here.")


def test_pictures_are_few_small_described_and_all_in_use():
    pictures = {picture.name: picture for picture in (ROOT / "docs" / "pictures").glob("*")}
    pages = [ROOT / "README.md", *PAGE.parent.glob("*.md")]
    shown = [
        found
        for page in pages
        for way in (PICTURE, SIZED)
        for found in way.finditer(page.read_text(encoding="utf-8"))
    ]
    assert {found["path"].rpartition("/")[2] for found in shown} == set(pictures)
    assert all(found["words"] for found in shown)
    assert len(pictures) <= MOST
    assert [name for name, picture in pictures.items() if picture.stat().st_size > LARGEST] == []
