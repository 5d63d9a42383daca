"""The engines of a codebook, each made when it is first asked for."""

from __future__ import annotations

from hrcode.codebook.model import Codebook
from hrcode.coding.engine import Engine


class Engines:
    """A codebook's engines by language; a copy in another process makes its own.

    Args:
        codebook (Codebook): The codebook.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._made: dict[str, Engine] = {}

    def __reduce__(self) -> tuple[type[Engines], tuple[Codebook]]:
        """Pickle the codebook alone."""
        return Engines, (self.codebook,)

    def get(self, language: str) -> Engine:
        """Give the engine for a language.

        Args:
            language (str): Language code of the transcripts.

        Returns:
            Engine: The engine.

        Raises:
            LanguageError: When the language lacks what an indicator needs.
        """
        if language not in self._made:
            self._made[language] = Engine(self.codebook, language)
        return self._made[language]
