"""The invented study with planted names: its texts without marks, and where the marks were."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "privacy_study"
_MARK = re.compile(r"<<(?P<kind>\w+):(?P<words>.*?)>>")
_NO_NAME = re.compile(r"(?:(?:the|Dr|Mrs|Inspector|Old) )?")
KINDS = {"org": "organisation", "mail": "e-mail"}


def unmarked(text):
    """Give a text without marks, and (start, end, kind) of what was marked."""
    parts, spans, done, length = [], [], 0, 0
    for mark in _MARK.finditer(text):
        parts += [text[done : mark.start()], mark["words"]]
        length += mark.start() - done
        spans.append((length, length + len(mark["words"]), KINDS.get(mark["kind"], mark["kind"])))
        length += len(mark["words"])
        done = mark.end()
    return "".join([*parts, text[done:]]), spans


def write_study(folder, *, table=True):
    """Write the study without marks; give what was marked by file name."""
    folder.mkdir(parents=True)
    marked = {}
    for path in sorted(FOLDER.glob("*.txt")):
        text, marked[path.name] = unmarked(path.read_text(encoding="utf-8"))
        (folder / path.name).write_text(text, encoding="utf-8")
    rows = (FOLDER / "participants.csv").read_text(encoding="utf-8")
    if not table:  # the same people without their names
        rows = "".join(",".join(line.split(",")[:2]) + "\n" for line in rows.splitlines())
    (folder / "participants.csv").write_text(rows, encoding="utf-8")
    return marked


def score(marked, spans, texts):
    """Count planted names wholly replaced (but for title and article), and replacements that touch one."""
    counts = Counter()
    for name, planted in marked.items():
        covered = {i for start, end, _ in spans[name] for i in range(start, end)}
        for start, end, kind in planted:
            start += len(_NO_NAME.match(texts[name][start:end])[0])
            counts["planted", kind] += 1
            counts["replaced", kind] += covered.issuperset(range(start, end))
        for start, end, new in spans[name]:
            kind = re.fullmatch(r"\[([a-z-]+) \d+\]", new)
            touched = any(start < b and a < end for a, b, _ in planted)
            counts["made", kind[1] if kind else "person"] += 1
            counts["right", kind[1] if kind else "person"] += touched
    return counts
