"""Tokens: which kind each is, by how it begins; a swapped one is named before Slack is asked."""

BOT, APP = "xoxb-", "xapp-"
OTHERS = {
    "xoxp-": "a user token",
    "xoxe.": "a token of the kind that expires; switch token rotation off",
    "xoxe-": "a token that only renews others",
    "xoxa-": "a token of an old kind of app",
    "xoxs-": "the token of somebody's browser",
    "xoxc-": "the token of somebody's browser",
}
QUOTES = "\"'“”‘’`"
BOT_PLACE = "Copy the bot token, which begins with xoxb-, from OAuth & Permissions into SLACK_BOT_TOKEN."
APP_PLACE = (
    "Make an app-level token with connections:write under Basic Information. It begins with xapp-; put it into"
    " SLACK_APP_TOKEN."
)


def bot_token_trouble(token: str) -> str:
    """Return what is wrong with a bot token as far as it can be seen, in words; empty if nothing is."""
    return trouble(token, BOT, {APP: "the app-level token", **OTHERS})


def app_token_trouble(token: str) -> str:
    """Return what is wrong with an app-level token as far as it can be seen, in words; empty if nothing is."""
    return trouble(token, APP, {BOT: "the bot token", **OTHERS})


def trouble(token: str, begins: str, others: dict[str, str]) -> str:
    bare = token.strip().strip(QUOTES).strip()
    if not bare:
        return "is empty"
    for prefix, kind in others.items():
        if bare.startswith(prefix):
            return f"begins with {prefix}: that is {kind}"
    if not bare.startswith(begins):
        return f"does not begin with {begins}"
    if bare != token:
        return "has spaces or quotes around it; take them away"
    return "has a space in it" if any(map(str.isspace, token)) else ""
