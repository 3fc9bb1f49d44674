"""Refusals: what Rainmaker will not do, in words for the person who asked."""


class Refusal(Exception):
    """Something was asked that cannot be done; the text says why and how to mend it.

    `field` names the value at fault (a modal shows the text under that input); `example` is something
    that would have worked, shown as the person could type it.
    """

    def __init__(self, text: str, *, field: str | None = None, example: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.field = field
        self.example = example
