"""How the double gives tokens: client credentials, a signed assertion, refresh tokens that are good for one use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import jwt

from playground.salesforce.refusal import OAuthRefusal
from playground.salesforce.schema import OrgWatch

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCES = ["https://login.salesforce.com", "https://test.salesforce.com"]
LONGEST = 300  # seconds that an assertion may be good for


@dataclass
class OrgTokens:
    """An app that may ask for tokens, and those it was given."""

    clock: OrgWatch
    secret: str
    client_id: str = "rainmaker"
    username: str = ""
    public_key: str = ""
    given: set[str] = field(default_factory=set)
    refreshing: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.numbers = count(1)

    def ask(self, form: Mapping[str, Any], org_id: str) -> dict[str, str]:
        """Return a token, as the token endpoint answers.

        Raises:
            OAuthRefusal: if there is none for this.
        """
        grant, found = form.get("grant_type"), {}
        if grant == "client_credentials":
            self.known(form)
        elif grant == JWT_BEARER:
            self.signed(str(form.get("assertion", "")))
        elif grant == "refresh_token":
            self.known(form)
            if form.get("refresh_token") not in self.refreshing:
                raise OAuthRefusal("invalid_grant", "expired access/refresh token")
            self.refreshing.remove(str(form["refresh_token"]))
            found = {"refresh_token": self.refresh_token()}
        else:
            raise OAuthRefusal("unsupported_grant_type", "grant type not supported")
        token = f"{org_id[:15]}!AQ{next(self.numbers):08d}.double"
        self.given.add(token)
        return {**found, "access_token": token, "token_type": "Bearer", "scope": "api"}

    def known(self, form: Mapping[str, Any]) -> None:
        if form.get("client_id") != self.client_id:
            raise OAuthRefusal("invalid_client_id", "client identifier invalid")
        if form.get("client_secret") != self.secret:
            raise OAuthRefusal("invalid_client", "invalid client credentials")

    def signed(self, assertion: str) -> None:
        try:
            said = jwt.decode(
                assertion,
                self.public_key,
                algorithms=["RS256"],
                audience=AUDIENCES,
                options={"verify_exp": False, "require": ["exp", "iss", "sub"]},
            )
        except (jwt.PyJWTError, ValueError) as fault:
            raise OAuthRefusal("invalid_grant", "invalid assertion") from fault
        left = (datetime.fromtimestamp(said["exp"], UTC) - self.clock.now()).total_seconds()
        if not 0 < left <= LONGEST:
            raise OAuthRefusal("invalid_grant", "assertion expired or not yet valid")
        if said["iss"] != self.client_id or said["sub"] != self.username:
            raise OAuthRefusal("invalid_grant", "user hasn't approved this consumer")

    def refresh_token(self) -> str:
        """Return a token to refresh with, once."""
        made = f"5Aep861{next(self.numbers):08d}"
        self.refreshing.add(made)
        return made
