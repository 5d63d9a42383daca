"""A codebook of one kind to a codebook of another."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hrcode.errors import CodebookError
from hrcode.exchange.codebooks import FORMATS
from hrcode.exchange.codebooks.code_list import is_code_list
from hrcode.exchange.codebooks.model import Loss
from hrcode.exchange.codebooks.tables import read_table
from hrcode.exchange.codebooks.to_hrcode import name_of, write_hrcode
from hrcode.files import read_text
from hrcode.hints import no_such
from hrcode.yamltext import parse_yaml


class Conversion(NamedTuple):
    """What a conversion gives.

    Args:
        content (str | bytes): The file to write.
        losses (tuple[Loss, ...]): What was dropped.
        source (str): The format that was read.
        target (str): The format that is written.
        codes (int): How many codes there are.
    """

    content: str | bytes
    losses: tuple[Loss, ...]
    source: str
    target: str
    codes: int


def convert_codebook(source: Path, target: Path, from_: str = "", to: str = "") -> Conversion:
    """Convert a codebook; one of the two is hrcode's. Nothing is written.

    Args:
        source (Path): The file to read.
        target (Path): The file that the content is for.
        from_ (str): Format of the one; empty to tell by ending and content.
        to (str): Format of the other; the same.

    Returns:
        Conversion: The content, and what was dropped.

    Raises:
        CodebookError: When a file cannot be read or a format cannot be told.
    """
    for name in (from_, to):
        if name and name not in FORMATS:
            raise CodebookError(no_such("format", name, FORMATS))
    from_ = from_ or _source_format(source)
    to = to or _target_format(target, from_)
    if (from_ == "hrcode") == (to == "hrcode"):
        raise CodebookError(
            f"{FORMATS[from_].title} to {FORMATS[to].title}: one of the two has to be hrcode; "
            "convert to hrcode first, or name the format with --from or --to."
        )
    try:
        book = FORMATS[from_].read(source)
        content, lost = write_hrcode(book, name_of(target)) if to == "hrcode" else FORMATS[to].write(book)
    except RecursionError:
        raise CodebookError(f"{source}: is nested too deep.") from None
    rules = book.rule_losses if FORMATS[to].words else ()
    return Conversion(content, (*book.losses, *rules, *lost), from_, to, len(book.entries))


def _source_format(path: Path) -> str:
    names = _by_suffix(path, "--from")
    if names == ["hrcode", "quanteda"]:
        root, _ = parse_yaml(read_text(path, error=CodebookError), str(path))
        return "hrcode" if root is not None and {"codebook", "categories"} & {*root.fields} else "quanteda"
    if len(names) > 1:
        return "codes" if is_code_list(read_table(path)[0]) else "taguette"
    return names[0]


def _target_format(path: Path, source: str) -> str:
    names = _by_suffix(path, "--to")
    if path.suffix.lower() == ".qdpx":
        raise CodebookError(f"{path}: a whole project cannot be written; write a codebook, .qdc.")
    if names == ["hrcode", "quanteda"]:
        return "quanteda" if source == "hrcode" else "hrcode"
    if len(names) > 1:
        return "codes"
    return names[0]


def _by_suffix(path: Path, option: str) -> list[str]:
    names = [name for name, format_ in FORMATS.items() if path.suffix.lower() in format_.suffixes]
    if not names:
        known = ", ".join(sorted({suffix for format_ in FORMATS.values() for suffix in format_.suffixes}))
        raise CodebookError(f"{path}: the format cannot be told. Use {known}, or say it with {option}.")
    return names
