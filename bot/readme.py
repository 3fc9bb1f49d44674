"""The README's list of commands, made from the command table: `python -m bot.readme` writes it."""

import sys
from pathlib import Path

from handlers.commands import SlashCommand
from handlers.declaration import Command
from handlers.feature import Registry
from handlers.registry import REGISTRY

README = Path(__file__).parent.parent / "README.md"
BEGIN = "<!-- commands: begin (made from handlers/registry.py; `make manifest` writes it) -->"
END = "<!-- commands: end -->"


def command_list(registry: Registry = REGISTRY) -> str:
    """Return every command as Markdown, with its subcommands and an example."""
    return "\n".join(entry(command) for command in registry.commands)


def entry(command: SlashCommand) -> str:
    lines = [f"* `{typed(command.name, command)}` {command.summary}. Example: `{command.example}`"]
    lines += [
        f"  * `{typed(f'{command.name} {sub.name}', sub)}` {sub.summary}" for sub in command.subcommands
    ]
    return "\n".join(lines)


def typed(name: str, usage: Command) -> str:
    return f"/{name} {usage.usage}".strip()


def with_list(text: str) -> str:
    """Return the README's text with the list as it should be.

    Raises:
        ValueError: if the marks between which the list stands are not there.
    """
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError("README.md lacks the marks of the command list")
    return f"{before}{BEGIN}\n{command_list()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_list(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write("README.md is up to date.\n")
