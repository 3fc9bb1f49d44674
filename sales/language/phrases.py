"""Plain words in the bot's direct messages, and the command each means. One line per way of saying it."""

import re
from typing import NamedTuple

from sales.language.typed_text import clean
from sales.refusal import Refusal

# The names of `handlers.registry`, so that "goal 120k" works as well as "/goal 120k".
NAMES = "goal|followup|log|deal|pipeline|runway|plan|lead|prep|pitch|drill|team|why|help|undo"
_ITEMS = (
    r"(?:[0-9]+|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of)\s+(?:\w+\s)?"
    r"(?:calls?|e-?mails?|meetings?|demos?|proposals?|quotes?|referrals?|intros?|messages?|visits?)"
)


class Saying(NamedTuple):
    """A way of saying a command: `text` is what follows the command's name, from the pattern's groups."""

    pattern: re.Pattern[str]
    command: str
    text: str


def _say(pattern: str, command: str, text: str = "") -> Saying:
    return Saying(re.compile(rf"(?:{pattern})[\s.!?]*", re.I), command, text)


SAYINGS: tuple[Saying, ...] = (
    _say(r"help(?: me)?|\?+|what can you do|commands|hi|hello|hey", "help"),
    _say(r"undo(?: that| it| last)?|take (?:that|it) back|oops", "undo"),
    _say(r"pause(?: (?:your|my|the|all)? ?(?:messages|nudges|everything))?(?: (.*))?", "pause", r"\1"),
    _say(r"(?:resume|unpause)(?: (?:your|my|the|all)? ?(?:messages|nudges|everything))?", "resume"),
    _say(r"how (?:am i|['’]?m i|are we) (?:doing|tracking)(?: (?:so far|today|this \w+))?", "goal"),
    _say(r"(?:show |what (?:are|is|['’]s) )?(?:me )?my (?:goals?|number|targets?|quota|pace)", "goal"),
    _say(r"what['’]?s my (?:goal|number|target|quota|pace)|am i (?:on track|on pace|behind|ahead)", "goal"),
    _say(r"set (?:a |my |the )?(?:new )?(?:goal|target)", "goal", "set"),
    _say(r"set (?:a |my |the )?(?:goal|target)(?: of| to| for| at)?[:\s]+(.*)", "goal", r"set \1"),
    _say(r"(?:my|the) (?:goal|target|quota) is (.*)", "goal", r"set \1"),
    _say(r"(?:show |list )?(?:me )?my (?:open )?(?:follow[- ]?ups?|commitments|tasks|to-?dos?)", "followup"),
    _say(r"what(?:['’]?s| is) (?:due|next|open|overdue)(?: (?:today|tomorrow|this week|now))?", "followup"),
    _say(r"(?:due|today|overdue)|what (?:do|should) i (?:need to )?do(?: today| now| next)?", "followup"),
    _say(r"follow(?:ing)?[- ]?up:?(?: with| on)? (.*)", "followup", r"\1"),
    _say(r"remind me (?:to |about |that )?(.*)", "followup", r"\1"),
    _say(r"((?:chase|don['’]t forget to|remember to) .*)", "followup", r"\1"),
    _say(
        r"((?:i|they|he|she) owes? .*|.* owes? (?:me|us)(?: .*)?|(?:i['’]?m )?waiting (?:for|on) .*)",
        "followup",
        r"\1",
    ),
    _say(r"(?:i |we |i['’]ve |we['’]ve )?(?:just )?log(?:ged)?:? (.*)", "log", r"\1"),
    _say(
        rf"(?:i |we |i['’]ve |we['’]ve )?(?:just )?(?:did|made|had|sent|held) ({_ITEMS}(?:\W.*)?)",
        "log",
        r"\1",
    ),
    _say(r"(?:i |we )?(?:just )?((?:called|emailed|met|visited|messaged|phoned|demoed) .*)", "log", r"\1"),
    _say(rf"({_ITEMS}(?:\W.*)?)", "log", r"\1"),
    _say(r"(?:show |list )?(?:me )?my (?:open )?(?:deals|opportunities|opps)", "deal"),
    _say(r"(?:i |we |i['’]ve |we['’]ve )?(?:just )?((?:won|lost) .*)", "deal", r"\1"),
    _say(
        r"((?:park|reopen) .*|(?:move|push) .* to .*|(?:.* (?:is )?)?closed (?:won|lost)(?:\W.*)?)",
        "deal",
        r"\1",
    ),
    _say(
        r"(?:(?:add|create|open)(?: a)? )?(?:new )?(?:deal|opportunity|opp):?(?: with| for)? (.*)",
        "deal",
        r"\1",
    ),
    _say(r"(?:is it|when is it|when['’]?s it|will it be) too late(?: to \w+(?: \w+)*)?", "runway"),
    _say(
        r"(?:show |what(?:['’]?s| is) )?(?:me )?(?:my|the) runway|how long (?:have i got|do i have)", "runway"
    ),
    _say(r"(?:what(?:['’]?s| is) )?(?:my |the )?last day to (?:create|prospect|open).*", "runway"),
    _say(r"(?:audit|check|review|clean up|halve) (?:my |the )?pipeline", "pipeline", "audit"),
    _say(r"(?:show |how(?:['’]?s| is) )?(?:me )?(?:my|the) pipeline(?: doing| looking)?", "pipeline"),
    _say(r"(?:show )?(?:me )?my (?:action )?plan", "plan"),
    _say(r"(?:prep(?:are)?|get) (?:me |ready )?for (.*)", "prep", r"\1"),
    _say(r"(?:show )?(?:me )?my leads|who should i call(?: today| now| next)?", "lead"),
    _say(r"quiz me|(?:let me )?practi[cs]e|drill me|test me", "drill"),
    _say(r"how(?:['’]?s| is) (?:my|the|our) team(?: doing)?|(?:show )?(?:me )?(?:my|the|our) team", "team"),
    _say(r"(?:my )?(goal|deal|plan|lead)s", r"\1"),
    _say(r"why(?: (?:did|do|are) you .*| this| that| am i .*)?", "why"),
    _say(rf"/?(?:rainmaker\s+)?({NAMES})(?:\s+(.*))?", r"\1", r"\2"),
    _say(r"/?rainmaker(?:\s+(.*))?", "rainmaker", r"\1"),
)


def plain_command(text: str) -> tuple[str, str] | None:
    """Return the command a direct message means and the text that follows its name, or None for none.

    "logged 5 calls" is ("log", "5 calls"). Lists have an empty text. Text too long for any command is none.
    """
    try:
        line = clean(text)
    except Refusal:
        return None
    for saying in SAYINGS:
        match = saying.pattern.fullmatch(line)
        if match:
            command = match.expand(saying.command).lower()
            return command, match.expand(saying.text).strip()
    return None
