"""Which sentences mean much the same: static word embeddings, offline (WordLlama).

The one door to WordLlama. Its weights come with the package; nothing is ever downloaded.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hrcode.errors import LanguageError

Embed = Callable[[Sequence[str]], Any]
"""Texts to an array of one row each."""
Search = Callable[[Sequence[str]], list[list[tuple[int, float]]]]
"""Texts to the most similar known sentences of each, as index and similarity, the most similar first."""
DIGITS = 3  # of a similarity; what differs between machines is far smaller
_BATCH = 1024


def make_search(known: Sequence[str], most: int) -> Search:
    """Make a function that looks up the known sentences that are most similar to a text.

    Similarity is the cosine of two sentences' mean word vectors, rounded to three decimals, so that
    the last bits, in which machines differ, decide nothing. Of two equally similar sentences the
    earlier comes first.

    Args:
        known (Sequence[str]): The sentences to choose from, at least one.
        most (int): How many to give.

    Returns:
        Search: The function.

    Raises:
        LanguageError: When WordLlama is not installed.
    """
    import numpy as np

    embed = load_embedder()
    most = min(most, len(known))

    def vectors(texts: Sequence[str]) -> Any:
        # In double precision, so that a product does not depend on how many rows are multiplied.
        found = np.asarray(embed(texts), dtype=np.float64)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)

    matrix = vectors(known).T

    def nearest(row: Any) -> list[tuple[int, float]]:
        candidates = np.flatnonzero(row >= np.partition(row, -most)[-most])
        ranked = candidates[np.argsort(-row[candidates], kind="stable")][:most]
        return [(int(index), float(row[index])) for index in ranked]

    def search(texts: Sequence[str]) -> list[list[tuple[int, float]]]:
        found: list[list[tuple[int, float]]] = []
        for start in range(0, len(texts), _BATCH):
            similar = np.round(vectors(texts[start : start + _BATCH]) @ matrix, DIGITS)
            found.extend(nearest(row) for row in similar)
        return found

    return search


@functools.cache
def load_embedder() -> Embed:
    """Load WordLlama from its package folder.

    Returns:
        Embed: Texts to mean word vectors.

    Raises:
        LanguageError: When WordLlama is not installed.
    """
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        import wordllama
    except ImportError:
        raise LanguageError(
            "This codebook has indicators of the kind `similar`. Run: pip install 'hrcode[similar]'"
        ) from None
    finally:
        root.handlers[:], root.level = handlers, level  # WordLlama sets up logging for everybody
    folder = Path(str(wordllama.__file__)).parent
    model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return lambda texts: model.embed(list(texts))


def embedding_version() -> dict[str, str]:
    """Name WordLlama's version, for the record of a run."""
    from importlib.metadata import version

    return {"wordllama": version("wordllama")}
