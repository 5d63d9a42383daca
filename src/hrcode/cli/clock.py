"""What ``hrcode code --verbose`` says of a run: how long it took, and with which versions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrcode.coding.model import Coded


class Clock:
    """Times the coding alone, without loading the pipeline."""

    def __init__(self) -> None:
        self.born = time.perf_counter()
        self.begun = 0.0
        self.ended = 0.0

    def start(self) -> None:
        """Say that coding begins; only the first time counts."""
        self.begun = self.begun or time.perf_counter()

    def stop(self) -> None:
        """Say that coding has ended."""
        self.ended = time.perf_counter()
        self.begun = self.begun or self.ended

    def report(self, coded: Coded) -> str:
        """Give the times, the speed and the versions in two lines."""
        seconds = self.ended - self.begun
        words = sum(segment.words for segment in coded.segments if segment.participant)
        run = coded.run
        return (
            f"Coding: {seconds:.2f} s, {words / max(seconds, 1e-6):,.0f} words per second "
            f"(loading the language took {self.begun - self.born:.2f} s before)\n"
            f"hrcode {run['hrcode']}, Python {run['python']}, spaCy {run['spacy']}, "
            f"{run['pipeline']} {run['pipeline_version']}"
        )
