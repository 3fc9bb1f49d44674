"""Trouble: what a database's driver says is told in plain words, whatever its words; a fault of ours is none."""

import pytest
from sqlalchemy.exc import OperationalError

from storage.trouble import AWAY, SILENT, explained


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ConnectionError("unexpected connection_lost() call"), AWAY),
        (ConnectionResetError(104, "Connection reset by peer"), AWAY),
        (BrokenPipeError(32, "Broken pipe"), AWAY),
        (OperationalError("SELECT 1", {}, ConnectionError("unexpected connection_lost() call")), AWAY),
        (TimeoutError(), SILENT),
    ],
)
def test_a_connection_that_goes_is_the_servers_trouble(error, line):
    assert str(explained(error, ())) == line


@pytest.mark.parametrize(
    "error", [ValueError("connection closed?"), KeyError("id"), OSError(2, "No such file")]
)
def test_a_fault_of_ours_is_no_trouble_of_the_database(error):
    assert explained(error, ()) is None
