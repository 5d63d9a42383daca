"""The command ``hrcode``, which is also ``python -m hrcode``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly, also while its modules are still being loaded."""
    try:
        from hrcode.cli.app import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
