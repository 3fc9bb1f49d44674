"""`rainmaker import`: files in, a report of every row that could not be taken out."""

from bot.imports.command import import_command
from bot.imports.run import ImportTerms, Rejected, bring_in, take_back

__all__ = ["ImportTerms", "Rejected", "bring_in", "import_command", "take_back"]
