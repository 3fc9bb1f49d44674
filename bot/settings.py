"""Settings: from the environment or a `.env` file, each documented where it is declared."""

import os
import re
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

USER_ID = re.compile(r"[UW][A-Z0-9]{1,20}", re.ASCII)


class Settings(BaseSettings):
    """What the operator decides. Everything a team decides is stored and edited in Slack instead."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    slack_bot_token: SecretStr = Field(description="Bot token of the installed app, begins with xoxb-.")
    slack_app_token: SecretStr = Field(
        default=SecretStr(""), description="App-level token for Socket Mode, begins with xapp-."
    )
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""), description="Signing secret; needed with --http only."
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Slack's Web API, or a local double's."
    )
    database_url: str = Field(
        default="sqlite+aiosqlite:///rainmaker.db", description="Where everything is kept."
    )
    command_prefix: str = Field(
        default="",
        description="Put before every command, e.g. rm- gives /rm-goal.",
        max_length=16,
        pattern=r"^[a-z0-9_-]*$",
    )
    log_level: str = Field(default="info", description="debug, info, warning or error.")
    heartbeat_seconds: float = Field(
        default=15.0, gt=0, le=60, description="How often due work is looked for."
    )
    hooks: str = Field(
        default="",
        description="HOST:PORT, or PORT of this machine alone, where other systems send content events; a proxy before"
        " it brings HTTPS. Empty for nowhere.",
    )
    accept_clock: bool = Field(
        default=False,
        description="For one start: the clock is right, although it is behind what was written down.",
    )
    admins: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(),
        description="Slack user ids, with commas between: admins of Rainmaker, whatever Slack says of them.",
    )

    rainmaker_secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="What a CRM's credentials are encrypted with: a Fernet key, several with commas between, the newest"
        " first. `rainmaker connect` makes one.",
    )

    def crm_keys(self) -> str:
        """Return what a CRM's credentials are encrypted with; a key that was set since counts, too."""
        return self.rainmaker_secret_key.get_secret_value() or os.environ.get("RAINMAKER_SECRET_KEY", "")

    @field_validator("admins", mode="before")
    @classmethod
    def read_admins(cls, given: object) -> object:
        """Read user ids with commas between them; a mention as Slack shows it is one, too."""
        if not isinstance(given, str):
            return given
        ids = {one.strip().removeprefix("<@").removesuffix(">") for one in given.split(",")} - {""}
        for one in sorted(ids):
            if not USER_ID.fullmatch(one):
                raise ValueError(
                    f"{one} is no Slack user id; they look like U024BE7LH, with commas between (Slack: profile,"
                    " three dots, Copy member ID)"
                )
        return frozenset(ids)


def read_settings(**overrides: object) -> Settings:
    """Read the settings.

    Raises:
        SettingsTrouble: in one line that names what is missing or wrong.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic-settings fills the rest
    except ValidationError as invalid:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc'])).upper()}: {said(one)}" for one in invalid.errors()
        )
        raise SettingsTrouble(
            f"{wrong}. Set it in the environment or in .env (see .env.example)."
        ) from invalid


def said(error: ErrorDetails) -> str:
    """Return what is wrong: our own words as they are, pydantic's in small letters."""
    ours = (error.get("ctx") or {}).get("error")
    return str(ours) if isinstance(ours, ValueError) else error["msg"].lower()


class SettingsTrouble(Exception):
    """The settings cannot be used; the text says which and how to mend it."""
