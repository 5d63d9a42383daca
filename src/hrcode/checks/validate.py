"""Everything that is wrong or doubtful in a codebook file."""

from __future__ import annotations

from pathlib import Path

from hrcode.checks.lint import lint
from hrcode.codebook.find import find_codebook
from hrcode.codebook.load import parse_codebook
from hrcode.errors import CodebookError, Fault
from hrcode.files import read_text


def check_codebook(name_or_path: str | Path) -> list[Fault]:
    """Give everything that is wrong or doubtful in a codebook.

    Args:
        name_or_path (str | Path): A YAML file, or the name of a built-in codebook.

    Returns:
        list[Fault]: Errors, or else warnings, in the order of the file.

    Raises:
        CodebookError: When the file cannot be found or read at all.
    """
    text = read_text(find_codebook(name_or_path), error=CodebookError)
    codebook, faults = parse_codebook(text, str(name_or_path))
    return faults if codebook is None else lint(codebook, text)
