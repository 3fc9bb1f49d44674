"""Tokens of Salesforce: asked for with the secret of an app, or with an assertion that its key signs; never refreshed.

What is asked for is asked again where it is refused, so no refresh token is kept that two replicas could spend.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt
import structlog

from bot.clock import wall_clock
from bot.sync.requests import CrmReply, CrmRequests, not_understood
from sales.imports.sync.port import CrmBusy, TokenRefused
from sales.imports.sync.record import Vendor

log = structlog.get_logger()

PATH = "/services/oauth2/token"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GOOD_FOR = timedelta(minutes=3)  # what Salesforce takes at most of an assertion
PRINTED = re.compile(r"[!-~]{8,512}")
NO_SECRET = (
    "That is no consumer secret of Salesforce's. Paste it alone, as the External Client App shows it, with nothing"
    " before it."
)
NO_KEY = "That is no private key that can sign. Give the whole PEM of the key whose certificate the app has."
NOTHING = (
    "Salesforce is connected with a consumer secret, or with a user and a private key. Give one of them."
)
PASSING = frozenset({"temporarily_unavailable", "server_error", "unknown_error"})
TOO_MANY = "rate exceeded"  # of logins of one user, whoever asked for them
LOGINS = "Salesforce gives no token right now: too many logins, or trouble of its own. I go on after a pause."
A_WHILE = timedelta(minutes=15)
REFUSED = (
    "Salesforce refuses the credentials. See that the External Client App allows this flow and the secret or key is"
    " its own, then connect with `rainmaker connect salesforce`."
)


class SalesforceTokens:
    """Tokens for one app of an org."""

    def __init__(self, requests: CrmRequests, credentials: Mapping[str, str], host: str) -> None:
        self.requests = requests
        self.client_id = credentials.get("client_id", "").strip()
        self.secret = credentials.get("client_secret", "").strip()
        self.username = credentials.get("username", "").strip()
        self.key = credentials.get("key", "").strip()
        sandbox = ".sandbox." in host
        self.audience = f"https://{'test' if sandbox else 'login'}.salesforce.com"
        self.token = ""
        self.instance = ""  # where the org says it is; nothing is sent there

    async def current(self) -> str:
        return self.token or await self.renewed()

    async def renewed(self) -> str:
        """Ask for another token.

        Raises:
            TokenRefused: if it is not given.
        """
        self.token = ""
        if self.secret and not self.key:
            if not PRINTED.fullmatch(self.secret):
                raise TokenRefused(NO_SECRET)
            form = {"grant_type": "client_credentials", "client_id": self.client_id}
            reply = await self.post({**form, "client_secret": self.secret})
        elif self.key and self.username:
            reply = await self.post(self.assertion(wall_clock()))
            if not reply.ok and reply.at is not None:  # our clock may be another than theirs
                reply = await self.post(self.assertion(reply.at))
        else:
            raise TokenRefused(NOTHING)
        return self.taken(reply)

    async def post(self, form: Mapping[str, str]) -> CrmReply:
        return await self.requests.ask("POST", PATH, headers={"Accept": "application/json"}, form=form)

    def assertion(self, now: datetime) -> dict[str, str]:
        claims: dict[str, Any] = {"iss": self.client_id, "sub": self.username, "aud": self.audience}
        claims["exp"] = int((now + GOOD_FOR).timestamp())
        try:
            signed = jwt.encode(claims, self.key.replace("\\n", "\n"), algorithm="RS256")
        except (jwt.PyJWTError, ValueError, TypeError):
            raise TokenRefused(NO_KEY) from None
        return {"grant_type": JWT_BEARER, "assertion": signed}

    def taken(self, reply: CrmReply) -> str:
        body = reply.body if isinstance(reply.body, dict) else {}
        if reply.ok and isinstance(body.get("access_token"), str) and PRINTED.fullmatch(body["access_token"]):
            self.token, self.instance = body["access_token"], str(body.get("instance_url") or "")
            return self.token
        error = str(body.get("error", ""))[:40]
        log.warning("salesforce gave no token", status=reply.status, error=error)
        if error in PASSING or TOO_MANY in str(body.get("error_description", "")).lower():
            raise CrmBusy(LOGINS, A_WHILE)
        if 400 <= reply.status < 500:
            raise TokenRefused(REFUSED)
        raise not_understood(Vendor.SALESFORCE)
