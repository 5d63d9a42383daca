"""Which language a text is written in, as a guess that a person can check."""

from __future__ import annotations

import functools
from typing import Any

LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "is", "it", "lt", "lv",
    "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sv", "tr", "uk",
)  # fmt: skip
MIN_WORDS = 12
_SURE = 0.95
_MAX_CHARACTERS = 6_000


def detect_language(text: str) -> str:
    """Guess the language of a text, or say that it cannot be told.

    Args:
        text (str): The text; of a long one, the beginning decides.

    Returns:
        str: One of `LANGUAGES`; empty for a text of fewer than `MIN_WORDS` words, or where the
        identifier gives its best guess a probability below .95.
    """
    if len(text.split(maxsplit=MIN_WORDS)) < MIN_WORDS:
        return ""
    language, probability = _identifier().classify(text[:_MAX_CHARACTERS])
    return str(language) if probability >= _SURE else ""


@functools.cache
def _identifier() -> Any:
    # Its module-wide functions share settings with everyone who imports them; this one is ours.
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_DIR / MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
