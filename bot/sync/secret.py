"""Secrets: a CRM's credentials, encrypted at rest with keys from the environment.

The first key encrypts; the others only read, so that a key can be replaced: put the new one first, run
`rainmaker connect --rotate`, and take the old one away. Whose credentials they are stands inside what is encrypted, so
that they cannot be moved to another connection (docs/crm.md, "The key").
"""

import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

KEY = "RAINMAKER_SECRET_KEY"
BELONGS = "belongs"


class SecretTrouble(Exception):
    """Credentials cannot be read or kept; the text says why and the mend, and names none of them."""


class Secrets:
    """Encrypts and reads credentials. `keys` are Fernet keys with commas between, the newest first."""

    def __init__(self, keys: str) -> None:
        every = [one.strip() for one in keys.split(",") if one.strip()]
        if not every:
            raise SecretTrouble(
                f"{KEY} is missing. It encrypts what is kept of a CRM. Put a new one into the environment or .env, and"
                f" keep it as safe as the tokens: {new_key()}"
            )
        try:
            self.fernet = MultiFernet([Fernet(one) for one in every])
        except ValueError:
            raise SecretTrouble(
                f"{KEY} is no key: it has 32 bytes in URL-safe base64, 44 characters, several with commas between."
                f" A new one: {new_key()}"
            ) from None

    def keep(self, belongs: str, credentials: Mapping[str, str]) -> str:
        """Return credentials as they are kept."""
        written = json.dumps({**credentials, BELONGS: belongs}, sort_keys=True)
        return self.fernet.encrypt(written.encode()).decode()

    def read(self, belongs: str, kept: str) -> dict[str, str]:
        """Return credentials that were kept.

        Raises:
            SecretTrouble: if none of the keys fits, or they are of another connection.
        """
        try:
            found: dict[str, str] = json.loads(self.fernet.decrypt(kept.encode()))
        except InvalidToken:
            raise SecretTrouble(
                f"What is kept of the CRM was encrypted with another key than {KEY} has. Put that key there again,"
                " or connect anew with `rainmaker connect`."
            ) from None
        if found.pop(BELONGS, None) != belongs:
            raise SecretTrouble(
                "What is kept of the CRM belongs to another connection. Connect anew with `rainmaker connect`."
            )
        return found

    def rotated(self, belongs: str, kept: str) -> str:
        """Return the same, encrypted with the first key.

        Raises:
            SecretTrouble: as for `read`.
        """
        self.read(belongs, kept)
        return self.fernet.rotate(kept.encode()).decode()


def new_key() -> str:
    return Fernet.generate_key().decode()


def belonging(workspace_id: str, vendor: str) -> str:
    """Return what stands inside credentials: of which workspace's connection they are."""
    return f"{workspace_id}:{vendor}"
