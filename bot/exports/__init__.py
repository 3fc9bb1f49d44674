"""`rainmaker export`: everything a workspace owns into a folder; and such a folder read in again."""

from bot.exports.command import export_command

__all__ = ["export_command"]
