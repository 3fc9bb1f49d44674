"""The commands in README.md and docs/commands.md, made from the command table: `python -m bot.readme` writes both."""

import sys
from collections.abc import Callable
from pathlib import Path

from handlers.commands import SlashCommand
from handlers.declaration import Command
from handlers.feature import Registry
from handlers.registry import REGISTRY

ROOT = Path(__file__).parent.parent
README, PAGE = ROOT / "README.md", ROOT / "docs" / "commands.md"
BEGIN = "<!-- commands: begin (made from handlers/registry.py; `make manifest` writes it) -->"
END = "<!-- commands: end -->"


def command_list(registry: Registry = REGISTRY) -> str:
    """Return every command in a line, with an example."""
    return "\n".join(
        f"* `{typed(command.name, command)}` {command.summary}. Example: `{command.example}`"
        for command in registry.commands
    )


def command_page(registry: Registry = REGISTRY) -> str:
    """Return a section for every command: its line, an example, a picture where there is one, what follows it."""
    return "\n\n".join(section(command) for command in registry.commands)


def section(command: SlashCommand) -> str:
    parts = [
        f"### /{command.name}",
        f"`{typed(command.name, command)}` {command.summary}. Example: `{command.example}`",
    ]
    picture = PAGE.parent / "pictures" / f"command-{command.name}.webp"
    if picture.exists():
        parts.append(f"![What /{command.name} answers](pictures/{picture.name})")
    if command.subcommands:
        rows = [
            f"| {cell(typed(f'{command.name} {sub.name}', sub))} | {sub.summary} |"
            for sub in command.subcommands
        ]
        parts.append("\n".join(["| Type | For |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def cell(words: str) -> str:
    """Return words as code in a table, where a bar would end the cell."""
    return f"`{words}`".replace("|", "\\|")


def typed(name: str, usage: Command) -> str:
    return f"/{name} {usage.usage}".strip()


def with_list(text: str, made: Callable[[], str] = command_list) -> str:
    """Return a page's text with the list as it should be.

    Raises:
        ValueError: if the marks between which the list stands are not there.
    """
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError("the page lacks the marks of the command list")
    return f"{before}{BEGIN}\n{made()}\n{END}{after}"


PAGES: dict[Path, Callable[[], str]] = {README: command_list, PAGE: command_page}


if __name__ == "__main__":
    for page, made in PAGES.items():
        page.write_text(with_list(page.read_text(encoding="utf-8"), made), encoding="utf-8")
        sys.stdout.write(f"{page.relative_to(ROOT)} is up to date.\n")
