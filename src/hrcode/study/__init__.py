"""study.yaml and its conventions: what a run uses when nobody says otherwise."""

from hrcode.study.read import FILE_NAME, find_settings, read_settings, transcript_paths
from hrcode.study.settings import Settings

__all__ = ["FILE_NAME", "Settings", "find_settings", "read_settings", "transcript_paths"]
