"""The sections of a codebook file: from YAML nodes to the model."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast

from hrcode.codebook.conditions import KEYS as CONDITION_KEYS
from hrcode.codebook.conditions import read_conditions
from hrcode.codebook.indicator_section import read_indicators
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
from hrcode.codebook.references import check_codes_named
from hrcode.codebook.samples import collect_samples
from hrcode.codebook.sets import read_sets
from hrcode.hints import nearest
from hrcode.indicators.context import CueLists
from hrcode.indicators.cue_lists import CUED, read_cues, shipped_cues
from hrcode.indicators.cue_lists import KEYS as CUE_KEYS
from hrcode.indicators.model import Conditions, Indicator, Reading
from hrcode.indicators.phrase import read_flag, read_words
from hrcode.language.lemmas import is_language_code
from hrcode.yamltext import Node

_CODEBOOK_KEYS = ("codebook", "version", "title", "language", "description", "sources", "sets",
                  "cues", "categories")  # fmt: skip
_CATEGORY_KEYS = ("id", "label", "definition", "use_when", "not_when", "subcategories")
_SUBCATEGORY_KEYS = ("id", "label", "brief", "definition", "use_when", "not_when", "stance",
                     "origin", "source", "crosswalk", "indicators", "examples")  # fmt: skip
_T = TypeVar("_T")


class CodebookReader(Reader):
    """Reads a whole codebook (see `Reader`)."""

    def codebook(self, root: Node, text: str) -> Codebook | None:
        """Read the root of a codebook file.

        Args:
            root (Node): The root.
            text (str): The text of the file, for its hash.

        Returns:
            Codebook | None: What could be read; the faults say whether it may be used.
        """
        fields = self.fields(root, "a codebook", _CODEBOOK_KEYS)
        if fields is None:
            return None
        self.language = self._language(root, fields)
        cues = self._cues(fields.get("cues"))
        self.reading = Reading(
            self.complain,
            read_sets(fields.get("sets"), self),
            self.language,
            collect_samples(fields.get("categories")),
        )
        self.sources = self._sources(fields.get("sources"))
        categories: tuple[Category, ...] = ()
        if node := fields.get("categories"):
            categories = self._list(node, "categories", self._category)
        else:
            self.complain(root, "missing-categories", "categories is missing; there is nothing to code")
        check_codes_named(categories, self)
        return Codebook(
            id=self.identifier(root, fields, "codebook"),
            version=self.text(root, fields, "version", required=True),
            title=self.text(root, fields, "title"),
            language=self.language,
            categories=categories,
            cues=cues,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            path=self.path,
            sets=_set_places(fields.get("sets")),
            warnings=tuple(sorted(fault for fault in self.faults if fault.level == "warning")),
        )

    def _language(self, root: Node, fields: dict[str, Node]) -> str:
        language = self.text(root, fields, "language") or "en"
        if is_language_code(language):
            return language
        message = f"language is a code of two or three small letters, such as en, not {language[:40]!r}"
        self.complain(fields["language"], "bad-value", message)
        return "en"

    def _cues(self, node: Node | None) -> Mapping[str, Mapping[str, CueLists]]:
        """Read cue lists: for the codebook's language, or by language."""
        by_language = {self.language: node}
        if node and node.fields and all(is_language_code(key) for key in node.fields):
            by_language = {self.language: None, **node.fields}
        return {language: self._cues_of(own, language) for language, own in by_language.items()}

    def _cues_of(self, node: Node | None, language: str) -> Mapping[str, CueLists]:
        shipped = shipped_cues(language)
        fields = self.fields(node, "cues", CUED) if node else None
        own = {
            name: read_cues(value, shipped.get(name, CueLists()), self.complain)
            for name, value in (fields or {}).items()
            if self.fields(value, f"cues for {name}", CUE_KEYS) is not None
        }
        return {**shipped, **own}

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
        citation = self.text(node, fields, "citation", required=isinstance(node.value, dict))
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
        fields = self.fields(node, "a subcategory", (*_SUBCATEGORY_KEYS, *CONDITION_KEYS))
        if fields is None:
            return None
        name = self.identifier(node, fields)
        conditions = read_conditions(fields, Conditions(), self, self.reading)
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
            indicators=self._indicators(node, category, name, fields.get("indicators"), conditions),
            examples=self._examples(node, name, fields.get("examples")),
            line=node.line,
            column=node.column,
            crosswalk=self._crosswalk(fields.get("crosswalk")),
        )

    def _crosswalk(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        """Read codes of other codebooks; whether they are there is for those who compare the two."""
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.complain(node, "not-a-mapping", "crosswalk is a mapping of codebooks to lists of codes")
            return {}
        return {
            name: tuple(item.raw for item in self.items(value, f"crosswalk to {name}"))
            for name, value in node.fields.items()
        }

    def _source(self, node: Node | None) -> Source | None:
        if node is None:
            return None
        if isinstance(node.value, dict):
            return self._source_fields(node)
        if not node.raw:
            self.complain(node, "not-text", "source is a name from `sources:`, or a mapping with citation")
            return None
        if node.raw in self.sources:
            return self.sources[node.raw]
        hint = nearest(node.raw, self.sources) or " List it under `sources:`."
        self.complain(node, "unknown-source", f"there is no source {node.raw!r}.{hint}")
        return None

    def _indicators(
        self, parent: Node, category: str, name: str, node: Node | None, conditions: Conditions
    ) -> tuple[Indicator, ...]:
        """Read a list of indicators, or a mapping of languages to such lists."""
        if node and any(not is_language_code(key) for key in node.fields):
            self.complain(node, "not-a-list", "indicators is a list, or language codes with a list each")
            return ()
        lists = (
            {self.language: node}
            if node and not isinstance(node.value, dict)
            else (node.fields if node else {})
        )
        found = tuple(
            indicator
            for language, own in lists.items()
            for indicator in read_indicators(
                self.items(own, "indicators"),
                language,
                conditions,
                self,
                dataclasses.replace(self.reading, language=language, code=f"{category}/{name}"),
            )
        )
        if not any(own.items for own in lists.values()):
            self.warn(node or parent, "no-indicators", f"{name!r} has no indicators; only people can code it")
        return found

    def _examples(self, parent: Node, name: str, node: Node | None) -> tuple[Example, ...]:
        fields = self.fields(node, "examples", ("match", "no_match")) or {} if node else {}
        found: list[Example] = []
        for key, match in (("match", True), ("no_match", False)):
            if key not in fields or (isinstance(fields[key].value, list) and not fields[key].items):
                where = fields.get(key) or node or parent
                self.warn(where, "missing-example", f"{name!r} has no example under {key}")
                continue
            for item in self.items(fields[key], key):
                if example := self._example(item, match):
                    found.append(example)
        return tuple(found)

    def _example(self, node: Node, match: bool) -> Example | None:
        """Read an example: a sentence, or a mapping of text and what belongs to it."""
        exclusive = False
        asked, by, language = "", {}, ""
        place = node
        if isinstance(node.value, dict):
            fields = self.fields(node, "an example", ("text", "language", "only", "asked", "by")) or {}
            if "text" not in fields:
                self.complain(node, "missing-text", "text is missing; write the sentence under `text:`")
                return None
            exclusive = read_flag(fields, "only", self.reading)
            asked = self.text(node, fields, "asked")
            by = {key: value.raw for key, value in fields["by"].fields.items()} if "by" in fields else {}
            language = self._language(node, fields) if "language" in fields else ""
            place = fields["text"]
        text = read_words(place, self.complain)
        return Example(text, match, place.line, exclusive, asked, by, language) if text else None


def _set_places(node: Node | None) -> tuple[tuple[str, int, int], ...]:
    return tuple((name, key.line, key.column) for name, key in node.keys.items()) if node else ()
