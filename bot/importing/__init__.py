"""`rainmaker import`: files in, a report of every row that could not be taken out."""

from bot.importing.command import import_command
from bot.importing.run import Rejected, Terms, bring_in, take_back

__all__ = ["Rejected", "Terms", "bring_in", "import_command", "take_back"]
