"""The Python pages of docs/ are run from top to bottom, and what they show is what is printed."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OMITTED = "[...]\n"
BLOCKS = re.compile(r"```python\n(.*?)```(?:\n```text\n(.*?)```)?", re.S)


@pytest.mark.slow
def test_tutorial_prints_what_it_shows(tmp_path, monkeypatch):
    for name in ("transcripts", "codebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "study.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    blocks = BLOCKS.findall((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"))
    assert len(blocks) >= 8
    names: dict[str, object] = {}
    for code, shown in blocks:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "docs/tutorial.md", "exec"), names)
        printed = "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
        at = 0
        for part in shown.split(OMITTED):
            assert part in printed[at:], f"{code}\nprints:\n{printed}"
            at = printed.index(part, at) + len(part)
        assert OMITTED in shown or printed.strip() == shown.strip(), f"{code}\nprints:\n{printed}"
    assert (tmp_path / "comparison.svg").exists()
    assert (tmp_path / "results" / "run.json").exists()
