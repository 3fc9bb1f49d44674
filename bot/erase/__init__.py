"""Erasing: somebody is forgotten, in every table and in small units of work, while a bot may run beside it."""

from bot.erase.command import erase_command

__all__ = ["erase_command"]
