"""Names that nobody listed: what the trained pipeline takes for people, places and organisations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hrcode.language.pipeline import BATCH, load_pipeline
from hrcode.privacy.capitals import NO_NAMES, is_code, starts_sentence
from hrcode.privacy.folding import fold, words
from hrcode.privacy.found import ENTITY, Found
from hrcode.privacy.known import Known, with_parts
from hrcode.privacy.matching import ORDINARY

_LABELS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}
_PEOPLE = ("person", "name")
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
    for (offset, _), doc in zip(
        pieces, nlp.pipe([piece for _, piece in pieces], batch_size=BATCH), strict=True
    ):
        for entity in doc.ents:
            kind = _LABELS.get(entity.label_)
            if kind and (span := _bare(text, offset + entity.start_char, offset + entity.end_char)):
                owner = " ".join(word.form for word in words(text[slice(*span)]))
                yield Found(*span, kind, owner, ENTITY)


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Cut articles, possessives and signs off an entity; None where no name is left."""
    inner = [(start + word.start, start + word.end, word.form) for word in words(text[start:end])]
    for i in range(1, len(inner)):  # "Jarek's van" is Jarek, "St Bride's Hospital" is all of it
        last = i + 1 == len(inner)
        if inner[i][2] in ("s", "m", "ll", "d", "re", "ve") and (last or text[inner[i + 1][0]].islower()):
            del inner[i:]
            break
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


def meanings(finds: Sequence[Found]) -> dict[str, tuple[str, str]]:
    """Say what each name means in the whole study, so that it gets one pseudonym everywhere.

    Args:
        finds (Sequence[Found]): Entities and capitalised words of all texts, and patterns' people.

    Returns:
        dict[str, tuple[str, str]]: Words to kind and owner: the kind that they were most often
        taken for; a single name that is part of one full name only means that person.
    """
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for find in finds:
        kinds[find.owner][find.kind] += 1
    # A capital letter tells no kind, so any other guess goes before it.
    kind_of = {
        owner: max(counted, key=lambda kind: (kind != "name", counted[kind]))
        for owner, counted in kinds.items()
    }
    full: dict[str, set[str]] = defaultdict(set)
    for owner, kind in kind_of.items():
        for part in owner.split() if kind == "person" else ():
            full[part].add(owner)
    meant = {}
    for owner, kind in kind_of.items():
        wholes = full[owner] - {owner} if kind in _PEOPLE and " " not in owner else set()
        meant[owner] = ("person", next(iter(wholes))) if len(wholes) == 1 else (kind, owner)
    return meant


def known_from_entities(meant: Mapping[str, tuple[str, str]], small: frozenset[str]) -> list[Known]:
    """Make names of entities, so that one found once is replaced wherever it stands in the study.

    Args:
        meant (Mapping[str, tuple[str, str]]): What `meanings` gave.
        small (frozenset[str]): Words that the study also writes small; these are left out.

    Returns:
        list[Known]: The names, people's with their parts.
    """
    found = []
    for words_, (kind, owner) in meant.items():
        forms = with_parts([words_.title()]) if kind in _PEOPLE else (words_,)
        kept = tuple(form for form in forms if " " in form or fold(form) not in small | ORDINARY | NO_NAMES)
        if kept:
            found.append(Known(kind, owner, kept, ENTITY))
    return found
