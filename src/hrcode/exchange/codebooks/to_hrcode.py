"""The neutral form to an hrcode codebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hrcode.codebook.load import parse_codebook
from hrcode.codebook.model import ORIGINS, STANCES
from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.ids import MAX_ID, make_id, make_unique
from hrcode.exchange.codebooks.model import SEPARATOR, Book, Entry, Loss, Relation
from hrcode.exchange.codebooks.words import to_phrase
from hrcode.exchange.codebooks.yaml_text import Value, to_yaml

NO_DEFINITION = "To be written."
VERSION = "0.1"
MAX_WITHIN = 100
MAX_SIDE = 1_000
_TEXTS = ("brief", "use_when", "not_when")
_KNOWN = {*_TEXTS, "stance", "origin", "source", "doi", "licence", "crosswalk", "match", "no_match"}
_CHOICES = {"stance": STANCES, "origin": ORIGINS}


def write_hrcode(book: Book, name: str = "codebook") -> tuple[str, list[Loss]]:
    """Write a codebook as hrcode YAML.

    Roots become categories. A root that can be assigned gets a subcategory of its own id and label.
    Levels below the second are joined into the subcategory's id.

    Args:
        book (Book): The codebook.
        name (str): What the codebook's id is made of.

    Returns:
        tuple[str, list[Loss]]: The YAML, and what it cannot hold.

    Raises:
        CodebookError: When what comes out is no codebook, such as one too large.
    """
    losses: list[Loss] = []
    families: dict[str, list[Entry]] = {}
    for entry in book.entries:
        families.setdefault(entry.path[0], []).append(entry)
    whole: dict[str, Value] = {
        "codebook": make_id(name),
        "version": VERSION,
        "title": book.fields.get("title", ""),
        "categories": [_category(own[0], own[1:], losses) for own in families.values()],
    }
    text = to_yaml({key: value for key, value in whole.items() if value})
    codebook, faults = parse_codebook(text, f"{name}.yaml")
    if codebook is None:
        errors = [fault for fault in faults if fault.level == "error"][:10]
        raise CodebookError("This cannot be made into a codebook of hrcode:", errors)
    return text, losses


def name_of(path: Path) -> str:
    """Give what a codebook's id is made of: the file's name."""
    return path.name.split(".")[0]


def _category(root: Entry, below: list[Entry], losses: list[Loss]) -> dict[str, Value]:
    ids = {root.path: root.id}
    parents = {entry.parents for entry in below}
    own = root.codable or bool(root.words or root.relations) or not below
    taken: set[str] = set()
    subs: list[Value] = []
    if own:
        subs.append(_subcategory(root, make_unique(root.id, taken), root.label, losses))
    for entry in below:
        joined = entry.id if len(entry.parents) == 1 else f"{ids[entry.parents]}_{entry.id}"
        ids[entry.path] = joined[:MAX_ID]
        folder = entry.path in parents and not entry.codable
        if folder and not (entry.definition or entry.words or entry.relations or entry.fields):
            continue
        if len(entry.parents) > 1:
            losses.append(Loss("deeper levels (joined into one subcategory)", entry.name))
        label = SEPARATOR.join(entry.path[1:])
        subs.append(_subcategory(entry, make_unique(joined[:MAX_ID], taken), label, losses))
    found: dict[str, Value] = {
        "id": root.id,
        "label": root.label,
        "definition": root.definition or NO_DEFINITION,
    }
    if not own:
        found |= {key: texts[0] for key in ("use_when", "not_when") if (texts := root.fields.get(key))}
        kept = {"use_when", "not_when"}
        losses.extend(
            Loss(f"{key} of categories", root.name, len(texts))
            for key, texts in root.fields.items() if key not in kept and texts
        )  # fmt: skip
    return {**found, "subcategories": subs}


def _subcategory(entry: Entry, own_id: str, label: str, losses: list[Loss]) -> dict[str, Value]:
    fields = dict(entry.fields)
    found: dict[str, Value] = {"id": own_id, "label": label}
    definition = entry.definition
    for key, choices in _CHOICES.items():
        if key in fields and fields[key][0] not in choices:
            definition = f"{definition} {key}: {fields.pop(key)[0]}".strip()
    texts: dict[str, Value] = {key: " ".join(fields[key]) for key in _TEXTS if key in fields}
    found |= {"brief": texts.pop("brief", ""), "definition": definition or NO_DEFINITION, **texts}
    found |= {key: fields[key][0] for key in _CHOICES if key in fields}
    if "source" in fields:
        source = {"citation": fields["source"], "doi": fields.get("doi"), "licence": fields.get("licence")}
        found["source"] = {key: " ".join(own) for key, own in source.items() if own}
    found["crosswalk"] = _crosswalk(fields.get("crosswalk", ()))
    rules = _indicators(entry, losses)
    if rules:
        found["negated"] = "any"
    found["indicators"] = rules
    found["examples"] = {key: list(fields[key]) for key in ("match", "no_match") if key in fields}
    losses.extend(
        Loss(key, f"{entry.name}: {texts[0]}", len(texts))
        for key, texts in fields.items() if key not in _KNOWN
    )  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _crosswalk(codes: Iterable[str]) -> dict[str, Value]:
    found: dict[str, list[Value]] = {}
    for line in codes:
        book, _, code = line.partition(": ")
        found.setdefault(book, []).append(code or book)
    return {**found}


def _indicators(entry: Entry, losses: list[Loss]) -> list[Value]:
    found: list[Value] = [*_phrases(entry.words, entry.name, losses)]
    names: set[str] = set()
    for relation in entry.relations:
        if max(len(relation.left), len(relation.right)) > MAX_SIDE:
            losses.append(Loss(f"relations with more than {MAX_SIDE} words on a side", entry.name))
            continue
        left, right = (_phrases(side, entry.name, losses) for side in (relation.left, relation.right))
        if not left or not right:
            losses.append(Loss("relations with a side that hrcode cannot match", entry.name))
            continue
        found.append(_relation(relation, left, right, names))
    return found


def _relation(relation: Relation, left: list[str], right: list[str], names: set[str]) -> dict[str, Value]:
    relation = replace(relation, within=min(relation.within, MAX_WITHIN))
    sides: list[Value] = [[*left], [*right]]
    name: dict[str, Value] = {"id": make_unique(relation.name or relation.kind, names)}
    return {**name, relation.kind: sides, "within": relation.within}


def _phrases(words: Iterable[str], name: str, losses: list[Loss]) -> list[str]:
    found: dict[str, None] = {}
    for word in words:
        phrase = to_phrase(word)
        if phrase is None:
            losses.append(Loss("words that hrcode cannot match", f"{name}: {word}"))
        else:
            found[phrase] = None
    return list(found)
