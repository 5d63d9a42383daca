"""The libraries that archives need, imported when they are needed."""

from __future__ import annotations

import importlib
from typing import Any

from hrcode.errors import RunError

_EXTRAS = {
    "pyarrow": "archive",
    "duckdb": "archive",
    "fsspec": "archive",
    "dask": "dask",
    "distributed": "dask",
}


def extra(module: str) -> Any:
    """Import a module of an extra.

    Args:
        module (str): Such as ``pyarrow.parquet``.

    Returns:
        Any: The module.

    Raises:
        RunError: When it is not installed, with the command that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        package = module.split(".")[0]
        name = _EXTRAS[package]
        raise RunError(f"Archives need {package}: pip install 'hrcode[{name}]'.") from None
