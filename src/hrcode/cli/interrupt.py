"""Ctrl-C: ends what is only being loaded at once; what is at work is told of it."""

from __future__ import annotations

import os
import signal
import sys

INTERRUPTED = 130
_AGAIN = 0.01


def end_at_once() -> None:
    """Let Ctrl-C end the process without a word, as long as there is nothing that a command could lose.

    Python raises `KeyboardInterrupt` wherever it happens to be. While modules are loaded that is often
    inside the import system, which shows it and goes on. Where Ctrl-C is ignored (``nohup``), it stays so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def tell_command() -> None:
    """Let Ctrl-C raise `KeyboardInterrupt` again: a command has something to clear up.

    It is raised once more where Python could not raise it, such as in a callback of the import system.
    """
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = _raise_again


def _end(*_: object) -> None:
    os._exit(INTERRUPTED)


def _raise_again(dropped: sys.UnraisableHookArgs) -> None:
    if not issubclass(dropped.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
        return
    import threading  # hardly ever needed, and not for free

    # From another thread, and a moment later: here it would be dropped once more.
    later = threading.Timer(_AGAIN, _press, (threading.main_thread().ident,))
    later.daemon = True
    later.start()


def _press(main: int) -> None:
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:  # the main thread may be waiting for something, and has to wake up
        signal.pthread_kill(main, signal.SIGINT)
