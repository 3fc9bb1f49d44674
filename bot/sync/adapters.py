"""The CRMs there are: of each its adapter, and what it is connected with. Another one is a file and a line here."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from sales.imports.sync.port import CrmPort
from sales.imports.sync.record import Vendor
from storage.imports.sync.connection import CrmConnectionRow


class Credential(NamedTuple):
    """Something that a CRM is connected with: where it is read from, and how it is asked for.

    One that is not `needed` is never asked for, nor is one while another is there that does `instead`.
    """

    name: str
    variable: str
    question: str = ""
    secret: bool = True
    needed: bool = True
    instead: str = ""


class Adapter(NamedTuple):
    """A CRM's adapter by its module and class, what it is connected with, and where its interface is by default.

    The module is loaded for whoever has such a CRM.
    """

    module: str
    kind: str
    asked: tuple[Credential, ...]
    url_variable: str

    def opened(self, credentials: Mapping[str, str], zone: str = "UTC") -> CrmPort:
        """Return the port. `credentials` are what was asked, by name, and `url` where that is another than usual."""
        made: Callable[[Mapping[str, str], str], CrmPort] = getattr(import_module(self.module), self.kind)
        return made(credentials, zone)


ADAPTERS: Mapping[Vendor, Adapter] = {
    Vendor.HUBSPOT: Adapter(
        "bot.sync.hubspot",
        "HubSpot",
        (
            Credential(
                "token", "RAINMAKER_HUBSPOT_TOKEN", "Service Key, or the token of an older private app"
            ),
        ),
        "RAINMAKER_HUBSPOT_URL",
    ),
    Vendor.SALESFORCE: Adapter(
        "bot.sync.salesforce",
        "Salesforce",
        (
            Credential(
                "host", "RAINMAKER_SALESFORCE_HOST", "My Domain, such as acme.my.salesforce.com", secret=False
            ),
            Credential(
                "client_id",
                "RAINMAKER_SALESFORCE_CLIENT_ID",
                "Consumer key of the External Client App",
                secret=False,
            ),
            Credential(
                "client_secret", "RAINMAKER_SALESFORCE_CLIENT_SECRET", "Its consumer secret", instead="key"
            ),
            Credential("username", "RAINMAKER_SALESFORCE_USERNAME", needed=False),  # with a key, for JWT
            Credential("key", "RAINMAKER_SALESFORCE_KEY", needed=False),
        ),
        "RAINMAKER_SALESFORCE_URL",
    ),
}


def port_of(row: CrmConnectionRow, credentials: Mapping[str, str]) -> CrmPort:
    """Return the port of a connection."""
    return ADAPTERS[row.vendor].opened(credentials, row.zone)
