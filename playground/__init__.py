"""A Slack workspace in a box: Web API, Socket Mode, a web page and a clock that jumps."""

from playground.clock import Clock
from playground.faults import Fault
from playground.rates import MethodRates
from playground.server import Server
from playground.visitor import NotSeen, Visitor
from playground.workspace import Workspace

__all__ = ["Clock", "Fault", "MethodRates", "NotSeen", "Server", "Visitor", "Workspace"]
