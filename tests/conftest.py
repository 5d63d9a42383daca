"""Small builders: a codebook, and one text coded with it."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Sequence
from typing import Any

from hypothesis import settings

from hrcode.codebook.load import parse_codebook
from hrcode.codebook.model import Codebook
from hrcode.coding.engine import Engine, Evidence
from hrcode.errors import Fault
from hrcode.indicators.model import Sentence
from hrcode.language.sentences import sentence_spans

# What tests code is kept apart from the cache of whoever runs them.
_CACHE = tempfile.TemporaryDirectory(prefix="hrcode-test-cache-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name

# A shell has what it starts in the background ignore Ctrl-C, and programs that tests start inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("hrcode", deadline=None)
settings.load_profile("hrcode")

Rule = str | dict[str, Any]
Judged = tuple[str, str, str]
"""Evidence, the reason it was held back (empty when it fired), and the cue."""


def codebook_dict(subcategories: dict[str, Sequence[Rule]], **more: Any) -> dict[str, Any]:
    """Give a codebook as a dict: indicators by ``category/subcategory``, and further top-level keys."""
    categories: dict[str, list[dict[str, Any]]] = {}
    for path, indicators in subcategories.items():
        category, _, name = path.partition("/")
        sub = {"id": name, "label": name, "definition": "Invented.", "indicators": list(indicators)}
        categories.setdefault(category, []).append(sub)
    return {
        "codebook": "invented",
        "version": "1",
        "categories": [
            {"id": category, "label": category, "definition": "Invented.", "subcategories": subs}
            for category, subs in categories.items()
        ],
        **more,
    }


def parse(source: str | dict[str, Any]) -> tuple[Codebook | None, list[Fault]]:
    """Read a codebook from YAML text or a dict."""
    text = source if isinstance(source, str) else json.dumps(source, ensure_ascii=False)
    return parse_codebook(text, "invented.yaml")


def make_codebook(source: str | dict[str, Any]) -> Codebook:
    """Read a codebook that has to be sound."""
    codebook, faults = parse(source)
    assert codebook is not None, "\n".join(map(str, faults))
    return codebook


def errors_of(source: str | dict[str, Any]) -> list[tuple[int, int, str]]:
    """Give line, column and rule of a codebook's errors."""
    return [(f.line, f.column, f.rule) for f in parse(source)[1] if f.level == "error"]


def warnings_of(source: str | dict[str, Any]) -> list[tuple[int, int, str]]:
    """Give line, column and rule of a codebook's warnings."""
    return [(f.line, f.column, f.rule) for f in parse(source)[1] if f.level == "warning"]


def cut(text: str, language: str = "en") -> list[Sentence]:
    """Cut a text into sentences ready for the engine."""
    return [
        Sentence(text, start, end, language) for start, end in sentence_spans(text, 0, len(text), language)
    ]


def find(codebook: Codebook, text: str) -> list[Evidence]:
    """Code one text; give all evidence, fired or held back."""
    return list(Engine(codebook, codebook.language).find(cut(text, codebook.language)))


def judged(rules: Rule | Sequence[Rule], text: str, **more: Any) -> list[Judged]:
    """Code a text with the indicators of one subcategory."""
    several = [rules] if isinstance(rules, str | dict) else list(rules)
    pieces = find(make_codebook(codebook_dict({"category/sub": several}, **more)), text)
    return [(text[piece.start : piece.end], piece.reason, piece.cue) for piece in pieces]


def fired(rules: Rule | Sequence[Rule], text: str, **more: Any) -> list[str]:
    """Give the evidence of what fired."""
    return [evidence for evidence, reason, _ in judged(rules, text, **more) if not reason]
