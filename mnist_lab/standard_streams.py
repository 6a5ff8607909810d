"""The three streams of the process, made fit for whatever is written to them."""

import errno
import io
import os
import sys

_OUTPUT_ERRNOS = frozenset({errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF})
"""Of a write to stdout: whoever read it has gone, the disk is full, the terminal is closed."""


def fill_closed() -> None:
    """Open a stream that was closed to nowhere: the next file would take its number, and what is printed with it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def allow_any_letter() -> None:
    """Write letters that the terminal's encoding lacks as escapes, instead of failing over a path."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def tell(sentence: str) -> None:
    """Write one line on stderr, whatever a path or a message of the system brings along."""
    if sys.stderr is not None:
        sys.stderr.write(" ".join(sentence.split()) + "\n")


def is_of_output(error: OSError) -> bool:
    """Whether it is stdout that could not be written, no file with a name."""
    return error.errno in _OUTPUT_ERRNOS and error.filename is None


def tell_of_output(error: OSError) -> None:
    """Say why the result could not be written."""
    # Python would complain once more when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        tell("The output was cut off: whatever read it has ended.")
    else:
        tell(f"The output cannot be written ({error.strerror}): make room there, or let it go somewhere else.")
