"""`python -m bot` is `rainmaker`."""

from bot.cli import main

main()
