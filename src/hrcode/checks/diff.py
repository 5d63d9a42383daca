"""What a change of the codebook changes: in its words, in the codings, in the comparison."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from hrcode.analysis.compare import compare
from hrcode.codebook.model import Codebook, Subcategory
from hrcode.coding.code import code
from hrcode.coding.model import Coded, Coding
from hrcode.transcripts.model import Transcripts

_TEXTS = ("label", "brief", "definition", "use_when", "not_when", "stance")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two codebooks.

    Args:
        kind (str): ``added``, ``removed``, ``moved``, ``renamed`` or ``redefined``.
        what (str): ``category``, ``subcategory``, ``indicator`` or the name of a text field.
        where (str): Category or ``category/subcategory``.
        old (str): What stood there, if anything did.
        new (str): What stands there now.
    """

    kind: str
    what: str
    where: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class CodingChange:
    """A coding that only one of two codebooks gives, or that is given to another subcategory.

    Args:
        kind (str): ``gained``, ``lost`` or ``moved``.
        old (Coding | None): The coding under the old codebook.
        new (Coding | None): The coding under the new one.
        text (str): The segment's text.
        offset (int): Where the segment starts in the transcript, in code points.
    """

    kind: str
    old: Coding | None
    new: Coding | None
    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of the comparison that differs.

    Args:
        code (str): ``category/subcategory``.
        stance (str): Stance of the subcategory.
        group (str): Group.
        old (tuple[int, int]): Participants and codings before.
        new (tuple[int, int]): Participants and codings now.
        total (int): Participants of the group.
    """

    code: str
    stance: str
    group: str
    old: tuple[int, int]
    new: tuple[int, int]
    total: int


def diff_codebooks(old: Codebook, new: Codebook) -> list[Change]:
    """Say what differs between two codebooks.

    Args:
        old (Codebook): The codebook before.
        new (Codebook): The codebook after.

    Returns:
        list[Change]: Changes, in the order of the new codebook, removals last.
    """
    before = {sub.path: sub for sub in old.subcategories}
    after = {sub.path: sub for sub in new.subcategories}
    renamed = _renamed(before, after)
    changes: list[Change] = []
    if old.version != new.version:
        changes.append(Change("redefined", "version", new.id, old.version, new.version))
    if old.cues != new.cues:
        changes.append(Change("redefined", "cues", new.id))
    old_categories = {category.id: category for category in old.categories}
    for category in new.categories:
        if category.id not in old_categories:
            changes.append(Change("added", "category", category.id, new=category.label))
        elif category.definition != old_categories[category.id].definition:
            was = old_categories[category.id].definition
            changes.append(Change("redefined", "definition", category.id, was, category.definition))
    for path, sub in after.items():
        if path in before or path in renamed:
            was_sub = before[renamed.get(path, path)]
            if path in renamed:
                changes.append(Change("renamed", "subcategory", path, was_sub.path, path))
            changes.extend(_redefined(was_sub, sub))
        else:
            changes.append(Change("added", "subcategory", path, new=sub.label))
    gone = [path for path in before if path not in after and path not in renamed.values()]
    changes.extend(Change("removed", "subcategory", path, old=before[path].label) for path in gone)
    kept = {category.id for category in new.categories}
    changes.extend(
        Change("removed", "category", category.id, old=category.label)
        for category in old.categories
        if category.id not in kept
    )
    return changes + _indicator_changes(before, after, renamed)


def _renamed(before: dict[str, Subcategory], after: dict[str, Subcategory]) -> dict[str, str]:
    """Match new paths to old ones that are gone and had the same label and much the same definition."""
    gone = [path for path in before if path not in after]
    found: dict[str, str] = {}
    for path, sub in after.items():
        if path in before:
            continue
        for other in gone:
            if other in found.values():
                continue
            alike = difflib.SequenceMatcher(None, before[other].definition, sub.definition).ratio()
            if before[other].label == sub.label or alike > 0.9:
                found[path] = other
                break
    return found


def _redefined(old: Subcategory, new: Subcategory) -> Iterator[Change]:
    for field in _TEXTS:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield Change("redefined", field, new.path, was, now)


def _indicator_changes(
    before: dict[str, Subcategory], after: dict[str, Subcategory], renamed: dict[str, str]
) -> list[Change]:
    removed: dict[str, list[str]] = {}
    added: list[tuple[str, str]] = []
    back = {old: new for new, old in renamed.items()}
    redefined: list[Change] = []
    for path, sub in after.items():
        was = before.get(renamed.get(path, path))
        same = {(i.language, i.id): i for i in was.indicators} if was else {}
        for indicator in sub.indicators:
            other = same.get((indicator.language, indicator.id))
            if other is None:
                added.append((path, indicator.id))
            elif (other.kind, other.body, other.conditions) != (
                indicator.kind,
                indicator.body,
                indicator.conditions,
            ):
                # Same name, other meaning: its words, a set it uses, or when it counts.
                redefined.append(Change("redefined", "indicator", path, new=indicator.id))
    for path, sub in before.items():
        now = after.get(back.get(path, path))
        ids = {i.id for i in now.indicators} if now else set()
        for indicator in sub.indicators:
            if indicator.id not in ids:
                removed.setdefault(indicator.id, []).append(path)
    changes = redefined
    for path, name in added:
        if removed.get(name):
            changes.append(Change("moved", "indicator", path, removed[name].pop(0), name))
        else:
            changes.append(Change("added", "indicator", path, new=name))
    changes.extend(
        Change("removed", "indicator", path, old=name) for name, paths in removed.items() for path in paths
    )
    return changes


def diff_codings(
    old: Codebook, new: Codebook, transcripts: Transcripts, group_by: str = "group"
) -> tuple[list[CodingChange], list[CellChange]]:
    """Code transcripts with both codebooks and say what differs.

    Args:
        old (Codebook): The codebook before.
        new (Codebook): The codebook after.
        transcripts (Transcripts): The transcripts.
        group_by (str): Participant attribute that makes the groups.

    Returns:
        tuple[list[CodingChange], list[CellChange]]: Codings gained, lost and moved, and the cells of
        the comparison (by subcategory) that differ.
    """
    before = code(transcripts, old, group_by=group_by)
    after = code(transcripts, new, group_by=group_by)
    return _coding_changes(before, after), _cell_changes(before, after)


def _coding_changes(before: Coded, after: Coded) -> list[CodingChange]:
    segments = {segment.segment_id: segment for segment in after.segments}

    def change(kind: str, was: Coding | None, now: Coding | None, one: Coding) -> CodingChange:
        segment = segments[one.segment_id]
        return CodingChange(kind, was, now, segment.text, segment.start)

    old = {c.coding_id: c for c in before.codings}
    new = {c.coding_id: c for c in after.codings}
    lost = [c for key, c in old.items() if key not in new]
    gained = [c for key, c in new.items() if key not in old]
    changes: list[CodingChange] = []
    for coding in gained:
        overlapping = [c for c in lost if _same_words(c, coding)]
        # A coding of the same subcategory has only grown or shrunk; another one has moved.
        overlapping.sort(key=lambda c: (c.category, c.subcategory) != (coding.category, coding.subcategory))
        was = overlapping[0] if overlapping else None
        if was is not None:
            lost.remove(was)
        moved = was is not None and (was.category, was.subcategory) != (coding.category, coding.subcategory)
        if was is None or moved:
            changes.append(change("moved" if moved else "gained", was, coding, coding))
    changes.extend(change("lost", c, None, c) for c in lost)
    return changes


def _same_words(a: Coding, b: Coding) -> bool:
    """Whether two codings are on overlapping words; then one has taken the place of the other."""
    return a.transcript == b.transcript and a.start < b.end and b.start < a.end


def _cell_changes(before: Coded, after: Coded) -> list[CellChange]:
    cells: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    totals: dict[str, int] = {}
    for i, coded in enumerate((before, after)):
        for row in compare(coded, level="subcategory").itertuples(index=False):
            key = (f"{row.category}/{row.subcategory}", str(row.stance), str(row.group))
            cells.setdefault(key, [(0, 0), (0, 0)])[i] = (int(str(row.participants)), int(str(row.codings)))
            totals[str(row.group)] = int(str(row.participants_total))
    return [
        CellChange(name, stance, group, was, now, totals[group])
        for (name, stance, group), (was, now) in cells.items()
        if was != now
    ]
