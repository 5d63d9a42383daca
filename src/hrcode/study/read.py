"""Finding and reading study.yaml: each key by its own reader, every fault at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hrcode.errors import Fault, StudyError
from hrcode.files import read_text
from hrcode.hints import nearest
from hrcode.language.lemmas import language_fault
from hrcode.study import guide, people, speech
from hrcode.study.keys import Reader, encoding_fault, label_pattern_fault, text, unit_fault
from hrcode.study.settings import Settings
from hrcode.yamltext import Node, parse_yaml

FILE_NAME = "study.yaml"
KEYS: dict[str, Reader] = {
    "transcripts": text("transcripts"),
    "codebook": text("codebook"),
    "participants": text("participants"),
    "transcripts_table": text("transcripts_table"),
    "group_by": text("group_by"),
    "unit": text("unit", unit_fault),
    "language": text("language", language_fault),
    "out": text("out"),
    "encoding": text("encoding", encoding_fault),
    "label_pattern": text("label_pattern", label_pattern_fault),
    "interviewers": speech.interviewers,
    "together": speech.together,
    "columns": speech.columns,
    "sections": guide.sections,
    "leave_out": guide.leave_out,
    "attributes": people.attributes,
    "include": people.include,
    "exclude_others": people.exclude_others,
}
"""Reader by key; each key is a field of `Settings`."""
_PATHS = ("transcripts", "participants", "transcripts_table", "out", "codebook")


def find_settings(transcripts: Sequence[str | Path], here: Path) -> Settings:
    """Find and read the ``study.yaml`` of a run.

    It is looked for in the current folder, then in the transcripts' folder and the one above.

    Args:
        transcripts (Sequence[str | Path]): The transcripts named.
        here (Path): The current folder.

    Returns:
        Settings: Its settings, or empty ones for the current folder.

    Raises:
        StudyError: When it cannot be read, with all faults.
    """
    folders = [here]
    for path in map(Path, transcripts[:1]):
        base = path if path.is_dir() else path.parent
        folders += [base, base.parent]
    for folder in folders:
        if (folder / FILE_NAME).is_file():
            return read_settings(folder / FILE_NAME)
    return Settings(here)


def transcript_paths(settings: Settings, named: Sequence[str | Path]) -> list[str | Path]:
    """Give the transcripts of a run: those named, else the study's.

    Args:
        settings (Settings): The study's settings.
        named (Sequence[str | Path]): What the user named.

    Returns:
        list[str | Path]: Files or folders.

    Raises:
        StudyError: When there are none.
    """
    if named:
        return [*named]
    if settings.transcripts:
        return [settings.transcripts]
    if (settings.folder / "transcripts").is_dir():
        return [settings.folder / "transcripts"]
    raise StudyError(
        "Name the transcripts, such as transcripts/ (or write `transcripts: FOLDER` into study.yaml)."
    )


def read_settings(path: Path) -> Settings:
    """Read a ``study.yaml``.

    Args:
        path (Path): The file.

    Returns:
        Settings: Its settings; file names in it resolved from its folder.

    Raises:
        StudyError: With every fault: unknown key, text needed, list needed.
    """
    root, faults = parse_yaml(read_text(path, error=StudyError), str(path))

    def say(node: Node, rule: str, message: str) -> None:
        faults.append(Fault(str(path), node.line, node.column, rule, message))

    if root is not None and not isinstance(root.value, dict):
        say(root, "not-a-mapping", "study.yaml is a mapping of keys to values")
    values = {}
    for key, node in root.fields.items() if root else ():
        if key in KEYS:
            values[key] = KEYS[key](node, say)
        else:
            hint = nearest(key, KEYS) or f" Known keys: {', '.join(KEYS)}."
            say(root.keys[key] if root else node, "unknown-key", f"there is no key {key!r}.{hint}")
    if root and "leave_out" in root.fields:
        known = [section.id for section in values.get("sections", ())]
        guide.unknown_sections(root.fields["leave_out"], known, say)
    if faults:
        raise StudyError(f"{path} cannot be used:", sorted(faults))
    for key in _PATHS:
        if key in values and (key != "codebook" or _is_path(path.parent, values[key])):
            values[key] = str(path.parent / values[key])
    return Settings(path.parent, **values)


def _is_path(folder: Path, codebook: str) -> bool:
    """Whether a codebook is a file, not the name of a built-in one."""
    named = Path(codebook)
    return (folder / named).exists() or named.suffix in (".yaml", ".yml") or len(named.parts) > 1
