"""REFI-QDA projects (``.qdpx``): of the whole project, the XML that holds the codes."""

from __future__ import annotations

from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.limits import MAX_BYTES
from hrcode.zips import check_zip, read_zipped

MAX_PROJECT_BYTES = 2_000_000_000
"""A project holds its sources, too, often recordings."""


def project_text(path: Path) -> str:
    """Read the XML of a project.

    Args:
        path (Path): The ``.qdpx`` file.

    Returns:
        str: The text of its ``.qde`` file.

    Raises:
        CodebookError: When it is no project, or its XML is larger than `MAX_BYTES`.
    """
    entries = check_zip(path, CodebookError, max_bytes=MAX_PROJECT_BYTES)
    names = [name for name in entries if "/" not in name and name.lower().endswith(".qde")]
    if len(names) != 1:
        raise CodebookError(f"{path}: is no REFI-QDA project: it holds {len(names)} .qde files, not 1.")
    data = read_zipped(path, names[0], CodebookError)
    if len(data) > MAX_BYTES:
        raise CodebookError(f"{path}: its {names[0]} is larger than {MAX_BYTES / 1e6:.0f} MB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CodebookError(f"{path}: its {names[0]} is not UTF-8 text.") from None
