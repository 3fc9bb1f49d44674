"""Blocks as the plain text a person reads: buttons as [Done], menus as (Choose…), charts as small tables."""

from playground.transcript.blocks import inputs_shown, read_blocks
from playground.transcript.mrkdwn import MrkdwnReader, read
from playground.transcript.screens import read_body, read_message, read_view

__all__ = ["MrkdwnReader", "inputs_shown", "read", "read_blocks", "read_body", "read_message", "read_view"]
