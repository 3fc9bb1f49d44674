"""Attacks by what is asked and typed: every door by everybody, and hostile strings wherever something is typed."""

from sales.people.permission import may
from tests.attack.outcome import AttackGround, Outcome
from tests.bot.test_http import over_http
from tests.features.everybody import (
    ELSEWHERE,
    GONE,
    ROLES,
    STRANGER,
    doors,
    walk,
)
from tests.known import WORKSPACE
from tests.listener import heard
from tests.setup_story import sets_up

MARKUP = [
    *(
        "<!channel>",
        "<!here>",
        "<!everyone>",
        "<@U3>",
        "<#C1>",
        "<!subteam^S1>",
        "<https://evil.example|Acme>",
    ),
    *(
        "*b*",
        "_i_",
        "~s~",
        "`c`",
        "```",
        "*_x_*",
        "> q",
        "&lt;!channel&gt;",
        "&amp;",
        "&",
        "<",
        ">",
        "<>",
        "<@>",
    ),
    *("<!", "<@U", "<!date^0^{date}|x>", ":smile:", "@channel", "@here", "{{ 7*7 }}", "{% raw %}", "${7*7}"),
]
CODE = [
    *(
        "'; DROP TABLE member; --",
        '" OR 1=1 --',
        "1); DELETE FROM goal; --",
        "%s%s%n",
        "%00",
        "\\",
        "\\n",
        "\\u0000",
    ),
    *("$(id)", "`id`", "| cat /etc/passwd", "../../etc/passwd", "file:///etc/passwd", "javascript:alert(1)"),
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '{"a":1}',
        "[]",
        "null",
        "None",
        "NaN",
        "payload={}",
    ),
]
ODD = [
    *(
        "\u202egpj.exe",
        "\u200b",
        "\u2066x\u2069",
        "\ufeff",
        "\u0000",
        "\x07",
        "\x1b[31m",
        "\ud83d",
        "e\u0301" * 50,
    ),
    *("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "👩‍👩‍👧‍👦", "🇸🇮", "漢字", "مرحبا", "שלום", "ｆｕｌｌ", "ß", "İ", "ﷺ", "½", "²", "−5", "١٢٣"),
    *(
        "A" * 250,
        "A" * 600,
        "A" * 3000,
        "é" * 3000,
        "&" * 1000,
        "<" * 1000,
        "😀" * 1000,
        "a b " * 700,
        "9" * 400,
        "-1",
        "0",
        "1e999",
        "-0.0",
    ),
    *(
        "99999999999999999999",
        "0x1F",
        "1,2,3,4",
        "31.2.2026",
        "29 Feb 2027",
        "tomorrow yesterday friday",
        "   ",
        "\t\t",
    ),
]
HOSTILE = [*MARKUP, *CODE, *ODD]
FIELDS = (
    *(
        "/followup {} fri send the offer",
        "/followup Acme fri {}",
        "/log 2 calls {}",
        "/log {}",
        "/deal {} 24k",
    ),
    *("/goal {}", "/why {}", "/runway {}", "/team {}", "/rainmaker {}", "/rainmaker leave {}"),
)
RAW = ("<!channel>", "<!here>", "<!everyone>", "<@U3>", "<!subteam^S1>")  # what would call people


async def permissions(ground: AttackGround) -> Outcome:
    """Every door, asked for by everybody: whoever may not gets in nowhere and changes nothing."""
    found, all_doors = Outcome("permission tries"), doors()
    async with walk(ground.file()) as around:
        before = await around.kept()
        for user_id in (*ROLES.values(), GONE):
            member = await around.who(user_id)
            for door in all_doors:
                if not may(door.act, member):
                    said = await around.tries(door, user_id)
                    found.check(
                        not around.got_in and "went wrong" not in said, f"{user_id} at {door}: {said}"
                    )
                    around.got_in.clear()
        for door in all_doors:
            await around.tries(door, STRANGER, workspace_id=ELSEWHERE)
            found.check(all(where == ELSEWHERE for *_, where in around.got_in), f"a stranger at {door}")
        found.check(await around.kept() == before, "something of the workspace was changed")
    found.note = f"{len(all_doors)} doors, {len(ROLES) + 2} kinds of people"
    return found


async def hostile_strings(ground: AttackGround) -> Outcome:
    """Whatever is typed, the answer is one that Slack takes, calls nobody, and no fault of ours."""
    found = Outcome("hostile strings", note=f"{len(HOSTILE)} strings in {len(FIELDS)} places")
    strings = HOSTILE[::7] if ground.quick else HOSTILE
    async with over_http(ground.file()) as (server, bot, _):
        await sets_up(server.visitor("mia"), "Field", ["ana"])
        ana = server.visitor("ana")
        for text in strings:
            if text.encode("utf-8", "replace").decode() != text:
                continue  # no client can send half a character
            for field in FIELDS:
                problems = len(server.problems)
                with heard() as logs:
                    try:
                        said = "\n".join(await ana.says(field.format(text), channel="C1"))
                    except Exception as fault:  # noqa: BLE001 -- whatever it is, it is what is looked for
                        found.check(False, f"{field} with {text[:40]!r}: {fault!r}"[:200])
                        continue
                loud = [one for one in logs if one.get("exc_info")]
                held = "went wrong" not in said and not loud and len(server.problems) == problems
                found.check(
                    held, f"{field} with {text[:40]!r}: {said[:120]!r} {server.problems[problems:]}"[:300]
                )
        await server.settled()
        assert bot.workspace_id == WORKSPACE
    return found
