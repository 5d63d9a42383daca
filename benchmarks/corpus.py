"""An invented corpus: seeded, so that every machine measures the same words.

The talk is about buses, kitchens and forms. One sentence in fifteen is planted: an example sentence of
the codebook that is measured, or a sentence with one of its keywords.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

SUBJECTS = ["we", "they", "he", "she", "I", "you", "the neighbour", "my boss", "somebody",
            "people", "everyone", "my sister", "the driver", "one of them",
            "a woman from the office", "the others"]  # fmt: skip
VERBS = ["saw", "asked for", "waited for", "talked about", "forgot", "remember", "brought",
         "needed", "want", "left", "was thinking about", "had to find", "could not get",
         "always liked", "used to have", "paid for", "went back to", "was looking for",
         "never understood", "would have taken", "kept", "lost"]  # fmt: skip
THINGS = ["the rent", "a form", "coffee", "the van", "a room", "the doctor", "some money",
          "the dog", "his bag", "the meeting", "the rain", "a plan", "the bus", "her keys",
          "a phone", "the kitchen", "the whole thing", "an old bicycle", "that letter",
          "a place to sit", "the first week", "my own time", "nothing", "the other building",
          "a sandwich", "those stairs", "the number on the door", "what they said"]  # fmt: skip
TAILS = ["on Monday", "again", "you know", "in the end", "as usual", "after lunch", "sort of",
         "at home", "with my brother", "for two hours", "because of the weather",
         "before it got dark", "every time", "like I said", "in that street",
         "and that was it", "somehow", "more or less", "", "", "", ""]  # fmt: skip
OPENERS = ["Well,", "And then", "You know,", "I mean,", "So", "But", "Anyway,", "Yes,",
           "To be honest,", "Because", "", "", "", "", "", "", ""]  # fmt: skip
JOINTS = ["and", "but", "because", "so", "when", "and then", "although", "while", ", I think,", "or maybe"]
QUESTIONS = ["How was it?", "What happened then?", "Can you say more about that?", "And who was there?",
             "When was this?", "What would you have liked?"]  # fmt: skip
NAMED = ["with {}", "near {}", "at {}'s", "in {} Street", "after {} left", "for {}"]
SYLLABLES = [
    "ka",
    "mo",
    "ri",
    "tel",
    "dan",
    "sho",
    "bel",
    "ur",
    "vi",
    "nor",
    "pe",
    "gra",
    "lin",
    "os",
    "fa",
    "ham",
]
NAMES = 20_000  # that occur at all; the first few often, most of them once or twice, as in real talk
PLANT_EVERY = 15
WORDS_A_TRANSCRIPT = 7_500


def talk(choose: random.Random) -> str:
    """Make one sentence of invented talk, of 3 to 25 words."""
    parts = [choose.choice(OPENERS)]
    for clause in range(choose.choice((1, 1, 2, 2, 2, 3))):
        parts += [choose.choice(JOINTS)] if clause else []
        parts += [choose.choice(SUBJECTS), choose.choice(VERBS), choose.choice(THINGS)]
        parts += [
            choose.choice(TAILS) if choose.random() < 0.6 else choose.choice(NAMED).format(_name(choose))
        ]
    text = " ".join(part for part in parts if part).replace(" ,", ",")
    return f"{text[0].upper()}{text[1:]}{choose.choice('.......?!')}"


def _name(choose: random.Random) -> str:
    """Make up a name; how often each comes falls with its number."""
    number = int(NAMES ** choose.random())
    letters = [
        SYLLABLES[number // 16**k % 16]
        for k in range(1 + (number >= 16) + (number >= 256) + (number >= 4096))
    ]
    return "".join(letters).capitalize()


def sentences(count: int, planted: list[str], every: int = PLANT_EVERY, seed: int = 7) -> list[str]:
    """Make sentences of invented talk, one in ``every`` of which is planted.

    Args:
        count (int): How many sentences.
        planted (list[str]): Sentences to plant, or single words, which are put into a sentence.
        every (int): Distance between planted sentences.
        seed (int): Seed of the random choice.

    Returns:
        list[str]: The sentences.
    """
    return list(itertools.islice(_stream(planted, every, seed), count))


def _stream(planted: list[str], every: int, seed: int) -> Iterator[str]:
    choose = random.Random(seed)
    for number in itertools.count():
        if not planted or number % every:
            yield talk(choose)
            continue
        chosen = choose.choice(planted)
        yield chosen if " " in chosen else f"{choose.choice(SUBJECTS)} want {chosen}.".capitalize()


def write_corpus(folder: Path, megabytes: float, planted: Iterable[str]) -> Path:
    """Write a study's transcripts of about so many megabytes in all, and its participants table.

    Args:
        folder (Path): Where to; made if need be.
        megabytes (float): How much text, in millions of bytes.
        planted (Iterable[str]): Sentences or words to plant (see `sentences`).

    Returns:
        Path: The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stream = _stream(list(planted), PLANT_EVERY, seed=7)
    choose = random.Random(11)
    rows = ["participant,group"]
    written = 0
    for number in itertools.count(1):
        if written >= megabytes * 1e6:
            break
        text = _transcript(f"P{number}", stream, choose)
        written += (folder / f"P{number}.txt").write_text(text, encoding="utf-8")
        rows.append(f"P{number},{'north' if number % 2 else 'south'}")
    (folder / "participants.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def _transcript(person: str, stream: Iterator[str], choose: random.Random) -> str:
    turns: list[str] = []
    words = 0
    while words < WORDS_A_TRANSCRIPT:
        answer = " ".join(itertools.islice(stream, choose.randint(1, 14)))
        words += answer.count(" ")
        turns.append(f"I: {choose.choice(QUESTIONS)}\n{person}: {answer}\n")
    return "\n".join(turns)
