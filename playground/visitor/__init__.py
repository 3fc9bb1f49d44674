"""A person's hands and eyes in the workspace, for tests."""

from playground.visitor.finding import NotSeen
from playground.visitor.person import Visitor

__all__ = ["NotSeen", "Visitor"]
