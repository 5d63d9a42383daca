"""The codebook: categories, subcategories, indicators and examples, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hrcode.errors import Fault
from hrcode.indicators.context import CueLists
from hrcode.indicators.model import Indicator
from hrcode.wording import counted

Stance = Literal["applies", "departs", "qualified", "difficulty", "neutral"]
STANCES: tuple[Stance, ...] = ("applies", "departs", "qualified", "difficulty", "neutral")
# Only these two say where a speaker stands on the principle; only they are summed up by category.
SUMMED: tuple[Stance, ...] = ("applies", "departs")
ORIGINS = ("theory", "data", "prior_study")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a definition comes from.

    Args:
        citation (str): Full citation.
        doi (str): DOI, without a resolver's address.
        licence (str): Licence of the work.
    """

    citation: str
    doi: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a subcategory has to match, or must not.

    Args:
        text (str): The sentence.
        match (bool): Whether it has to be coded.
        line (int): Line in the codebook.
        exclusive (bool): Whether no other subcategory may code it.
        asked (str): The interviewer's question before it.
        by (Mapping[str, str]): Attributes of the participant who says it.
        language (str): Language of the sentence; empty for the codebook's own.
    """

    text: str
    match: bool
    line: int
    exclusive: bool = False
    asked: str = ""
    by: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Subcategory:
    """What gets assigned to a segment.

    The text fields are MacQueen's (MacQueen et al. 1998, Cultural Anthropology Methods 10(2):31-36):
    brief and full definition, when to use, when not to use, examples.

    Args:
        id (str): Id, unique within the category.
        category (str): Id of the category.
        label (str): Name for people.
        brief (str): One-line definition.
        definition (str): Full definition.
        use_when (str): When to use it.
        not_when (str): When not to, and what to use instead.
        stance (str): ``applies`` the category's principle, or ``departs`` from it; or is about the
            principle without either: applied with a reservation (``qualified``), hard to apply
            (``difficulty``), or context (``neutral``).
        origin (str): ``theory``, ``data``, ``prior_study`` or empty.
        source (Source | None): Where it comes from.
        indicators (tuple[Indicator, ...]): Its rules.
        examples (tuple[Example, ...]): Its examples.
        line (int): Line in the codebook.
        column (int): Column in the codebook.
        crosswalk (Mapping[str, tuple[str, ...]]): Codes of other codebooks that mean much the same,
            by codebook id.
    """

    id: str
    category: str
    label: str
    brief: str
    definition: str
    use_when: str
    not_when: str
    stance: Stance
    origin: str
    source: Source | None
    indicators: tuple[Indicator, ...]
    examples: tuple[Example, ...]
    line: int
    column: int = 1
    crosswalk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """``category/subcategory``, unique within the codebook."""
        return f"{self.category}/{self.id}"

    def __repr__(self) -> str:
        """Say which it is, without its rules."""
        return f"Subcategory({self.path})"


@dataclass(frozen=True, slots=True)
class Category:
    """A group of subcategories, such as a principle.

    Args:
        id (str): Id, unique within the codebook.
        label (str): Name for people.
        definition (str): Definition.
        use_when (str): When to use it.
        not_when (str): When not to.
        subcategories (tuple[Subcategory, ...]): In the codebook's order.
        line (int): Line in the codebook.
    """

    id: str
    label: str
    definition: str
    use_when: str
    not_when: str
    subcategories: tuple[Subcategory, ...]
    line: int

    def __repr__(self) -> str:
        """Say which it is, without its rules."""
        return f"Category({self.id}, {counted(len(self.subcategories), 'subcategory')})"


@dataclass(frozen=True, slots=True)
class Codebook:
    """A coding frame.

    Args:
        id (str): Id, e.g. ``harm_reduction``.
        version (str): Version as written; copied into every coding.
        title (str): Name for people.
        language (str): Language code of its indicators.
        categories (tuple[Category, ...]): In the codebook's order.
        cues (Mapping[str, Mapping[str, CueLists]]): Cue lists in force, by language and context; of a
            language that is not named here, the shipped ones.
        sha256 (str): Hash of the file's text, in hexadecimal.
        path (str): Where it was read from.
        warnings (tuple[Fault, ...]): What is doubtful but no error.
        sets (tuple[tuple[str, int, int], ...]): Name, line and column of its sets.
    """

    id: str
    version: str
    title: str
    language: str
    categories: tuple[Category, ...]
    cues: Mapping[str, Mapping[str, CueLists]]
    sha256: str
    path: str
    warnings: tuple[Fault, ...] = ()
    sets: tuple[tuple[str, int, int], ...] = ()

    @property
    def subcategories(self) -> Iterator[Subcategory]:
        """All subcategories, in the codebook's order."""
        return (sub for category in self.categories for sub in category.subcategories)

    def __repr__(self) -> str:
        """Say what it is, in a line."""
        subcategories = sum(len(category.subcategories) for category in self.categories)
        return f"Codebook({self.id} {self.version}: {counted(subcategories, 'subcategory')})"
