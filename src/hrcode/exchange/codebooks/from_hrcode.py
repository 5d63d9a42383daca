"""An hrcode codebook to the neutral form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hrcode.codebook.conditions import KEYS as CONDITION_KEYS
from hrcode.codebook.load import load_codebook
from hrcode.codebook.model import Category, Codebook, Subcategory
from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.complete import complete
from hrcode.exchange.codebooks.model import Book, Entry, Loss, Relation
from hrcode.exchange.codebooks.to_hrcode import NO_DEFINITION, VERSION
from hrcode.exchange.codebooks.words import CannotHoldError, from_phrase
from hrcode.files import read_text
from hrcode.indicators.relation import DEFAULT_WITHIN
from hrcode.yamltext import Node, parse_yaml

_RELATIONS = ("near", "before", "after")


def read_hrcode(path: Path) -> Book:
    """Read an hrcode codebook.

    Args:
        path (Path): The file.

    Returns:
        Book: Its categories and subcategories. A subcategory with its category's own id and label is
        that category made codable (see `to_hrcode`).

    Raises:
        CodebookError: When it has errors.
    """
    codebook = load_codebook(path)
    root, _ = parse_yaml(read_text(path, error=CodebookError), str(path))
    if root is None:
        raise CodebookError(f"{path}: cannot be read.")
    own_sets = root.fields["sets"].fields if "sets" in root.fields else {}
    sets = {name: [item.raw for item in own.items] for name, own in own_sets.items()}
    entries: list[Entry] = []
    losses: list[Loss] = (
        [Loss("cues", ", ".join(root.fields["cues"].fields))] if "cues" in root.fields else []
    )
    lost_rules: list[Loss] = []
    for category, node in zip(codebook.categories, root.fields["categories"].items, strict=True):
        entries.append(_category(category))
        for sub, own in zip(category.subcategories, node.fields["subcategories"].items, strict=True):
            rules = _Rules(f"{category.label} / {sub.label}", codebook.language, sets, own, lost_rules)
            entry = rules.added(_subcategory(category, sub, own, losses))
            if sub is category.subcategories[0] and _is_category(sub, category):
                entries[-1] = replace(entry, parents=(), id=sub.id)
            else:
                entries.append(entry)
    return complete(entries, losses, str(path), _fields(codebook, root), lost_rules)


def _fields(codebook: Codebook, root: Node) -> dict[str, str]:
    description = root.fields.get("description")
    found = {
        "title": codebook.title,
        "version": "" if codebook.version == VERSION else codebook.version,
        "language": "" if codebook.language == "en" else codebook.language,
        "description": description.raw if description else "",
    }
    return {key: text for key, text in found.items() if text}


def _definition(text: str) -> str:
    return "" if text == NO_DEFINITION else text


def _is_category(sub: Subcategory, category: Category) -> bool:
    """Whether a subcategory is its category made codable."""
    bare = not (category.use_when or category.not_when)
    return bare and (sub.id, sub.label, sub.definition) == (category.id, category.label, category.definition)


def _category(category: Category) -> Entry:
    texts = {"use_when": category.use_when, "not_when": category.not_when}
    fields = {key: (text,) for key, text in texts.items() if text}
    definition = _definition(category.definition)
    return Entry(category.label, id=category.id, definition=definition, fields=fields, codable=False)


def _subcategory(category: Category, sub: Subcategory, node: Node, losses: list[Loss]) -> Entry:
    source = sub.source
    fields = {
        "brief": (sub.brief,),
        "use_when": (sub.use_when,),
        "not_when": (sub.not_when,),
        "stance": ("" if sub.stance == "applies" else sub.stance,),
        "origin": (sub.origin,),
        "source": (source.citation if source else "",),
        "doi": (source.doi if source else "",),
        "licence": (source.licence if source else "",),
        "crosswalk": tuple(f"{book}: {code}" for book, codes in sub.crosswalk.items() for code in codes),
        "match": tuple(one.text for one in sub.examples if one.match),
        "no_match": tuple(one.text for one in sub.examples if not one.match),
    }
    for one in sub.examples:
        if one.exclusive or one.asked or one.by or one.language:
            losses.append(Loss("conditions of examples (only, asked, by, language)", one.text))
    return Entry(
        sub.label, (category.label,), sub.id, _definition(sub.definition),
        fields={key: own for key, own in fields.items() if any(own)},
    )  # fmt: skip


class _Rules:
    """Turns the indicators of one subcategory into words and relations."""

    def __init__(
        self, name: str, language: str, sets: Mapping[str, Sequence[str]], node: Node, losses: list[Loss]
    ) -> None:
        self.name, self.language, self.sets, self.losses = name, language, sets, losses
        self.base = {key: value for key, value in node.fields.items() if key in CONDITION_KEYS}
        self.node = node.fields.get("indicators")
        self.words: list[str] = []
        self.relations: list[Relation] = []

    def added(self, entry: Entry) -> Entry:
        """Give the entry with its words and relations."""
        if self.node is None:
            return entry
        lists = self.node.fields or {self.language: self.node}
        for language, own in lists.items():
            for item in own.items:
                if language != self.language:
                    self._lose("indicators in another language than the codebook's", item)
                else:
                    self._take(item)
        rules = sum(len(own.items) for own in lists.values())
        return replace(entry, words=tuple(self.words), relations=tuple(self.relations), rules=rules)

    def _lose(self, kind: str, item: Node) -> None:
        text = next((str(value.plain_value()) for value in item.fields.values()), item.raw)
        self.losses.append(Loss(kind, f"{self.name}: {text}"))

    def _take(self, item: Node) -> None:
        fields = {**self.base, **item.fields}
        conditions = {key: value.raw for key, value in fields.items() if key in CONDITION_KEYS}
        negated = conditions.pop("negated", "exclude")
        if negated == "require" or any(value != "any" for value in conditions.values()):
            self._lose("indicators with conditions or contexts", item)
            return
        try:
            inflected = self._phrase(item) if not item.fields else self._kind(item)
        except CannotHoldError as fault:
            self._lose(str(fault), item)
            return
        if inflected:
            self._lose("inflected forms (the words are kept as written)", item)
        if negated == "exclude":
            self._lose("exclusions of negated use (other tools count it)", item)
        if "note" in item.fields:
            self._lose("notes of indicators", item.fields["note"])

    def _phrase(self, node: Node, *, exact: bool = False) -> bool:
        found, inflected = from_phrase(node.raw, self.sets, exact=exact)
        self.words.extend(found)
        return inflected

    def _kind(self, item: Node) -> bool:
        fields = item.fields
        if "phrase" in fields:
            return self._phrase(fields["phrase"])
        if "exact" in fields:
            return self._phrase(fields["exact"], exact=True)
        kind = next((key for key in _RELATIONS if key in fields), "")
        if not kind:
            raise CannotHoldError("token and dependency patterns")
        if "in" in fields and fields["in"].raw != "sentence":
            raise CannotHoldError("relations that reach over a turn")
        within = int(fields["within"].raw) if "within" in fields else DEFAULT_WITHIN
        sides: list[list[str]] = []
        inflected = False
        for side in fields[kind].items:
            words: list[str] = []
            for node in side.items or [side]:
                found, more = from_phrase(node.raw, self.sets)
                words.extend(found)
                inflected = inflected or more
            sides.append(words)
        name = fields["id"].raw if "id" in fields else ""
        self.relations.append(Relation(kind, tuple(sides[0]), tuple(sides[1]), within, name))
        return inflected
