"""YAML text to a codebook, every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from hrcode.codebook.find import find_codebook
from hrcode.codebook.model import Codebook
from hrcode.codebook.sections import CodebookReader
from hrcode.errors import CodebookError, Fault
from hrcode.files import read_text
from hrcode.wording import counted
from hrcode.yamltext import parse_yaml

_Name = TypeVar("_Name")


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
        raise CodebookError(f"The codebook {name_or_path} has {counted(len(errors), 'error')}:", errors)
    return codebook


def load_all(names: Iterable[_Name], load: Callable[[_Name], Codebook]) -> list[Codebook]:
    """Read several codebooks, and say at once what is wrong with any of them.

    Args:
        names (Iterable): What each is called.
        load (Callable): Reads one, such as `load_codebook`.

    Returns:
        list[Codebook]: The codebooks.

    Raises:
        CodebookError: When some cannot be found or read, or have errors, with all of that.
    """
    books: list[Codebook] = []
    wrong: list[str] = []
    for name in names:
        try:
            books.append(load(name))
        except CodebookError as error:
            wrong.append(str(error))
    if wrong:
        raise CodebookError("\n".join(wrong))
    return books


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
        codebook = CodebookReader(path, faults).codebook(root, text)
    elif not faults:
        faults.append(Fault(path, 1, 1, "empty-codebook", "the file is empty"))
    faults.sort()
    if codebook is None or any(fault.level == "error" for fault in faults):
        return None, faults
    return codebook, faults
