"""Tables as Parquet, for R (arrow), Python, DuckDB and the like."""

from __future__ import annotations

import io

from hrcode.errors import ResultsError
from hrcode.exchange.sheet import Sheet


def write_parquet(sheet: Sheet) -> bytes:
    """Write a table as Parquet; texts are as they are, and empty numbers are missing.

    Args:
        sheet (Sheet): The table.

    Returns:
        bytes: The file; what a column means is in its metadata.

    Raises:
        ResultsError: When pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ResultsError("Parquet needs pyarrow: pip install 'hrcode[parquet]'.") from None
    types = {"integer": pa.int64(), "number": pa.float64(), "string": pa.string()}
    fields = [
        pa.field(column, types[kind], metadata={"description": sheet.meanings.get(column, "")})
        for column, kind in zip(sheet.columns, sheet.kinds, strict=True)
    ]
    rows = [*sheet.rows()]
    columns = [
        # An empty number is missing; an empty text is a text.
        pa.array([None if row[i] == "" and kind != "string" else row[i] for row in rows], types[kind])
        for i, kind in enumerate(sheet.kinds)
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=pa.schema(fields)), out)
    return out.getvalue()
