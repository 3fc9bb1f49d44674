"""How often a command asks the database before it is answered; the rest of its time is reading and wording."""

import pytest

from tests.statements import asked_of


@pytest.mark.parametrize(
    ("line", "most"),
    [("/log 1 call", 6), ("/followup call Acme about pricing on friday", 10), ("/deal Foo 12k", 23)],
)
async def test_a_command_asks_few_questions(team, line, most):
    ana = team.person("ana")
    await ana.says(
        "/followup email Hooli about renewals on friday"
    )  # she was heard of, and asked what is in it
    with asked_of(team.bot.database) as found:
        await ana.says(line)
    noted = next(at for at, one in enumerate(found) if one.startswith("INSERT INTO inbox"))
    assert noted + 1 <= most, found[: noted + 1]
