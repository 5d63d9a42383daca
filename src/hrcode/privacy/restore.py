"""Names back into pseudonymised texts, with the key."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from hrcode.errors import Fault, PrivacyError
from hrcode.privacy.key import Key
from hrcode.privacy.pseudonymise import text_hash
from hrcode.privacy.texts import open_text


def restore(files: Mapping[str, Path], key: Key) -> dict[str, bytes]:
    """Bring back the texts that `hrcode.privacy.pseudonymise.pseudonymise` replaced.

    Args:
        files (Mapping[str, Path]): The pseudonymised files by name.
        key (Key): Their key.

    Returns:
        dict[str, bytes]: The old files by their old names. Plain text is the same byte for byte; of
        a Word document the words are, and its layout.

    Raises:
        PrivacyError: With every file that the key does not know or that has changed since.
    """
    faults: list[Fault] = []
    made: dict[str, bytes] = {}
    for name, path in files.items():
        entry = key.files.get(name)
        if entry is None:
            faults.append(Fault(str(path), 0, 0, "not-in-key", "the key knows no such file"))
        elif "base64" in entry:
            made[entry["name"]] = base64.b64decode(entry["base64"])
        else:
            opened = open_text(path)
            if text_hash(opened.text) != entry["sha256"]:
                message = "was changed after it was pseudonymised; the key fits the unchanged file only"
                faults.append(Fault(str(path), 0, 0, "changed", message))
            else:
                made[entry["name"]] = opened.rewrite([tuple(swap) for swap in entry["swaps"]])
    if faults:
        raise PrivacyError("These files cannot be restored:", faults)
    return made
