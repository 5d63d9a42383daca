"""The key file: what every pseudonym stands for, encrypted with a passphrase."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hrcode.errors import PrivacyError
from hrcode.writing import reason

MIN_PASSPHRASE = 8
_MAGIC = b"hrcode key 1\n"
_SALT, _NONCE = 16, 12
_MAX_BYTES = 500_000_000
# scrypt's cost: 64 MB and some tenths of a second for each guess (RFC 7914, section 2).
_COST, _BLOCK, _LANES = 2**16, 8, 1


@dataclass(frozen=True, slots=True)
class Key:
    """What was replaced in a study.

    Args:
        pseudonyms (Mapping[str, str]): Pseudonym by kind and owner, ``person/ruth ellery``.
        written (Mapping[str, list[str]]): How each name was written, by pseudonym.
        files (Mapping[str, dict]): By name of the new file: ``name`` (the old one), ``sha256`` of
            the new text and ``swaps`` that bring the old one back; or ``whole``, the old text.
    """

    pseudonyms: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def write_key(path: Path, key: Key, passphrase: str) -> None:
    """Encrypt a key into a file that its owner alone can read.

    The passphrase becomes a key by scrypt (Percival and Josefsson 2016, RFC 7914); the content is
    encrypted and signed with AES-256-GCM.

    Args:
        path (Path): The file; one that is there is replaced.
        key (Key): The key.
        passphrase (str): At least `MIN_PASSPHRASE` characters.

    Raises:
        PrivacyError: When the passphrase is too short or the file cannot be written.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise PrivacyError(f"The passphrase is too short; take {MIN_PASSPHRASE} characters or more.")
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    plain = json.dumps(asdict(key), ensure_ascii=True).encode()
    sealed = _cipher(passphrase, salt).encrypt(nonce, plain, _MAGIC + salt)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(_MAGIC + salt + nonce + sealed)
                handle.flush()
                os.fsync(handle.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as fault:
        raise PrivacyError(f"{path}: the key cannot be written ({reason(fault)}).") from None


def read_key(path: Path, passphrase: str) -> Key:
    """Decrypt a key file.

    Args:
        path (Path): The file.
        passphrase (str): Its passphrase.

    Returns:
        Key: The key.

    Raises:
        PrivacyError: When the file is no key, the passphrase is wrong, or a single bit was changed.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise PrivacyError(f"{path}: is too large for a key file.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise PrivacyError(f"{path}: no such key file.") from None
    except OSError as fault:
        raise PrivacyError(f"{path}: the key cannot be read ({fault.strerror}).") from None
    head = len(_MAGIC)
    if not data.startswith(_MAGIC):
        raise PrivacyError(f"{path}: is no key file of `hrcode pseudonymise`.")
    salt, nonce = data[head : head + _SALT], data[head + _SALT : head + _SALT + _NONCE]
    cipher = _cipher(passphrase, salt)
    from cryptography.exceptions import InvalidTag

    try:
        plain = cipher.decrypt(nonce, data[head + _SALT + _NONCE :], _MAGIC + salt)
    except (InvalidTag, ValueError):
        raise PrivacyError(
            f"{path}: wrong passphrase, or the key file was changed. Nothing was done."
        ) from None
    return Key(**json.loads(plain))


def _cipher(passphrase: str, salt: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
    except ImportError:
        raise PrivacyError("A key file needs cryptography: pip install 'hrcode[privacy]'") from None
    secret = Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES).derive(passphrase.encode("utf-8"))
    return AESGCM(secret)
