"""What in a codebook decides on the codings of each subcategory, as a hash."""

from __future__ import annotations

import hashlib
import pickle
from graphlib import TopologicalSorter

from hrcode.codebook.model import Codebook, Subcategory
from hrcode.codebook.references import codes_named
from hrcode.indicators import KINDS


def rule_hashes(codebook: Codebook) -> dict[str, str]:
    """Give, for each subcategory, a hash of all in the codebook that decides on what it codes.

    That is: its own rules, those of the subcategories that its conditions name, the cue lists, and the
    parts of the pipeline that the codebook loads, on which tags depend. Equal rules may, seldom,
    have different hashes (then they are run again), different rules never have equal ones.

    Args:
        codebook (Codebook): The codebook.

    Returns:
        dict[str, str]: Hash by ``category/subcategory``.
    """
    subs = {sub.path: sub for sub in codebook.subcategories}
    own = {path: _own_hash(sub, codebook) for path, sub in subs.items()}
    named = codes_waited_for(codebook)
    loaded = sorted(
        {
            (one.language, part)
            for sub in subs.values()
            for one in sub.indicators
            for part in KINDS[one.kind].needs(one.body)
        }
    )
    common = _hash(pickle.dumps((loaded, codebook.cues), protocol=5))
    return {
        path: _hash("".join([common, own[path], *(own[other] for other in sorted(named[path]))]).encode())
        for path in subs
    }


def _own_hash(sub: Subcategory, codebook: Codebook) -> str:
    rules = [
        (one.id, one.kind, KINDS[one.kind].essence(one.body), one.conditions, one.language)
        for one in sub.indicators
    ]
    # Where one rule decides on what another finds, the whole codebook does.
    whole = codebook.sha256 if any(KINDS[one.kind].together for one in sub.indicators) else ""
    return _hash(pickle.dumps((sub.path, rules, whole), protocol=5))


def codes_waited_for(codebook: Codebook) -> dict[str, frozenset[str]]:
    """Give, for each subcategory, those that its conditions name, directly or not."""
    direct = {sub.path: codes_named(sub) for sub in codebook.subcategories}
    found: dict[str, frozenset[str]] = {}
    for path in TopologicalSorter(direct).static_order():
        found[path] = frozenset(direct[path]).union(*(found[other] for other in direct[path]))
    return found


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]
