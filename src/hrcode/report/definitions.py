"""The codebook of a run, as the page prints it: with its definitions where its file is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrcode.analysis.codes import Code
from hrcode.codebook.find import builtin_names, choose_codebook
from hrcode.codebook.load import load_codebook
from hrcode.codebook.model import Codebook, Subcategory
from hrcode.coding.model import Coded, FrameEntry
from hrcode.errors import HrcodeError, StudyError
from hrcode.report.naming import Name
from hrcode.study import find_settings


def run_codebook(coded: Coded) -> Mapping[str, Any]:
    """Give id, version and hash of the codebook, as the run has them."""
    book = coded.run.get("codebook")
    return book if isinstance(book, Mapping) else {}


def check_codebook_of(coded: Coded, codebook: Codebook) -> None:
    """Refuse a codebook that is not the one of the run.

    Args:
        coded (Coded): The run.
        codebook (Codebook): The codebook.

    Raises:
        StudyError: When the hashes of their text differ.
    """
    theirs = run_codebook(coded)
    if codebook.sha256 != theirs.get("sha256"):
        raise StudyError(
            f"{codebook.path}: is not the codebook of these results ({theirs.get('id')} "
            f"{theirs.get('version')}), or was changed since. Run "
            "`hrcode code` again, or leave out --codebook: the report then has codes without definitions."
        )


def find_codebook_of(coded: Coded, here: Path) -> Codebook | None:
    """Find the codebook of a run where runs find theirs: study.yaml, codebooks/, those built in.

    Args:
        coded (Coded): The run.
        here (Path): The current folder.

    Returns:
        Codebook | None: The one whose text has the run's hash; None where there is none.
    """
    theirs = run_codebook(coded)
    candidates = [str(theirs["id"])] if theirs.get("id") in builtin_names() else []
    try:
        settings = find_settings([], here)
        candidates.insert(0, choose_codebook(None, settings.codebook, settings.folder)[0])
    except HrcodeError:  # a study that is not in order is no reason to give no report
        candidates = candidates[-1:]
    for candidate in dict.fromkeys(candidates):
        try:
            codebook = load_codebook(candidate)
        except HrcodeError:
            continue
        if codebook.sha256 == theirs.get("sha256"):
            return codebook
    return None


def definitions(
    frame: Sequence[FrameEntry], names: Mapping[Code, Name], codebook: Codebook | None
) -> list[dict[str, Any]]:
    """Give the codebook as the page prints it.

    Args:
        frame (Sequence[FrameEntry]): The coding frame.
        names (Mapping[Code, Name]): What the page calls each code.
        codebook (Codebook | None): The codebook with its definitions, if it is at hand.

    Returns:
        list[dict[str, Any]]: One a category: ``number``, ``label``, ``definition`` and ``codes``, each with
        its ``name`` and, where there is a codebook, ``entry`` and its examples (``yes`` and ``no``).
    """
    entries = {sub.path: sub for sub in codebook.subcategories} if codebook else {}
    texts = {category.id: category.definition for category in codebook.categories} if codebook else {}
    found: dict[str, dict[str, Any]] = {}
    for entry in frame:
        code = Code(entry.category, entry.subcategory, entry.stance)
        name = names[code]
        block = {"number": name.category, "label": name.category_label, "codes": []}
        block["definition"] = texts.get(entry.category, "")
        found.setdefault(entry.category, block)["codes"].append(_entry(name, entries.get(code.path)))
    return [*found.values()]


def _entry(name: Name, sub: Subcategory | None) -> dict[str, Any]:
    examples = sub.examples if sub else ()
    return {
        "name": name,
        "entry": sub,
        "yes": next((example.text for example in examples if example.match), ""),
        "no": next((example.text for example in examples if not example.match), ""),
    }
