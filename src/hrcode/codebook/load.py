"""YAML text to a codebook, every fault at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar, cast, get_args

from hrcode.codebook.find import find_codebook
from hrcode.codebook.model import (
    ORIGINS,
    STANCES,
    Category,
    Codebook,
    Example,
    Source,
    Stance,
    Subcategory,
)
from hrcode.codebook.reader import Reader
from hrcode.errors import CodebookError, Fault
from hrcode.files import nearest, read_text
from hrcode.indicators import KINDS
from hrcode.indicators.cue_lists import KEYS as NEGATION_KEYS
from hrcode.indicators.cue_lists import read_cues, shipped_cues
from hrcode.indicators.model import Indicator, Negated
from hrcode.indicators.phrase import read_words
from hrcode.yamltext import Node, parse_yaml

_CODEBOOK_KEYS = ("codebook", "version", "title", "language", "description", "sources",
                  "negation", "categories")  # fmt: skip
_CATEGORY_KEYS = ("id", "label", "definition", "use_when", "not_when", "subcategories")
_SUBCATEGORY_KEYS = ("id", "label", "brief", "definition", "use_when", "not_when", "stance",
                     "origin", "source", "indicators", "examples")  # fmt: skip
_INDICATOR_KEYS = ("id", "negated", "note")
_T = TypeVar("_T")


def load_codebook(name_or_path: str | Path) -> Codebook:
    """Read a codebook.

    Args:
        name_or_path (str | Path): A YAML file, or the name of a built-in codebook such as
            ``harm_reduction``.

    Returns:
        Codebook: The codebook; doubtful points are in its ``warnings``.

    Raises:
        CodebookError: When it cannot be found or read, or has errors: all of them, with line and
            column, in ``faults``.
    """
    path = find_codebook(name_or_path)
    codebook, faults = parse_codebook(read_text(path, error=CodebookError), str(name_or_path))
    if codebook is None:
        errors = [fault for fault in faults if fault.level == "error"]
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        raise CodebookError(f"The codebook {name_or_path} has {count}:", errors)
    return codebook


def check_codebook(name_or_path: str | Path) -> list[Fault]:
    """Give everything that is wrong or doubtful in a codebook.

    Args:
        name_or_path (str | Path): A YAML file, or the name of a built-in codebook.

    Returns:
        list[Fault]: Errors and warnings, in the order of the file.

    Raises:
        CodebookError: When the file cannot be found or read at all.
    """
    text = read_text(find_codebook(name_or_path), error=CodebookError)
    return parse_codebook(text, str(name_or_path))[1]


def parse_codebook(text: str, path: str) -> tuple[Codebook | None, list[Fault]]:
    """Read the text of a codebook.

    Args:
        text (str): YAML text.
        path (str): Name of the file for the faults.

    Returns:
        tuple[Codebook | None, list[Fault]]: The codebook, None if there is an error, and all
        faults in the order of the file.
    """
    root, faults = parse_yaml(text, path)
    codebook = None
    if root is not None:
        codebook = _CodebookReader(path, faults).codebook(root, text)
    elif not faults:
        faults.append(Fault(path, 1, 1, "empty-codebook", "the file is empty"))
    faults.sort()
    if codebook is None or any(fault.level == "error" for fault in faults):
        return None, faults
    return codebook, faults


class _CodebookReader(Reader):
    def codebook(self, root: Node, text: str) -> Codebook | None:
        fields = self.fields(root, "a codebook", _CODEBOOK_KEYS)
        if fields is None:
            return None
        language = self.text(root, fields, "language") or "en"
        cues = shipped_cues(language)
        node = fields.get("negation")
        if node and self.fields(node, "negation", NEGATION_KEYS) is not None:
            cues = read_cues(node, cues, self.complain)
        self.sources = self._sources(fields.get("sources"))
        categories: tuple[Category, ...] = ()
        if node := fields.get("categories"):
            categories = self._list(node, "categories", self._category)
        else:
            self.complain(root, "missing-categories", "categories is missing; there is nothing to code")
        return Codebook(
            id=self.identifier(root, fields, "codebook"),
            version=self.text(root, fields, "version", required=True),
            title=self.text(root, fields, "title"),
            language=language,
            categories=categories,
            cues=cues,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            path=self.path,
            warnings=tuple(sorted(fault for fault in self.faults if fault.level == "warning")),
        )

    def _list(self, node: Node, what: str, read: Callable[[Node], _T | None]) -> tuple[_T, ...]:
        """Read a list of things that have an ``id`` of their own."""
        items = self.items(node, what)
        if isinstance(node.value, list) and not items:
            self.complain(node, f"empty-{what}", f"{what} has no items")
        self._unique(items, "id", "duplicate-id")
        return tuple(thing for item in items if (thing := read(item)) is not None)

    def _unique(self, items: Iterable[Node], key: str, rule: str) -> None:
        first: dict[str, int] = {}
        for item in items:
            node = item.fields.get(key)
            if node is None or not isinstance(node.value, str):
                continue
            if node.value in first:
                message = f"{key} {node.value!r} stands twice (first on line {first[node.value]})"
                self.complain(node, rule, message)
            first.setdefault(node.value, node.line)

    def _sources(self, node: Node | None) -> dict[str, Source]:
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.complain(node, "not-a-mapping", "sources is a mapping of short names to sources")
            return {}
        return {name: self._source_fields(value) for name, value in node.fields.items()}

    def _source_fields(self, node: Node) -> Source:
        fields = self.fields(node, "a source", ("citation", "doi", "licence")) or {}
        citation = self.text(node, fields, "citation", required=bool(fields))
        return Source(citation, self.text(node, fields, "doi"), self.text(node, fields, "licence"))

    def _category(self, node: Node) -> Category | None:
        fields = self.fields(node, "a category", _CATEGORY_KEYS)
        if fields is None:
            return None
        category = self.identifier(node, fields)
        subcategories: tuple[Subcategory, ...] = ()
        if child := fields.get("subcategories"):
            subcategories = self._list(child, "subcategories", lambda item: self._subcategory(item, category))
        else:
            self.complain(node, "missing-subcategories", f"category {category!r} has no subcategories")
        return Category(
            id=category,
            label=self.text(node, fields, "label", required=True),
            definition=self.text(node, fields, "definition", required=True),
            use_when=self.text(node, fields, "use_when"),
            not_when=self.text(node, fields, "not_when"),
            subcategories=subcategories,
            line=node.line,
        )

    def _subcategory(self, node: Node, category: str) -> Subcategory | None:
        fields = self.fields(node, "a subcategory", _SUBCATEGORY_KEYS)
        if fields is None:
            return None
        name = self.identifier(node, fields)
        return Subcategory(
            id=name,
            category=category,
            label=self.text(node, fields, "label", required=True),
            brief=self.text(node, fields, "brief"),
            definition=self.text(node, fields, "definition", required=True),
            use_when=self.text(node, fields, "use_when"),
            not_when=self.text(node, fields, "not_when"),
            stance=cast(Stance, self.choice(fields, "stance", STANCES, "applies")),
            origin=self.choice(fields, "origin", ORIGINS, ""),
            source=self._source(fields.get("source")),
            indicators=self._indicators(node, name, fields.get("indicators")),
            examples=self._examples(node, name, fields.get("examples")),
            line=node.line,
        )

    def _source(self, node: Node | None) -> Source | None:
        if node is None:
            return None
        if isinstance(node.value, dict):
            return self._source_fields(node)
        if node.raw in self.sources:
            return self.sources[node.raw]
        hint = nearest(node.raw, self.sources) or " List it under `sources:`."
        self.complain(node, "unknown-source", f"there is no source {node.raw!r}.{hint}")
        return None

    def _indicators(self, parent: Node, name: str, node: Node | None) -> tuple[Indicator, ...]:
        items = self.items(node, "indicators") if node else []
        if node is None or (isinstance(node.value, list) and not items):
            self.warn(node or parent, "no-indicators", f"{name!r} has no indicators; only people can code it")
        found: list[Indicator] = []
        first: dict[str, int] = {}
        for item in items:
            indicator = self._indicator(item)
            if indicator is None:
                continue
            if indicator.id in first:
                message = f"indicator {indicator.id!r} stands twice (first on line {first[indicator.id]})"
                self.complain(item, "duplicate-indicator", message)
            first.setdefault(indicator.id, item.line)
            found.append(indicator)
        return tuple(found)

    def _indicator(self, node: Node) -> Indicator | None:
        if not isinstance(node.value, dict):
            body = KINDS["phrase"].read({}, node, self.complain)
            if body is None:
                return None
            return Indicator(KINDS["phrase"].name(body), "phrase", "exclude", body, node.line, node.column)
        kinds = [key for key in node.fields if key in KINDS]
        if len(kinds) != 1:
            listed = ", ".join(KINDS)
            found = f"{' and '.join(kinds)} at once" if kinds else "none of them"
            self.complain(
                node, "unknown-kind", f"an indicator has one of the keys {listed}; this has {found}"
            )
            self.fields(node, "an indicator", {*_INDICATOR_KEYS, *KINDS, "gap"})
            return None
        kind = kinds[0]
        known = {*_INDICATOR_KEYS, kind, *KINDS[kind].keys}
        fields = self.fields(node, f"an indicator of kind {kind}", known) or {}
        negated = cast(Negated, self.choice(fields, "negated", get_args(Negated), "exclude"))
        given = self.text(node, fields, "id")
        body = KINDS[kind].read(fields, fields[kind], self.complain)
        if body is None:
            return None
        name = given or KINDS[kind].name(body) + ("" if negated == "exclude" else f" [negated: {negated}]")
        return Indicator(name, kind, negated, body, node.line, node.column)

    def _examples(self, parent: Node, name: str, node: Node | None) -> tuple[Example, ...]:
        fields = self.fields(node, "examples", ("match", "no_match")) or {} if node else {}
        found: list[Example] = []
        for key, match in (("match", True), ("no_match", False)):
            if key not in fields:
                where = node or parent
                self.warn(where, "missing-example", f"{name!r} has no example under {key}")
                continue
            for item in self.items(fields[key], key):
                if text := read_words(item, self.complain):
                    found.append(Example(text, match, item.line))
        return tuple(found)
