"""Bytes to text: which encoding a transcript is in."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from hrcode.errors import Fault, TranscriptError
from hrcode.files import read_bytes
from hrcode.language.detect import detect_language

# What Windows programs of the Baltic and of central Europe write; all others write Windows-1252.
_LANGUAGES = {"cp1257": {"lt", "lv", "et"}, "cp1250": {"pl", "cs", "sk", "hu", "sl", "hr", "ro", "sq"}}
_NAMES = {"cp1252": "windows-1252", "cp1257": "windows-1257", "cp1250": "windows-1250"}
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# UTF-8 that was once read as Windows-1252 and saved so: "Ã©" for é, "Ä—" for ė, "â€™" for ’.
_MOJIBAKE = re.compile("(?:[ÃÄÅ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]|â€[\u0080-\u2122])")


def read_decoded(path: Path, encoding: str = "") -> tuple[str, str, list[Fault]]:
    """Read a text file, in whatever encoding it is.

    A byte order mark settles it; else UTF-8 where the bytes are valid UTF-8, UTF-16 where every
    other byte is 0, and else the Windows encoding that fits best, which is said.

    Args:
        path (Path): The file.
        encoding (str): Encoding that the study names; empty to find it out.

    Returns:
        tuple[str, str, list[Fault]]: Text without byte order mark, name of the encoding, warnings.

    Raises:
        TranscriptError: When the file cannot be read, is too large, or is no text.
    """
    return decode(read_bytes(path, error=TranscriptError), str(path), encoding)


def decode(data: bytes, path: str, encoding: str = "") -> tuple[str, str, list[Fault]]:
    """Turn a text file's bytes into text (see `read_decoded`).

    Args:
        data (bytes): The bytes.
        path (str): The file, for the faults.
        encoding (str): Encoding that the study names; empty to find it out.

    Returns:
        tuple[str, str, list[Fault]]: Text without byte order mark, name of the encoding, warnings.

    Raises:
        TranscriptError: When they are no text.
    """
    known = encoding or _settled(data)
    warnings: list[Fault] = []
    if not known and b"\0" in data:
        raise TranscriptError(f"{path}: is a binary file, not text. Save it as plain text (UTF-8).")
    if not known:
        known = _best(data)
        message = (
            f"is not UTF-8; read as {_NAMES[known]}. If letters look wrong in `hrcode transcripts show`, "
            "name the right one in study.yaml, such as `encoding: windows-1257`"
        )
        warnings.append(Fault(path, 0, 0, "encoding", message, "warning"))
    text = _decoded(path, data, known)
    if broken := None if text.isascii() else _MOJIBAKE.search(text):
        line = text.count("\n", 0, broken.start()) + 1
        message = (
            f"{broken[0]!r} looks like text that was once read in a wrong encoding; the file is left as it "
            "is. Export it anew, or mend the letters"
        )
        warnings.append(Fault(path, line, 0, "mojibake", message, "warning"))
    return text, _NAMES.get(known, known).replace("-sig", ""), warnings


def _settled(data: bytes) -> str:
    """Give the encoding where the bytes leave no doubt."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    sample = data[:4_000]
    for nulls, letters, encoding in ((1, 0, "utf-16-le"), (0, 1, "utf-16-be")):
        if len(sample) > 3 and _share_of_nulls(sample[nulls::2]) > 0.4 > 10 * _share_of_nulls(
            sample[letters::2]
        ):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if b"\0" in data else "utf-8"


def _share_of_nulls(data: bytes) -> float:
    return data.count(0) / max(len(data), 1)


def _best(data: bytes) -> str:
    """Choose the Windows encoding of the language that the bytes seem to be in.

    Most letters are the same in all three, so that the language shows whichever is tried.
    """
    language = detect_language(data[:20_000].decode("cp1252", "replace"))
    return next((name for name, languages in _LANGUAGES.items() if language in languages), "cp1252")


def _decoded(path: str, data: bytes, encoding: str) -> str:
    # Windows programs write a few bytes that the encodings leave undefined; they must not be lost.
    errors = "strict" if encoding.startswith("utf") else "replace"
    try:
        text = data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding, errors)
    except (UnicodeDecodeError, LookupError) as fault:
        at = getattr(fault, "start", 0)
        line = data.count(b"\n", 0, at) + 1
        raise TranscriptError(
            f"{path}:{line}: is not {encoding} text. Save it again with the encoding UTF-8, or name its "
            "encoding in study.yaml."
        ) from None
    if "\0" in text:
        raise TranscriptError(f"{path}: is a binary file, not text. Save it as plain text (UTF-8).")
    return text.removeprefix("\ufeff")
