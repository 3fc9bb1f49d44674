"""Win posts: a deal that was won, told in the team's channel as it comes; a choice of the team's."""

from datetime import timedelta

from sales.people.audience import Tells, may_read
from sales.people.team import Team, WinPosting

WIN_POST = "win_post"

SETTLES = timedelta(minutes=3)  # a slip of the finger is taken back by then, and nobody read of it
TOGETHER = timedelta(hours=1)  # what is won within it stands in one message
FOLLOWED = timedelta(days=1)  # so long a post is edited as its deals change
FRESH = timedelta(days=7)  # a deal closed longer ago and entered now is no news
WORTH_READING = timedelta(days=2)  # after that the digest has it


def wants_posts(team: Team) -> bool:
    """Say whether a team wants its wins told as they come, and has a channel for it."""
    return team.win_posts is not WinPosting.OFF and team.digest_channel is not None


def names_people(team: Team) -> bool:
    """Say whether a post may say who won what."""
    return may_read(team.audience, Tells.GOOD_NEWS)


def shows_amounts(team: Team) -> bool:
    """Say whether a post may say how much."""
    return team.win_posts is WinPosting.AMOUNTS
