"""``python -m hrcode`` is the command ``hrcode``."""

from hrcode.cli.app import main

main()
