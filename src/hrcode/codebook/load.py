"""YAML text to a codebook, every fault at once."""

from __future__ import annotations

from pathlib import Path

from hrcode.codebook.find import find_codebook
from hrcode.codebook.model import Codebook
from hrcode.codebook.sections import CodebookReader
from hrcode.errors import CodebookError, Fault
from hrcode.files import read_text
from hrcode.wording import counted
from hrcode.yamltext import parse_yaml


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
