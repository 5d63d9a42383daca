"""A passphrase, asked for without showing it."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hrcode.errors import PrivacyError

if TYPE_CHECKING:
    from hrcode.privacy.key import Key

VARIABLE = "HRCODE_PASSPHRASE"


def ask_passphrase(*, twice: bool = False) -> str:
    """Give the passphrase of a key file: from the environment, else asked for.

    Args:
        twice (bool): Whether to ask again, for a new key.

    Returns:
        str: The passphrase.

    Raises:
        PrivacyError: When there is nobody to ask, or the two differ.
    """
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin.isatty():
        raise PrivacyError(f"The key needs a passphrase: run it in a terminal, or set {VARIABLE}.")
    try:
        first = getpass.getpass("Passphrase of the key: ")
        if twice and getpass.getpass("Again: ") != first:
            raise PrivacyError("The two passphrases differ. Nothing was done.")
    except EOFError:
        raise PrivacyError("No passphrase was given. Nothing was done.") from None
    return first


def open_key(path: Path) -> Key:
    """Read a key file that has to be there; only then its passphrase is asked for.

    Args:
        path (Path): The file.

    Returns:
        Key: The key.

    Raises:
        PrivacyError: When there is no such file, or it cannot be opened with the passphrase.
    """
    from hrcode.files import MAX_TEXT_BYTES, check_file
    from hrcode.privacy.key import read_key

    check_file(path, error=PrivacyError, max_bytes=MAX_TEXT_BYTES)
    return read_key(path, ask_passphrase())
