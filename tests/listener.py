"""Listening to what is logged, whatever level the tests are quiet at."""

import logging
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.testing import capture_logs


@contextmanager
def heard(*processors: Any) -> Iterator[list[MutableMapping[str, Any]]]:
    """Yield a list that everything from info on is added to while the block lasts, as `processors` leave it."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    try:
        with capture_logs(processors) as logs:
            yield logs
    finally:
        structlog.configure(wrapper_class=before)
