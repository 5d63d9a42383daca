"""study.yaml and its conventions: what a run uses when nobody says otherwise."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hrcode.errors import Fault, StudyError
from hrcode.files import read_text
from hrcode.hints import nearest
from hrcode.safe_regex import regex_fault
from hrcode.transcripts.conventions import COLUMNS, Conventions
from hrcode.transcripts.model import DEFAULT_INTERVIEWERS
from hrcode.yamltext import Node, parse_yaml

FILE_NAME = "study.yaml"
_TEXTS = (
    "transcripts",
    "codebook",
    "participants",
    "group_by",
    "unit",
    "language",
    "out",
    "encoding",
    "label_pattern",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a study has settled; empty where it has not.

    Args:
        folder (Path): The study's folder; relative paths in ``study.yaml`` start here.
        transcripts (str): Folder of the transcripts.
        codebook (str): Codebook file or name.
        participants (str): Participants table.
        group_by (str): Attribute that makes the groups.
        unit (str): Unit of analysis.
        language (str): Language code.
        out (str): Results folder.
        encoding (str): Encoding of text transcripts.
        label_pattern (str): Regular expression of a speaker's label, with a group ``label``.
        interviewers (tuple[str, ...]): Labels of interviewers.
        columns (Mapping[str, str]): Names of a table's columns, by ``speaker``, ``text``, ``time``.
    """

    folder: Path
    transcripts: str = ""
    codebook: str = ""
    participants: str = ""
    group_by: str = ""
    unit: str = ""
    language: str = ""
    out: str = ""
    encoding: str = ""
    label_pattern: str = ""
    interviewers: tuple[str, ...] = DEFAULT_INTERVIEWERS
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def conventions(self) -> Conventions:
        """How the study writes its transcripts."""
        return Conventions(
            interviewers=self.interviewers,
            label_pattern=self.label_pattern,
            columns=self.columns,
            encoding=self.encoding,
        )


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
    if root is not None and not isinstance(root.value, dict):
        faults.append(
            Fault(
                str(path),
                root.line,
                root.column,
                "not-a-mapping",
                "study.yaml is a mapping of keys to values",
            )
        )
    fields = root.fields if root else {}
    values: dict[str, str] = {}
    interviewers: tuple[str, ...] = DEFAULT_INTERVIEWERS
    columns: dict[str, str] = {}
    for key, node in fields.items():
        place = root.keys[key] if root else node
        if key == "interviewers":
            interviewers = _labels(node, path, faults)
        elif key == "columns":
            columns = _columns(node, path, faults)
        elif key not in _TEXTS:
            known = [*_TEXTS, "interviewers", "columns"]
            hint = nearest(key, known) or f" Known keys: {', '.join(known)}."
            faults.append(
                Fault(str(path), place.line, place.column, "unknown-key", f"there is no key {key!r}.{hint}")
            )
        elif not isinstance(node.value, str) or not node.value.strip():
            faults.append(Fault(str(path), node.line, node.column, "not-text", f"{key} needs text"))
        else:
            values[key] = node.value.strip()
            if message := _CHECKS.get(key, _fine)(values[key]):
                faults.append(
                    Fault(str(path), node.line, node.column, f"bad-{key.replace('_', '-')}", message)
                )
    if faults:
        raise StudyError(f"{path} cannot be used:", sorted(faults))
    for key in ("transcripts", "participants", "out", "codebook"):
        if key in values and (key != "codebook" or _is_path(path.parent, values[key])):
            values[key] = str(path.parent / values[key])
    return Settings(path.parent, **values, interviewers=interviewers, columns=columns)


def _is_path(folder: Path, codebook: str) -> bool:
    """Whether a codebook is a file, not the name of a built-in one."""
    named = Path(codebook)
    return (folder / named).exists() or named.suffix in (".yaml", ".yml") or len(named.parts) > 1


def _labels(node: Node, path: Path, faults: list[Fault]) -> tuple[str, ...]:
    labels = [item.value for item in node.items if isinstance(item.value, str)]
    if not labels or len(labels) != len(node.items):
        message = "interviewers is a list of speaker labels, such as [I, INT]"
        faults.append(Fault(str(path), node.line, node.column, "not-a-list", message))
    return tuple(labels)


def _columns(node: Node, path: Path, faults: list[Fault]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in node.fields.items() if isinstance(node.value, dict) else ():
        if key in COLUMNS and isinstance(value.value, str) and value.value.strip():
            found[key] = value.value.strip()
    if not isinstance(node.value, dict) or len(found) != len(node.fields):
        message = (
            f"columns names a column for any of {', '.join(COLUMNS)}, such as {{speaker: Who, text: Said}}"
        )
        faults.append(Fault(str(path), node.line, node.column, "bad-columns", message))
    return found


def _fine(value: str) -> str:
    return ""


def _encoding_fault(value: str) -> str:
    try:
        codecs.lookup(value)
    except (LookupError, ValueError):
        return f"there is no encoding {value!r}; such as utf-8, windows-1252, windows-1257, utf-16"
    return ""


def _pattern_fault(value: str) -> str:
    fault = regex_fault(value)
    if not fault and "label" not in re.compile(value).groupindex:
        fault = r"the expression names no group `label`, such as ^(?P<label>[A-Z]+[0-9]+)\s*-"
    return fault.replace("REGEX", "label_pattern")


_CHECKS = {"encoding": _encoding_fault, "label_pattern": _pattern_fault}
