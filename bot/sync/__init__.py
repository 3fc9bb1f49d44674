"""Sync: CRMs read and written over their own interfaces, by whoever holds the connection's lease."""

from bot.sync.command import connect_command as connect_command
from bot.sync.command import disconnect_command as disconnect_command
