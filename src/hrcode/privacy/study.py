"""From the paths that a user names to a study without names, and from a folder back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hrcode.errors import Fault, HrcodeError, PrivacyError
from hrcode.privacy.folder import list_files
from hrcode.privacy.key import Key
from hrcode.privacy.known import Known, known_from_list, known_from_table
from hrcode.privacy.pseudonymise import Pseudonymised, pseudonymise
from hrcode.privacy.texts import Rewritable, open_text
from hrcode.transcripts.model import DEFAULT_INTERVIEWERS
from hrcode.transcripts.participants import CONSENT, may_be_quoted
from hrcode.transcripts.participants_table import FILE_NAMES, read_participants


def pseudonymise_study(
    paths: Sequence[Path],
    *,
    participants: Path | None = None,
    names: Path | None = None,
    language: str = "en",
    entities: bool = True,
    interviewers: Sequence[str] = DEFAULT_INTERVIEWERS,
    key: Key | None = None,
) -> Pseudonymised:
    """Take the names out of transcripts.

    Args:
        paths (Sequence[Path]): Files, or folders of which every file is taken.
        participants (Path | None): The participants table; by default ``participants.csv`` or
            ``participants.xlsx`` among the files.
        names (Path | None): A list of names (see `hrcode.privacy.known.known_from_list`).
        language (str): Language of the texts.
        entities (bool): Whether to let the trained pipeline look for further names.
        interviewers (Sequence[str]): Labels of interviewers.
        key (Key | None): An earlier run's, whose pseudonyms go on.

    Returns:
        Pseudonymised: The new files, and what was replaced.

    Raises:
        HrcodeError: With every file that cannot be read.
    """
    files = list_files(paths)
    tables = {name: path for name, path in files.items() if Path(name).name in FILE_NAMES}
    if len(tables) > 1 and participants is None:
        raise PrivacyError(
            f"There are several participants tables: name one with --participants: {', '.join(tables)}."
        )
    own = next(iter(tables.items()), None)
    table = participants or (own[1] if own else None)
    known = known_names(table, names)
    texts, faults = _opened({name: path for name, path in files.items() if name not in tables})
    if faults:
        raise PrivacyError("Not every file can be rewritten:", faults)
    if not texts:
        raise PrivacyError("There are no transcripts there. Name files or a folder, such as transcripts/.")
    done = pseudonymise(
        texts, known, language=language, entities=entities, interviewers=interviewers, key=key, table=own
    )
    return replace(done, notes=(*done.notes, *(consent_notes(table) if table else ())))


def consent_notes(table: Path) -> list[str]:
    """Say whose words should not be shared, though they are in transcripts.

    Args:
        table (Path): The participants table.

    Returns:
        list[str]: A sentence, or none.
    """
    people = read_participants([table]).values()
    silent = [f"{p.id} ({p.attributes[CONSENT]})" for p in people if not may_be_quoted(p.attributes)]
    if not silent:
        return []
    return [f"consent to quotes is missing: {', '.join(silent)}. Their words are in the new texts; take them "
            "out before you share these"]  # fmt: skip


def known_names(table: Path | None, names: Path | None) -> list[Known]:
    """Read the names of people and things that are known.

    Args:
        table (Path | None): The participants table, if there is one.
        names (Path | None): A list of names, if there is one (see docs/privacy.md).

    Returns:
        list[Known]: Who and what is known, the table's first.

    Raises:
        TranscriptError: When the table cannot be read.
        PrivacyError: When the list cannot, with all faults.
    """
    return [*(known_from_table(table) if table else ()), *(known_from_list(names) if names else ())]


def _opened(files: dict[str, Path]) -> tuple[dict[str, Rewritable], list[Fault]]:
    texts: dict[str, Rewritable] = {}
    faults: list[Fault] = []
    for name, path in files.items():
        try:
            texts[name] = open_text(path)
        except HrcodeError as fault:
            faults.append(Fault("", 0, 0, "unreadable", fault.message))
    return texts, faults
