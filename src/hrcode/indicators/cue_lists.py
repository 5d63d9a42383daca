"""Cue lists as data: the shipped ones of a language, and what a codebook changes in them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

from hrcode.indicators.context import LISTS, CueLists
from hrcode.indicators.model import CONTEXTS, Complain
from hrcode.indicators.phrase import read_words
from hrcode.indicators.phrase_syntax import Phrase, PhraseFault, parse_phrase
from hrcode.language.lemmas import is_language_code
from hrcode.yamltext import Node, parse_yaml

KEYS = frozenset({*LISTS, "reach", "replace"})
CUED = tuple(name for name in CONTEXTS if name != "question")
MAX_REACH = 40


@functools.cache
def shipped_cues(language: str) -> Mapping[str, CueLists]:
    """Read the cue lists that hrcode ships for a language.

    Args:
        language (str): Language code.

    Returns:
        Mapping[str, CueLists]: Lists by context; none where hrcode ships none.
    """
    if not is_language_code(language):
        return {}
    path = resources.files("hrcode.indicators") / "cues" / f"{language}.yaml"
    if not path.is_file():
        return {}
    root, faults = parse_yaml(path.read_text(encoding="utf-8"), str(path))
    if root is None or faults:
        raise AssertionError(faults)

    def complain(node: Node, rule: str, message: str) -> None:
        raise AssertionError(f"{path}:{node.line}: {message}")

    return {name: read_cues(node, CueLists(), complain) for name, node in root.fields.items()}


def read_cues(node: Node, base: CueLists, complain: Complain) -> CueLists:
    """Read a codebook's cue lists for one context.

    Args:
        node (Node): Lists of phrases, ``reach`` and ``replace``.
        base (CueLists): The lists it adds to, or with ``replace: true`` takes the place of.
        complain (Complain): Called for what cannot be read.

    Returns:
        CueLists: The lists to use.
    """
    fields = node.fields
    replace = fields["replace"].value if "replace" in fields else False
    if not isinstance(replace, bool):
        complain(fields["replace"], "bad-value", "replace is true or false")
        replace = False
    reach = base.reach
    if "reach" in fields:
        width = fields["reach"].value
        if type(width) is int and 1 <= width <= MAX_REACH:
            reach = width
        else:
            complain(fields["reach"], "bad-value", f"reach is a number of words, 1 to {MAX_REACH}")
    lists: dict[str, tuple[Phrase, ...]] = {}
    for name in LISTS:
        own = _read_list(fields[name], complain) if name in fields else ()
        kept = () if replace and name in fields else getattr(base, name)
        lists[name] = (*kept, *own)
    return CueLists(**lists, reach=reach)


def _read_list(node: Node, complain: Complain) -> tuple[Phrase, ...]:
    if not isinstance(node.value, list):
        complain(node, "bad-value", "a list of phrases is needed here")
        return ()
    found: list[Phrase] = []
    for item in node.items:
        text = read_words(item, complain)
        if text is None:
            continue
        try:
            found.append(parse_phrase(text))
        except PhraseFault as fault:
            complain(item, "bad-phrase", f"{text!r} {fault}")
    return tuple(found)
