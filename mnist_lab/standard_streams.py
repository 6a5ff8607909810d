"""The three streams of the process, made fit for whatever is written to them."""

import io
import os
import sys


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
