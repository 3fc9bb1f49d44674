"""Carried: what a button or a form keeps of what it was made for, until it comes back with an answer."""

import json
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True)
class Carried:
    """A value that travels as the list of its fields, in their order. New ones come last and have a default: what was
    posted before them is still read.
    """

    def written(self) -> str:
        """Return it as a button or a form can keep it."""
        return json.dumps([getattr(self, one.name) for one in fields(self)], ensure_ascii=False)

    @classmethod
    def read(cls, kept: str) -> Self:
        """Return what `written` kept."""
        return cls(*json.loads(kept))
