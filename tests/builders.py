"""Small invented studies: codebooks, transcripts and coded material that tests are made of."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hrcode.codebook.load import parse_codebook
from hrcode.codebook.model import Codebook
from hrcode.coding.code import code
from hrcode.coding.model import Coded, Coding, FrameEntry, Segment
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.model import Participant, Transcript, Turn
from hrcode.transcripts.speakers import find_turns

Frame = Mapping[str, Sequence[str | Mapping[str, object]]]
"""``category/subcategory`` to indicators; a sign before it gives the stance (`SIGNS`)."""
SIGNS = {"-": "departs", "~": "qualified", "!": "difficulty", "=": "neutral"}

KITCHEN: dict[str, list[str]] = {
    "food/cooks": ["cook soup", "bake bread"],
    "food/shares": ["share the soup", "soup"],
    "-food/wastes": ["throw ... away"],
    "garden/digs": ["dig"],
}
KITCHEN_FILES = {
    "A1.txt": "I: Do you cook soup?\nA1: I cook soup daily. We never throw it away.\n",
    "B1.txt": "I: And you?\nB1: I bake bread. I share the soup.\n\nThey throw bread away.\n",
    "B2.txt": "I: Hello.\nB2: I like the sea and the hills.\n",
    "participants.csv": "participant,group,town\nA1,A,north\nB1,B,north\nB2,B,south\n",
}


def codebook_text(frame: Frame, *, name: str = "kitchen", head: str = "") -> str:
    """Write a frame as the YAML text of a codebook."""
    lines = [f"codebook: {name}", "version: '1.0'", *([head] if head else []), "categories:"]
    categories: dict[str, list[str]] = {}
    for path in frame:
        categories.setdefault(path.lstrip("-~!=").split("/")[0], []).append(path)
    for category, paths in categories.items():
        lines += [f"  - id: {category}", f"    label: {category.title()}", "    definition: Invented."]
        lines += ["    subcategories:"]
        for path in paths:
            sub = path.split("/")[1]
            lines += [f"      - id: {sub}", f"        label: {sub.title()}", "        definition: Invented."]
            lines += [f"        stance: {SIGNS.get(path[0], 'applies')}"]
            lines += [f"        indicators: {json.dumps(list(frame[path]), ensure_ascii=False)}"]
    return "\n".join(lines) + "\n"


def make_codebook(frame: Frame, *, head: str = "") -> Codebook:
    """Make a codebook of a frame; the frame has to be sound."""
    book, faults = parse_codebook(codebook_text(frame, head=head), "kitchen.yaml")
    assert book is not None, faults
    return book


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, bytes as they are and text as UTF-8 with its own line ends."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def make_study(
    folder: Path, files: Mapping[str, str | bytes] = KITCHEN_FILES, frame: Frame = KITCHEN
) -> Path:
    """Write ``interviews/`` and ``kitchen.yaml`` into a folder."""
    write_files(folder / "interviews", files)
    (folder / "kitchen.yaml").write_text(codebook_text(frame), encoding="utf-8")
    return folder


def code_study(
    folder: Path, files: Mapping[str, str | bytes] = KITCHEN_FILES, frame: Frame = KITCHEN
) -> Coded:
    """Write transcripts into a folder and code them."""
    write_files(folder, files)
    return code(load_transcripts(folder), make_codebook(frame))


def make_transcript(text: str, participants: Iterable[str] = ("S1",), name: str = "t") -> Transcript:
    """Make a transcript of a text; labels that are no participant's are interviewers'."""
    people = set(participants)
    turns = [
        Turn(i, draft.label, draft.label if draft.label in people else "", draft.start, draft.end)
        for i, draft in enumerate(find_turns(text, 0, {"I", *people}), start=1)
    ]
    return Transcript(name, text, tuple(turns))


def make_coded(
    people: Mapping[str, str | Mapping[str, str]],
    segments: Sequence[tuple[str, int]],
    codings: Sequence[tuple[int, str]],
    frame: Sequence[str],
) -> Coded:
    """Make coded material by hand.

    Args:
        people: Participant to group, or to attributes with ``group``.
        segments: Participant (empty for an interviewer) and number of words.
        codings: Number of the segment, from 0, and ``category/subcategory``.
        frame: As in `Frame`, keys only.
    """
    persons = [
        Participant(
            i, a if isinstance(a, str) else a["group"], {"group": a} if isinstance(a, str) else dict(a)
        )
        for i, a in people.items()
    ]
    group = {person.id: person.group for person in persons}
    stance = {path.lstrip("-~!="): SIGNS.get(path[0], "applies") for path in frame}
    made = []
    at = 0
    for i, (person, words) in enumerate(segments, start=1):
        text = " ".join(["word"] * words)
        made.append(
            Segment(f"t:{i}.1", "t", i, person or "I", person, group.get(person, ""), "sentence", at,
                    at + len(text), words, text)
        )  # fmt: skip
        at += len(text) + 1
    rows = []
    for number, (i, path) in enumerate(codings):
        seg = made[i]
        category, sub = path.split("/")
        rows.append(
            Coding(
                coding_id=f"{number:016x}",
                transcript="t",
                participant=seg.participant,
                group=seg.group,
                turn=seg.turn,
                segment_id=seg.segment_id,
                category=category,
                subcategory=sub,
                stance=stance[path],
                start=seg.start,
                end=seg.start + 4,
                evidence="word",
                indicator="word",
                kind="phrase",
                coder="hrcode",
                codebook="k",
                codebook_version="1",
                context="",
            )
        )
    entries = tuple(
        FrameEntry(c, c.title(), s, s.title(), stance[f"{c}/{s}"])  # type: ignore[arg-type]
        for c, s in (path.lstrip("-~!=").split("/") for path in frame)
    )
    run = {"hrcode": "0", "settings": {"unit": "sentence", "language": "en", "group_by": "group"}}
    return Coded(tuple(made), tuple(rows), (), tuple(persons), entries, run)


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """Make a zip archive of files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def mutated(content: str | bytes, random_: random.Random) -> bytes:
    """Change a file's bytes: cut it, drop, double or swap pieces, write noise."""
    data = bytearray(content if isinstance(content, bytes) else content.encode())
    for _ in range(random_.randint(1, 4)):
        start = random_.randrange(len(data) + 1)
        piece = data[start : start + random_.randint(1, 40)]
        change = random_.choice(["cut", "drop", "double", "noise", "insert"])
        if change == "cut":
            del data[max(start, 20) :]
        elif change == "drop":
            del data[start : start + len(piece)]
        elif change == "double":
            data[start:start] = piece
        elif change == "noise":
            data[start : start + len(piece)] = random_.randbytes(len(piece))
        else:
            data[start:start] = random_.choice(
                [b"\0", b"\xff\xfe", b"-->", b'"', b"<v", b"{", b"\r", b"\xf0\x9f"]
            )
    return bytes(data)


def broken(content: str | bytes, random_: random.Random) -> bytes:
    """Change a file, or a file inside it where it is an archive (whose checksums would tell)."""
    if not zipfile.is_zipfile(io.BytesIO(content if isinstance(content, bytes) else content.encode())):
        return mutated(content, random_)
    if random_.random() < 0.2:
        return mutated(content, random_)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = random_.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, mutated(old.read(name), random_) if name == chosen else old.read(name))
    return out.getvalue()
