"""An invented corpus: seeded, so that every machine measures the same words."""

from __future__ import annotations

import random

SUBJECTS = ["we", "they", "he", "she", "the client", "my boss", "somebody", "the nurse", "people", "I"]
VERBS = ["see", "ask", "wait for", "talk about", "forget", "remember", "bring", "need", "want", "leave"]
THINGS = ["the rent", "a form", "coffee", "the van", "a room", "the doctor", "money", "the dog", "his bag",
          "the meeting", "the rain", "a plan", "the bus", "her keys", "a phone", "the kitchen"]  # fmt: skip
TAILS = ["on Monday", "again", "you know", "in the end", "I mean", "as usual", "after lunch", "sort of", ""]


def sentences(count: int, words: list[str], every: int = 15, seed: int = 7) -> list[str]:
    """Make sentences of invented talk, one in ``every`` of which holds one of the words.

    Args:
        count (int): How many sentences.
        words (list[str]): Words to plant.
        every (int): Distance between planted words, in sentences.
        seed (int): Seed of the random choice.

    Returns:
        list[str]: The sentences.
    """
    choice = random.Random(seed).choice
    made = []
    for number in range(count):
        parts = [choice(SUBJECTS), choice(VERBS), choice(THINGS), choice(TAILS)]
        if words and number % every == 0:
            parts[2] = choice(words)
        made.append(" ".join(part for part in parts if part).capitalize() + ".")
    return made
