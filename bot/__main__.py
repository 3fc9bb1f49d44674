"""`python -m bot` is `rainmaker`."""

from bot.garbage import uncollected


def main() -> None:
    """Load the command line and run it."""
    with uncollected():
        from bot.cli import main as command_line
    command_line()


if __name__ == "__main__":
    main()
