"""A database in bounded memory, in which Parquet files are asked."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hrcode.archive.extras import extra
from hrcode.errors import ResultsError

_MEMORY = "800MB"


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
