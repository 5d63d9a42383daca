"""REFI-QDA projects (``.qdpx``): of the whole project, the XML that holds the codes."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.limits import MAX_BYTES


def project_text(path: Path) -> str:
    """Read the XML of a project.

    Args:
        path (Path): The ``.qdpx`` file.

    Returns:
        str: The text of its ``.qde`` file.

    Raises:
        CodebookError: When it is no project, or larger than `MAX_BYTES`.
    """
    try:
        with zipfile.ZipFile(path) as folder:
            names = [name for name in folder.namelist() if "/" not in name and name.lower().endswith(".qde")]
            if len(names) != 1:
                raise CodebookError(
                    f"{path}: is no REFI-QDA project: it holds {len(names)} .qde files, not 1."
                )
            with folder.open(names[0]) as handle:
                data = handle.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise CodebookError(f"{path}: no such file.") from None
    except OSError as fault:
        raise CodebookError(f"{path}: cannot be read ({fault.strerror}).") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        raise CodebookError(f"{path}: is no REFI-QDA project, or is damaged.") from None
    if len(data) > MAX_BYTES:
        raise CodebookError(f"{path}: its {names[0]} is larger than {MAX_BYTES / 1e6:.0f} MB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CodebookError(f"{path}: its {names[0]} is not UTF-8 text.") from None
