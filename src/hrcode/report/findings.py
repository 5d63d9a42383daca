"""What groups share and where they differ, in sentences: each with its label and its n of N."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrcode.analysis.codes import Code
from hrcode.report.naming import Name, Row, by_code

SHOWN = 5
CARRIED = 0.5
_DIFFERENT = ("only in ", "predominant in ")
_ALIKE = ("shared", "in all ", "in ")
_TRUST = {"no": " (fragile)", "yes": " (robust)", "": ""}


@dataclass(frozen=True, slots=True)
class Finding:
    """A code with the sentence that is said of it.

    Args:
        name (Name): The code.
        says (str): The rest of the sentence after its label, with n of N of every group.
        shares (tuple[float, ...]): Share of participants by group, 0 to 1.
        fragile (bool): Whether it hangs on one person.
    """

    name: Name
    says: str
    shares: tuple[float, ...]
    fragile: bool

    @property
    def gap(self) -> float:
        """How far the first group is above the second."""
        first, second = sorted((0.0, *self.shares), reverse=True)[:2]
        return first - second


@dataclass(frozen=True, slots=True)
class Findings:
    """The sentences of the first screen.

    Args:
        alike (tuple[Finding, ...]): What groups share, the most widespread first.
        different (tuple[Finding, ...]): Where they differ, robust and wide gaps first.
        heard (tuple[Finding, ...]): What most people say, where groups cannot be compared.
    """

    alike: tuple[Finding, ...]
    different: tuple[Finding, ...]
    heard: tuple[Finding, ...]


def findings(rows: Sequence[Row], names: Mapping[Code, Name]) -> Findings:
    """Put the rows of a comparison into sentences, by the labels that they have.

    Args:
        rows (Sequence[Row]): Rows of `hrcode.compare`, of categories and subcategories.
        names (Mapping[Code, Name]): What the page calls each code.

    Returns:
        Findings: All of them, the main ones first.
    """
    alike, different, heard = [], [], []
    for code, cells in by_code([row for row in rows if row["level"] != "total"]).items():
        label = cells[0]["pattern"]
        if label.startswith(_DIFFERENT):
            different.append(_finding(names[code], cells))
        elif label.startswith(_ALIKE):
            alike.append(_finding(names[code], cells))
        elif any(cell["participants"] for cell in cells) and label != "single mention":
            heard.append(_finding(names[code], cells))
    # Sorting is stable: equals stay in the codebook's order, categories before their subcategories.
    return Findings(
        tuple(sorted(alike, key=lambda f: (-min(f.shares), f.fragile, -sum(f.shares)))),
        tuple(sorted(different, key=lambda f: (f.fragile, -f.gap))),
        () if alike or different else tuple(sorted(heard, key=lambda f: -sum(f.shares))),
    )


def _finding(name: Name, cells: Sequence[Row]) -> Finding:
    shares = tuple(
        c["participants"] / c["participants_total"] if c["participants_total"] else 0.0 for c in cells
    )
    robust = cells[0]["robust"]
    return Finding(name, sentence(cells), shares, robust == "no")


def sentence(cells: Sequence[Row]) -> str:
    """Say a code's label, its base in every group, and how far it can be relied on.

    Args:
        cells (Sequence[Row]): The rows of one code, one a group.

    Returns:
        str: Such as ``is only in L: 2 of 4 in L, 0 of 4 in S (fragile).``
    """
    base = ", ".join(f"{n_of(cell)} in {cell['group']}" for cell in cells)
    label = cells[0]["pattern"]
    lead = "was said by" if label in ("one group", "groups too small") else f"is {label}:"
    return "; ".join([f"{lead} {base}{_TRUST[cells[0]['robust']]}", *carried(cells)]) + "."


def n_of(cell: Row) -> str:
    """Say how many of how many participants."""
    return f"{cell['participants']} of {cell['participants_total']}"


def carried(cells: Sequence[Row]) -> list[str]:
    """Say of which groups more than half of the segments come from one person, where several have any."""
    return [
        f"{cell['largest_share']:.0%} of {cell['group']}'s segments are {cell['largest_share_from']}'s"
        for cell in cells
        if cell["participants"] > 1 and cell["largest_share"] > CARRIED and cell["largest_share_from"]
    ]
