"""Fixed instants for the playground's tests."""

from datetime import UTC, datetime

WEDNESDAY = datetime(2017, 9, 20, 14, 30, tzinfo=UTC)  # 16:30 in Ljubljana
