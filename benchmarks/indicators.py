"""How coding grows with the number of indicators: ratios within one run.

    python -m benchmarks indicators

Words are planted so that one sentence in fifteen holds one; each size is measured five times, in
turn with the others, and the fastest time counts.
"""

from __future__ import annotations

import json
import time

from benchmarks.corpus import sentences
from hrcode.checks.examples import text_sentences
from hrcode.codebook.load import parse_codebook
from hrcode.coding.engine import Engine

SUBCATEGORIES = 60
SIZES = (60, 300, 1000)
SENTENCES = 20_000
REPEATS = 5


def word(number: int) -> str:
    """Give the n-th of a series of made-up words."""
    letters = "bdfgklmnprst"
    return "zo" + "".join(letters[(number // 12**k) % 12] + "a" for k in range(3))


def codebook(indicators: int) -> str:
    """Write a codebook of 60 subcategories with so many indicators: phrases of one to three words."""
    shapes = ["{w}", "(see|ask) {w}", "{w} ... again", "(we|they) (want|need) {w}"]
    rules = [shapes[n % 4].format(w=word(n)) for n in range(indicators)]
    subs = [
        {"id": f"s{n}", "label": "S", "definition": "D", "indicators": rules[n::SUBCATEGORIES]}
        for n in range(SUBCATEGORIES)
    ]
    category = {"id": "c", "label": "C", "definition": "D", "subcategories": subs}
    return json.dumps({"codebook": "bench", "version": "1", "categories": [category]})


def main() -> None:
    """Print words per second for each number of indicators, and the ratio to the smallest."""
    text = " ".join(sentences(SENTENCES, [word(n) for n in range(60)]))
    material = text_sentences(text, "en")
    words = sum(len(sentence.tokens) for sentence in material)
    engines = {}
    for size in SIZES:
        book, faults = parse_codebook(codebook(size), "bench")
        if book is None:
            raise SystemExit("\n".join(map(str, faults)))
        engines[size] = Engine(book)
    best = dict.fromkeys(SIZES, float("inf"))
    found = dict.fromkeys(SIZES, 0)
    for _ in range(REPEATS):
        for size in SIZES:
            begun = time.perf_counter()
            found[size] = sum(1 for _ in engines[size].find(material))
            best[size] = min(best[size], time.perf_counter() - begun)
    print(f"{words:,} words in {len(material):,} sentences, {SUBCATEGORIES} subcategories, matching alone")
    for size in SIZES:
        ratio = best[size] / best[SIZES[0]]
        speed = words / best[size]
        print(
            f"{size:5} indicators: {speed:9,.0f} words/s, {ratio:.2f} times {SIZES[0]}, {found[size]:,} found"
        )
