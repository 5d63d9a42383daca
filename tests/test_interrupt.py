"""Ctrl-C: quiet whenever it comes, and never lost."""

import subprocess
import sys
import time

import pytest

from builders import make_study
from test_cli import CODE

# Presses Ctrl-C when a module is looked for: as a signal, as what Python makes of it, or where it is dropped.
PRESS = """
import os, signal, sys
class Dropped:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
def raised():
    raise KeyboardInterrupt
HOW = {"signal": lambda: os.kill(os.getpid(), signal.SIGINT), "raised": raised, "dropped": Dropped}
class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == MODULE:
            HOW[KIND]()
"""


def run(module, how, *args, cwd, before=""):
    script = (
        f"{PRESS}\nMODULE, KIND = {module!r}, {how!r}\nsys.meta_path.insert(0, Pressed())\n{before}\n"
        f"sys.argv = ['hrcode', *{args!r}]\nfrom hrcode.__main__ import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", script], cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=60
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "how"),
    [
        ("hrcode.cli.interrupt", "raised"),
        ("hrcode.cli.app", "signal"),
        ("hrcode.cli.app", "dropped"),
        ("typer", "signal"),
        ("hrcode.cli.codebook", "signal"),
        ("hrcode.cli.codebook", "dropped"),
    ],
)
def test_interrupt_while_modules_load_is_quiet(tmp_path, module, how):
    done = run(module, how, "codebook", "schema", cwd=tmp_path)

    assert (130, "", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["signal", "dropped"])
def test_interrupt_of_a_command_is_told(tmp_path, how):
    """Also where Python can only drop it: the command is told a moment later."""
    study = make_study(tmp_path)
    slow = (
        "import time, hrcode.coding.code\n"
        f"def coded(*args):\n    HOW[{how!r}]()\n    time.sleep(30)\n"
        "hrcode.coding.code._run = coded"
    )

    begun = time.monotonic()

    done = run("none", how, *CODE, cwd=study, before=slow)

    assert time.monotonic() - begun < 15, "told only when the command was over"
    assert 130 == done.returncode
    assert "stopped by you" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_interrupt_that_is_ignored_stays_ignored(tmp_path):
    ignore = "signal.signal(signal.SIGINT, signal.SIG_IGN)"

    done = run("hrcode.cli.codebook", "signal", "codebook", "schema", cwd=tmp_path, before=ignore)

    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.slow
def test_interrupt_belongs_to_whoever_imports_the_library(tmp_path):
    script = (
        "import signal, sys\nbefore = set(sys.modules)\nimport hrcode\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "assert 'typing' not in set(sys.modules) - before, 'slow, and nobody looks after Ctrl-C meanwhile'\n"
        "print(hrcode.code.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)

    assert ("code\n", "") == (done.stdout, done.stderr)
