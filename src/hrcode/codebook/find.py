"""Where a codebook is: a file, a built-in one by name, or the one that a study uses."""

from __future__ import annotations

from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.hints import nearest, nearest_file

DEFAULT = "harm_reduction"
SUFFIXES = (".yaml", ".yml")


def builtin_folder() -> Path:
    """Give the folder of the codebooks that come with hrcode."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "codebooks"
    # An editable install has no copy in the package: the folder stands beside src/.
    return installed if installed.is_dir() else package.parent.parent / "codebooks"


def builtin_names() -> list[str]:
    """Give the names of the built-in codebooks, sorted."""
    return sorted(path.stem for path in builtin_folder().glob("*.yaml"))


def find_codebook(name_or_path: str | Path) -> Path:
    """Find a codebook's file.

    Args:
        name_or_path (str | Path): A file, or a built-in codebook's name.

    Returns:
        Path: The file.

    Raises:
        CodebookError: When there is neither, naming the nearest that there is.
    """
    path = Path(name_or_path)
    if path.is_dir():
        raise CodebookError(f"{path}: is a folder; name one codebook file (.yaml) in it.")
    if path.exists():
        return path
    name = str(name_or_path)
    if name in builtin_names():
        return builtin_folder() / f"{name}.yaml"
    built_in = ", ".join(builtin_names())
    if path.suffix in SUFFIXES or len(path.parts) > 1:
        raise CodebookError(f"{path}: no such codebook file.{nearest_file(path)} Built-in: {built_in}.")
    hint = nearest(name, builtin_names())
    raise CodebookError(
        f"There is no codebook {name!r}.{hint} Name a YAML file, or a built-in one: {built_in}."
    )


def choose_codebook(named: str | None, study_codebook: str | None, folder: Path) -> tuple[str, str]:
    """Choose the codebook of a run.

    Args:
        named (str | None): What the user asked for.
        study_codebook (str | None): What ``study.yaml`` names (a path, resolved, or a name).
        folder (Path): The study's folder.

    Returns:
        tuple[str, str]: The codebook (path or name) and a clause that says why it was chosen.

    Raises:
        CodebookError: When ``codebooks/`` holds several and nothing says which.
    """
    if named:
        return named, "named with --codebook"
    if study_codebook:
        return study_codebook, "named in study.yaml"
    own = sorted(path for path in (folder / "codebooks").glob("*") if path.suffix in SUFFIXES)
    if len(own) == 1:
        return str(own[0]), "the only file in codebooks/"
    if own:
        listed = ", ".join(str(path) for path in own)
        raise CodebookError(
            f"codebooks/ holds {len(own)} codebooks: {listed}. Name one with --codebook, "
            "or write `codebook: FILE` into study.yaml."
        )
    return DEFAULT, "built in"


def codebook_files(path: str) -> list[Path | str]:
    """Give the codebook files that a path stands for.

    Args:
        path (str): A file, a folder of codebooks, or a built-in name.

    Returns:
        list[Path | str]: The files of a folder, or the one thing named.

    Raises:
        CodebookError: When a folder holds no codebook.
    """
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    files: list[Path | str] = [file for file in sorted(folder.rglob("*")) if file.suffix in SUFFIXES]
    if not files:
        raise CodebookError(f"{folder}: holds no codebook (.yaml).")
    return files
