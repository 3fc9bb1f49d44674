"""What tests agree on: one workspace and one Monday morning."""

from datetime import UTC, datetime

T0 = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # a Monday
WORKSPACE = "T1"
