"""A person's hands and eyes in the workspace, for tests."""

from playground.visitor.person import Visitor
from playground.visitor.search import NotSeen

__all__ = ["NotSeen", "Visitor"]
