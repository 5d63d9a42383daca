"""Figures for an article: drawn with matplotlib from the same tables that the commands print.

The one door to matplotlib, which is an extra.
"""

from hrcode.errors import StudyError

try:
    import matplotlib  # noqa: F401 (asked here, before any file of this room needs it)
except ImportError:
    raise StudyError("Figures need matplotlib. Install it: pip install 'hrcode[plots]'") from None
