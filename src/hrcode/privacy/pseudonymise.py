"""A study without names: what is found in all its texts, and the pseudonym that each gets."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from hrcode.errors import PrivacyError
from hrcode.language.pipeline import pipeline_name
from hrcode.privacy.capitals import CAPITALISED_NOUNS, find_capitals, small_words
from hrcode.privacy.entities import find_entities, known_from_entities, meanings, sift_entities
from hrcode.privacy.found import GUESSED, PATTERN, TABLE, Found, merged
from hrcode.privacy.key import Key
from hrcode.privacy.known import Known
from hrcode.privacy.matching import Index, find_known, index_names
from hrcode.privacy.patterns import find_patterns
from hrcode.privacy.summary import Replaced, standing_labels, summary
from hrcode.privacy.texts import Rewritable, Swap, swapped
from hrcode.transcripts.model import DEFAULT_INTERVIEWERS
from hrcode.transcripts.participants import NAME_COLUMNS
from hrcode.transcripts.participants_table import table_rows
from hrcode.transcripts.speakers import find_turns

_NUMBERED = re.compile(r"\[([a-z-]+) ([0-9]+)\]")


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """A study without names.

    Args:
        files (Mapping[str, bytes]): The new files by name.
        replaced (tuple[Replaced, ...]): What was replaced.
        key (Key): What would bring the names back; it is in no file.
        spans (Mapping[str, Sequence[Swap]]): What was replaced in each of the old files.
        notes (tuple[str, ...]): What the user should know.
    """

    files: Mapping[str, bytes]
    replaced: tuple[Replaced, ...]
    key: Key
    spans: Mapping[str, Sequence[Swap]]
    notes: tuple[str, ...]


def pseudonymise(
    texts: Mapping[str, Rewritable],
    known: Sequence[Known] = (),
    *,
    language: str = "en",
    entities: bool = True,
    interviewers: Sequence[str] = DEFAULT_INTERVIEWERS,
    key: Key | None = None,
    table: tuple[str, Path] | None = None,
) -> Pseudonymised:
    """Replace who and where by pseudonyms that are the same in all texts of a study.

    Args:
        texts (Mapping[str, Rewritable]): The texts by file name (see `hrcode.privacy.texts.open_text`).
        known (Sequence[Known]): Names from the participants table and from lists.
        language (str): Language of the texts, for the trained pipeline.
        entities (bool): Whether to let the trained pipeline look for further names.
        interviewers (Sequence[str]): Labels of interviewers.
        key (Key | None): An earlier run's, whose pseudonyms go on.
        table (tuple[str, Path] | None): Name and file of the participants table, of which the new
            one lacks the columns of names.

    Returns:
        Pseudonymised: The new files, and what was replaced.

    Raises:
        PrivacyError: When two new files would have one name.
    """
    notes: list[str] = []
    contents = [opened.text for opened in texts.values()]
    index = index_names(known)
    labels = [_labels(text, known, interviewers) for text in contents]
    finds = [[*find_known(text, index), *find_patterns(text)] for text in contents]
    if entities:
        finds = _with_entities(contents, finds, labels, language)
        if pipeline_name(language) == "blank":
            notes.append(f"no trained pipeline for {language!r} is installed: names that nobody listed are "
                         "found by their capital letters only")  # fmt: skip
    chosen = [merged(_outside(found, spans)) for found, spans in zip(finds, labels, strict=True)]
    names = _Pseudonyms(key or Key(), contents)
    swaps: dict[str, list[Swap]] = {}
    for (name, opened), found, spans in zip(texts.items(), chosen, labels, strict=True):
        swaps[name] = [(f.start, f.end, names.give(f, opened.text, _in_label(f, spans))) for f in found]
    files, entries = _rewritten(texts, swaps, index, names)
    if table is not None:
        name, path = table
        new = str(PurePosixPath(name).with_suffix(".csv"))
        files[new] = _nameless_table(path, index, names).encode("utf-8")
        entries[new] = {"name": name, "base64": base64.b64encode(path.read_bytes()).decode("ascii")}
    notes += standing_labels(contents, chosen, labels, interviewers)
    before = key or Key()
    whole = Key(names.given, names.written, {**before.files, **entries})
    return Pseudonymised(files, summary(texts, chosen, swaps), whole, swaps, tuple(notes))


class _Pseudonyms:
    """The pseudonyms given so far: the one thing of a run that grows."""

    def __init__(self, key: Key, texts: Sequence[str]) -> None:
        self.given = dict(key.pseudonyms)
        self.written = {pseudonym: list(forms) for pseudonym, forms in key.written.items()}
        # Numbers that a transcriber has used already are not given again.
        self.taken = {match[0] for text in texts for match in _NUMBERED.finditer(text)} | set(
            self.given.values()
        )
        self.last: Counter[str] = Counter()

    def give(self, find: Found, text: str, in_label: bool) -> str:
        """Give the pseudonym of a find."""
        place = f"{find.kind}/{find.owner}"
        if place not in self.given:
            self.given[place] = self._next(find)
        pseudonym = self.given[place]
        forms = self.written.setdefault(pseudonym, [])
        if text[find.start : find.end] not in forms:
            forms.append(text[find.start : find.end])
        # A label has to look like one: `Person 2: ...`.
        return pseudonym.strip("[]").capitalize() if in_label and find.source != TABLE else pseudonym

    def _next(self, find: Found) -> str:
        if find.source == TABLE and not find.owner.startswith("? "):
            return find.owner
        while True:
            self.last[find.kind] += 1
            pseudonym = f"[{find.kind} {self.last[find.kind]}]"
            if pseudonym not in self.taken:
                self.taken.add(pseudonym)
                return pseudonym


def _labels(text: str, known: Sequence[Known], interviewers: Sequence[str]) -> list[tuple[int, int]]:
    """Give the stretches from the start of a line to the speech, in which speakers are named."""
    labels = {*interviewers, *(form for one in known for form in one.forms), *(one.owner for one in known)}
    return [(turn.label_start, turn.start) for turn in find_turns(text, 0, labels)]


def _with_entities(
    texts: Sequence[str], finds: Sequence[list[Found]], labels: Sequence[list[tuple[int, int]]], language: str
) -> list[list[Found]]:
    """Add what looks like a name to the pipeline or by its capital, and every other place of it."""
    small = small_words(texts)
    heard: list[list[Found]] = []
    for text, found, skip in zip(texts, finds, labels, strict=True):
        new = [find for find in found if find.kind == "person" and find.source == PATTERN]
        if pipeline_name(language) != "blank":
            new += sift_entities(text, list(find_entities(text, language, skip)), small)
        if language not in CAPITALISED_NOUNS:
            new += find_capitals(text, small)
        heard.append(new)
    meant = meanings([find for new in heard for find in new])
    index = index_names(known_from_entities(meant, small))
    return [
        [*found, *(_as_meant(find, meant) for find in new), *find_known(text, index)]
        for text, found, new in zip(texts, finds, heard, strict=True)
    ]


def _as_meant(find: Found, meant: Mapping[str, tuple[str, str]]) -> Found:
    """Give a find the kind that its words have in the whole study."""
    kind, owner = meant[find.owner]
    return find._replace(kind=kind, owner=owner)


def _in_label(find: Found, labels: Sequence[tuple[int, int]]) -> bool:
    return any(start <= find.start < end for start, end in labels)


def _outside(finds: Sequence[Found], labels: Sequence[tuple[int, int]]) -> list[Found]:
    """Leave labels alone that nobody named, and notes such as [person 2] in any case."""
    starts = {i for start, end in labels for i in range(start, end)}
    return [f for f in finds if f.source not in GUESSED or f.start not in starts]


def _rewritten(
    texts: Mapping[str, Rewritable], swaps: Mapping[str, Sequence[Swap]], index: Index, names: _Pseudonyms
) -> tuple[dict[str, bytes], dict[str, dict[str, Any]]]:
    """Give the new files, and what the key has to know of each."""
    files: dict[str, bytes] = {}
    entries: dict[str, dict[str, Any]] = {}
    for name, opened in texts.items():
        new = _new_name(name, index, names)
        if new in files:
            raise PrivacyError(f"{name}: would be called {new!r}, as another file is. Rename one.")
        files[new] = opened.rewrite(swaps[name])
        text = swapped(opened.text, swaps[name])
        entries[new] = {"name": name, "sha256": text_hash(text), "swaps": _backward(opened.text, swaps[name])}
    return files, entries


def _new_name(name: str, index: Index, names: _Pseudonyms) -> str:
    """Take known names out of a file's name."""
    path = PurePosixPath(name)
    stem = str(path.with_suffix(""))
    found = merged(find_known(stem, index))
    return swapped(stem, [(f.start, f.end, names.give(f, stem, False)) for f in found]) + path.suffix


