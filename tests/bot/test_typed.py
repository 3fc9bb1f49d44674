"""What people type, from what Slack makes of it."""

import pytest

from bot.typed import as_typed, mentioned, without_mention


@pytest.mark.parametrize(
    ("passed_on", "typed"),
    [
        ("deal <http://acme.com|acme.com> 24k", "deal acme.com 24k"),
        ("<https://acme.com/a?b=1&amp;c=2>", "https://acme.com/a?b=1&c=2"),
        ("mail <mailto:ana@acme.com|ana@acme.com>", "mail ana@acme.com"),
        ("<mailto:ana@acme.com>", "ana@acme.com"),
        ("call <tel:+38641123456|+386 41 123 456>", "call +386 41 123 456"),
        ("see <#C123|sales> and <#C9>", "see #sales and <#C9>"),
        ("<!subteam^S1|@emea> and <!subteam^S2>", "@emea and @group"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel @everyone"),
        ("<!date^1392734382^{date}|18 Feb 2014>", "18 Feb 2014"),
        ("ask <@U2|ben> and <@U3>", "ask <@U2> and <@U3>"),
        ("R&amp;D &lt;new&gt;", "R&D <new>"),
        ("&lt;@U2&gt; &lt;http://x.com|x&gt;", "<@U2> <http://x.com|x>"),
        ("&amp;lt;", "&lt;"),
        ("Settings\u00a0Field", "Settings Field"),
        ("Follow\u2011up", "Follow-up"),
        ("\u200blog 5 calls", "log 5 calls"),
        ("\x00 24k\x1b[31m\x7f", "24k[31m"),
        ("log 5 calls\nlog 1 demo", "log 5 calls\nlog 1 demo"),
        ("a\u2009b\u3000c", "a b c"),
        ("👨\u200d👩\u200d👧 family", "👨\u200d👩\u200d👧 family"),
        ("5 < 6", "5 < 6"),
        ("", ""),
    ],
)
def test_a_text_is_what_the_person_saw(passed_on, typed):
    assert as_typed(passed_on) == typed


def test_only_tags_mention_anybody():
    assert mentioned("<@U2|ben> &lt;@U3&gt; <#C1> <@U4>") == {"U2", "U4", "C1"}


@pytest.mark.parametrize(
    "said", ["<@UBOT> log 5 calls", "log 5 calls <@UBOT>", "<@UBOT>: log 5 calls", " <@UBOT>, log 5 calls"]
)
def test_our_own_name_is_no_part_of_what_is_said(said):
    assert without_mention(said, "UBOT") == "log 5 calls"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("@Rainmaker log 5 calls", "log 5 calls"),
        ("@rainmaker, log 5 calls", "log 5 calls"),
        ("@sales_bot: log 5 calls", "log 5 calls"),
        ("log 5 calls @Rainmaker", "log 5 calls"),
        ("<@U0BOT> log 5 calls", "log 5 calls"),
        ("@Rainmakers log 5 calls", "@Rainmakers log 5 calls"),
        ("mail me@rainmaker", "mail me@rainmaker"),
        ("mail dana@rainmaker.example", "mail dana@rainmaker.example"),
        ("@rainmaker.example log 5 calls", "@rainmaker.example log 5 calls"),
    ],
)
def test_our_name_before_or_after_what_is_said_is_no_part_of_it(said, meant):
    assert without_mention(said, "U0BOT", "sales_bot") == meant
