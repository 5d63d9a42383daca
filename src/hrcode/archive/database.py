"""An archive's results, opened: what the run says, and a database in bounded memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hrcode.archive.extras import extra
from hrcode.archive.read import make_coded
from hrcode.archive.record import read_run
from hrcode.coding.model import Coded
from hrcode.errors import ResultsError

_MEMORY = "800MB"


def frame_of(folder: str | Path) -> Coded:
    """Give an archive's coding frame and record, without any rows."""
    return make_coded(run_of(folder), (), (), (), ())


def run_of(folder: str | Path) -> dict[str, Any]:
    """Give the record of an archive's run; an error where there is none."""
    if run := read_run(folder):
        return run
    raise ResultsError(
        f"{folder}: holds no results of an archive. Those of a study are read whole by every command; "
        "filter them there, with --where."
    )


@contextmanager
def open_database() -> Iterator[Any]:
    """Open a database; what does not fit into memory goes to a folder that is removed, nothing further."""
    with tempfile.TemporaryDirectory(prefix="hrcode-") as spill:
        config = {"memory_limit": _MEMORY, "temp_directory": spill, "autoinstall_known_extensions": "false"}
        duckdb = extra("duckdb")
        with duckdb.connect(":memory:", config=config) as database:
            try:
                yield database
            except duckdb.Error as fault:
                told = " ".join(str(fault).split())[:200]
                raise ResultsError(f"The archive's results cannot be read ({told}).") from None
