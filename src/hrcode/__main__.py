"""The command ``hrcode``, which is also ``python -m hrcode``."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly, also while its modules are still being loaded."""
    try:
        from hrcode.cli.interrupt import end_at_once

        end_at_once()
        _run()
    except KeyboardInterrupt:
        sys.exit(130)


def _run() -> None:
    # Coding makes a great many small things that stay to the end; looking among them for things that
    # refer to each other, as often as Python does, takes a tenth of the time and frees nothing.
    gc.set_threshold(100_000, 20, 100)
    try:
        from hrcode.cli.app import main as run

        run()
    finally:
        # What is left goes with the process; Python would look through all of it once more at its end.
        gc.freeze()


if __name__ == "__main__":
    main()
