"""The engines of a codebook, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable

from hrcode.codebook.model import Codebook
from hrcode.coding.engine import Engine


class Engines:
    """A codebook's engines by language; a copy in another process makes its own.

    Args:
        codebook (Codebook): The codebook.
        prefilter (bool): Whether sentences in which an indicator cannot match are left out first.
    """

    def __init__(self, codebook: Codebook, *, prefilter: bool = True) -> None:
        self.codebook = codebook
        self.prefilter = prefilter
        self._made: dict[tuple[str, frozenset[str] | None], Engine] = {}

    def __reduce__(self) -> tuple[Callable[[Codebook, bool], Engines], tuple[Codebook, bool]]:
        """Pickle what they are made from, not what was made."""
        return _anew, (self.codebook, self.prefilter)

    def get(self, language: str, only: frozenset[str] | None = None) -> Engine:
        """Give the engine for a language.

        Args:
            language (str): Language code of the transcripts.
            only (frozenset[str] | None): Subcategories that are enough, with those that they name.

        Returns:
            Engine: The engine.

        Raises:
            LanguageError: When the language lacks what an indicator needs.
        """
        key = language, only
        if key not in self._made:
            self._made[key] = Engine(self.codebook, language, prefilter=self.prefilter, only=only)
        return self._made[key]


def _anew(codebook: Codebook, prefilter: bool) -> Engines:
    return Engines(codebook, prefilter=prefilter)
