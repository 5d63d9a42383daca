"""A claim, and what may be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Answer = Literal["holds", "fails", "no data", "needs a reader"]
ANSWERS: tuple[Answer, ...] = ("holds", "fails", "no data", "needs a reader")
Metric = Literal["participants", "segments", "subcategories"]
METRICS: tuple[Metric, ...] = ("participants", "segments", "subcategories")
Within = Literal["group", "participant"]
WITHINS: tuple[Within, ...] = ("group", "participant")
Sub = tuple[str, str]
"""Category and subcategory."""


@dataclass(frozen=True, slots=True)
class Target:
    """A code that a claim is about.

    Args:
        path (str): ``category`` or ``category/subcategory``, as the claim has it.
        stance (str): Stance of its subcategories.
        subs (tuple[Sub, ...]): Its subcategories: one, or all of a category that have the stance.
        siblings (tuple[Sub, ...]): All subcategories of the category that have the stance.
    """

    path: str
    stance: str
    subs: tuple[Sub, ...]
    siblings: tuple[Sub, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding as an assertion that counts can bear out or not.

    Args:
        id (str): Its name.
        text (str): The finding, as a sentence.
        op (str): What is asserted; one of `hrcode.analysis.claims.ops.OPS`.
        targets (tuple[Target, ...]): The codes that it is about.
        groups (tuple[str, ...]): The groups that it is about.
        than (tuple[str, ...]): The groups that these are compared with; empty for all others.
        metric (str): What is compared: ``participants`` (their share), ``segments`` (mean of the
            participants' rates per 1,000 words) or ``subcategories`` (how many different ones).
        margin (float): By how much one has to exceed the other, in units of the metric.
        at_least (int): Number of participants of a group that make a code present.
        within (str): Whether codes go together in a ``group`` or in a ``participant``.
        question (str): What a reader has to decide.
        source (str): Where it is from.
    """

    id: str
    text: str
    op: str
    targets: tuple[Target, ...]
    groups: tuple[str, ...]
    than: tuple[str, ...] = ()
    metric: Metric = "participants"
    margin: float = 0.0
    at_least: int = 1
    within: Within = "group"
    question: str = ""
    source: str = ""
