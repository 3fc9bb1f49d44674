"""The command line: what cannot be is one clear line, and the exit code says so."""

import pytest

from tests.terminal import rainmaker

NOWHERE = "sqlite+aiosqlite://"
POSTGRES = "postgresql+asyncpg://nobody:secret@127.0.0.1:9/rainmaker"

pytestmark = pytest.mark.processes


@pytest.mark.parametrize(
    ("arguments", "settings", "line"),
    [
        (("run", "--http", "3000"), {}, "--http 3000 is no HOST:PORT. For example: --http 0.0.0.0:3000\n"),
        (("run", "--http", "127.0.0.1:0"), {}, "SLACK_SIGNING_SECRET is missing; --http needs it."),
        (("run",), {}, "SLACK_APP_TOKEN is missing."),
        (("run",), {"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN begins with xapp-: that is the app-level"),
        (
            ("run",),
            {"SLACK_APP_TOKEN": "xoxb-1"},
            "SLACK_APP_TOKEN begins with xoxb-: that is the bot token.",
        ),
        (("run",), {"ADMINS": "U024BE7LH, Ana"}, "ADMINS: Ana is no Slack user id;"),
        (("run",), {"COMMAND_PREFIX": "RM-"}, "COMMAND_PREFIX: "),
        (("manifest", "--prefix", "RM-"), {}, "--prefix 'RM-': Slack takes small letters"),
        (("manifest", "--http", "https://localhost"), {}, "--http https://localhost: Slack cannot reach"),
        (("run", "--reconcile-since", "yesterday"), {}, "--reconcile-since yesterday is no instant."),
        (("run", "--reconcile-since", "2999-01-01T00:00Z"), {}, "is still to come."),
        (
            ("run",),
            {"SLACK_APP_TOKEN": "xapp-1", "DATABASE_URL": POSTGRES},
            "The database server does not answer.",
        ),
        (
            ("backup", "copy.db"),
            {"DATABASE_URL": POSTGRES},
            "This database is PostgreSQL, which has its own: pg_dump",
        ),
        (("backup", "copy.db"), {}, "rainmaker.db is no database. Check DATABASE_URL."),
        (("migrate",), {"DATABASE_URL": NOWHERE}, "DATABASE_URL names no file"),
        (("import", "--undo", "1"), {"DATABASE_URL": NOWHERE}, "DATABASE_URL names no file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_trouble_is_one_line_and_exit_code_1(tmp_path, arguments, settings, line):
    code, said = rainmaker(tmp_path, *arguments, **settings)
    assert (code, said.count("\n")) == (1, 1), said
    assert line in said


def test_a_backup_is_made_beside_whatever_uses_the_database(tmp_path):
    assert rainmaker(tmp_path, "migrate") == (0, "The database is up to date.\n")
    code, said = rainmaker(tmp_path, "backup", "copy.db")
    assert (code, said.startswith("copy.db holds everything")) == (0, True)
    code, said = rainmaker(tmp_path, "backup", "copy.db")
    assert (code, "is there already, and a backup overwrites nothing" in said) == (1, True)
