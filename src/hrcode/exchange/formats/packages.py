"""Office files are archives that hold the time of writing; here the same tables give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

FIXED_TIME = datetime(2000, 1, 1)
_FIXED = FIXED_TIME.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
MODIFIED = _FIXED + b"</dcterms:modified>"
"""In the properties of a file that was saved by nobody since."""
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(?=</)")


def without_times(
    package: bytes, fill: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({})
) -> bytes:
    """Write an office file anew, with one fixed time in its properties and for all of its parts.

    Args:
        package (bytes): The file.
        fill (Mapping[str, Callable[[bytes], bytes]]): By part, what makes its content of the one it has.

    Returns:
        bytes: A file of otherwise the same content.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == _PROPERTIES:
                content = _TIMES.sub(rb"\g<1>" + _FIXED, content)
            if name in fill:
                content = fill[name](content)
            new.writestr(zipfile.ZipInfo(name, _FIRST_DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
