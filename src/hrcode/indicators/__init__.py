"""The indicator language: one file per kind of rule, all named here.

A new kind is a new file with a `Kind` in it and one line in KINDS.
"""

from hrcode.indicators.dependency import DEPENDENCY
from hrcode.indicators.model import Kind
from hrcode.indicators.phrase import EXACT, PHRASE
from hrcode.indicators.relation import AFTER, BEFORE, NEAR
from hrcode.indicators.similar import SIMILAR
from hrcode.indicators.token_pattern import PATTERN

KINDS: dict[str, Kind] = {
    "phrase": PHRASE,
    "exact": EXACT,
    "near": NEAR,
    "before": BEFORE,
    "after": AFTER,
    "pattern": PATTERN,
    "dependency": DEPENDENCY,
    "similar": SIMILAR,
}
