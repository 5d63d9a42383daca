"""Names that the user knows: the participants table's, and those of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hrcode.errors import Fault, PrivacyError
from hrcode.files import read_text
from hrcode.hints import nearest
from hrcode.privacy.folding import fold
from hrcode.privacy.found import KINDS, LISTED, TABLE
from hrcode.transcripts.participants_table import read_participants

_SAME_KIND = {"org": "organisation", "organization": "organisation", "email": "e-mail", "mail": "e-mail"}
# Parts of names that are nobody's name alone.
_SMALL_WORDS = "de den der di el la le les mac mc of old san st the van von af av "
# Labels that speech recognisers and transcribers give, and nobody's name.
_ROLES = frozenset({"speaker", "participant", "respondent", "interviewee", "client", "person", "voice"})
_PARTICLES = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Known:
    """One person, place or other thing that is known by name.

    Args:
        kind (str): One of `hrcode.privacy.found.KINDS`.
        owner (str): Whom or what it means; a participant's id for the table's people.
        forms (tuple[str, ...]): How it is written; a form that ends in ``*`` stands for every ending.
        source (str): ``table``, ``list`` or ``entity``.
    """

    kind: str
    owner: str
    forms: tuple[str, ...]
    source: str


def known_from_table(path: Path) -> list[Known]:
    """Read the names in a participants table.

    Args:
        path (Path): The table; names stand in the columns `NAME_COLUMNS` and among the aliases, several
            in a cell apart by semicolons.

    Returns:
        list[Known]: Each participant who has a name there.

    Raises:
        TranscriptError: When the table cannot be read.
    """
    found = []
    for person in read_participants([path]).values():
        forms = with_parts([*person.names, *filter(_is_name, person.aliases)])
        if forms:
            found.append(Known("person", person.id, forms, TABLE))
    return found


def _is_name(alias: str) -> bool:
    """Say whether a label is written as names are: Ruth E., but neither S4 nor PEER nor Speaker."""
    first = alias.split()[0]
    no_digit = not any(sign.isdigit() for sign in alias)
    return no_digit and first[0].isupper() and first[1:2].islower() and fold(first) not in _ROLES


def known_from_list(path: Path) -> list[Known]:
    """Read a list of names: one line for each person or thing, ``kind: form; other form``.

    Args:
        path (Path): UTF-8 text; empty lines and those that begin with ``#`` are passed over.

    Returns:
        list[Known]: In the order of the file.

    Raises:
        PrivacyError: With every line that has no kind or no name.
    """
    found: list[Known] = []
    faults: list[Fault] = []
    for number, line in enumerate(read_text(path, error=PrivacyError).splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        head, _, rest = line.partition(":")
        kind = _SAME_KIND.get(head.strip().casefold(), head.strip().casefold())
        forms = _forms(rest)
        if kind not in KINDS:
            message = (
                f"{head.strip()!r} is no kind.{nearest(kind, KINDS)} Write such as `person: Ruth; Ruthie`"
            )
            faults.append(Fault(str(path), number, 1, "unknown-kind", message))
        elif not any(fold(form) for form in forms):
            faults.append(Fault(str(path), number, 1, "no-name", f"no name after {head.strip()!r}"))
        else:
            owner = " ".join(forms[0].casefold().split())
            found.append(Known(kind, owner, with_parts(forms) if kind == "person" else tuple(forms), LISTED))
    if faults:
        raise PrivacyError(f"{path} cannot be used:", faults)
    return found


def _forms(cell: str) -> list[str]:
    return [form.strip() for form in cell.split(";") if form.strip()]


def with_parts(forms: Iterable[str]) -> tuple[str, ...]:
    """Add the parts of full names: whoever is ``Ruth Ellery`` is also ``Ruth`` and ``Ellery``.

    Args:
        forms (Iterable[str]): Names as given.

    Returns:
        tuple[str, ...]: These and their parts, without small words such as "van".
    """
    given = list(forms)
    parts = [
        part
        for form in given
        for part in form.replace("-", " ").split()
        if len(fold(part)) > 1 and fold(part) not in _PARTICLES and not part[0].islower()
    ]
    return tuple(dict.fromkeys([*given, *parts]))
