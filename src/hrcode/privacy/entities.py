"""Names that nobody listed: what the trained pipeline takes for people, places and organisations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from hrcode.language.pipeline import BATCH, load_pipeline
from hrcode.privacy.capitals import NO_NAMES, is_code, starts_sentence
from hrcode.privacy.folding import fold, words
from hrcode.privacy.found import ENTITY, Found
from hrcode.privacy.known import Known, with_parts
from hrcode.privacy.matching import ORDINARY

_LABELS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}
_LONGEST_LINE = 20_000
_LINE = re.compile(r"[^\r\n]+")


def find_entities(text: str, language: str, skip: Sequence[tuple[int, int]] = ()) -> Iterator[Found]:
    """Find named entities in a text, line by line.

    Args:
        text (str): A transcript's text.
        language (str): Code of a language that has a trained pipeline.
        skip (Sequence[tuple[int, int]]): Stretches that the pipeline does not see (speaker labels).

    Yields:
        Found: Each person, place and organisation, without articles and possessives.
    """
    nlp = load_pipeline(language, frozenset({"ner"}))
    hidden = list(text)
    for start, end in skip:
        hidden[start:end] = "\n" * (end - start)
    shown = "".join(hidden)
    pieces = [
        (start, match[0][start - match.start() : start - match.start() + _LONGEST_LINE])
        for match in _LINE.finditer(shown)
        for start in range(match.start(), match.end(), _LONGEST_LINE)
    ]
    for (offset, _), doc in zip(pieces, nlp.pipe([piece for _, piece in pieces], batch_size=BATCH), strict=True):
        for entity in doc.ents:
            kind = _LABELS.get(entity.label_)
            if kind and (span := _bare(text, offset + entity.start_char, offset + entity.end_char)):
                owner = " ".join(word.form for word in words(text[slice(*span)]))
                yield Found(*span, kind, owner, ENTITY)


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Cut articles, possessives and signs off an entity; None where no name is left."""
    inner = [(start + word.start, start + word.end, word.form) for word in words(text[start:end])]
    if len(inner) > 1 and inner[-1][2] in ("s", "m", "ll", "d", "re", "ve"):
        inner.pop()
    while inner and (inner[0][2] in NO_NAMES or not text[inner[0][0]].isupper()):
        inner.pop(0)
    while inner and inner[-1][2] in NO_NAMES:
        inner.pop()
    if not any(len(form) > 1 for *_, form in inner) or any(is_code(text[a:b]) for a, b, _ in inner):
        return None  # "Interview S4" is a heading, no organisation
    return inner[0][0], inner[-1][1]


def sift_entities(text: str, found: Sequence[Found], small: frozenset[str]) -> list[Found]:
    """Drop single words that have their capital from the sentence's start and are small elsewhere.

    Args:
        text (str): A text.
        found (Sequence[Found]): What `find_entities` found in it.
        small (frozenset[str]): What `hrcode.privacy.capitals.small_words` gave for the study.

    Returns:
        list[Found]: What is left.
    """
    return [find for find in found if not (find.owner in small and starts_sentence(text, find.start))]


def known_from_entities(finds: Sequence[Found], small: frozenset[str]) -> list[Known]:
    """Make names of entities, so that one found once is replaced wherever it stands in the study.

    Args:
        finds (Sequence[Found]): Entities and capitalised words of all texts, and patterns' people.
        small (frozenset[str]): Words that the study also writes small.

    Returns:
        list[Known]: A name is of the kind that it was most often taken for; a part of a full name
        belongs to the person of the full name. Words that are also written small are left out.
    """
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for find in finds:
        kinds[find.owner][find.kind] += 1
    found = []
    for owner, counted in kinds.items():
        kind = max(counted, key=lambda kind: (kind != "name", counted[kind]))
        forms = with_parts([owner.title()]) if kind in ("person", "name") else (owner,)
        kept = tuple(form for form in forms if " " in form or not {fold(form)} & (small | ORDINARY | NO_NAMES))
        if kept:
            found.append(Known(kind, owner, kept, ENTITY))
    return _by_full_name(found)


def _by_full_name(found: list[Known]) -> list[Known]:
    """Let a single name belong to the one person whose full name it is part of."""
    full: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.kind in ("person", "name") and " " in one.owner:
            for part in one.owner.split():
                full[part].add(one.owner)
    return [
        Known(one.kind, next(iter(full[one.owner])), one.forms, one.source)
        if one.kind == "person" and len(full.get(one.owner, ())) == 1
        else one
        for one in found
    ]
