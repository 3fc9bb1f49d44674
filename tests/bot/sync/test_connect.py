"""What a CRM is connected with: from the environment or `.env`, and asked for only where neither has it."""

import io
import os
import sys

import pytest

from bot.sync.command import asked
from sales.imports.sync.record import Vendor

SALESFORCE = {
    "RAINMAKER_SALESFORCE_HOST": "acme.my.salesforce.com",
    "RAINMAKER_SALESFORCE_CLIENT_ID": "rainmaker",
    "RAINMAKER_SALESFORCE_CLIENT_SECRET": "ab$cd#ef",
    "RAINMAKER_SALESFORCE_USERNAME": "",
    "RAINMAKER_SALESFORCE_KEY": "",
}


@pytest.fixture(autouse=True)
def terminal(tmp_path, monkeypatch):
    """A folder without a `.env`, and an environment that says nothing of a CRM."""
    monkeypatch.chdir(tmp_path)
    for name in [one for one in os.environ if one.startswith("RAINMAKER_")]:
        monkeypatch.delenv(name)


def types(monkeypatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in lines)))


def test_what_stands_in_the_file_is_not_asked_for_and_a_dollar_is_only_a_dollar(tmp_path, monkeypatch):
    lines = [f"{name}='{said}'\n" for name, said in SALESFORCE.items()]
    (tmp_path / ".env").write_text("".join(lines))
    monkeypatch.setenv("RAINMAKER_SALESFORCE_CLIENT_ID", "another")  # the environment counts before the file
    types(monkeypatch)
    assert asked(Vendor.SALESFORCE) == {
        "host": "acme.my.salesforce.com",
        "client_id": "another",
        "client_secret": "ab$cd#ef",
    }


def test_a_secret_that_stands_nowhere_is_asked_for(monkeypatch):
    types(monkeypatch, "acme.my.salesforce.com", "rainmaker", "typed-secret")
    found = asked(Vendor.SALESFORCE)
    assert found == {
        "host": "acme.my.salesforce.com",
        "client_id": "rainmaker",
        "client_secret": "typed-secret",
    }
    types(monkeypatch, "pat-typed")
    assert asked(Vendor.HUBSPOT) == {"token": "pat-typed"}


def test_with_a_key_no_secret_is_asked_for(monkeypatch):
    known = {
        **SALESFORCE,
        "RAINMAKER_SALESFORCE_CLIENT_SECRET": "",
        "RAINMAKER_SALESFORCE_USERNAME": "sync@acme.example",
        "RAINMAKER_SALESFORCE_KEY": "PEM",
    }
    for name, said in known.items():
        monkeypatch.setenv(name, said)
    types(monkeypatch)
    assert asked(Vendor.SALESFORCE).keys() == {"host", "client_id", "username", "key"}
