"""A passphrase, asked for without showing it."""

from __future__ import annotations

import getpass
import os
import sys

from hrcode.errors import PrivacyError

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
