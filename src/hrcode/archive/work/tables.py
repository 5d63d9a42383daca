"""The tables of a partition, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hrcode.archive.extras import extra
from hrcode.archive.work.notes import Note
from hrcode.schema import CODINGS, NEAR_MISSES, SEGMENTS, WHOLE_NUMBERS

TABLES: Mapping[str, tuple[str, ...]] = {
    "segments": (*SEGMENTS,),
    "codings": (*CODINGS,),
    "near_misses": (*NEAR_MISSES,),
    "participants": ("participant", "group", "attributes"),
    "transcripts": ("transcript", "sha256", "attributes"),
    "notes": (*Note._fields,),
}
_NUMBERS = {*WHOLE_NUMBERS, "turns"}
_BATCH = 20_000  # rows that are kept before they are written


def ends_well(file: Path) -> bool:
    """Say whether a Parquet file ends as one does; what was cut off does not."""
    with file.open("rb") as handle:
        handle.seek(max(0, file.stat().st_size - 4))
        return handle.read() == b"PAR1"


class Writers:
    """Parquet files of a partition, one for each table, written batch by batch.

    Args:
        folder (Path): Where to.
    """

    def __init__(self, folder: Path) -> None:
        pa, self._parquet = extra("pyarrow"), extra("pyarrow.parquet")
        self._pa = pa
        self._schemas = {
            name: pa.schema(
                [(column, pa.int64() if column in _NUMBERS else pa.string()) for column in columns]
            )
            for name, columns in TABLES.items()
        }
        self._files = {
            name: self._parquet.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            for name, schema in self._schemas.items()
        }
        self._columns: dict[str, list[list[Any]]] = {name: [[] for _ in TABLES[name]] for name in TABLES}
        self.counts = dict.fromkeys(TABLES, 0)

    def __enter__(self) -> Writers:
        return self

    def __exit__(self, *error: object) -> None:
        try:
            if not error[0]:
                for name in TABLES:
                    self._flush(name)
        finally:
            for file in self._files.values():
                file.close()

    def add(self, name: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows of a table, now or with the next ones; ``counts`` has how many there are."""
        if columns := [*zip(*rows, strict=True)]:
            self.add_columns(name, columns)

    def add_columns(self, name: str, columns: Sequence[Sequence[Any]]) -> None:
        """Write rows of a table, given column by column (see `add`)."""
        for column, more in zip(self._columns[name], columns, strict=True):
            column.extend(more)
        self.counts[name] += len(columns[0])
        if len(self._columns[name][0]) >= _BATCH:
            self._flush(name)

    def _flush(self, name: str) -> None:
        columns, schema = self._columns[name], self._schemas[name]
        arrays = [self._pa.array(column, one.type) for column, one in zip(columns, schema, strict=True)]
        self._files[name].write_table(self._pa.Table.from_arrays(arrays, schema=schema))
        self._columns[name] = [[] for _ in columns]
