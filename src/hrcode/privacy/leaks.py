"""What still stands: known names and identifiers in results, exports and shared texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hrcode.errors import PrivacyError
from hrcode.privacy.folding import fold
from hrcode.privacy.found import LISTED, Found, merged
from hrcode.privacy.key import Key
from hrcode.privacy.known import Known
from hrcode.privacy.matching import Index, find_known, index_names
from hrcode.privacy.passages import read_passages
from hrcode.privacy.patterns import IDENTIFIERS, find_patterns

MAX_BYTES = 200_000_000
NOT_SEARCHED = "not searched"


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """One place where something still tells who somebody is.

    Args:
        file (str): The file, as it was named.
        place (str): Line, paragraph or cell; ``name`` for the file's own name.
        kind (str): Person, e-mail ...; ``not searched`` for a file that could not be looked into.
        masked (str): What stands there, all but its first sign masked; for a file that was not
            searched, why.
    """

    file: str
    place: str
    kind: str
    masked: str


def find_leaks(files: Mapping[str, Path], known: Iterable[Known]) -> list[Leak]:
    """Search files for known names and for identifiers.

    Args:
        files (Mapping[str, Path]): Files by the name to report.
        known (Iterable[Known]): Names (see `hrcode.privacy.study.known_names`, `known_from_key`).

    Returns:
        list[Leak]: In the order of the files; a file that cannot be searched is in it, for nobody
        can say that it is clean.
    """
    index = index_names(known)
    return [leak for name, path in files.items() for leak in dict.fromkeys(_in_file(name, path, index))]


def _in_file(name: str, path: Path, index: Index) -> Iterator[Leak]:
    shown = _masked(name, index)
    for find in merged(find_known(name, index)):
        yield Leak(shown, "name", find.kind, mask(name[find.start : find.end]))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PrivacyError(f"is larger than {MAX_BYTES / 1e6:.0f} MB")
        for place, text in read_passages(shown, path.read_bytes()):
            for find in merged([*find_known(text, index), *find_patterns(text, IDENTIFIERS)]):
                yield Leak(shown, _masked(place, index), find.kind, mask(text[find.start : find.end]))
    except PrivacyError as fault:
        yield Leak(shown, "", NOT_SEARCHED, _masked(fault.message.removeprefix(f"{shown}: "), index))
    except OSError as fault:
        yield Leak(shown, "", NOT_SEARCHED, f"cannot be read ({fault.strerror})")


def _masked(text: str, index: Index) -> str:
    """Mask the names in what is shown; archives name the files that they hold."""
    found: list[Found] = merged(find_known(text, index))
    for find in reversed(found):
        text = text[: find.start] + mask(text[find.start : find.end]) + text[find.end :]
    return text


def mask(written: str) -> str:
    """Show that something stands there without saying what.

    Args:
        written (str): A name or number.

    Returns:
        str: Its first sign and three stars, whatever its length.
    """
    return f"{written[:1]}***"


def known_from_key(key: Key) -> list[Known]:
    """Give every name that a key knows, as it was written in the texts.

    Args:
        key (Key): A key.

    Returns:
        list[Known]: The names. What the pipeline took for a name counts as written, with capitals
            or without; words of one or two signs are left out.
    """
    kinds = {pseudonym: place.partition("/")[0] for place, pseudonym in key.pseudonyms.items()}
    return [
        Known(kinds.get(pseudonym, "person"), pseudonym, kept, LISTED)
        for pseudonym, forms in key.written.items()
        if (kept := tuple(form for form in forms if len(fold(form)) > 2))
    ]
