"""A codebook as it was at a git revision: ``codebooks/mine.yaml@v1``."""

from __future__ import annotations

import subprocess
from pathlib import Path

from hrcode.codebook.load import load_codebook, parse_codebook
from hrcode.codebook.model import Codebook
from hrcode.errors import CodebookError


def load_revision(name: str) -> Codebook:
    """Read a codebook from a file, a built-in name, or ``FILE@REVISION`` of a git repository.

    Args:
        name (str): What the user named; a file of that very name comes first.

    Returns:
        Codebook: The codebook.

    Raises:
        CodebookError: When there is no such file or revision, git is missing, or the codebook has
            errors.
    """
    file, at, revision = name.rpartition("@")
    if not at or Path(name).exists():
        return load_codebook(name)
    path = Path(file)
    if revision.startswith("-"):
        raise CodebookError(f"{revision!r} is no git revision.")
    try:
        done = subprocess.run(
            ["git", "show", f"{revision}:./{path.name}"],
            cwd=path.parent,
            capture_output=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise CodebookError(f"{name}: git cannot be asked ({fault}).") from None
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise CodebookError(f"{name}: git has no such file at that revision ({why}).")
    codebook, faults = parse_codebook(done.stdout.decode("utf-8-sig", "replace"), name)
    if codebook is None:
        raise CodebookError(f"The codebook {name} has errors:", [f for f in faults if f.level == "error"])
    return codebook
