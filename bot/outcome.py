"""The outcome of a command: what cannot be done, said in one line, and the exit code that goes with it."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.settings import SettingsTrouble
from sales.refusal import Refusal
from storage.trouble import StorageTrouble

TROUBLE = (Refusal, StorageTrouble, SettingsTrouble)  # what has a mend that a person can be told


@contextmanager
def told_in_one_line(stopped: str = "") -> Iterator[None]:
    """End a command with 1 and one line where it cannot be done, or where somebody stops it and `stopped` says what is.

    Raises:
        Exit: once the line is said.
    """
    try:
        yield
    except TROUBLE as trouble:
        raise failed(worded(trouble)) from trouble
    except KeyboardInterrupt as asked:
        if not stopped:
            raise
        raise failed(stopped) from asked


def worded(trouble: Exception) -> str:
    """Return why something cannot be done, with what would have worked."""
    if isinstance(trouble, Refusal) and trouble.example:
        return f"{trouble.text} For example: {trouble.example}"
    return str(trouble)


def failed(line: str) -> typer.Exit:
    """Say a line on the error stream; return what ends the command."""
    typer.echo(line, err=True)
    return typer.Exit(1)