def text_hash(text: str) -> str:
    """Give a hash that tells whether a text is the one that was written."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _backward(text: str, swaps: Sequence[Swap]) -> list[list[Any]]:
    """Give the swaps that turn the new text into the old one."""
    found: list[list[Any]] = []
    moved = 0
    for start, end, new in swaps:
        found.append([start + moved, start + moved + len(new), text[start:end]])
        moved += len(new) - (end - start)
    return found


def _nameless_table(path: Path, index: Index, names: _Pseudonyms) -> str:
    """Give the participants table without its columns of names, and without names in the others."""
    rows = [row.cells for row in table_rows(path)]
    # A workbook's rows are as wide as it may be.
    width = max(i for row in rows for i, cell in enumerate(row, start=1) if cell.strip())
    kept = [i for i, column in enumerate(rows[0][:width]) if column.strip().casefold() not in NAME_COLUMNS]
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow([rows[0][i] for i in kept])
    for row in rows[1:]:
        cells = [row[i] if i < len(row) else "" for i in kept]
        writer.writerow([_nameless_cell(cell, index, names) for cell in cells])
    return made.getvalue()


def _nameless_cell(cell: str, index: Index, names: _Pseudonyms) -> str:
    found = merged([*find_known(cell, index), *find_patterns(cell)])
    return swapped(cell, [(f.start, f.end, names.give(f, cell, False)) for f in found])
