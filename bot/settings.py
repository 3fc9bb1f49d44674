"""Settings: from the environment or a `.env` file, each documented where it is declared."""

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


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
        default="", description="Put before every command, e.g. rm- gives /rm-goal.", max_length=16
    )
    log_level: str = Field(default="info", description="debug, info, warning or error.")
    heartbeat_seconds: float = Field(
        default=15.0, gt=0, le=60, description="How often due work is looked for."
    )
    accept_clock: bool = Field(
        default=False,
        description="For one start: the clock is right, although it is behind what was written down.",
    )


def read_settings(**overrides: object) -> Settings:
    """Read the settings.

    Raises:
        SettingsTrouble: in one line that names what is missing or wrong.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic-settings fills the rest
    except ValidationError as invalid:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg'].lower()}" for one in invalid.errors()
        )
        raise SettingsTrouble(
            f"{wrong}. Set it in the environment or in .env (see .env.example)."
        ) from invalid


class SettingsTrouble(Exception):
    """The settings cannot be used; the text says which and how to mend it."""
