"""English or not: told by the small words that every sentence has, since nothing else here reads another language."""

from collections.abc import Sequence

ENOUGH = 8  # words; of fewer an English sentence may have none of the small ones
LEAST_SHARE = 0.1  # of the small words in English; in prose it is four in ten
FOREIGN_LETTERS = 0.3  # of the letters, beyond the Latin alphabet

SMALL_WORDS = """
a about after all also am an and any are as at be because been before but by can could did do does for from get had has
have he her here his how i if in into is it its let me more most my no not now of off on one only or our out over she
should so some than thanks that the their them then there these they this those to too two up us was we were what when
where which who why will with would you your yours may might shall please hello dear hi i'm i've i'd i'll it's that's
we're we've we'll we'd you're you've don't can't let's what's
"""
OTHER_WORDS = """
der das den dem des und ist im ein eine einen einem nicht mit für auf von vom zum zur zu sie wir ihr ihre ihnen ihrem
ihren uns würde wird sind haben auch bei oder dass zwei als wie sich
het een van dat voor niet zijn uw met och att det som är på ett för inte vi jag og til ikke af ved er jeg hei deres
de en deux le la les est et vous nous une dans que qui sur avec votre notre pour du au aux ce cette je
el los las es una con su por para del y il gli di che per sono nel della uno não uma com os seu sua em și este din pe să
v je na bi vam vaš vaše naš naše ste smo pri da ki ali kako dva za se si jih njih u li vas nam
jest z się nie że czy dla jak pro jsme jste které
"""  # German, Dutch and Scandinavian, French, other Romance ones, Slovene and Croatian, Polish and Czech
SMALL = frozenset(SMALL_WORDS.split())
OTHERS = frozenset(OTHER_WORDS.split())


def is_english(words: Sequence[str]) -> bool:
    """Say whether words, in lower case, are of an English text; of very few words it is taken to be one."""
    letters = [letter for word in words for letter in word if letter.isalpha()]
    beyond = sum(1 for letter in letters if ord(letter) > 0x24F)
    if beyond > FOREIGN_LETTERS * len(letters):
        return False
    english = sum(1 for word in words if word in SMALL)
    foreign = sum(1 for word in words if word in OTHERS)
    if foreign > english:
        return False
    return len(words) < ENOUGH or english >= LEAST_SHARE * len(words)
