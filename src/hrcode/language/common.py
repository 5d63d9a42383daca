"""How rare a word is likely to be: only good for choosing which words to look for first.

What is chosen changes how fast a phrase is ruled out, never whether it is found.
"""

from __future__ import annotations

# What English talk is full of, the most frequent first, roughly.
_COMMON = """
the be i you and a to it 's that is not n't of in have do was we they he for this on what so there with are
or but my as all like just if one had me would get at go up will can about no know then out because she from
when your them did people how who thing him an our their her want some by really right think good now very
'm 're time come say see us well said more back way down something make take could other here got mean been
look where were only any much into which over these his even two than off being work day lot yes oh too why
first need always still never again through let little should every those before same going tell put after
ask give big most kind maybe bit might away find talk leave help last own life person feel may must new year
week nothing everything somebody someone anything nobody everyone everybody anybody anyone without under use
try keep great sure already also another next many home place
"""
_RANK = {word: rank / 1_000 for rank, word in enumerate(_COMMON.split())}


def rarity(word: str) -> float:
    """Guess how rare a word is.

    Args:
        word (str): The word, or a wildcard, in lower case.

    Returns:
        float: Below 1 for the commonest words of English, else the number of its letters.
    """
    return _RANK.get(word, len(word))
