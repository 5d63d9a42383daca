"""Values to one self-contained page: templates filled in, style and script inside, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hrcode.wording import counted

# What HTML cannot hold, or would read as something else.
_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNSAFE = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def page(view: Mapping[str, object]) -> str:
    """Write the page.

    Args:
        view (Mapping[str, object]): What `hrcode.report.view.report_view` gave.

    Returns:
        str: HTML; every text in it is escaped, and its policy forbids whatever is not in it.
    """
    style, script = _static("report.css"), _static("report.js")
    environment = Environment(
        loader=PackageLoader("hrcode.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_fit,
    )
    environment.globals["counted"] = counted
    return environment.get_template("report.html").render(
        **view,
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
        data=Markup(safe_json(view["codings"])),
    )


def safe_json(value: object) -> str:
    """Write JSON that can stand in a script element: nothing in it can end the element.

    Args:
        value (object): What JSON can hold.

    Returns:
        str: JSON without ``<``, ``>``, ``&`` and the line separators that scripts trip over.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNFIT.sub("\ufffd", text).translate(_UNSAFE)


def digest(text: str) -> str:
    """Give a text's hash as a content security policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _static(name: str) -> str:
    return files("hrcode.report").joinpath("static", name).read_text(encoding="utf-8")


def _fit(value: object) -> object:
    return _UNFIT.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value
