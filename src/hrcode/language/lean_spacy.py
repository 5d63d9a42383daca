"""Importing spaCy without its own command line."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def import_spacy() -> None:
    """Import spaCy, but not its command line.

    ``import spacy`` imports that as well, for one function, ``spacy.info``; with it come a client for
    web pages, a manager of projects and one of templates, a third of the time. So two empty modules stand
    in for it meanwhile. They are taken away again: who imports ``spacy.cli`` later gets the real one.
    """
    if "spacy" in sys.modules:
        return
    command_line, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    info.info = _info  # type: ignore[attr-defined]
    sys.modules |= {"spacy.cli": command_line, "spacy.cli.info": info}
    try:
        import spacy  # noqa: F401
    finally:
        del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]


def _info(*args: Any, **options: Any) -> Any:
    """Call the real ``spacy.info``."""
    from spacy.cli.info import info

    return info(*args, **options)
