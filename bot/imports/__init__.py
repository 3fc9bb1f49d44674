"""`rainmaker import`: files in, a report of every row that could not be taken out."""

from bot.imports.command import import_command

__all__ = ["import_command"]
