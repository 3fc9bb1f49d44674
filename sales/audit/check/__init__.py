"""Checks of a pipeline: a registry, one function and one entry each; each says why and what to do."""

from sales.audit.check.beside import twins_among
from sales.audit.check.finding import AuditAim, AuditCheck, AuditKnown, CheckSort, DealFinding, Mend
from sales.audit.check.record import CheckRecord, is_retired
from sales.audit.check.registry import BY_KEY, CHECKS, findings_of, is_dead

__all__ = [
    "BY_KEY",
    "CHECKS",
    "AuditAim",
    "AuditCheck",
    "AuditKnown",
    "CheckRecord",
    "CheckSort",
    "DealFinding",
    "Mend",
    "findings_of",
    "is_dead",
    "is_retired",
    "twins_among",
]
